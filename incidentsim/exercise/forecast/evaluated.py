"""A run beside the bots' plays of its scenario: what bots made of it, measured, rated and judged as the run was.

The plays are those of the forecast, by the same seeds; the same playbook, scenario and number of plays come to the same
numbers. All people of the story are bots then, and all of one proficiency; at a table some are people.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.domain.evaluation import Rating
from incidentsim.domain.facts import Fact
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.errors import ErrorMark, mark_of
from incidentsim.exercise.evaluation.evaluate import Evaluation, evaluate
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.forecast.forecast import PLAYS, PROFICIENCIES, to_play
from incidentsim.exercise.forecast.playing import played_out
from incidentsim.exercise.forecast.shapes import Spread, spread, usual_of
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.regulatory.views import ClockView

ClocksOf = Callable[[Scenario, Sequence[Fact]], Mapping[str, Sequence[ClockView]]]
"""Where each incident's regulatory deadlines stand at the end of a play."""
MetricKey = tuple[str, str, str | None]
"""Kind, subject and incident of a measure."""

_OFTEN: Final = 2
"""An error that bots made in at least one play in so many is one that they often make."""


@dataclass(frozen=True, slots=True)
class PlayEvaluated:
    """One play by bots of one proficiency: its measures by key, its ratings by task, its errors."""

    proficiency: int
    metrics: Mapping[MetricKey, Metric]
    ratings: Mapping[str, Rating | None]
    errors: frozenset[ErrorMark]


def plays_evaluated(
    compiled: CompiledPlaybook,
    scenario: Scenario,
    clocks: ClocksOf,
    *,
    plays: int = PLAYS,
    proficiencies: Sequence[int] = PROFICIENCIES,
) -> Iterator[PlayEvaluated]:
    """Let bots play the scenario as the forecast does, and evaluate each play; whoever takes them can stop at any.

    Raises:
        ValueError: nothing would be played, or a proficiency is out of range.
    """
    for proficiency in to_play(plays, proficiencies):
        for number in range(plays):
            told, facts = played_out(compiled, scenario, proficiency, number)
            evaluation = evaluate(compiled.playbook, told, facts, clocks(told, facts))
            yield _outcome(proficiency, evaluation)


def _outcome(proficiency: int, evaluation: Evaluation) -> PlayEvaluated:
    return PlayEvaluated(
        proficiency,
        {metric.key: metric for metric in evaluation.metrics},
        {name: task.rating for name, task in evaluation.tasks.items()},
        frozenset(_anybodys(mark_of(error, Scope.SCENARIO)) for error in evaluation.judged.all_errors),
    )


def _anybodys(mark: ErrorMark) -> ErrorMark:
    """The mark of an error whoever made it: in a play all are bots."""
    return ErrorMark(mark.matter, mark.incident, mark.subject, by_bots=False)


@unique
class Place(StrEnum):
    """The place of a run's value among those of plays: below all, within their range, above all, or none known."""

    BELOW = auto()
    WITHIN = auto()
    ABOVE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class MetricPlayed:
    """A measure in the plays of one proficiency: in how many it has a value, in how many it was never reached.

    `place` is where the run's own value lies; `values` is `None` where no play has one.
    """

    plays: int
    never: int
    values: Spread | None
    place: Place


@dataclass(frozen=True, slots=True)
class MetricForecast:
    """A measure of a run, and the same in the plays by proficiency."""

    metric: Metric
    by: Mapping[int, MetricPlayed]


@dataclass(frozen=True, slots=True)
class TaskForecast:
    """A task's rating in a run, and how many plays of each proficiency came to each rating (`None`: not called for)."""

    objective: str
    task: str
    rating: Rating | None
    by_bots: bool
    by: Mapping[int, Mapping[Rating | None, int]]


