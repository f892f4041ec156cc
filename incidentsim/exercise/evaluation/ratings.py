"""Proposed ratings: every critical task by its rules in the playbook, every objective as its worst task.

A facilitator may set another rating (the fact `rating_set`); the proposal stays visible beside it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.evaluation import (
    RATINGS,
    Challenge,
    Lacking,
    Late,
    LevelOff,
    Misjudged,
    Missed,
    Objective,
    Occurred,
    OutOfOrder,
    Rating,
    Task,
    Unasked,
)
from incidentsim.domain.facts import RatingSet, RecordedText
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.decisions.kinds import Hints
from incidentsim.exercise.evaluation.hints import TOLD_RATING, TOLD_WHAT_TO_DO, HintsGiven
from incidentsim.exercise.evaluation.trace import DutyTrace, IncidentTrace, Trace
from incidentsim.exercise.evaluation.whose import Whose

NOT_PERFORMED: Final = "not_performed"
PERFORMED: Final = "performed"
OWED_BY_TRUTH: Final = "owed_by_truth"
"""The truth called for it and the record did not, because something before it was judged wrongly."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a task's rating on one incident, with the sequence numbers of the facts that say it.

    `rule` is the challenge that applies, or `performed`, `not_performed`, `owed_by_truth` or `told_what_to_do`.
    """

    incident: str
    rating: Rating
    rule: Challenge | str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A rating that the facilitator set, in which fact, and why."""

    rating: Rating
    sequence: int
    reason: RecordedText


@dataclass(frozen=True, slots=True)
class TaskRating:
    """The rating proposed for one task; `None` where it was never called for, or the run is not over.

    `reasons` hold for each incident what decided there; `override` stands above the proposal. `by_people` says whether
    people at the table did what the rating rests on, or had to; `None` where nobody is known to have played. `hints`
    are those that the coach gave before the task was performed, on the incident where they went furthest.
    """

    objective: str
    task: str
    proposed: Rating | None
    reasons: tuple[Reason, ...]
    override: Override | None = None
    by_people: bool | None = None
    hints: Hints | None = None

    @property
    def rating(self) -> Rating | None:
        """The rating that counts."""
        return self.override.rating if self.override is not None else self.proposed


@dataclass(frozen=True, slots=True)
class ObjectiveRating:
    """An objective's rating: that of its worst task that was called for."""

    objective: str
    rating: Rating | None
    tasks: tuple[TaskRating, ...]

    @property
    def of_people(self) -> Rating | None:
        """The rating of what people at the table did of it; the same where nobody is known to have played."""
        return worst([task.rating for task in self.tasks if task.by_people is not False])


def ratings(trace: Trace, decided: Judged, whose: Whose) -> tuple[ObjectiveRating, ...]:
    """The ratings of all objectives, in the order of the playbook.

    `decided` says what the truth called for, whatever the record did; `whose` which tasks were people's.
    """
    duties: dict[tuple[str, str], list[DutyTrace]] = {}
    for duty in trace.duties:
        duties.setdefault((duty.incident, duty.duty), []).append(duty)
    rater = _Rater(trace, decided, whose, duties, dict(_overrides(trace)))
    return tuple(rater.objective(one) for one in trace.playbook.objectives.values())


def worst(ratings_given: Iterator[Rating | None] | list[Rating | None]) -> Rating | None:
    """The worst of these ratings; `None` where there is none."""
    known = [rating for rating in ratings_given if rating is not None]
    return max(known, key=RATINGS.index, default=None)


_Duties = dict[tuple[str, str], list[DutyTrace]]


def _overrides(trace: Trace) -> Iterator[tuple[tuple[str, str], Override]]:
    for sequence in trace.overrides:
        fact = trace.facts[sequence]
        if not isinstance(fact, RatingSet):
            continue
        rating = next((known for known in RATINGS if known == fact.rating), None)
        if rating is not None:
            yield (fact.objective, fact.task), Override(rating, sequence, fact.reason)


