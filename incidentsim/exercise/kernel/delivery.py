"""What an inject does when its time has come, whether it was planned or the facilitator adds it: facts."""

from incidentsim.domain.facts import Fact, FactKind, Json
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.kernel.people import Cast
from incidentsim.exercise.kernel.state import ExerciseState


def deliver(inject: Inject, state: ExerciseState, cast: Cast, now: int) -> list[Fact]:
    """The facts of an inject that comes at `now` (ms), or is withheld because what makes it needless has happened.

    After the delivery itself: that the incident is raised by it, what circumstances it brings, and what anchors of
    regulatory clocks it reaches, each only once for an incident.
    """
    if inject.unless is not None and state.has_happened(inject.unless):
        return [Fact(now, FactKind.INJECT_WITHHELD, inject.incident, {"inject": inject.id})]
    reached: list[Json] = list(cast.reached(inject.to, now))
    facts = [
        Fact(
            now,
            FactKind.INJECT_DELIVERED,
            inject.incident,
            {"inject": inject.id, "channel": inject.channel, "to": reached},
        )
    ]
    if inject.incident is not None and inject.raises and not state.incidents[inject.incident].raised:
        facts.append(Fact(now, FactKind.INCIDENT_RAISED, inject.incident, {"inject": inject.id}))
    for brought in inject.brings:
        data: dict[str, Json] = {
            "circumstance": brought.circumstance,
            "person": brought.person,
            "inject": inject.id,
        }
        facts.append(Fact(now, FactKind.CIRCUMSTANCE_AROSE, inject.incident, data))
    if inject.incident is not None:
        reached_before = state.incidents[inject.incident].anchors
        for anchor in inject.anchors:
            if anchor not in reached_before:
                data = {"anchor": anchor, "rule": None, "clause": None, "because": state.sequence}
                facts.append(Fact(now, FactKind.ANCHOR_REACHED, inject.incident, data))
    return facts