@dataclass(frozen=True, slots=True)
class ErrorForecast:
    """An error, whether it was made in the run, and in how many plays of each proficiency bots made it."""

    mark: ErrorMark
    made: bool
    by: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Forecasted:
    """A run beside bots' plays.

    Attributes:
        plays: how often each proficiency played.
        proficiencies: of whom, in order.
        metrics: the measures of the run; counts of nothing are left out where no play counted anything either.
        tasks: the ratings of all tasks.
        errors: the errors of people in the run, then those that bots of the middle proficiency made in half of the
            plays or more and that were not made in the run, then those of bots in the run.
    """

    plays: int
    proficiencies: tuple[int, ...]
    metrics: tuple[MetricForecast, ...]
    tasks: tuple[TaskForecast, ...]
    errors: tuple[ErrorForecast, ...]

    @property
    def usual(self) -> int:
        """The proficiency in the middle, which stands for the people one may expect."""
        return usual_of(self.proficiencies)

    @property
    def total(self) -> int:
        """The number of plays in all."""
        return self.plays * len(self.proficiencies)


def against_plays(evaluation: Evaluation, played: Sequence[PlayEvaluated]) -> Forecasted:
    """Set a run beside plays of its scenario by bots, as many of each proficiency.

    Raises:
        ValueError: there are none.
    """
    by: dict[int, list[PlayEvaluated]] = {}
    for play in played:
        by.setdefault(play.proficiency, []).append(play)
    if not by:
        raise ValueError("a run is set beside one play at least")
    usual = by[usual_of(by)]
    return Forecasted(
        plays=len(usual),
        proficiencies=tuple(by),
        metrics=tuple(_metrics(evaluation, by)),
        tasks=tuple(_tasks(evaluation, by)),
        errors=tuple(_errors(evaluation, by, usual)),
    )


_By = Mapping[int, Sequence[PlayEvaluated]]


def _metrics(evaluation: Evaluation, by: _By) -> Iterator[MetricForecast]:
    for metric in evaluation.metrics:
        summed = {level: _played(metric, plays) for level, plays in by.items()}
        counted = any(one.values is not None and one.values.high for one in summed.values())
        if metric.unit != "count" or metric.value or counted:
            yield MetricForecast(metric, summed)


def _played(metric: Metric, plays: Sequence[PlayEvaluated]) -> MetricPlayed:
    same = [play.metrics[metric.key] for play in plays if metric.key in play.metrics]
    reached = [int(one.value) for one in same if one.value is not None]
    values = spread(reached)
    return MetricPlayed(len(reached), len(same) - len(reached), values, _place(metric, values))


def _place(metric: Metric, values: Spread | None) -> Place:
    if values is None or metric.value is None or metric.unit == "yes_no":
        return Place.UNKNOWN
    value = int(metric.value)
    if value < values.low:
        return Place.BELOW
    return Place.ABOVE if value > values.high else Place.WITHIN


def _tasks(evaluation: Evaluation, by: _By) -> Iterator[TaskForecast]:
    for name, task in evaluation.tasks.items():
        counted = {level: Counter(play.ratings.get(name) for play in plays) for level, plays in by.items()}
        yield TaskForecast(task.objective, name, task.rating, task.by_people is False, counted)


def _errors(evaluation: Evaluation, by: _By, usual: Sequence[PlayEvaluated]) -> Iterator[ErrorForecast]:
    made = dict.fromkeys(mark_of(error, Scope.SCENARIO) for error in evaluation.judged.errors)
    every = {_anybodys(mark_of(error, Scope.SCENARIO)) for error in evaluation.judged.all_errors}
    often = Counter(mark for play in usual for mark in play.errors)
    avoided = [mark for mark, times in often.items() if _OFTEN * times >= len(usual) and mark not in every]
    yield from (ErrorForecast(mark, True, _times(_anybodys(mark), by)) for mark in made if not mark.by_bots)
    for mark in sorted(avoided, key=lambda mark: (-often[mark], mark.matter, mark.incident or "", mark.subject)):
        yield ErrorForecast(mark, False, _times(mark, by))
    yield from (ErrorForecast(mark, True, _times(_anybodys(mark), by)) for mark in made if mark.by_bots)


def _times(mark: ErrorMark, by: _By) -> dict[int, int]:
    return {level: sum(mark in play.errors for play in plays) for level, plays in by.items()}
