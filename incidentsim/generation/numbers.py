"""Reckoning with whole numbers."""

from typing import Final

_HUNDRED: Final = 100


def rounded(value: int, digits: int) -> int:
    """`value` with so many significant digits, rounded down, so that it stays below any bound it was below."""
    size = int("1" + "0" * max(len(str(value)) - digits, 0))
    return value // size * size


def percent(value: int, share: int) -> int:
    """So many percent of a value."""
    return value * share // _HUNDRED
