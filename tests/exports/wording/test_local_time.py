"""Times are said in the local time of the story, whatever the machine's zone is."""

from datetime import date

import pytest

from incidentsim.exports.wording.local_time import LocalClock, date_words, duration_words
from incidentsim.messages import spoken
from tests.support.local_times import clock_of

MINUTE = 60_000
STARTS = "2021-06-30T23:50+08:00"


def test_the_wall_clock_runs_on_over_midnight() -> None:
    clock = LocalClock(clock_of(STARTS))
    assert clock.time(0) == "23:50"
    assert clock.time(15 * MINUTE) == "00:05"
    assert (clock.day(0), clock.day(15 * MINUTE)) == (date(2021, 6, 30), date(2021, 7, 1))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_machines_zone_is_not_asked(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    assert LocalClock(clock_of(STARTS)).time(0) == "23:50"


@pytest.mark.parametrize(
    ("at", "shown"),
    [(0, "+0:00"), (4 * MINUTE, "+0:04"), (125 * MINUTE, "+2:05"), (26 * 60 * MINUTE, "+1d 02:00")],
)
def test_elapsed_time(at: int, shown: str) -> None:
    assert LocalClock(clock_of(STARTS)).elapsed(at) == shown


def test_seconds_are_shown_for_all_times_once_one_has_any() -> None:
    clock = LocalClock(clock_of(STARTS), [0, 90_500])
    assert (clock.time(0), clock.time(90_500)) == ("23:50:00", "23:51:30")
    assert clock.elapsed(90_500) == "+0:01:30"


def test_a_time_on_another_day_says_which() -> None:
    clock = LocalClock(clock_of(STARTS))
    assert clock.until(5 * MINUTE, 0) == "23:55"
    assert clock.until(20 * MINUTE, 0) == "00:10 on 2021-07-01"


def test_an_exercise_longer_than_the_calendar_still_has_elapsed_times() -> None:
    clock = LocalClock(clock_of(STARTS))
    endless = 2**53 - 1
    assert clock.day(endless) is None
    assert clock.time(endless) == "--:--"
    assert clock.until(endless, 0) == "--:--"
    assert clock.elapsed(endless).startswith("+104249991d")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0 seconds"),
        (1_000, "1 second"),
        (90 * MINUTE, "1 hour 30 minutes"),
        (25 * 60 * MINUTE + 59_000, "1 day 1 hour"),
        (2 * MINUTE + 5_000, "2 minutes 5 seconds"),
    ],
)
def test_durations_in_their_two_largest_units(length: int, words: str) -> None:
    assert duration_words(length) == words


def test_dates_are_written_out() -> None:
    assert date_words(date(2021, 6, 30)) == "Wednesday, 30 June 2021"


def test_a_length_of_time_is_written_without_blanks_in_chinese() -> None:
    with spoken("zh"):
        assert duration_words(13 * 60_000 + 31_000) == "13分钟31秒"
        assert duration_words(26 * 3_600_000) == "1天2小时"
