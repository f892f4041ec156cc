"""The local hours that people keep, in simulated time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.playbook import Hours, WorkingHours
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.sim_time import (
    DAY,
    HOUR,
    MINUTE,
    MINUTES_A_DAY,
    SECOND,
    back_at,
    first_weekday,
    hours_begin,
    in_working_hours,
    is_away,
)
from tests.support.small import OURS, text

NINE = 9 * 60
LUNCH = (12 * 60, 13 * 60 + 30)
NIGHT = ((18 * 60, MINUTES_A_DAY), (0, 9 * 60))
"""From six in the evening till nine in the morning: a stretch over midnight stands split in two."""


def person(*away: tuple[int, int], always: bool = False) -> Person:
    return Person("ann", "p1", text("Ann"), ("watcher",), away, always_away=always)


@pytest.mark.parametrize(
    ("now", "away"),
    [
        (3 * HOUR - 1, False),
        (3 * HOUR, True),
        (4 * HOUR + 30 * MINUTE - 1, True),
        (4 * HOUR + 30 * MINUTE, False),
        (DAY + 3 * HOUR, True),
    ],
)
def test_an_absence_begins_at_its_first_minute_and_is_over_at_its_end_every_day(now: int, *, away: bool) -> None:
    assert is_away(person(LUNCH), now, NINE) is away


@pytest.mark.parametrize(
    ("now", "away"),
    [(9 * HOUR - SECOND, False), (9 * HOUR, True), (15 * HOUR, True), (24 * HOUR - 1, True), (24 * HOUR, False)],
)
def test_a_night_over_midnight_is_one_absence(now: int, *, away: bool) -> None:
    assert is_away(person(*NIGHT), now, NINE) is away


def test_somebody_without_absences_is_always_there_and_somebody_always_away_never() -> None:
    assert not is_away(person(), 5 * DAY, 0)
    assert is_away(person(always=True), 0, 0)
    assert back_at(person(), 77, 0) == 77
    assert back_at(person(always=True), 0, 0) is None


@pytest.mark.parametrize(
    ("now", "back"),
    [
        (0, 0),
        (3 * HOUR + 12_345, 4 * HOUR + 30 * MINUTE),
        (4 * HOUR + 30 * MINUTE, 4 * HOUR + 30 * MINUTE),
        (DAY + 3 * HOUR, DAY + 4 * HOUR + 30 * MINUTE),
    ],
)
def test_somebody_is_back_at_the_very_minute_the_absence_ends(now: int, back: int) -> None:
    assert back_at(person(LUNCH), now, NINE) == back


@pytest.mark.parametrize("now", [9 * HOUR, 12 * HOUR + 1, 15 * HOUR, 24 * HOUR - 1])
def test_from_a_night_over_midnight_somebody_is_back_in_the_morning(now: int) -> None:
    assert back_at(person(*NIGHT), now, NINE) == 24 * HOUR


def test_absences_that_adjoin_or_overlap_in_any_order_are_walked_to_their_end() -> None:
    chained = person((700, 800), (600, 650), (640, 700), (800, 801))
    assert back_at(chained, 0, 600) == 201 * MINUTE


@pytest.mark.parametrize("away", [((0, MINUTES_A_DAY),), ((0, 720), (720, MINUTES_A_DAY))])
def test_somebody_whose_absences_fill_the_day_never_comes_back(away: tuple[tuple[int, int], ...]) -> None:
    assert back_at(person(*away), 5, 100) is None


MINUTES = st.integers(0, MINUTES_A_DAY)
STRETCHES = st.lists(st.tuples(MINUTES, MINUTES).map(lambda pair: (min(pair), max(pair))), max_size=4)


@given(STRETCHES, st.integers(0, 3 * DAY), st.integers(0, MINUTES_A_DAY - 1))
def test_back_is_the_first_moment_of_presence(away: list[tuple[int, int]], now: int, start: int) -> None:
    """Checked by walking minute by minute."""
    somebody = person(*away)
    back = back_at(somebody, now, start)
    moments = [now, *((now // MINUTE + n) * MINUTE for n in range(1, MINUTES_A_DAY + 2))]
    present = [at for at in moments if not is_away(somebody, at, start)]
    assert back == (present[0] if present else None)


OFFICE = WorkingHours((0, 1, 2, 3, 4), NINE, 18 * 60, OURS)
MONDAY, FRIDAY, SATURDAY = 0, 4, 5
OFFICES = st.builds(
    lambda days, hours: WorkingHours(tuple(sorted(days)), hours[0], hours[1], OURS),
    st.sets(st.integers(0, 6), min_size=1),
    st.tuples(st.integers(0, 1438), st.integers(1, 1439)).filter(lambda two: two[0] < two[1]),
)


@pytest.mark.parametrize(
    ("now", "weekday", "at_work"),
    [
        (0, MONDAY, True),
        (9 * HOUR - 1, MONDAY, True),
        (9 * HOUR, MONDAY, False),
        (DAY - 1, MONDAY, False),
        (DAY, MONDAY, True),
        (DAY, FRIDAY, False),
        (3 * DAY, FRIDAY, True),
        (0, SATURDAY, False),
    ],
)
def test_working_hours_are_those_of_a_working_day(now: int, weekday: int, *, at_work: bool) -> None:
    assert in_working_hours(OFFICE, now, NINE, weekday) is at_work


def test_without_working_hours_it_is_always_working_time_and_never_another() -> None:
    assert in_working_hours(None, 3 * HOUR, 0, SATURDAY)
    assert hours_begin("working", None, 3 * HOUR, 0, SATURDAY) == 3 * HOUR
    assert hours_begin("out", None, 3 * HOUR, 0, SATURDAY) is None


@pytest.mark.parametrize(
    ("sort", "now", "weekday", "begins"),
    [
        ("working", 0, MONDAY, 0),
        ("working", 9 * HOUR, MONDAY, DAY),
        ("working", 9 * HOUR, FRIDAY, 3 * DAY),
        ("working", 30 * MINUTE, SATURDAY, 2 * DAY),
        ("out", 0, MONDAY, 9 * HOUR),
        ("out", 10 * HOUR, MONDAY, 10 * HOUR),
        ("out", 5 * SECOND, FRIDAY, 9 * HOUR),
    ],
)
def test_what_waits_for_a_time_of_day_waits_for_its_first_moment(
    sort: Hours, now: int, weekday: int, begins: int
) -> None:
    assert hours_begin(sort, OFFICE, now, NINE, weekday) == begins


@given(
    st.sampled_from(["working", "out"]),
    OFFICES,
    st.integers(0, 20 * DAY),
    st.integers(0, MINUTES_A_DAY - 1),
    st.integers(0, 6),
)
def test_such_hours_begin_where_they_are_and_not_a_moment_later(
    sort: Hours, office: WorkingHours, now: int, start_minute: int, weekday: int
) -> None:
    wanted = sort == "working"
    at = hours_begin(sort, office, now, start_minute, weekday)
    assert at is not None
    assert at >= now
    assert in_working_hours(office, at, start_minute, weekday) is wanted
    assert at == now or in_working_hours(office, at - 1, start_minute, weekday) is not wanted
    between = range(now, at, 7 * MINUTE)
    assert all(in_working_hours(office, moment, start_minute, weekday) is not wanted for moment in between)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_the_weekday_is_that_of_the_local_day(starts: date) -> None:
    assert first_weekday(f"{starts.isoformat()}T19:10+08:00") == starts.weekday()
