"""Forecasts: deterministic, consistent in themselves, and true to the plays they sum up."""

import statistics
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import Fact
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.forecast.forecast import forecast
from incidentsim.exercise.forecast.playing import SEEDS, play
from incidentsim.exercise.forecast.shapes import Spread, spread
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.randomness import Stream
from incidentsim.exercise.running.runner import run
from tests.support.facts import acting, on_record
from tests.support.forecasts import compiled, played
from tests.support.shipped import NAMES, scenario

STORY = "number-masking-leak"


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_a_spread_is_the_least_the_middle_and_the_greatest(values: list[int]) -> None:
    found = spread(values)
    assert found is not None
    assert (found.low, found.high) == (min(values), max(values))
    assert found.median == int(statistics.median_low(values) + statistics.median_high(values)) // 2


def test_nothing_has_no_spread() -> None:
    assert spread([]) is None


def test_the_same_arguments_give_the_same_forecast() -> None:
    again = forecast(compiled(STORY), scenario(STORY), plays=3)
    assert again == played(STORY)


def test_the_scenarios_seed_matters_its_script_and_proficiencies_do_not() -> None:
    subject = scenario(STORY)
    bare = replace(subject, script=(), expectations=(), proficiency={"discoverer": 1})
    assert forecast(compiled(STORY), bare, plays=3) == played(STORY)
    assert forecast(compiled(STORY), replace(subject, seed=subject.seed + 1), plays=3) != played(STORY)


def test_a_play_does_not_depend_on_how_many_there_are() -> None:
    one = play(compiled(STORY), scenario(STORY), 65, 0)
    assert one == play(compiled(STORY), scenario(STORY), 65, 0)
    alone = forecast(compiled(STORY), scenario(STORY), plays=1, proficiencies=(65,)).outlooks[0]
    assert alone.decisions == Spread(*[sum(one.decisions.values())] * 3)


def test_a_play_tells_what_the_same_run_of_bots_recorded() -> None:
    subject, rules = scenario(STORY), compiled(STORY)
    seed = Stream(subject.seed, "forecast/2").below(SEEDS)
    people = dict.fromkeys(rules.playbook.roles, 30)
    exercise = Exercise(rules, replace(subject, seed=seed, script=(), expectations=(), proficiency=people))
    facts: list[Fact] = []
    run(exercise, [BotDecider()], lambda step, _source: facts.extend(step))
    found = play(rules, subject, 30, 2)

    def kind(name: str) -> list[Fact]:
        return [fact for fact in facts if fact.kind == name]

    moves = [fact for fact in kind("step_taken") if on_record(fact)["track"] == "lifecycle"]
    assert found.rested == max(fact.at for fact in moves if on_record(fact)["from"] != on_record(fact)["to"])
    assert found.refusals == len(kind("refused"))
    assert found.delivered == {on_record(fact)["inject"]: fact.at for fact in kind("inject_delivered")}
    assert sum(one.late for one in found.duties) == len(kind("duty_breached"))
    assert len(found.duties) == len(kind("duty_opened"))
    assert sum(found.decisions.values()) == sum(acting(fact) is not None for fact in facts)
    assert {subject for sort, subject, _why in found.slips if sort == "late"} == {
        on_record(fact)["duty"] for fact in kind("duty_breached")
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_forecast_agree_with_each_other(name: str) -> None:
    found, subject = played(name), scenario(name)
    assert found.total == 9
    for outlook in found.outlooks:
        assert outlook.plays == found.plays
        assert 0 <= outlook.kept <= outlook.owed
        assert (outlook.duration is None) == (outlook.rested == 0)
        for language in ("en", "zh"):
            assert outlook.table[language].median > outlook.reading[language].median > 0
    first = found.path[0]
    assert (first.incident, first.state) == (next(iter(subject.incidents)), compiled(name).playbook.main_track.initial)
    for stage in found.path:
        assert stage.plays == sum(times.plays for times in stage.by.values()) <= found.total
        assert all(times.left is None or times.left.low >= times.entered.low for times in stage.by.values())
    for duty in found.duties:
        assert duty.plays == sum(times.plays for times in duty.by.values()) <= found.total
    for mistake in found.mistakes:
        assert 0 < mistake.plays == sum(mistake.by.values())
        assert all(0 <= number <= found.plays for number in mistake.by.values())
    assert [mistake.plays for mistake in found.mistakes] == sorted((one.plays for one in found.mistakes), reverse=True)
    assert [one.inject for one in found.injects] == [inject.id for inject in subject.injects]
    assert all((one.at is None) == (one.plays == 0) for one in found.injects)


def test_practice_shows() -> None:
    """Over all shipped scenarios: the more practised, the more duties are kept."""
    kept = [
        sum(played(name).outlooks[place].kept for name in NAMES)
        / sum(played(name).outlooks[place].owed for name in NAMES)
        for place in range(3)
    ]
    assert kept[0] < kept[1] < kept[2]
    assert kept[2] > 0.95


def test_where_the_path_ends_nobody_leaves() -> None:
    dismissed = next(one for one in played("false-alarm").path if one.state == "dismissed")
    assert 0 < dismissed.plays <= 9
    assert all(times.left is None for times in dismissed.by.values())


def test_injects_that_depend_on_decisions_come_in_some_plays_only() -> None:
    plays = {one.inject: one.plays for one in played(STORY, 6).injects}
    assert plays["probe-alert"] == 18
    assert plays["press-call"] < 18


def test_somebody_may_watch() -> None:
    watched: list[None] = []
    forecast(compiled("false-alarm"), scenario("false-alarm"), plays=2, on_play=lambda: watched.append(None))
    assert len(watched) == 6


@pytest.mark.parametrize(("plays", "levels"), [(0, (65,)), (1, ()), (1, (101,)), (1, (-1,))])
def test_a_forecast_of_nothing_is_refused(plays: int, levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="at least one play"):
        forecast(compiled("false-alarm"), scenario("false-alarm"), plays=plays, proficiencies=levels)


def test_the_usual_people_are_those_in_the_middle() -> None:
    assert played("false-alarm").usual == 65
