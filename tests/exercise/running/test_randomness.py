"""Named random streams: the same numbers everywhere and for ever, and none disturbs another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.running.randomness import Stream


@pytest.mark.parametrize(
    ("seed", "name", "drawn"),
    [
        (7, "bots/one", [342, 620, 382, 397, 288, 947]),
        (7, "bots/two", [583, 160, 760, 638, 125, 894]),
    ],
)
def test_the_numbers_of_a_stream_never_change(seed: int, name: str, drawn: list[int]) -> None:
    """Recorded runs are replayed by them: another hash, order or reduction would break every one."""
    stream = Stream(seed, name)
    assert [stream.below(1000) for _ in drawn] == drawn


def test_a_stream_begins_anew_for_whoever_asks_for_it_again() -> None:
    first = Stream(7, "a")
    again = Stream(7, "a")
    drawn = [first.below(100) for _ in range(5)]
    assert [again.below(100) for _ in range(5)] == drawn


@given(st.integers(0, 2**53 - 1), st.text(max_size=20), st.integers(-1000, 1000), st.integers(0, 1000))
def test_a_draw_between_two_bounds_stays_within_them(seed: int, name: str, low: int, span: int) -> None:
    stream = Stream(seed, name)
    assert all(low <= stream.between(low, low + span) <= low + span for _ in range(20))


def test_both_bounds_are_reached() -> None:
    stream = Stream(1, "bounds")
    assert {stream.between(-1, 1) for _ in range(100)} == {-1, 0, 1}


@given(st.integers(0, 2**53 - 1))
def test_no_chance_never_comes_and_certainty_always(seed: int) -> None:
    stream = Stream(seed, "chance")
    assert not any(stream.chance(0) for _ in range(50))
    assert all(stream.chance(100) for _ in range(50))


def test_a_chance_comes_about_as_often_as_it_says() -> None:
    stream = Stream(3, "chance")
    came = sum(stream.chance(30) for _ in range(10_000))
    assert 2_800 < came < 3_200


def test_a_pick_reaches_every_item() -> None:
    stream = Stream(3, "pick")
    assert {stream.pick("abc") for _ in range(100)} == set("abc")


@given(st.integers(0, 2**53 - 1), st.text(max_size=10), st.text(max_size=10))
def test_streams_of_different_names_are_different(seed: int, one: str, other: str) -> None:
    first, second = Stream(seed, one), Stream(seed, other)
    draws = [first.below(2**32) for _ in range(4)] == [second.below(2**32) for _ in range(4)]
    assert draws == (one == other)
