"""The agenda: what is due when, in total order (time, precedence, order of entry)."""

import heapq
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Precedence(IntEnum):
    """The order of what is due at the same instant: the story, then decisions, then deadlines, then escalations.

    What a facilitator does about the story comes before it, so that what is due can still be left out. And whoever acts
    at the very millisecond of a deadline has kept it.
    """

    INTERVENTION = -1
    INJECT = 0
    DECISION = 1
    DEADLINE = 2
    ESCALATION = 3


class Item(NamedTuple):
    """Something due: the inject with this id, a duty's deadline, or an escalation by this rule. Its parts order it.

    `number` is that of the duty, 0 where it is about none; an escalation names its incident.
    """

    due: int
    precedence: Precedence
    order: int
    subject: str
    number: int = 0
    incident: str = ""


class Agenda:
    """A queue of items; equal for equal sequences of `add`, whatever was taken in between."""

    __slots__ = ("_heap", "_order")

    def __init__(self) -> None:
        self._heap: list[Item] = []
        self._order = 0

    def add(self, due: int, precedence: Precedence, subject: str, number: int = 0, incident: str = "") -> int:
        """Enter something that is due at `due` (ms); says its order, by which it can be told from any other."""
        order = self._order
        heapq.heappush(self._heap, Item(due, precedence, order, subject, number, incident))
        self._order += 1
        return order

    def __iter__(self) -> Iterator[Item]:
        """Everything on the agenda, in no order that means anything."""
        return iter(self._heap)

    def first(self) -> Item | None:
        """The next item, left in place."""
        return self._heap[0] if self._heap else None

    def take(self) -> Item:
        """The next item, taken out.

        Raises:
            IndexError: the agenda is empty.
        """
        return heapq.heappop(self._heap)
