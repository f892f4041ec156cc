"""Durations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.formats.durations import LONGEST, format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("0m", 0),
        ("90s", 90_000),
        ("15m", 900_000),
        ("1h 30m", 5_400_000),
        ("4h", 14_400_000),
        ("2d", 172_800_000),
        ("1d 1h 1m 1s 1ms", 90_061_001),
        ("250ms", 250),
        ("36500d", LONGEST),
    ],
)
def test_a_duration_is_the_sum_of_its_units(text: str, milliseconds: int) -> None:
    assert parse_duration(text) == milliseconds


@pytest.mark.parametrize(
    "text",
    ["", " ", "5", "m", "5 m", "1h30m", "1h 30m ", "1h  30m", "30m 1h", "1m 1m", "-5m", "1.5h", "5M", "1h, 30m"],
)
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is no duration"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["36501d", "9999999999999999ms", "36500d 1ms"])
def test_more_than_a_hundred_years_is_too_long(text: str) -> None:
    with pytest.raises(ValueError, match="longer than a hundred years"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["05m", "９m", "9" * 30 + "ms"])
def test_other_digits_are_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is no duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "0m"), (1, "1ms"), (90_000, "1m 30s"), (5_400_000, "1h 30m"), (86_400_000, "1d"), (61_001, "1m 1s 1ms")],
)
def test_a_duration_is_written_without_the_units_that_are_zero(milliseconds: int, text: str) -> None:
    assert format_duration(milliseconds) == text


def test_a_negative_duration_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        format_duration(-1)


@given(st.integers(0, LONGEST))
def test_reading_is_the_inverse_of_writing(milliseconds: int) -> None:
    assert parse_duration(format_duration(milliseconds)) == milliseconds
