"""A run beside an earlier one, put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import Fact
from incidentsim.exercise.evaluation.beside.changes import (
    MetricBeside,
    Scope,
    TaskBeside,
    metrics_beside,
    tasks_beside,
)
from incidentsim.exercise.evaluation.beside.errors import ErrorBeside, ErrorMark, errors_beside, marks_of
from incidentsim.exercise.evaluation.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Beside:
    """A run beside an earlier one: on which ground, errors, ratings, measures, and whether either was coached."""

    scope: Scope
    errors: tuple[ErrorBeside, ...]
    tasks: tuple[TaskBeside, ...]
    metrics: tuple[MetricBeside, ...]
    coached_now: bool = False
    coached_then: bool = False


def beside(now: Evaluation, facts: Sequence[Fact], then: Evaluation, scope: Scope = Scope.SCENARIO) -> Beside:
    """Set a run beside an earlier one.

    Args:
        now: the later run.
        facts: its facts.
        then: the earlier run.
        scope: whether both told the same story.
    """
    return Beside(
        scope,
        errors_beside(now, facts, then, scope),
        tasks_beside(now, then),
        metrics_beside(now, then, scope),
        now.in_short.coached,
        then.in_short.coached,
    )


def recurring(evaluations: Iterable[Evaluation], scope: Scope = Scope.SCENARIO) -> dict[ErrorMark, int]:
    """Count in how many of these runs each error was made."""
    counted: dict[ErrorMark, int] = {}
    for evaluation in evaluations:
        for mark in marks_of(evaluation, scope):
            counted[mark] = counted.get(mark, 0) + 1
    return counted
