"""The data of an after-action report: what was played by whom, what went well, what did not, what is to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidentsim.domain.evaluation import Rating, Task
from incidentsim.domain.facts import EndReason, ExerciseEnded
from incidentsim.domain.text import Text
from incidentsim.exercise.evaluation.causes import Causes, UsualCause
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.owners import proposed_owner
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, Reason, TaskRating
from incidentsim.exercise.evaluation.remedy import CorrectPath
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.role_holdings import holdings_on_record


@dataclass(frozen=True, slots=True)
class IncidentOverview:
    """One incident: its level by the ground truth and as graded, and where it stood at the end (track → state)."""

    incident: str
    true_level: int | None
    graded: int | None
    ended_in: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overview:
    """The exercise in short. `lasted` is simulated time (ms), `reason` why it ended (`None`: it has not).

    `starts` is the local time of its start (ISO 8601 with its offset), `facts` the number of facts.
    """

    scenario: str
    playbook: str
    version: str
    starts: str
    lasted: int
    facts: int
    reason: EndReason | None
    incidents: tuple[IncidentOverview, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at the table (a pseudonym), with what they did and what was refused to them."""

    person: str
    roles: tuple[str, ...]
    steps: int
    refusals: int


@dataclass(frozen=True, slots=True)
class AreaForImprovement:
    """A task that did not go without challenges: the clauses it rests on, why, and the usual cause, if one is known.

    `reasons` are those that lower the rating, `ways` what would have been right at the same facts.
    """

    objective: str
    task: str
    rating: Rating
    clauses: tuple[str, ...]
    cause: UsualCause | None
    reasons: tuple[Reason, ...]
    ways: tuple[CorrectPath, ...]


@dataclass(frozen=True, slots=True)
class ImprovementItem:
    """Something to be done: what, by which role, how long after the exercise (ms), for which element (POETE)."""

    objective: str
    task: str
    rating: Rating
    what: Text
    owner: str
    owner_title: Text
    due_within: int | None
    poete: str


@dataclass(frozen=True, slots=True)
class AfterActionReport:
    """The data that a report is written from."""

    overview: Overview
    participants: tuple[Participant, ...]
    objectives: tuple[ObjectiveRating, ...]
    strengths: tuple[TaskRating, ...]
    areas: tuple[AreaForImprovement, ...]
    items: tuple[ImprovementItem, ...]


def after_action_report(
    trace: Trace, objectives: tuple[ObjectiveRating, ...], paths: Sequence[CorrectPath], decided: Judged
) -> AfterActionReport:
    """Put the report's data together."""
    by_sequence = {way.sequence: way for way in paths}
    tasks = trace.playbook.tasks
    rated = [rating for objective in objectives for rating in objective.tasks]
    causes = Causes(trace, decided)
    weak = [(rating, worse) for rating in rated if (worse := rating.rating) is not None and worse != "P"]
    return AfterActionReport(
        overview=_overview(trace),
        participants=_participants(trace),
        objectives=objectives,
        strengths=tuple(rating for rating in rated if rating.rating == "P"),
        areas=tuple(
            _area(rating, worse, tasks[rating.task], causes.of_task(rating), by_sequence) for rating, worse in weak
        ),
        items=tuple(_item(trace, rating, worse, tasks[rating.task]) for rating, worse in weak),
    )


def _overview(trace: Trace) -> Overview:
    facts = trace.facts
    incidents = tuple(
        IncidentOverview(one.id, trace.scenario.incidents[one.id].truth.level, one.level, dict(one.places))
        for one in trace.incidents.values()
    )
    return Overview(
        scenario=trace.scenario.id,
        playbook=trace.playbook.id,
        version=trace.playbook.version,
        starts=trace.scenario.starts,
        lasted=facts[-1].at if facts else 0,
        facts=len(facts),
        reason=next((fact.reason for fact in reversed(facts) if isinstance(fact, ExerciseEnded)), None),
        incidents=incidents,
    )


def _participants(trace: Trace) -> tuple[Participant, ...]:
    holdings = holdings_on_record(trace.scenario, trace.facts)
    people = [person.pseudonym for person in trace.scenario.people.values()]
    return tuple(Participant(person, holdings.roles_of(person), *trace.actions[person]) for person in people)


def _area(
    rating: TaskRating, worse: Rating, task: Task, cause: UsualCause | None, by_sequence: Mapping[int, CorrectPath]
) -> AreaForImprovement:
    reasons = tuple(reason for reason in rating.reasons if reason.rating != "P")
    numbers = dict.fromkeys(number for reason in reasons for number in reason.evidence)
    right = tuple(by_sequence[number] for number in numbers if number in by_sequence)
    return AreaForImprovement(rating.objective, task.id, worse, task.basis.clauses, cause, reasons, right)


def _item(trace: Trace, rating: TaskRating, worse: Rating, task: Task) -> ImprovementItem:
    rule = trace.playbook.improvements
    due = rule.within.get(worse) if rule is not None else None
    owner = proposed_owner(trace, task.owner, [pattern.do for pattern in task.performed if pattern.do is not None])
    title = trace.playbook.title_of(owner)
    return ImprovementItem(rating.objective, task.id, worse, task.title, owner, title, due, task.poete)
