"""What an inject does when its time has come, whether it was planned or the facilitator adds it: facts."""

from incidentsim.domain.facts import (
    AnchorReached,
    CircumstanceArose,
    Fact,
    IncidentRaised,
    InjectDelivered,
    InjectWithheld,
)
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.kernel.state import ExerciseState


def deliver(inject: Inject, state: ExerciseState, roster: Roster, now: int) -> list[Fact]:
    """The facts of an inject that comes at `now` (ms), or is withheld because what makes it needless has happened.

    After the delivery itself: that the incident is raised by it, what circumstances it brings, and what anchors of
    regulatory deadlines it reaches, each only once for an incident.
    """
    if inject.unless is not None and state.has_happened(inject.unless):
        return [InjectWithheld(now, inject.incident, inject.id)]
    reached = tuple(roster.reached(inject.to, now))
    facts: list[Fact] = [InjectDelivered(now, inject.incident, inject.id, inject.channel, reached)]
    if inject.incident is not None and inject.raises and not state.incidents[inject.incident].raised:
        facts.append(IncidentRaised(now, inject.incident, inject.id))
    facts.extend(
        CircumstanceArose(now, inject.incident, brought.circumstance, brought.person, inject.id)
        for brought in inject.brings
    )
    if inject.incident is not None:
        reached_before = state.incidents[inject.incident].anchors
        facts.extend(
            AnchorReached(now, inject.incident, anchor, rule=None, clause=None, because=state.sequence)
            for anchor in inject.anchors
            if anchor not in reached_before
        )
    return facts
