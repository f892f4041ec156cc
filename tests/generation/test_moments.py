"""Exercises start when people work, and moments are those of the place."""

from datetime import datetime

import pytest

from incidentsim.definitions.local_time.zones import zone
from incidentsim.generation.moments import Moment, start
from incidentsim.generation.settings import Streams

ZONES = ["Asia/Shanghai", "America/New_York", "America/Los_Angeles"]


@pytest.mark.parametrize("place", ZONES)
def test_exercises_start_on_working_days_in_working_hours(place: str) -> None:
    for seed in range(400):
        at = start(Streams(seed, "x"), place, 3).at
        assert at.year in (2026, 2027)
        assert at.weekday() < 5
        assert 8 * 60 + 30 <= at.hour * 60 + at.minute <= 16 * 60


def test_hard_ones_start_in_the_evening_now_and_then() -> None:
    hours = [start(Streams(seed, "x"), "Asia/Shanghai", 4).at.hour for seed in range(200)]
    assert all(8 <= hour <= 16 or 19 <= hour <= 23 for hour in hours)
    assert 40 < sum(hour >= 19 for hour in hours) < 120


def test_the_offset_is_that_of_the_day() -> None:
    offsets = {start(Streams(seed, "x"), "America/New_York", 1).at.isoformat()[-6:] for seed in range(200)}
    assert offsets == {"-05:00", "-04:00"}


def test_a_moment_has_its_forms_in_both_languages() -> None:
    moment = Moment(datetime(2026, 6, 24, 2, 41, 7, tzinfo=zone("Asia/Shanghai")))
    assert [moment.say(form, "en") for form in ("", "time", "date", "day", "stamp", "log")] == [
        "02:41", "02:41", "24 June", "Wednesday", "2026-06-24T02:41:07+08:00", "2026-06-24 02:41:07",
    ]  # fmt: skip
    assert [moment.say(form, "zh") for form in ("date", "day")] == ["6月24日", "星期三"]


def test_time_passes_as_clocks_show_it_where_they_change() -> None:
    """On 8 March 2026 the hour after two is skipped in New York."""
    before = Moment(datetime(2026, 3, 8, 1, 30, tzinfo=zone("America/New_York")))
    assert before.later(3600).say("stamp", "en") == "2026-03-08T03:30:00-04:00"
