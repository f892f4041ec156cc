"""What makes time stop: what happened concerns somebody at the table, opens something to them, or a duty falls due."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import FACILITATOR, Fact, FactKind
from incidentsim.domain.playbook import Duty, Step
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.refusals import Allowed
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.state import OpenDuty

_FOR_ALL: Final = frozenset(
    {FactKind.EXERCISE_ENDED, FactKind.REFUSED, FactKind.OBSERVED, FactKind.INJECT_ADDED, FactKind.STEP_UNDONE}
)

Opening = tuple[str, str]
"""An incident and a step's trigger: something that somebody at the table may do."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The time (ms) at which time stops before deadlines, and the numbers of the duties that are due next."""

    at: int
    duties: tuple[int, ...]


class Attention:
    """The attention of the people at the table in one exercise: to duties of theirs, and to what they may do.

    Where nobody in particular is played (a facilitator watches), nothing is theirs.
    """

    def __init__(self, exercise: Exercise, people: Collection[str]) -> None:
        """`people` are pseudonyms."""
        self._exercise = exercise
        self._people = tuple(exercise.roster.people[name] for name in exercise.roster.people if name in people)
        self._let_pass: set[tuple[int, int | None]] = set()

    def possible(self, now: int) -> frozenset[Opening]:
        """Return what these people may do now (ms), once its form is filled in."""
        exercise = self._exercise
        incidents = [incident for incident in exercise.state.incidents.values() if incident.raised and self._people]
        return frozenset(
            (incident.id, do)
            for incident in incidents
            for track, steps in exercise.compiled.steps.items()
            for (source, do), ready in steps.items()
            if source == incident.tracks[track] and not ready.step.automatic and self._may(do, incident.id, now)
        )

    def opened(self, could: Collection[Opening], can: Collection[Opening]) -> tuple[Opening, ...]:
        """Return, in order, what these people `can` do, could not do before, and what is called for (`called_for`)."""
        exercise = self._exercise

        def calls(opening: Opening) -> bool:
            incident, do = opening
            track = exercise.compiled.track_of[do]
            ready = exercise.compiled.steps[track][exercise.state.incidents[incident].tracks[track], do]
            return called_for(exercise, incident, ready.step)

        return tuple(sorted(opening for opening in can if opening not in could and calls(opening)))

    def _may(self, do: str, incident: str, now: int) -> bool:
        tried = (Action(person.pseudonym, do, incident) for person in self._people)
        return any(isinstance(self._exercise.examine(action, now, content=False), Allowed) for action in tried)

    def owes(self, duty: str, now: int) -> bool:
        """Return whether one of these people owes this kind of duty, stands in for who does, or can settle it."""
        return any(owes(self._exercise, person, duty, now) for person in self._people)

    def is_relevant(self, facts: Sequence[Fact]) -> bool:
        """Return whether one of these facts concerns one of these people.

        Where nobody in particular is played, everything matters but what merely follows.
        """
        if not self._people:
            return any(
                fact.kind not in {FactKind.DUTY_OPENED, FactKind.DUTY_SETTLED, FactKind.DUTY_RESCHEDULED}
                for fact in facts
            )
        return any(map(self._concerns, facts))

    def _concerns(self, fact: Fact) -> bool:
        people = {person.pseudonym for person in self._people}
        match fact.kind:
            case FactKind.INJECT_DELIVERED:
                return bool(set(fact.to) & people)
            case FactKind.ESCALATED:
                return bool(set(fact.persons) & people)
            case FactKind.MESSAGE_SENT:
                return bool(set(fact.receivers) & people) or FACILITATOR in fact.to
            case FactKind.DUTY_OPENED | FactKind.DUTY_RESCHEDULED | FactKind.DUTY_BREACHED:
                return self.owes(fact.duty, fact.at)
            case FactKind.REFUSED:
                return fact.by.person in people
            case kind:
                return kind in _FOR_ALL

    def let_pass(self, duties: Collection[int]) -> None:
        """Do not stop any more before the deadlines of these duties (numbers), unless they are moved."""
        known = self._exercise.state.open_duties
        self._let_pass |= {_deadline(known[number]) for number in duties if number in known}

    @property
    def passing(self) -> dict[int, int | None]:
        """The open duties (numbers) before whose deadlines time does not stop any more, with these deadlines (ms)."""
        known = self._exercise.state.open_duties
        return {number: due for number, due in sorted(self._let_pass, key=str) if number in known}

    def take_up(self, passing: Mapping[int, int | None]) -> None:
        """Let these deadlines pass, as it was left: a duty that is due at another time by now stops time again."""
        self._let_pass |= set(passing.items())

    def notice(self, seen: dict[tuple[int, int | None], int], now: int) -> Notice | None:
        """Return where time stops next because a duty of these people falls due; `None` where none does.

        It stops when a quarter of the time is left that was left at the beginning of the jump, while the quickest step
        that ends the duty can still be taken in time, and at the latest a minute before the deadline; where that is
        past already, now. The moment is brought forward to a whole minute.
        A deadline that was let pass, or that lies after the end of the exercise, stops nothing.

        Args:
            seen: when each deadline was first seen in this jump (ms); what is new is entered.
            now: the time (ms).
        """
        points: dict[int, list[int]] = {}
        for number, duty in self._exercise.state.open_duties.items():
            if duty.due is not None and self._stops(duty, duty.due, now):
                since = seen.setdefault(_deadline(duty), now)
                left = duty.due - since
                needed = self._quickest(duty.duty) + MINUTE
                at = duty.due - max(left // 4, MINUTE, needed if needed < left else 0)
                whole = at - at % MINUTE
                points.setdefault(max(whole if whole > since else at, now), []).append(number)
        if not points:
            return None
        at = min(points)
        return Notice(at, tuple(points[at]))

    def _quickest(self, duty: str) -> int:
        """The usual time (ms) of the step that ends such a duty soonest; 0 where none says how long it takes."""
        rule = self._exercise.compiled.duties[duty]
        return min((step.takes for do in settling(rule) for step in _steps(self._exercise, do)), default=0)

    def _stops(self, duty: OpenDuty, due: int, now: int) -> bool:
        if duty.breached or not now <= due <= self._exercise.scenario.ends:
            return False
        return _deadline(duty) not in self._let_pass and self.owes(duty.duty, now)


def owes(exercise: Exercise, person: Person, duty: str, now: int) -> bool:
    """Return whether `person` owes this kind of duty by a role, stands in now (ms) for who does, or can settle it."""
    rule = exercise.compiled.duties[duty]
    held = set(exercise.roster.roles_of(person))
    if held & {role for name in rule.owed_by for role in exercise.playbook.roles_of(name)}:
        return True
    if any(held.intersection(step.by) for do in settling(rule) for step in _steps(exercise, do)):
        return True
    return person.pseudonym in exercise.roster.reached(rule.owed_by, now)


def called_for(exercise: Exercise, incident: str, step: Step) -> bool:
    """Return whether a step that is open belongs to what is to be done now, and is not merely possible.

    It does if it settles a duty that is open, or leads straight on from where the incident stands; telling somebody
    leads nowhere, so it is called for only while it is owed.
    """
    if any(step.do in settling(exercise.compiled.duties[duty.duty]) for duty in duties_of(exercise, incident)):
        return True
    leads_on = step.target is not None and step.target not in step.sources
    return leads_on and not step.detour and not exercise.playbook.tracks[step.track].tells


def duties_of(exercise: Exercise, incident: str) -> list[OpenDuty]:
    """The open duties about an incident, in the order in which they were opened."""
    return [duty for duty in exercise.state.open_duties.values() if duty.incident == incident]


def settling(rule: Duty) -> tuple[str, ...]:
    """Return the triggers of the steps that settle such a duty, each once."""
    return tuple(dict.fromkeys(pattern.do for pattern in rule.settled_by if pattern.do is not None))


def _steps(exercise: Exercise, do: str) -> Iterable[Step]:
    track = exercise.compiled.track_of.get(do)
    return (step for step in exercise.playbook.tracks[track].steps if step.do == do) if track is not None else ()


def _deadline(duty: OpenDuty) -> tuple[int, int | None]:
    return duty.number, duty.due
