"""The areas for improvement that an executive reads of: errors of one kind together, the worst first."""

from dataclasses import dataclass

from incidentsim.exercise.evaluation.causes import Causes, UsualCause
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind
from incidentsim.exercise.evaluation.ratings import ObjectiveRating
from incidentsim.exercise.evaluation.trace import Trace


@dataclass(frozen=True, slots=True)
class Area:
    """Errors of one kind that nothing else explains, the worst first.

    Attributes:
        kind: the kind of the errors.
        errors: the errors, at least one.
        cause: the usual cause of the worst of them; `None` where none is known.
        owner: the role that is to see to it.
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
        task = next(
            (
                task
                for task in trace.playbook.tasks.values()
                if any(pattern.do in (*worst.right.steps, worst.subject) for pattern in task.performed)
            ),
            None,
        )
        owner = task.owner if task is not None else next(iter(worst.roles), "")
        rating = rated[task.id].rating if task is not None else None
        due = rule.within.get(rating or "M", rule.within.get("M")) if rule is not None else None
        together.append(Area(kind, tuple(errors), causes.of_error(worst), owner, due, worst.by_people))
    return tuple(together)
