"""How far work has come that goes through a long record several times, told as one figure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from incidentsim.ledger import reading
from incidentsim.ledger.reading import OnRead

T = TypeVar("T")

READ, FOLLOWED, EVALUATED = 5, 2, 2
"""How long reading a record takes beside letting an exercise come to where it ends, and beside an evaluation."""

_PARTS: Final = 1_000
"""The figure that is told has so many parts: more would be seen by nobody."""


class Stages:
    """Several stages, one after the other. Each is told how far it is, and tells of that as a share of the whole."""

    def __init__(self, on_read: OnRead | None, weights: Sequence[int]) -> None:
        """`on_read` is told, if there is one; `weights` say how long each stage takes beside the others."""
        self._on_read = on_read
        self._weights = list(weights)
        self._whole = sum(weights)
        self._before = 0

    def next(self) -> OnRead | None:
        """Begin the next stage, and return whom to tell how far it is; `None` where nobody wants to know."""
        on_read, weight, before = self._on_read, self._weights.pop(0), self._before
        self._before += weight
        if on_read is None:
            return None

        def tell(done: int, of: int) -> None:
            on_read((before * of + weight * min(done, of)) * _PARTS // (self._whole * max(of, 1)), _PARTS)

        return tell


def passing(items: Iterable[T], of: int, on_read: OnRead | None) -> Iterator[T]:
    """Give the items of a long record, and tell now and then how many of so many went by."""
    for number, item in enumerate(items):
        if on_read is not None and number and number % reading.READ_A_LOOK == 0:
            on_read(number, of)
        yield item


def told_of(facts: int, on_read: OnRead | None) -> OnRead | None:
    """Return whom to tell of a record with so many facts; `None` where it is too short for anything to be told."""
    return on_read if facts > reading.READ_A_LOOK else None
