"""Measured values that make exactly the level asked for, by the playbook's own thresholds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.domain.playbook import Measure, Playbook
from incidentsim.generation.format_archetype import ArchetypeMeasureShape
from incidentsim.generation.numbers import percent, rounded

Draw = Callable[[str, int, int], int]
"""Draws a value between two for a purpose: from its stream, or, to try the ends, always the least or the most."""

MINUTE: Final = 60_000
_SPREAD: Final = 6
"""A value lies between its threshold and so many times that, and below the next threshold."""
_TINY: Final = 10
"""A threshold under this says "any at all": the values then reach up to the next one, not to six."""
_PART: Final = 25
_LEAST: Final = 2
"""No count is smaller: texts speak of several."""


class UnreachableError(ValueError):
    """No values of these measures make this level."""

    def __init__(self, measure: str) -> None:
        super().__init__(measure)
        self.measure = measure


@dataclass(frozen=True, slots=True)
class Thresholds:
    """At which value of a measure each level begins."""

    unit: str
    by_level: Mapping[int, int]

    def range_at(self, level: int) -> tuple[int, int] | None:
        """Between which values the measure makes this level by itself; `None` where it never does."""
        more_severe = [value for number, value in self.by_level.items() if number < level]
        below = min(more_severe) - 1 if more_severe else None
        step = MINUTE if self.unit == "duration" else 1
        least = self.by_level.get(level)
        if least is None:
            if any(number > level for number in self.by_level) or below is None:
                return None  # some lighter level has a threshold, or nothing bounds it
            low, high = max(below // 20, _LEAST * step), below
        elif least < _TINY * (MINUTE // 60 if self.unit == "duration" else 1) and below is not None:
            low, high = max(below // _PART, least, _LEAST * step), below
        else:
            low = least
            high = least * _SPREAD if below is None else min(least * _SPREAD, below)
        if self.unit == "percent":
            high = min(high, 100)
        low, high = -(-low // step) * step, high // step * step
        return (low, high) if low <= high else None

    def below(self, level: int) -> int | None:
        """The largest value that does not make a more severe level than `level`; `None` if none does."""
        more_severe = [value for number, value in self.by_level.items() if number < level]
        return min(more_severe) - 1 if more_severe else None


def thresholds(playbook: Playbook, measure: Measure) -> Thresholds:
    """The thresholds of one measure."""
    return Thresholds(
        measure.unit,
        {
            level.number: threshold.at_least
            for level in playbook.levels.values()
            for threshold in level.any_of
            if threshold.measure == measure.id
        },
    )


class Fitting:
    """Fits values to levels for one playbook."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self._thresholds = {name: thresholds(playbook, measure) for name, measure in playbook.measures.items()}

    def values(self, shapes: Sequence[ArchetypeMeasureShape], level: int, draw: Draw) -> dict[str, int]:
        """Values of these measures, all of which hold, that make `level`.

        Modifiers make an incident more severe than its thresholds do, and whether they apply may depend on the values;
        so the level that the thresholds must make is tried from the one asked for down.

        Raises:
            UnreachableError: there are none.
        """
        failed = UnreachableError(next((one.measure for one in shapes if one.makes), ""))
        for base in self._bases(level):
            try:
                values = self._at(shapes, level, base, draw)
            except UnreachableError as error:
                failed = error
                continue
            if self.playbook.judged_level(values) == level:
                return values
        raise failed

    def base_of(self, values: Mapping[str, int]) -> int:
        """The level that the thresholds alone give for these values."""
        reached = [
            number
            for number, level in self.playbook.levels.items()
            if any(one.measure in values and values[one.measure] >= one.at_least for one in level.any_of)
        ]
        return min(reached, default=max(self.playbook.levels))

    def lightest_below(self, measure: str, values: Mapping[str, int]) -> int | None:
        """The largest value of a measure that makes a lighter level than these values; `None` if none does."""
        return self._thresholds[measure].below(self.base_of(values) + 1)

    def _bases(self, level: int) -> Iterator[int]:
        return (number for number in sorted(self.playbook.levels) if number >= level)

    def _at(self, shapes: Sequence[ArchetypeMeasureShape], level: int, base: int, draw: Draw) -> dict[str, int]:
        values: dict[str, int] = {}
        for shape in shapes:
            if self.playbook.measures[shape.measure].unit == "flag":
                values[shape.measure] = 1
        waiting = [shape for shape in shapes if shape.measure not in values]
        for shape in sorted(waiting, key=lambda one: one.share is not None):
            values[shape.measure] = self._value(shape, level, base, values, draw)
        return {shape.measure: values[shape.measure] for shape in shapes}

    def _value(self, shape: ArchetypeMeasureShape, level: int, base: int, values: Mapping[str, int], draw: Draw) -> int:
        known = self._thresholds[shape.measure]
        if shape.share is not None:
            value = self._share(shape, values, draw)
            bound = known.below(base)
            if bound is not None and value > bound:
                value = bound - bound // _PART  # a bound itself, such as 99,999, would look made
            return max(rounded(value, 3), 1)
        low_high = self._given(shape, level) or known.range_at(base)
        if low_high is None:
            raise UnreachableError(shape.measure)
        low, high = low_high
        if known.unit == "duration":
            return draw(f"measures/{shape.measure}", low // MINUTE, high // MINUTE) * MINUTE
        value = draw(f"measures/{shape.measure}", low, high)
        return max(spoken(value, draw(f"measures/{shape.measure}/digits", 0, 9)), low)

    def _share(self, shape: ArchetypeMeasureShape, values: Mapping[str, int], draw: Draw) -> int:
        low, high = shape.share or [0, 0]
        if shape.of is None or shape.of not in values:
            raise UnreachableError(shape.measure)
        return percent(values[shape.of], draw(f"measures/{shape.measure}", low, high))

    def _given(self, shape: ArchetypeMeasureShape, level: int) -> tuple[int, int] | None:
        given = shape.range_.get(level) if isinstance(shape.range_, dict) else shape.range_
        if given is None:
            return None
        low, high = (parse_duration(value) if isinstance(value, str) else int(value) for value in given)
        return low, high


def spoken(value: int, chance: int) -> int:
    """A number as people say it: two significant digits in most cases, three in some, and now and then exact.

    Args:
        value: the number.
        chance: from 0 to 9.
    """
    digits = (2, 2, 2, 2, 3, 3, 3, 3, 9, 9)[chance]
    return rounded(value, digits)
