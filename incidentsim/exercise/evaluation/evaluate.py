"""The evaluation of one run, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.aar import AfterActionReport, after_action_report
from incidentsim.exercise.evaluation.metrics import Metric, metrics
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, TaskRating, ratings
from incidentsim.exercise.evaluation.remedy import CorrectPath, ways
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.regulatory.views import ClockView


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of one run: what was measured, the rated objectives, the right ways, and the report's data."""

    metrics: tuple[Metric, ...]
    objectives: tuple[ObjectiveRating, ...]
    ways: tuple[CorrectPath, ...]
    report: AfterActionReport

    @property
    def tasks(self) -> dict[str, TaskRating]:
        """The ratings of all tasks, by id."""
        return {task.task: task for objective in self.objectives for task in objective.tasks}


def evaluate(
    playbook: Playbook,
    scenario: Scenario,
    facts: Sequence[Fact],
    clocks: Mapping[str, Sequence[ClockView]] | None = None,
) -> Evaluation:
    """Evaluate a run by its facts (a fact's place is its sequence number), which are read once.

    `clocks` is where each incident's regulatory deadlines stand at the end; they are reckoned from the same facts, but
    with laws and calendars that the caller brings.
    """
    trace = Trace(playbook, scenario, facts)
    measured = metrics(trace, clocks)
    rated = ratings(trace)
    right = ways(trace)
    return Evaluation(measured, rated, right, after_action_report(trace, rated, right))
