"""Named random streams: draws that depend on the seed and the stream's name only.

A draw is a hash of (seed, name, number of the draw), so one more draw in one place moves nothing elsewhere, and
the numbers are the same on every machine and Python version.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """The random numbers that belong to `name` under `seed`."""

    __slots__ = ("_drawn", "_prefix")

    def __init__(self, seed: int, name: str) -> None:
        self._prefix = f"{seed}/{name}/".encode()
        self._drawn = 0

    def below(self, bound: int) -> int:
        """An integer from 0 up to, not including, `bound` (at least 1).

        64 bits of a hash are reduced to the bound; for bounds below 2^32 the bias is under 2^-32.
        """
        digest = sha256(self._prefix + str(self._drawn).encode()).digest()
        self._drawn += 1
        return int.from_bytes(digest[:8], "big") % bound

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < percent

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`, each as likely."""
        return items[self.below(len(items))]
