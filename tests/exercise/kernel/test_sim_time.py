"""The local hours that people keep, in simulated time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.local_time import LocalTime, Offsets, instant_and_offset
from incidentsim.domain.playbook import Hours, WorkingHours
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.sim_time import (
    DAY,
    HOUR,
    MINUTE,
    MINUTES_A_DAY,
    SECOND,
    back_at,
    hours_begin,
    in_working_hours,
    is_away,
)
from tests.support.local_times import MONDAY_THE_FIFTH, clock_at
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
    assert is_away(person(LUNCH), now, clock_at(NINE)) is away


@pytest.mark.parametrize(
    ("now", "away"),
    [(9 * HOUR - SECOND, False), (9 * HOUR, True), (15 * HOUR, True), (24 * HOUR - 1, True), (24 * HOUR, False)],
)
def test_a_night_over_midnight_is_one_absence(now: int, *, away: bool) -> None:
    assert is_away(person(*NIGHT), now, clock_at(NINE)) is away


def test_somebody_without_absences_is_always_there_and_somebody_always_away_never() -> None:
    assert not is_away(person(), 5 * DAY, clock_at(0))
    assert is_away(person(always=True), 0, clock_at(0))
    assert back_at(person(), 77, clock_at(0)) == 77
    assert back_at(person(always=True), 0, clock_at(0)) is None


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
    assert back_at(person(LUNCH), now, clock_at(NINE)) == back


@pytest.mark.parametrize("now", [9 * HOUR, 12 * HOUR + 1, 15 * HOUR, 24 * HOUR - 1])
def test_from_a_night_over_midnight_somebody_is_back_in_the_morning(now: int) -> None:
    assert back_at(person(*NIGHT), now, clock_at(NINE)) == 24 * HOUR


def test_absences_that_adjoin_or_overlap_in_any_order_are_walked_to_their_end() -> None:
    chained = person((700, 800), (600, 650), (640, 700), (800, 801))
    assert back_at(chained, 0, clock_at(600)) == 201 * MINUTE


@pytest.mark.parametrize("away", [((0, MINUTES_A_DAY),), ((0, 720), (720, MINUTES_A_DAY))])
def test_somebody_whose_absences_fill_the_day_never_comes_back(away: tuple[tuple[int, int], ...]) -> None:
    assert back_at(person(*away), 5, clock_at(100)) is None


MINUTES = st.integers(0, MINUTES_A_DAY)
STRETCHES = st.lists(st.tuples(MINUTES, MINUTES).map(lambda pair: (min(pair), max(pair))), max_size=4)


@given(STRETCHES, st.integers(0, 3 * DAY), st.integers(0, MINUTES_A_DAY - 1))
def test_back_is_the_first_moment_of_presence(away: list[tuple[int, int]], now: int, start: int) -> None:
    """Checked by walking minute by minute."""
    somebody = person(*away)
    back = back_at(somebody, now, clock_at(start))
    moments = [now, *((now // MINUTE + n) * MINUTE for n in range(1, MINUTES_A_DAY + 2))]
    present = [at for at in moments if not is_away(somebody, at, clock_at(start))]
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
    assert in_working_hours(OFFICE, now, clock_at(NINE, weekday)) is at_work


def test_without_working_hours_it_is_always_working_time_and_never_another() -> None:
    assert in_working_hours(None, 3 * HOUR, clock_at(0, SATURDAY))
    assert hours_begin("working", None, 3 * HOUR, clock_at(0, SATURDAY)) == 3 * HOUR
    assert hours_begin("out", None, 3 * HOUR, clock_at(0, SATURDAY)) is None


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
    assert hours_begin(sort, OFFICE, now, clock_at(NINE, weekday)) == begins


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
    at = hours_begin(sort, office, now, clock_at(start_minute, weekday))
    assert at is not None
    assert at >= now
    assert in_working_hours(office, at, clock_at(start_minute, weekday)) is wanted
    assert at == now or in_working_hours(office, at - 1, clock_at(start_minute, weekday)) is not wanted
    between = range(now, at, 7 * MINUTE)
    assert all(in_working_hours(office, moment, clock_at(start_minute, weekday)) is not wanted for moment in between)


OFFSETS_THERE_ARE = st.sampled_from([-10 * HOUR, -HOUR, 0, 30 * MINUTE, HOUR, 2 * HOUR, 14 * HOUR])
CHANGING = st.builds(
    lambda start, first, changes: LocalTime(
        MONDAY_THE_FIFTH + start * MINUTE,
        Offsets(first, tuple(sorted((MONDAY_THE_FIFTH + at * MINUTE, to) for at, to in changes.items()))),
    ),
    st.integers(0, MINUTES_A_DAY - 1),
    OFFSETS_THERE_ARE,
    st.dictionaries(st.integers(0, 3 * MINUTES_A_DAY), OFFSETS_THERE_ARE, max_size=3),
)
"""Clocks that change up to three times in the first three days, by up to a day."""


@given(STRETCHES, st.integers(0, 3 * DAY), CHANGING)
def test_across_changes_back_is_the_first_moment_of_presence(
    away: list[tuple[int, int]], now: int, local: LocalTime
) -> None:
    """Checked by walking minute by minute, for as long as the clocks may stand or leap."""
    somebody = person(*away)
    back = back_at(somebody, now, local)
    moments = [now, *((now // MINUTE + n) * MINUTE for n in range(1, 4 * MINUTES_A_DAY))]
    present = next((at for at in moments if not is_away(somebody, at, local)), None)
    assert back == present


@given(st.sampled_from(["working", "out"]), OFFICES, st.integers(0, 4 * DAY), CHANGING)
def test_across_changes_hours_begin_where_they_are_and_not_a_moment_later(
    sort: Hours, office: WorkingHours, now: int, local: LocalTime
) -> None:
    wanted = sort == "working"
    at = hours_begin(sort, office, now, local)
    assert at is not None
    assert at >= now
    assert in_working_hours(office, at, local) is wanted
    assert at == now or in_working_hours(office, at - 1, local) is not wanted
    assert all(in_working_hours(office, moment, local) is not wanted for moment in range(now, at, 7 * MINUTE))


BERLIN = Offsets(2 * HOUR, ((instant_and_offset("2026-10-25T01:00:00+00:00")[0], HOUR),))
NIGHT_OF_THE_LONG_HOUR = LocalTime(instant_and_offset("2026-10-24T20:00+02:00")[0], BERLIN)


@pytest.mark.parametrize(
    ("stretch", "begins", "ends"),
    [
        (
            (60, 150),
            5 * HOUR,
            6 * HOUR + 30 * MINUTE,
        ),  # 01:00 to 02:30: over when it is half past two for the first time
        ((150, 240), 6 * HOUR + 30 * MINUTE, 9 * HOUR),  # 02:30 to 04:00: from the first half past two on
        ((120, 180), 6 * HOUR, 8 * HOUR),  # 02:00 to 03:00 are two hours
    ],
)
def test_in_the_long_night_a_stretch_begins_and_ends_once(stretch: tuple[int, int], begins: int, ends: int) -> None:
    somebody = person(stretch)
    absent = [at for at in range(0, 12 * HOUR, MINUTE) if is_away(somebody, at, NIGHT_OF_THE_LONG_HOUR)]
    assert absent == list(range(begins, ends, MINUTE))
    assert back_at(somebody, begins, NIGHT_OF_THE_LONG_HOUR) == ends
