"""Durations as people write them, `1h 30m`, and as the program counts them: whole milliseconds."""

import re
from typing import Final

_UNITS: Final[tuple[tuple[str, int], ...]] = (
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
)
LONGEST: Final = 36_500 * 86_400_000
"""A hundred years, in ms: more is a slip of the pen, and no calendar need hold it."""

_PARTS: Final = re.compile(
    r"(?:(?P<d>[0-9]{1,18})d)? ?(?:(?P<h>[0-9]{1,18})h)? ?(?:(?P<m>[0-9]{1,18})m)?"
    r" ?(?:(?P<s>[0-9]{1,18})s)? ?(?:(?P<ms>[0-9]{1,18})ms)?",
    re.ASCII,
)


def parse_duration(text: str) -> int:
    """The milliseconds that `text` says: units d, h, m, s and ms, the larger first, each at most once.

    Raises:
        ValueError: it says something else, or more than a hundred years.
    """
    found = _PARTS.fullmatch(text)
    if found is None or not text or text != text.strip():
        raise ValueError(text)
    total = sum(int(found[unit]) * size for unit, size in _UNITS if found[unit])
    if total > LONGEST:
        raise ValueError(text)
    return total


def format_duration(milliseconds: int) -> str:
    """`milliseconds` as people write it, each unit that is not zero: 5,400,000 is `1h 30m`, nothing at all is `0m`.

    Raises:
        ValueError: it is negative.
    """
    if milliseconds < 0:
        raise ValueError(milliseconds)
    parts = []
    rest = milliseconds
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0m"
