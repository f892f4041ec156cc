"""The local hours that people keep, in simulated time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.scenario import Person
from incidentsim.exercise.clock import DAY, HOUR, MINUTE, MINUTES_A_DAY, SECOND, back_at, is_away
from tests.support.small import text

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
