"""The play that stands for what one may expect: deterministic, in order, and true to what bots did."""

from incidentsim.exercise.forecast.forecast import forecast
from incidentsim.exercise.planning.typical_play import PLAYS, PRACTISED, typical_play
from tests.support.forecasts import compiled
from tests.support.planning import expected
from tests.support.shipped import procedure, scenario

STORY = "false-alarm"


def test_the_same_story_gives_the_same_play() -> None:
    assert typical_play(compiled(STORY), scenario(STORY), "en") == expected(STORY)


def test_it_is_the_middle_one_by_the_number_of_decisions() -> None:
    summed = forecast(compiled(STORY), scenario(STORY), plays=PLAYS, proficiencies=(PRACTISED,))
    assert len(expected(STORY).decisions) == summed.outlooks[0].decisions.median


def test_everything_stands_in_its_order() -> None:
    played = expected("number-masking-leak")
    for times in ([one.at for one in played.decisions], [one.at for one in played.arrivals]):
        assert times == sorted(times)
        assert times[-1] <= played.ends
    phases = [one.phase for one in played.stretches if one.phase is not None]
    order = list(procedure("platform-incidents").phases)
    assert phases == sorted(phases, key=order.index)
    assert played.stretches[0].begins == 0
    assert played.arrivals[0].people == ("p1",)
    assert played.shortest_duty is not None


def test_what_is_judged_is_known_and_reading_depends_on_the_language() -> None:
    played = expected("number-masking-leak")
    assert 0 < sum(one.judges for one in played.decisions) < len(played.decisions)
    chinese = expected("number-masking-leak", "zh")
    assert [one.at for one in chinese.decisions] == [one.at for one in played.decisions]
    assert [one.reading for one in chinese.arrivals] != [one.reading for one in played.arrivals]
