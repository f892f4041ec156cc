"""The story as planned and as it came: for the facilitator, who alone may know what is still to come."""

from dataclasses import dataclass

from incidentsim.domain.facts import Fact, InjectDelivered, InjectSkipped, InjectWithheld
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.kernel.in_force import undone_by
from incidentsim.session.console_view import InjectStanding
from incidentsim.session.session import Session


@dataclass(frozen=True, slots=True)
class PlannedInject:
    """An inject, when the scenario meant it to come, and what became of it.

    `planned` is the scenario's own time (ms; `None` where it waits for a fact), `due` when it will come as things
    stand, `came` when it came, was withheld or left out. `waiting` means that nothing has called for it yet.
    """

    inject: Inject
    standing: InjectStanding
    planned: int | None
    due: int | None
    came: int | None
    number: int | None


def plan(session: Session) -> list[PlannedInject]:
    """Every inject, in the order of the time that counts for it; those that wait for something at the end."""
    gone = undone_by(session.facts)
    ended: dict[str, tuple[InjectStanding, int, int]] = {}
    words: dict[type[Fact], InjectStanding] = {
        InjectDelivered: "delivered",
        InjectWithheld: "withheld",
        InjectSkipped: "skipped",
    }
    for number, fact in enumerate(session.facts):
        if isinstance(fact, InjectDelivered | InjectWithheld | InjectSkipped) and number not in gone:
            ended[fact.inject] = (words[type(fact)], fact.at, number)
    planned = []
    state = session.exercise.state
    for inject in state.injects.values():
        if inject.id in ended:
            standing, came, number = ended[inject.id]
            planned.append(PlannedInject(inject, standing, inject.at, None, came, number))
            continue
        due = state.due_of(inject.id)
        planned.append(PlannedInject(inject, "waiting" if due is None else "planned", inject.at, due, None, None))
    return sorted(planned, key=_place)


def _place(planned: PlannedInject) -> tuple[bool, int]:
    at = planned.came if planned.came is not None else planned.due
    return at is None, at or 0
