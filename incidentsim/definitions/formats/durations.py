"""Durations as people write them, `1h 30m`, and as the program counts them: whole milliseconds."""

import re
from typing import Final

from incidentsim.domain.facts.base import LATEST

_SIZES: Final = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
LONGEST: Final = LATEST
"""A hundred years, in ms: more is a slip of the pen, and no calendar need hold it."""

_PART: Final = re.compile(r"(0|[1-9][0-9]{0,15})(d|h|ms|m|s)")


def parse_duration(text: str) -> int:
    """The milliseconds that `text` says: units d, h, m, s and ms, the larger first, each at most once.

    Raises:
        ValueError: it says something else, or more than a hundred years.
    """
    total = 0
    smaller = list(_SIZES)
    for part in text.split(" "):
        amount = _PART.fullmatch(part)
        if amount is None or amount[2] not in smaller:
            raise ValueError(f"{text!r} is no duration")
        smaller = smaller[smaller.index(amount[2]) + 1 :]
        total += int(amount[1]) * _SIZES[amount[2]]
    if total > LONGEST:
        raise ValueError(f"{text!r} is longer than a hundred years")
    return total


def format_duration(milliseconds: int) -> str:
    """`milliseconds` as people write it, each unit that is not zero: 5,400,000 is `1h 30m`, nothing at all is `0m`.

    Raises:
        ValueError: it is negative.
    """
    if milliseconds < 0:
        raise ValueError(f"a duration of {milliseconds} ms cannot be written")
    parts = []
    rest = milliseconds
    for unit, size in _SIZES.items():
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0m"
