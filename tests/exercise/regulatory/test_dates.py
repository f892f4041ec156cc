"""Local dates, ends of days and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.errors import InputError
from incidentsim.exercise.regulatory import dates as calendar_time
from tests.support.clocks import HOUR, moment
from tests.support.local_times import place

DATES = st.dates(date(1990, 1, 2), date(2100, 1, 1))
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Brussels", "America/New_York", "Australia/Sydney", "Asia/Kolkata"])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_month_that_is_too_short_ends_with_its_last_day(day: date, months: int, expected: date) -> None:
    assert calendar_time.plus_months(day, months) == expected


@given(DATES, st.integers(1, 120))
def test_months_keep_the_number_of_the_day_or_end_the_month(day: date, months: int) -> None:
    later = calendar_time.plus_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or calendar_time.plus_days(later, 1).day == 1


@given(DATES, ZONES)
def test_a_day_ends_a_millisecond_before_the_next_begins(day: date, zone: str) -> None:
    end = calendar_time.end_of_day(day, place(zone))
    assert calendar_time.local_day(end, place(zone)) == day
    assert calendar_time.local_day(end + 1, place(zone)) == calendar_time.plus_days(day, 1)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_days_are_as_long_as_the_clocks_make_them(day: date, hours: int) -> None:
    start = calendar_time.end_of_day(calendar_time.plus_days(day, -1), place("Europe/Brussels"))
    assert calendar_time.end_of_day(day, place("Europe/Brussels")) - start == hours * HOUR


def test_a_time_that_the_clocks_skip_is_the_moment_of_the_change() -> None:
    at = calendar_time.instant_of(date(2026, 3, 29), 150, place("Europe/Brussels"))
    assert place("Europe/Brussels").iso(at) == "2026-03-29T03:00:00+02:00"


def test_an_instant_is_told_by_local_clocks() -> None:
    at = moment("2026-06-30T09:10+08:00").at
    assert place("America/New_York").iso(at) == "2026-06-29T21:10:00-04:00"


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        ("CN", date(2026, 2, 14), True),
        ("CN", date(2026, 2, 16), False),
        ("CN", date(2026, 2, 21), False),
        ("US", date(2026, 11, 26), False),
        ("US", date(2026, 10, 12), False),
        ("DE", date(2026, 4, 6), False),
        ("DE", date(2026, 6, 6), False),
        ("DE-BY", date(2026, 1, 6), False),
        ("DE", date(2026, 1, 6), True),
        ("XECB", date(2026, 4, 3), False),
    ],
)
def test_working_days_are_those_of_the_calendar(calendar: str, day: date, works: bool) -> None:
    assert calendar_time.is_working_day(day, calendar) is works


def test_the_day_of_the_start_is_day_zero() -> None:
    assert calendar_time.plus_business_days(date(2026, 3, 2), 4, "US") == date(2026, 3, 6)
    assert calendar_time.plus_business_days(date(2026, 3, 7), 1, "US") == date(2026, 3, 9)


@given(DATES.filter(lambda day: day.year < 2090), st.integers(1, 12))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    last = calendar_time.plus_business_days(day, count, "US")
    between = [calendar_time.plus_days(day, ahead) for ahead in range(1, (last - day).days + 1)]
    assert sum(calendar_time.is_working_day(one, "US") for one in between) == count
    assert calendar_time.is_working_day(last, "US")


SHIPPED_CALENDARS = st.sampled_from(sorted({pack.calendar for pack in shipped_packs() if pack.calendar is not None}))
KNOWN_HOLIDAYS = st.dates(date(2001, 1, 1), date(2034, 12, 31))
"""For later years `holidays` warns that it does not know those of India."""


def counted_by_hand(day: date, count: int, calendar: str) -> date:
    """The oracle: one day after another, each asked whether people work on it."""
    for _passed in range(count):
        day += timedelta(days=1)
        while not calendar_time.is_working_day(day, calendar):
            day += timedelta(days=1)
    return day


@given(KNOWN_HOLIDAYS, st.integers(1, 250), SHIPPED_CALENDARS)
def test_working_days_are_counted_as_by_hand(day: date, count: int, calendar: str) -> None:
    """In the calendar of every shipped pack; a deadline names at most 250 of them."""
    assert calendar_time.plus_business_days(day, count, calendar) == counted_by_hand(day, count, calendar)
    assert calendar_time.next_working_day(day, calendar) == counted_by_hand(day, 1, calendar)


@pytest.mark.parametrize("name", ["ZZ", "DE-ZZ"])
def test_a_calendar_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=f"no holiday calendar {name}"):
        calendar_time.is_working_day(date(2026, 1, 1), name)


def test_the_data_behind_a_date_are_named_with_their_version() -> None:
    assert calendar_time.holidays_version().startswith("0.")
    assert {"CN", "US", "XECB", "DE-BY"} <= set(calendar_time.known_calendars())
