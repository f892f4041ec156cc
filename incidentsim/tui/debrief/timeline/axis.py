"""The time axis of a timeline: which column a time falls into, where marks stand, which stretches are shortened.

Time runs evenly, except that the longest stretches in which nothing happens may be shortened where that sets apart
what else would fall together. Everything is reckoned in whole numbers, so that it looks the same on every machine.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.local_time import LocalTime
from incidentsim.exports.wording.plain_text import width

GAP: Final = 3
"""How many columns a shortened stretch takes."""
_MOST_GAPS: Final = 10
_MINUTE: Final = 60_000
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_STEPS: Final = (
    1_000, 5_000, 15_000, 30_000,
    *(n * _MINUTE for n in (1, 2, 5, 10, 15, 30)),
    *(n * _HOUR for n in (1, 2, 3, 6, 12)),
    *(n * _DAY for n in (1, 2, 5, 10, 30, 100, 365)),
)  # fmt: skip
"""What people count time in (ms)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time from one column to another; `shortened` where nothing happens in it and it is cut short."""

    start: int
    end: int
    first: int
    last: int
    shortened: bool


class Axis:
    """The columns of a timeline. Times are ms from the start of the exercise."""

    def __init__(self, times: Iterable[int], columns: int) -> None:
        """Fit these times, at which something happens, into so many columns."""
        self.columns = max(columns, 2)
        self._times = sorted(set(times)) or [0]
        self.stretches: Sequence[Stretch] = self._fitted()
        self._starts = [stretch.start for stretch in self.stretches]

    @property
    def start(self) -> int:
        """The first time."""
        return self._times[0]

    @property
    def end(self) -> int:
        """The last time."""
        return self._times[-1]

    @property
    def shortened(self) -> list[Stretch]:
        """The stretches that are cut short."""
        return [stretch for stretch in self.stretches if stretch.shortened]

    @property
    def scale(self) -> int:
        """The length of one column (ms), where the time is not shortened; at least 1."""
        long = [one for one in self.stretches if not one.shortened and one.last > one.first]
        covered = sum(one.last - one.first for one in long)
        return max(sum(one.end - one.start for one in long) // max(covered, 1), 1)

    def column(self, at: int) -> int:
        """The column of a time; what lies beyond an end falls on it."""
        at = min(max(at, self.start), self.end)
        one = self.stretches[max(bisect_right(self._starts, at) - 1, 0)]
        return _within(one, at)

    def _fitted(self) -> list[Stretch]:
        """Shorten no more stretches than needed to keep apart most of what can be kept apart."""
        gaps = sorted(range(len(self._times) - 1), key=lambda n: self._times[n] - self._times[n + 1])
        most = min(_MOST_GAPS, self.columns // (4 * GAP), max(len(gaps) - 1, 0))
        tried = [self._laid_out(frozenset(gaps[:count])) for count in range(most + 1)]
        apart = [len({column for one in found for column in (one.first, one.last)}) for found in self._seen(tried)]
        enough = max(apart) * 4
        return next(found for found, count in zip(tried, apart, strict=True) if count * 5 >= enough)

    def _seen(self, tried: Sequence[list[Stretch]]) -> Iterable[list[Stretch]]:
        """Each layout with a stretch for every single gap, to see which columns are used."""
        for layout in tried:
            starts = [one.start for one in layout]
            columns = [_within(layout[max(bisect_right(starts, at) - 1, 0)], at) for at in self._times]
            yield [Stretch(0, 0, column, column, shortened=False) for column in columns]

    def _laid_out(self, short: frozenset[int]) -> list[Stretch]:
        times = self._times
        lengths = [times[n + 1] - times[n] for n in range(len(times) - 1)]
        running = sum(length for n, length in enumerate(lengths) if n not in short)
        room = self.columns - 1 - GAP * len(short)
        stretches: list[Stretch] = []
        passed = gaps = column = 0
        begun = times[0]
        for n in range(len(lengths)):
            if n not in short:
                passed += lengths[n]
                continue
            here = passed * room // max(running, 1) + GAP * gaps
            stretches.append(Stretch(begun, times[n], column, here, shortened=False))
            stretches.append(Stretch(times[n], times[n + 1], here, here + GAP, shortened=True))
            gaps, column, begun = gaps + 1, here + GAP, times[n + 1]
        last = passed * room // max(running, 1) + GAP * gaps
        return [*stretches, Stretch(begun, times[-1], column, last, shortened=False)]


def _within(stretch: Stretch, at: int) -> int:
    if stretch.end == stretch.start:
        return stretch.first
    return stretch.first + (at - stretch.start) * (stretch.last - stretch.first) // (stretch.end - stretch.start)


def round_times(local: LocalTime, start: int, end: int, step: int) -> list[int]:
    """The times (ms from the start) between two at which the local clock shows a multiple of `step` (ms)."""
    first = -(-local.kept(start) // step) * step
    return [local.when(shown) for shown in range(first, local.kept(end) + 1, step)]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis: at which column, and the words that stand there from `begins` on."""

    column: int
    begins: int
    words: str


def ticks(axis: Axis, local: LocalTime, words: Callable[[int], str]) -> list[Tick]:
    """Marks at round times, and where time goes on after a shortened stretch; none stands in the way of another.

    Args:
        axis: the axis.
        local: the clock of the exercise, on which times are round.
        words: what a time is called.
    """
    size = width(words(axis.start)) + 2
    wanted = [stretch.start for stretch in axis.stretches if not stretch.shortened]
    step = next((length for length in _STEPS if length >= axis.scale * size), _STEPS[-1])
    for stretch in axis.stretches:
        if not stretch.shortened:
            wanted += round_times(local, stretch.start, stretch.end, step)
    placed: list[Tick] = []
    for at in wanted:
        said, column = words(at), axis.column(at)
        begins = min(column, axis.columns - width(said))
        if begins >= 0 and all(
            begins + width(said) < tick.begins or begins > tick.begins + width(tick.words) for tick in placed
        ):
            placed.append(Tick(column, begins, said))
    return sorted(placed, key=lambda tick: tick.begins)
