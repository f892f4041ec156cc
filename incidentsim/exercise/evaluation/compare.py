"""Two runs side by side: what was measured and rated differently, and where their facts first part."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.domain.evaluation import Rating
from incidentsim.domain.facts import AFTERWARDS, Fact
from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.errors import ErrorBeside, errors_beside
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.metrics import Metric


@dataclass(frozen=True, slots=True)
class MetricPair:
    """One metric in both runs; `None` where a run has none like it."""

    first: Metric | None
    second: Metric | None

    @property
    def either(self) -> Metric:
        """The metric, from whichever run has it."""
        found = self.first if self.first is not None else self.second
        if found is None:
            raise ValueError("a pair has a metric on one side at least")
        return found

    @property
    def differs(self) -> bool:
        """True if the values are not the same, or if one run has no such metric."""
        return self.first is None or self.second is None or self.first.value != self.second.value


@dataclass(frozen=True, slots=True)
class RatingPair:
    """One task's rating in both runs; `None` where it was not called for, or is not in the playbook."""

    objective: str
    task: str
    first: Rating | None
    second: Rating | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    `divergence` is the sequence number at which their facts first part (`None`: they are the same); it may be one
    past the end of the shorter run. `errors` take the first run for the earlier one.
    """

    metrics: tuple[MetricPair, ...]
    ratings: tuple[RatingPair, ...]
    divergence: int | None
    errors: tuple[ErrorBeside, ...]


def compare(
    first: Evaluation, second: Evaluation, first_facts: Sequence[Fact], second_facts: Sequence[Fact]
) -> Comparison:
    """Set two evaluated runs side by side, with their facts."""
    left = {metric.key: metric for metric in first.metrics}
    right = {metric.key: metric for metric in second.metrics}
    keys = [*left, *(key for key in right if key not in left)]
    same = first.report.overview.scenario == second.report.overview.scenario
    scope = Scope.SCENARIO if same else Scope.PROCEDURE
    tasks = {name: task.objective for name, task in (*second.tasks.items(), *first.tasks.items())}
    return Comparison(
        metrics=tuple(MetricPair(left.get(key), right.get(key)) for key in keys),
        ratings=tuple(
            RatingPair(objective, name, _rating(first, name), _rating(second, name))
            for name, objective in tasks.items()
        ),
        divergence=divergence(first_facts, second_facts),
        errors=errors_beside(second, second_facts, first, scope),
    )


def _rating(evaluation: Evaluation, task: str) -> Rating | None:
    rated = evaluation.tasks.get(task)
    return rated.rating if rated is not None else None


def divergence(first: Sequence[Fact], second: Sequence[Fact]) -> int | None:
    """The first sequence number at which two exercises' facts are not the same; what came afterwards is left out."""
    left = [fact for fact in first if fact.kind not in AFTERWARDS]
    right = [fact for fact in second if fact.kind not in AFTERWARDS]
    for sequence, (mine, theirs) in enumerate(zip(left, right, strict=False)):
        if mine != theirs:
            return sequence
    return None if len(left) == len(right) else min(len(left), len(right))
