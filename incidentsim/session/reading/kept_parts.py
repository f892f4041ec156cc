"""What was made last of a view, so that only what rests on something else than before is made anew."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class KeptParts:
    """The parts of a view that were made last: a part is made anew when what it rests on has changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, object]] = {}

    def get(self, name: str, rests_on: object, make: Callable[[], T]) -> T:
        """The part of this name."""
        known = self._known.get(name)
        if known is None or known[0] != rests_on:
            known = self._known[name] = (rests_on, make())
        return known[1]  # type: ignore[return-value]  # a name always stands for the same kind of part