class _Rater:
    def __init__(
        self,
        trace: Trace,
        decided: Judged,
        whose: Whose,
        duties: _Duties,
        overrides: dict[tuple[str, str], Override],
    ) -> None:
        self._trace = trace
        self._whose = whose
        self._duties = duties
        self._overrides = overrides
        self._unasked = decided.unasked
        self._hints = HintsGiven(trace)
        self._owed = {(incident, one.task): one.sequence for incident, owed in decided.owed.items() for one in owed}

    def objective(self, objective: Objective) -> ObjectiveRating:
        rated = []
        for task in objective.tasks.values():
            reasons = [
                reason
                for incident in self._trace.incidents.values()
                if incident.raised is not None
                for reason in self._reasons(incident, task)
            ]
            proposed = worst([reason.rating for reason in reasons])
            override = self._overrides.get((objective.id, task.id))
            ours = self._whose.acts(_deciding(proposed, reasons))
            ours = self._whose.task(task) if ours is None else ours
            hints = self._hinted(task)
            rated.append(TaskRating(objective.id, task.id, proposed, tuple(reasons), override, ours, hints))
        return ObjectiveRating(objective.id, worst([one.rating for one in rated]), tuple(rated))

    def _hinted(self, task: Task) -> Hints | None:
        given = (
            self._hints.of_task(task, incident.id)
            for incident in self._trace.incidents.values()
            if incident.raised is not None
        )
        return max(
            (hints for hints in given if hints is not None),
            key=lambda hints: (hints.furthest.number, hints.count),
            default=None,
        )

    def _reasons(self, incident: IncidentTrace, task: Task) -> Iterator[Reason]:
        called = self._called_for(incident, task)
        owed = self._owed.get((incident.id, task.id))
        if called is not None:
            yield from self._judge(incident, task, called)
        elif owed is not None and self._trace.ended is not None:
            yield Reason(incident.id, "U", OWED_BY_TRUTH, (owed,))

    def _called_for(self, incident: IncidentTrace, task: Task) -> int | None:
        """Where the task was called for on this incident; `None` where it was not."""
        flags = self._trace.scenario.incidents[incident.id].truth.flags
        if any(flags.get(name, False) != value for name, value in task.truth.items()):
            return None
        return self._trace.first(incident, task.when) if task.when else incident.raised

    def _judge(self, incident: IncidentTrace, task: Task, called: int) -> Iterator[Reason]:
        performed = self._trace.first(incident, task.performed)
        if performed is None:
            if self._trace.ended is not None:
                yield Reason(incident.id, "U", NOT_PERFORMED, (called,))
            return
        by_rating: tuple[tuple[Rating, tuple[Challenge, ...]], ...] = (
            ("U", task.unable),
            ("M", task.major),
            ("S", task.some),
        )
        challenged = [
            Reason(incident.id, rating, challenge, evidence)
            for rating, challenges in by_rating
            for challenge in challenges
            if (evidence := self._applies(incident, challenge)) is not None
        ]
        hints = self._hints.of_task(task, incident.id)
        if hints is not None and hints.told_what_to_do:
            challenged.append(Reason(incident.id, TOLD_RATING, TOLD_WHAT_TO_DO, (performed, *hints.sequences[-1:])))
        yield from challenged or [Reason(incident.id, "P", PERFORMED, (performed,))]

    def _applies(self, incident: IncidentTrace, challenge: Challenge) -> tuple[int, ...] | None:
        """The facts by which the challenge applies to the incident; `None` where it does not."""
        trace, duties = self._trace, self._duties
        match challenge:
            case Late(duty, beyond):
                return _late(duties.get((incident.id, duty), []), beyond)
            case Missed(duty):
                late = duties.get((incident.id, duty), [])
                return _some(one.breached for one in late if one.settled is None and one.dropped is None)
            case Occurred(pattern):
                return tuple(trace.hits(incident, (pattern,))) or None
            case Lacking(pattern):
                return None if trace.hits(incident, (pattern,)) else ()
            case LevelOff():
                return _level_off(trace, incident, challenge)
            case Misjudged(do):
                return tuple(incident.misjudged.get(do, ())) or None
            case Unasked(do):
                return tuple(number for number in incident.unasked.get(do, ()) if number in self._unasked) or None
            case OutOfOrder(first, then):
                before, after = trace.first(incident, (first,)), trace.first(incident, (then,))
                return (after, before) if before is not None and after is not None and after < before else None


def _deciding(proposed: Rating | None, reasons: Iterable[Reason]) -> list[int]:
    """The facts that a rating rests on; what called for a task that nobody performed was another's act."""
    nobody = {NOT_PERFORMED, OWED_BY_TRUTH}
    return [
        number
        for reason in reasons
        if reason.rating == proposed and reason.rule not in nobody
        for number in reason.evidence
    ]


def _some(numbers: Iterator[int | None]) -> tuple[int, ...] | None:
    return tuple(number for number in numbers if number is not None) or None


def _late(duties: list[DutyTrace], beyond: int) -> tuple[int, ...] | None:
    """A duty that was breached and then settled; one that was dropped or never settled is another matter."""
    found: list[int] = []
    for duty in duties:
        if duty.breached is None or duty.settled is None:
            continue
        if beyond == 0 or (duty.due is not None and duty.settled_at > duty.due + beyond):
            found += [duty.breached, duty.settled]
    return tuple(found) or None


def _level_off(trace: Trace, incident: IncidentTrace, rule: LevelOff) -> tuple[int, ...] | None:
    right = trace.scenario.incidents[incident.id].truth.level
    if right is None or incident.first_level is None or incident.first_graded is None:
        return None
    off = abs(incident.first_level - right)
    return (incident.first_graded,) if rule.at_least <= off <= (rule.at_most or off) else None
