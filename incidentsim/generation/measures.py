"""Measured values that make exactly the level asked for, by the playbook's own thresholds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.domain.meanings import Unit
from incidentsim.domain.playbook import Measure, Playbook
from incidentsim.generation.format_archetype import ArchetypeMeasureShape
from incidentsim.generation.meant import Meant
from incidentsim.generation.numbers import percent, rounded
from incidentsim.generation.world import package_data

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
        if self.unit in ("count", "money") and high >= _LEAST:
            low = max(low, _LEAST)
        return (low, high) if low <= high else None

    def within(self, level: int, usual: tuple[int, int] | None) -> tuple[int, int] | None:
        """The part of usual values that makes this level by itself; `None` where none does."""
        least = self.by_level.get(level, 0)
        below = self.below(level)
        if usual is None or (not least and any(number > level for number in self.by_level)):
            return None
        low, high = max(usual[0], least), usual[1] if below is None else min(usual[1], below)
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


@dataclass(frozen=True, slots=True)
class Fitted:
    """The figures of a story.

    Attributes:
        values: by the names that the archetype uses, for its texts; durations in ms.
        known: those that the playbook measures, by its names: what the level rests on.
        figure: a measure of the playbook, in `known`, that the archetype knows nothing of: it makes the level where
            the archetype's own measures are none of the playbook's.
    """

    values: Mapping[str, int]
    known: Mapping[str, int]
    figure: str | None = None


class Fitting:
    """Fits values to levels for one playbook."""

    def __init__(self, meant: Meant, *, own: bool = True) -> None:
        """Fit values for a playbook; `own` says that the archetype was written for it, so that its ranges hold."""
        self._meant = meant
        self._own = own
        self.playbook = meant.playbook

    def fitted(self, shapes: Sequence[ArchetypeMeasureShape], level: int, gravity: int, draw: Draw) -> Fitted:
        """Values of these measures, all of which hold, that make `level`.

        Modifiers make an incident more severe than its thresholds do, and whether they apply may depend on the values;
        so the level that the thresholds must make is tried from the one asked for down. Of what the playbook does not
        measure, the values follow from the story's `gravity`; where it measures nothing that makes the level, a
        figure of its own is added.

        Raises:
            UnreachableError: there are none.
        """
        if not self.playbook.levels:  # how grave it is says the story alone
            values = self._at(shapes, gravity, (gravity, gravity), draw)
            return Fitted(values, self.known(values))
        failed = UnreachableError(next((one.measure for one in shapes if one.makes), ""))
        tries = [(base, given) for given in ((True,) if self._own else (True, False)) for base in self._bases(level)]
        for base, given in tries:
            try:
                values = self._at(shapes, gravity if given else None, (base, gravity), draw)
            except UnreachableError as error:
                failed = error
                continue
            known = self.known(values)
            if self.playbook.judged_level(known) == level:
                return Fitted(values, known)
            if not any(one.makes and self._grades(one.measure) for one in shapes):
                for measure, value in self._figures(level, known, draw):
                    if self.playbook.judged_level({**known, measure: value}) == level:
                        return Fitted(values, {**known, measure: value}, measure)
                if not any(one.any_of for one in self.playbook.levels.values()):
                    return Fitted(values, {})  # nothing but people decides on a level here
        raise failed

    def known(self, values: Mapping[str, int]) -> dict[str, int]:
        """Those of these values that the playbook measures, by its own names."""
        named = ((self._meant.measure(name), value) for name, value in values.items())
        return {measure: value for measure, value in named if measure is not None}

    def base_of(self, values: Mapping[str, int]) -> int:
        """The level that the thresholds alone give for these values."""
        known = self.known(values)
        reached = [
            number
            for number, level in self.playbook.levels.items()
            if any(one.measure in known and known[one.measure] >= one.at_least for one in level.any_of)
        ]
        return min(reached, default=max(self.playbook.levels))

    def lightest_below(self, measure: str, values: Mapping[str, int]) -> int | None:
        """The largest value of a measure that makes a lighter level than these values; `None` if none does."""
        if not self._grades(measure):
            return None
        return self._thresholds(measure).below(self.base_of(values) + 1)

    def unit(self, name: str) -> Unit:
        """The unit of what an archetype measures."""
        return self._meant.unit(name) or "count"

    def _grades(self, name: str) -> bool:
        """Whether the playbook has a threshold for what is measured."""
        measure = self._meant.measure(name)
        return measure is not None and bool(thresholds(self.playbook, self.playbook.measures[measure]).by_level)

    def _thresholds(self, name: str) -> Thresholds:
        """The thresholds of what is measured: those of the playbook, or those of how grave a story is."""
        measure = self._meant.measure(name)
        if measure is not None and (self._own or self._grades(name)):
            return thresholds(self.playbook, self.playbook.measures[measure])
        return self._by_gravity(name)

    def _by_gravity(self, name: str) -> Thresholds:
        by_gravity = package_data("gravity.yaml").get(name, {})
        values = {n: parse_duration(one) if isinstance(one, str) else int(one) for n, one in by_gravity.items()}
        return Thresholds(self.unit(name), values)

    def _figures(self, level: int, known: Mapping[str, int], draw: Draw) -> Iterator[tuple[str, int]]:
        """Values of other measures of the playbook that make a level by themselves: counted ones first."""
        measures = self.playbook.measures.values()
        for measure in sorted(measures, key=lambda one: one.unit == "flag"):
            if measure.id in known:
                continue
            low_high = thresholds(self.playbook, measure).range_at(level)
            if measure.unit == "flag":
                if low_high is not None and low_high[0] <= 1:
                    yield measure.id, 1
            elif low_high is not None:
                step = MINUTE if measure.unit == "duration" else 1
                yield measure.id, draw("measures/figure", low_high[0] // step, low_high[1] // step) * step

    def _bases(self, level: int) -> Iterator[int]:
        return (number for number in sorted(self.playbook.levels) if number >= level)

    def _at(
        self, shapes: Sequence[ArchetypeMeasureShape], given: int | None, bases: tuple[int, int], draw: Draw
    ) -> dict[str, int]:
        """Values by name; `given` is the gravity by which the archetype's own ranges hold, `None` where none does.

        `bases` are the level by which the playbook's thresholds are taken, and the gravity, for what it has none of.
        """
        values: dict[str, int] = {}
        for shape in shapes:
            if self.unit(shape.measure) == "flag":
                values[shape.measure] = 1
        waiting = [shape for shape in shapes if shape.measure not in values]
        for shape in sorted(waiting, key=lambda one: one.share is not None):
            values[shape.measure] = self._value(shape, given, bases, values, draw)
        return {shape.measure: values[shape.measure] for shape in shapes}

    def _value(
        self,
        shape: ArchetypeMeasureShape,
        given: int | None,
        bases: tuple[int, int],
        values: Mapping[str, int],
        draw: Draw,
    ) -> int:
        base = bases[not self._grades(shape.measure)]
        known = self._thresholds(shape.measure)
        if shape.share is not None:
            value = self._share(shape, values, draw)
            bound = known.below(base)
            if bound is not None and value > bound:
                value = bound - bound // _PART  # a bound itself, such as 99,999, would look made
            return max(rounded(value, 3), 1)
        low_high = (None if given is None else self._given(shape, given)) or self._drawn_between(shape, bases)
        if low_high is None:
            raise UnreachableError(shape.measure)
        low, high = low_high
        if known.unit == "duration":
            return draw(f"measures/{shape.measure}", low // MINUTE, high // MINUTE) * MINUTE
        value = draw(f"measures/{shape.measure}", low, high)
        return max(spoken(value, draw(f"measures/{shape.measure}/digits", 0, 9)), low)

    def _drawn_between(self, shape: ArchetypeMeasureShape, bases: tuple[int, int]) -> tuple[int, int] | None:
        """Between which values it is drawn; another playbook's thresholds are met by values usual for the story."""
        known = self._thresholds(shape.measure)
        if not self._grades(shape.measure) and not self._own:
            return known.range_at(bases[1])
        usual = None if self._own else self._by_gravity(shape.measure).range_at(bases[1])
        return known.within(bases[0], usual) or known.range_at(bases[0])

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
