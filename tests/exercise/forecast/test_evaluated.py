"""A run beside bots' plays: the same numbers every time, and no more than the plays show."""

from collections.abc import Sequence
from functools import cache

import pytest

from incidentsim.domain.facts import Fact
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.forecast.evaluated import (
    Forecasted,
    Place,
    PlayEvaluated,
    against_plays,
    plays_evaluated,
)
from incidentsim.exercise.forecast.forecast import forecast
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.regulatory.views import ClockView
from tests.support.evaluating import changed, content, evaluated, played, procedure, scenario

VOICE = scenario("voice-platform-fault")
COMPILED = CompiledPlaybook(procedure("voice-platform-fault"))
PLAYS = 3


def no_clocks(_told: Scenario, _facts: Sequence[Fact]) -> dict[str, Sequence[ClockView]]:
    return {}


@cache
def plays() -> tuple[PlayEvaluated, ...]:
    return tuple(plays_evaluated(COMPILED, VOICE, no_clocks, plays=PLAYS))


def beside(told: Scenario) -> Forecasted:
    return against_plays(evaluated(told, played(told)), plays())


def test_the_same_inputs_give_the_same_numbers() -> None:
    assert tuple(plays_evaluated(COMPILED, VOICE, no_clocks, plays=PLAYS)) == plays()


def test_the_plays_are_those_of_the_forecast() -> None:
    previewed = forecast(COMPILED, VOICE, plays=PLAYS)
    assert [play.proficiency for play in plays()] == [
        outlook.proficiency for outlook in previewed.outlooks for _number in range(PLAYS)
    ]
    for outlook in previewed.outlooks:
        ours = [play for play in plays() if play.proficiency == outlook.proficiency]
        refused = sorted(
            sum(int(one.value or 0) for one in play.metrics.values() if one.kind == "refusals") for play in ours
        )
        assert (refused[0], refused[len(refused) // 2], refused[-1]) == (
            outlook.refusals.low,
            outlook.refusals.median,
            outlook.refusals.high,
        )


def test_whoever_stops_has_taken_no_more_plays() -> None:
    taken = plays_evaluated(COMPILED, VOICE, no_clocks, plays=500)
    assert next(taken) == plays()[0]


def test_every_figure_counts_within_the_plays() -> None:
    compared = beside(VOICE)
    assert (compared.plays, compared.proficiencies, compared.usual, compared.total) == (PLAYS, (30, 65, 100), 65, 9)
    for metric in compared.metrics:
        for figure in metric.by.values():
            assert 0 <= figure.plays + figure.never <= PLAYS
            assert (figure.values is None) == (figure.plays == 0)
            if figure.values is not None:
                assert figure.values.low <= figure.values.median <= figure.values.high
    for task in compared.tasks:
        assert {sum(counted.values()) for counted in task.by.values()} == {PLAYS}
    for error in compared.errors:
        assert all(0 <= count <= PLAYS for count in error.by.values())


def test_a_value_lies_below_within_or_above_the_plays() -> None:
    compared = beside(VOICE)
    places = [
        (metric.metric, figure.values, figure.place)
        for metric in compared.metrics
        for figure in metric.by.values()
        if figure.place is not Place.UNKNOWN
    ]
    assert places
    for metric, values, place in places:
        assert values is not None
        assert place is _expected(metric, values.low, values.high)


def _expected(metric: Metric, low: int, high: int) -> Place:
    value = int(metric.value or 0)
    return Place.BELOW if value < low else Place.ABOVE if value > high else Place.WITHIN


def test_an_error_of_the_run_is_told_with_how_often_bots_made_it_and_others_only_as_avoided() -> None:
    mild = beside(changed(VOICE, content("grade", level=4)))
    made = [error for error in mild.errors if error.made]
    assert [error.mark.matter for error in made if error.mark.matter == "level"] == ["level"]
    for error in mild.errors:
        if not error.made:
            assert 2 * error.by[mild.usual] >= PLAYS


def test_nothing_is_no_forecast() -> None:
    with pytest.raises(ValueError, match="at least one play"):
        next(plays_evaluated(COMPILED, VOICE, no_clocks, plays=0))
    with pytest.raises(ValueError, match="one play at least"):
        against_plays(evaluated(VOICE, played(VOICE)), ())
