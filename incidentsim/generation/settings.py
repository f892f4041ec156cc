"""What is drawn once for a whole story: its level, difficulty, locale and one option of each variation point."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.format_archetype import ArchetypeShape, When

LOCALES: Final = ("en_US", "zh_CN")
DIFFICULTIES: Final = (1, 2, 3, 4, 5)
ASKED: Final = ("level", "difficulty", "locale")
"""The names in a setting that the caller decides; all others are drawn."""

Setting = Mapping[str, str | int]
"""The value of everything that a `when` may name."""


def holds(when: When, setting: Setting) -> bool:
    """Return whether a setting has, for every name in `when`, one of the values that it asks for."""
    return not when or all(setting.get(name) in values for name, values in when.items())


def draw(shape: ArchetypeShape, asked: Setting, streams: "Streams") -> dict[str, str | int]:
    """The setting for what is asked for: choices in the order of the file, each from its own stream.

    Raises:
        LookupError: a variation point has no option for this.
    """
    setting = dict(asked)
    for name in shape.choices:
        options = options_of(shape, name, setting)
        if not options:
            raise LookupError(name)
        setting[name] = streams(f"choices/{name}").pick(options)
    return setting


def options_of(shape: ArchetypeShape, choice: str, setting: Setting) -> list[str]:
    """The options of a variation point that what is drawn so far leaves."""
    return [name for name, option in shape.choices[choice].items() if holds(option.when, setting)]


class Streams:
    """The named streams of one story. None is kept: whoever asks for one by its name begins it anew."""

    def __init__(self, seed: int, archetype: str) -> None:
        self._seed = seed
        self._prefix = f"generation/{archetype}/"

    def __call__(self, name: str) -> Stream:
        """The stream `name`."""
        return Stream(self._seed, self._prefix + name)


class Possible:
    """Every setting that an archetype can be drawn in, or a fair part of them where there are very many.

    Most questions concern a few of the names in a setting; for these, the distinct combinations are few.
    """

    def __init__(self, shape: ArchetypeShape, most: int) -> None:
        self._settings: Sequence[Setting]
        self._projected: dict[tuple[str, ...], list[Setting]] = {}
        self.dead_ends: dict[str, Setting] = {}
        everything = list(self._all(shape, most + 1))
        if len(everything) > most:
            everything = self._sample(shape, most)
        self._settings = everything

    def __iter__(self) -> Iterator[Setting]:
        return iter(self._settings)

    def of(self, names: Sequence[str]) -> list[Setting]:
        """The distinct combinations of these names, each as one setting that has it."""
        key = tuple(sorted(set(names)))
        if key not in self._projected:
            found: dict[tuple[str | int | None, ...], Setting] = {}
            for setting in self._settings:
                found.setdefault(tuple(setting.get(name) for name in key), setting)
            self._projected[key] = list(found.values())
        return self._projected[key]

    def _all(self, shape: ArchetypeShape, most: int) -> Iterator[Setting]:
        count = 0
        for asked in self._asked(shape):
            for setting in self._grow(shape, asked, list(shape.choices)):
                yield setting
                count += 1
                if count >= most:
                    return

    def _grow(self, shape: ArchetypeShape, setting: Setting, names: Sequence[str]) -> Iterator[Setting]:
        if not names:
            yield setting
            return
        options = options_of(shape, names[0], setting)
        if not options:
            self.dead_ends.setdefault(names[0], setting)
        for option in options:
            yield from self._grow(shape, {**setting, names[0]: option}, names[1:])

    def _sample(self, shape: ArchetypeShape, most: int) -> list[Setting]:
        found: list[Setting] = []
        asked = list(self._asked(shape))
        for seed in range(most):
            try:
                found.append(draw(shape, asked[seed % len(asked)], Streams(seed, shape.id)))
            except LookupError:
                continue
        return found

    @staticmethod
    def _asked(shape: ArchetypeShape) -> Iterator[Setting]:
        for level, difficulty, locale in product(shape.levels, DIFFICULTIES, LOCALES):
            yield {"level": level, "difficulty": difficulty, "locale": locale}
