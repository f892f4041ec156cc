"""The evaluation of one run, put together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.aar import AfterActionReport, after_action_report
from incidentsim.exercise.evaluation.areas import Area, areas
from incidentsim.exercise.evaluation.causes import UsualCause, cause_of
from incidentsim.exercise.evaluation.decisions.judging import Judged, judged
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError
from incidentsim.exercise.evaluation.in_short import InShort, in_short
from incidentsim.exercise.evaluation.metrics import Metric, metrics
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, TaskRating, ratings
from incidentsim.exercise.evaluation.remedy import CorrectPath, ways
from incidentsim.exercise.evaluation.scenario_objectives import ScenarioObjective, scenario_objectives
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.evaluation.whose import Whose
from incidentsim.exercise.regulatory.views import ClockView

_PARTS: Final = 6
"""The trace, the decisions, the metrics, the ratings, the right ways, the report."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of one run.

    What was measured, the rated objectives, the right ways, the report's data, every decision judged, the scenario's
    own objectives rated, and all of it in short.
    """

    metrics: tuple[Metric, ...]
    objectives: tuple[ObjectiveRating, ...]
    ways: tuple[CorrectPath, ...]
    report: AfterActionReport
    judged: Judged
    scenario_objectives: tuple[ScenarioObjective, ...]
    in_short: InShort
    areas: tuple[Area, ...]

    def cause_of(self, error: DecisionError) -> UsualCause | None:
        """Return the usual cause of an error, by its kind and what was known; `None` where none is."""
        decision = next(
            (
                one
                for one in self.judged.decisions
                if one.error is not None and (one.error.kind, one.error.sequences) == (error.kind, error.sequences)
            ),
            None,
        )
        return cause_of(error, decision)

    @property
    def tasks(self) -> dict[str, TaskRating]:
        """The ratings of all tasks, by id."""
        return {task.task: task for objective in self.objectives for task in objective.tasks}


def evaluate(
    playbook: Playbook,
    scenario: Scenario,
    facts: Sequence[Fact],
    clocks: Mapping[str, Sequence[ClockView]] | None = None,
    played: Collection[str] | None = None,
    *,
    on_part: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Evaluate a run by its facts (a fact's place is its sequence number), which are read once.

    `clocks` is where each incident's regulatory deadlines stand at the end; they are reckoned from the same facts, but
    with laws and calendars that the caller brings. `played` are the pseudonyms of those for whom people decided; where
    there are none, nothing is told apart. `on_part` is told how many parts of it are done, and of
    how many.
    """
    tell = on_part or (lambda _done, _of: None)
    trace = Trace(playbook, scenario, facts)
    tell(1, _PARTS)
    whose = Whose(trace, played or None)
    decided = judged(trace, whose, clocks)
    tell(2, _PARTS)
    measured = metrics(trace, decided, whose, clocks)
    tell(3, _PARTS)
    rated = ratings(trace, decided, whose)
    tell(4, _PARTS)
    right = ways(trace)
    tell(5, _PARTS)
    short = in_short(trace, rated, decided, played=bool(played))
    report = after_action_report(trace, rated, right, decided)
    own = scenario_objectives(trace, rated, whose)
    return Evaluation(measured, rated, right, report, decided, own, short, areas(trace, decided, rated))
