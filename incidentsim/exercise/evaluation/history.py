"""A run beside earlier ones of the same scenario: what was measured then, and which value was the best so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.metrics import Metric

_FEWER: Final = frozenset(
    {
        "wrong_dismissals",
        "false_alarms_escalated",
        "other_misjudgements",
        "wrong_receivers_told",
        "receivers_not_told",
        "owed_by_truth",
        "escalations_to_nobody",
        "refusals",
    }
)
"""Counts that are the better the lower they are."""

_BY_STANDING: Final = {"kept": -1, "late": 1, "missed": 1}
"""Of duties and regulatory deadlines: the more are kept the better, the more are late or missed the worse."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """An earlier run with its evaluation, and when it was made (UTC as in entries)."""

    run: str
    created: str
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class MetricSoFar:
    """One metric of a run, beside the one of the run before and the best of all earlier runs.

    They are `None` where no earlier run has one like it; `best` also where neither more nor less of it is better.
    """

    metric: Metric
    before: Metric | None = None
    before_run: str | None = None
    best: Metric | None = None
    best_run: str | None = None


def so_far(evaluation: Evaluation, earlier: Sequence[EarlierRun]) -> tuple[MetricSoFar, ...]:
    """Every metric of a run beside those of the earlier runs, which come oldest first."""
    known = [(one.run, {metric.key: metric for metric in one.evaluation.metrics}) for one in earlier]
    return tuple(
        _so_far(metric, [(run, found[metric.key]) for run, found in known if metric.key in found])
        for metric in evaluation.metrics
    )


def _so_far(metric: Metric, earlier: Sequence[tuple[str, Metric]]) -> MetricSoFar:
    if not earlier:
        return MetricSoFar(metric)
    before_run, before = earlier[-1]
    ranked = [(rank, run, one) for run, one in earlier if (rank := badness(one)) is not None]
    if not ranked:
        return MetricSoFar(metric, before, before_run)
    _rank, best_run, best = min(ranked, key=lambda entry: entry[0])
    return MetricSoFar(metric, before, before_run, best, best_run)


def better(first: Metric, second: Metric) -> bool | None:
    """Return whether the first value is better than the second; `None` where neither is."""
    mine, theirs = badness(first), badness(second)
    if mine is None or theirs is None or mine == theirs:
        return None
    return mine < theirs


def badness(metric: Metric) -> tuple[bool, int] | None:
    """Something by which values of one metric are ranked, the best first; `None` where none is better than another.

    What was never reached is worse than whatever was.
    """
    value = metric.value
    if value is None:
        return (True, 0)
    match metric.unit:
        case "ms":
            return (False, int(value))
        case "levels":
            return (False, abs(int(value)))
        case "yes_no":
            return (False, 0 if value else 1)
        case "count":
            sign = _sign(metric)
            return (False, sign * int(value)) if sign else None


def _sign(metric: Metric) -> int:
    if metric.kind in {"duties", "clocks"}:
        return _BY_STANDING.get(metric.subject, 0)
    if metric.kind == "right_receivers_told":
        return -1
    return 1 if metric.kind in _FEWER else 0
