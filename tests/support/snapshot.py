"""Everything that an exercise's state holds, in a form that two states can be compared by."""

from typing import Any

from incidentsim.exercise.kernel.agenda import Item
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.state import ExerciseState, IncidentState


def snapshot(state: ExerciseState) -> dict[str, Any]:
    """The state in plain values; the agenda apart, which may still hold what has been dealt with."""
    own = {
        name: value
        for name, value in vars(state).items()
        if name not in {"agenda", "incidents", "open_duties", "hearing"}
    }
    return {
        **own,
        "hearing": {name: value for name, value in vars(state.hearing).items() if name != "_local"},
        "open_duties": {number: repr(duty) for number, duty in state.open_duties.items()},
        "incidents": {name: incident_snapshot(incident) for name, incident in state.incidents.items()},
    }


def incident_snapshot(incident: IncidentState) -> dict[str, Any]:
    """One incident in plain values."""
    found = {name: getattr(incident, name) for name in IncidentState.__slots__}
    found["duties"] = {name: repr(duty) for name, duty in incident.duties.items()}
    return {name: list(value) if isinstance(value, list) else value for name, value in found.items()}


def ahead(exercise: Exercise) -> list[Item]:
    """What the agenda of an exercise still holds that matters now, in order. Takes the agenda apart."""
    items: list[Item] = []
    while (item := exercise.next_due()) is not None:
        items.append(item)
        exercise.state.agenda.take()
    return items
