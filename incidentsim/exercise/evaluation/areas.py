"""The areas for improvement that an executive reads of: errors of one kind together, the worst first."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidentsim.domain.evaluation import Task
from incidentsim.exercise.evaluation.causes import Causes, UsualCause
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind
from incidentsim.exercise.evaluation.owners import proposed_owner
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, TaskRating
from incidentsim.exercise.evaluation.trace import Trace


@dataclass(frozen=True, slots=True)
class Area:
    """Errors of one kind that nothing else explains, the worst first.

    Attributes:
        kind: the kind of the errors.
        errors: the errors, at least one.
        cause: the usual cause of the worst of them; `None` where none is known.
        owner: the role that sees to the task which the worst of them is about, or may do what was right; empty where
            nobody may.
        due_within: within what time after the exercise (ms); `None` where the procedure sets none.
        by_people: whether they were a matter of people at the table; `None` where nobody is known to have played.
    """

    kind: ErrorKind
    errors: tuple[DecisionError, ...]
    cause: UsualCause | None
    owner: str
    due_within: int | None
    by_people: bool | None


def areas(trace: Trace, judged: Judged, objectives: tuple[ObjectiveRating, ...]) -> tuple[Area, ...]:
    """Put the errors together by kind, people's apart from bots' and before them."""
    groups: dict[tuple[bool, ErrorKind], list[DecisionError]] = {}
    for error in judged.errors:
        groups.setdefault((error.by_people is False, error.kind), []).append(error)
    causes = Causes(trace, judged)
    rated = {task.task: task for objective in objectives for task in objective.tasks}
    rule = trace.playbook.improvements
    together = []
    for (_bots, kind), errors in sorted(groups.items(), key=lambda group: group[0][0]):
        worst = errors[0]
        task = _task(trace, rated, worst)
        owner = proposed_owner(trace, task.owner if task is not None else "", (*worst.right.steps, worst.subject))
        rating = rated[task.id].rating if task is not None else None
        due = rule.within.get(rating or "M", rule.within.get("M")) if rule is not None else None
        together.append(Area(kind, tuple(errors), causes.of_error(worst), owner, due, worst.by_people))
    return tuple(together)


def _task(trace: Trace, rated: Mapping[str, TaskRating], error: DecisionError) -> Task | None:
    """The task that an error is about: what was to be done performs it, or its rating rests on the same facts."""
    tasks, about = trace.playbook.tasks, {*error.right.steps, error.subject}
    performing = next((task for task in tasks.values() if any(one.do in about for one in task.performed)), None)
    if performing is not None:
        return performing
    resting = (
        tasks[rating.task]
        for rating in rated.values()
        if any(not set(reason.evidence).isdisjoint(error.sequences) for reason in rating.reasons)
    )
    return next(resting, None)
