"""Whole numbers are rounded down."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.generation import numbers


@given(st.integers(1, 10**9), st.integers(1, 9))
def test_rounding_goes_down_and_keeps_the_first_digits(value: int, digits: int) -> None:
    found = numbers.rounded(value, digits)
    assert 0 < found <= value
    assert str(found)[:digits] == str(value)[:digits]
    assert set(str(found)[digits:]) <= {"0"}
