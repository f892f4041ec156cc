"""Proposed ratings: every critical task by its rules in the playbook, every objective as its worst task.

A facilitator may set another rating (the fact `rating_set`); the proposal stays visible beside it.
"""

from collections.abc import Iterator
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
from incidentsim.exercise.evaluation.trace import DutyTrace, IncidentTrace, Trace

NOT_PERFORMED: Final = "not_performed"
PERFORMED: Final = "performed"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a task's rating on one incident, with the sequence numbers of the facts that say it.

    `rule` is the challenge that applies, or `performed` or `not_performed`.
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

    `reasons` hold for each incident what decided there; `override` stands above the proposal.
    """

    objective: str
    task: str
    proposed: Rating | None
    reasons: tuple[Reason, ...]
    override: Override | None = None

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


def ratings(trace: Trace) -> tuple[ObjectiveRating, ...]:
    """The ratings of all objectives, in the order of the playbook."""
    duties: dict[tuple[str, str], list[DutyTrace]] = {}
    for duty in trace.duties:
        duties.setdefault((duty.incident, duty.duty), []).append(duty)
    overrides = dict(_overrides(trace))
    return tuple(_objective(trace, duties, overrides, one) for one in trace.playbook.objectives.values())


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


def _objective(
    trace: Trace, duties: _Duties, overrides: dict[tuple[str, str], Override], objective: Objective
) -> ObjectiveRating:
    rated = []
    for task in objective.tasks.values():
        reasons = [
            reason
            for incident in trace.incidents.values()
            if incident.raised is not None and (called := _called_for(trace, incident, task)) is not None
            for reason in _judge(trace, duties, incident, task, called)
        ]
        proposed = worst([reason.rating for reason in reasons])
        override = overrides.get((objective.id, task.id))
        rated.append(TaskRating(objective.id, task.id, proposed, tuple(reasons), override))
    return ObjectiveRating(objective.id, worst([one.rating for one in rated]), tuple(rated))


def _called_for(trace: Trace, incident: IncidentTrace, task: Task) -> int | None:
    """Where the task was called for on this incident; `None` where it was not."""
    flags = trace.scenario.incidents[incident.id].truth.flags
    if any(flags.get(name, False) != value for name, value in task.truth.items()):
        return None
    return trace.first(incident, task.when) if task.when else incident.raised


def _judge(trace: Trace, duties: _Duties, incident: IncidentTrace, task: Task, called: int) -> Iterator[Reason]:
    performed = trace.first(incident, task.performed)
    if performed is None:
        if trace.ended is not None:
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
        if (evidence := _applies(trace, duties, incident, challenge)) is not None
    ]
    yield from challenged or [Reason(incident.id, "P", PERFORMED, (performed,))]


def _applies(trace: Trace, duties: _Duties, incident: IncidentTrace, challenge: Challenge) -> tuple[int, ...] | None:
    """The facts by which the challenge applies to the incident; `None` where it does not."""
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
            return tuple(incident.unasked.get(do, ())) or None
        case OutOfOrder(first, then):
            before, after = trace.first(incident, (first,)), trace.first(incident, (then,))
            return (after, before) if before is not None and after is not None and after < before else None


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
