"""The change of a rating or a measure from one run to a later one, and whether it is for the better."""

from dataclasses import dataclass, replace
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.domain.evaluation import RATINGS
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.history import better
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.evaluation.ratings import TaskRating


@unique
class Scope(StrEnum):
    """The ground on which two runs are compared: the same scenario, or only the same procedure with another story."""

    SCENARIO = auto()
    PROCEDURE = auto()


@unique
class Change(StrEnum):
    """The change from the earlier run to the later.

    `neither`: it is another, and none of both is better. `only_now` and `only_then`: the other run has nothing like it.
    """

    BETTER = auto()
    WORSE = auto()
    SAME = auto()
    NEITHER = auto()
    ONLY_NOW = auto()
    ONLY_THEN = auto()


@dataclass(frozen=True, slots=True)
class MetricBeside:
    """A measure in both runs; `None` where a run has none like it.

    Attributes:
        now: in the later run.
        then: in the earlier run.
        change: of what people did of it, where people played.
        by_bots: whether it was bots' alone in both runs.
    """

    now: Metric | None
    then: Metric | None
    change: Change
    by_bots: bool

    @property
    def either(self) -> Metric:
        """The measure, from whichever run has it."""
        metric = self.now if self.now is not None else self.then
        if metric is None:
            raise ValueError("a pair has a metric on one side at least")
        return metric


@dataclass(frozen=True, slots=True)
class TaskBeside:
    """A task's rating in both runs; `None` where the procedure of that run has no such task.

    `by_bots` says whether it was bots' in both runs.
    """

    objective: str
    task: str
    now: TaskRating | None
    then: TaskRating | None
    change: Change
    by_bots: bool


_OF_THE_STORY: Final = frozenset({"decision_latency", "evidence_known", "evidence_with_judge", "duties", "clocks"})
"""Measures that say nothing about a run of another story: they count, or name, what the story brings."""
_COUNTS_ACROSS: Final = frozenset(
    {"wrong_dismissals", "false_alarms_escalated", "other_misjudgements", "wrong_receivers_told", "refusals"}
)
"""Counts that can be compared across stories: of what is wrong in any."""


def metrics_beside(now: Evaluation, then: Evaluation, scope: Scope) -> tuple[MetricBeside, ...]:
    """Every measure of two runs; counts of nothing in both, and what another story makes incomparable, are left out."""
    mine, theirs = _by_key(now, scope), _by_key(then, scope)
    keys = [*mine, *(key for key in theirs if key not in mine)]
    pairs = [_pair(mine.get(key), theirs.get(key)) for key in keys]
    return tuple(pair for pair in pairs if _says(pair.now) or _says(pair.then))


def _by_key(evaluation: Evaluation, scope: Scope) -> dict[tuple[str, str, str | None], Metric]:
    if scope is Scope.SCENARIO:
        return {metric.key: metric for metric in evaluation.metrics}
    grouped: dict[tuple[str, str], list[Metric]] = {}
    for metric in evaluation.metrics:
        comparable = metric.unit != "count" or metric.kind in _COUNTS_ACROSS
        if comparable and metric.kind not in _OF_THE_STORY:
            grouped.setdefault((metric.kind, metric.subject), []).append(metric)
    return {(*key, None): metrics[0] for key, metrics in grouped.items() if len(metrics) == 1}


def _says(metric: Metric | None) -> bool:
    return metric is not None and (metric.unit != "count" or bool(metric.value))


def _pair(now: Metric | None, then: Metric | None) -> MetricBeside:
    by_bots = all(metric is None or _bots_alone(metric) for metric in (now, then))
    return MetricBeside(now, then, metric_change(now, then), by_bots)


def _bots_alone(metric: Metric) -> bool:
    return metric.by_bots > 0 and (metric.unit != "count" or metric.value == metric.by_bots)


def peoples_part(metric: Metric) -> Metric:
    """A count without what bots did of it; any other measure as it is."""
    if metric.unit != "count" or metric.value is None or not metric.by_bots:
        return metric
    return replace(metric, value=int(metric.value) - metric.by_bots, by_bots=0)


def metric_change(now: Metric | None, then: Metric | None) -> Change:
    """The change of a measure, of what people did of it; where bots ended it in one run only, neither is better."""
    if now is None or then is None:
        return Change.ONLY_NOW if then is None else Change.ONLY_THEN
    both_bots = _bots_alone(now) and _bots_alone(then)
    mine, theirs = (now, then) if both_bots else (peoples_part(now), peoples_part(then))
    if mine.value == theirs.value:
        return Change.SAME
    if mine.unit != "count" and bool(mine.by_bots) != bool(theirs.by_bots):
        return Change.NEITHER
    match better(mine, theirs):
        case True:
            return Change.BETTER
        case False:
            return Change.WORSE
        case None:
            return Change.NEITHER


def tasks_beside(now: Evaluation, then: Evaluation) -> tuple[TaskBeside, ...]:
    """The ratings of every task that either procedure has, in the order of the later run's."""
    mine, theirs = now.tasks, then.tasks
    names = [*mine, *(name for name in theirs if name not in mine)]
    return tuple(_task(name, mine.get(name), theirs.get(name)) for name in names)


def _task(name: str, now: TaskRating | None, then: TaskRating | None) -> TaskBeside:
    known = [task for task in (now, then) if task is not None]
    by_bots = all(task.by_people is False for task in known if task.rating is not None) and any(
        task.by_people is False for task in known
    )
    return TaskBeside(known[0].objective, name, now, then, task_change(now, then), by_bots)


def task_change(now: TaskRating | None, then: TaskRating | None) -> Change:
    """The change of a rating; where it was bots' in one run and people's in the other, neither is better."""
    mine = now.rating if now is not None else None
    theirs = then.rating if then is not None else None
    if mine is None or theirs is None or now is None or then is None:
        if mine is not None:
            return Change.ONLY_NOW
        return Change.ONLY_THEN if theirs is not None else Change.SAME
    if mine == theirs:
        return Change.SAME
    if (now.by_people is False) != (then.by_people is False):
        return Change.NEITHER
    return Change.BETTER if RATINGS.index(mine) < RATINGS.index(theirs) else Change.WORSE
