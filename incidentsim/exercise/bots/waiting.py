"""Who waits for what: incidents in the order in which something may happen there, and the people who have to be free.

Many incidents may wait for one person, whose time moves on with everything that they do. So those that wait for a
person stand in one line, and what moves is one figure a line instead of one an incident: asking what comes next costs
as much as there are people that anybody waits for, however many incidents there are.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple


class Entry(NamedTuple):
    """Nothing happens in the incident of this `place` before `soonest` (ms), nor before `person` (if any) is free.

    `kind` orders what may happen at one time.
    """

    soonest: int
    kind: int
    place: int
    person: str | None


class Coming(NamedTuple):
    """The earliest that may come of one line: not before `at` (ms), of this kind, in this place. Its parts order it."""

    at: int
    kind: int
    place: int


class Queue:
    """Entries by the person whom they wait for. Times from which people are free never go back."""

    def __init__(self) -> None:
        self._lines: dict[str | None, _Line] = {}
        self._editions: dict[int, int] = {}

    def enter(self, place: int, entries: Iterable[Entry]) -> None:
        """Let these entries take the place of those of the incident of this place."""
        edition = self._editions[place] = self._editions.get(place, 0) + 1
        for entry in entries:
            line = self._lines.get(entry.person)
            if line is None:
                line = self._lines[entry.person] = _Line(self._editions)
            heappush(line.to_come, (entry.soonest, entry.kind, entry.place, edition))

    def in_turn(self, free: Callable[[str | None], int]) -> Iterator[Coming]:
        """Yield what may come, soonest first, as long as it is asked for; all of it is there again the next time.

        Args:
            free: from when a person is free (ms); asked with `None`, from when anything can happen at all.
        """
        lines = [(line, free(person)) for person, line in self._lines.items()]
        heads: list[tuple[Coming, int]] = []
        for number, (line, since) in enumerate(lines):
            line.back()
            if (head := line.first(since)) is not None:
                heappush(heads, (head, number))
        while heads:
            coming, number = heappop(heads)
            yield coming
            line, since = lines[number]
            line.pass_over()
            if (head := line.first(since)) is not None:
                heappush(heads, (head, number))


class _Line:
    """The entries that wait for one person: those whose time is to come, and those that only the person keeps waiting.

    An entry bears the edition of its incident; one of an earlier edition counts no more.
    """

    def __init__(self, editions: dict[int, int]) -> None:
        self.to_come: list[tuple[int, int, int, int]] = []
        self._ripe: list[tuple[int, int, int]] = []
        self._passed_ripe: list[tuple[int, int, int]] = []
        self._passed_to_come: list[tuple[int, int, int, int]] = []
        self._editions = editions

    def first(self, since: int) -> Coming | None:
        """Return the earliest that may come, where the person is free since then (ms); `None` if nobody waits."""
        while self.to_come and (self.to_come[0][0] <= since or self._is_old(*self.to_come[0][2:])):
            _soonest, kind, place, edition = heappop(self.to_come)
            heappush(self._ripe, (kind, place, edition))
        while self._ripe and self._is_old(*self._ripe[0][1:]):
            heappop(self._ripe)
        if self._ripe:
            return Coming(since, *self._ripe[0][:2])
        return Coming(*self.to_come[0][:3]) if self.to_come else None

    def pass_over(self) -> None:
        """Look behind what came first, until it is put `back`."""
        if self._ripe:
            self._passed_ripe.append(heappop(self._ripe))
        else:
            self._passed_to_come.append(heappop(self.to_come))

    def back(self) -> None:
        """Put back what was passed over."""
        for ripe in self._passed_ripe:
            heappush(self._ripe, ripe)
        for later in self._passed_to_come:
            heappush(self.to_come, later)
        self._passed_ripe.clear()
        self._passed_to_come.clear()

    def _is_old(self, place: int, edition: int) -> bool:
        return self._editions[place] != edition
