"""References: what somebody who writes no words says of an incident, worded where it is shown.

A bot fills a text field with a list of them, each `kind:what`, with `@source` where something told it.
So neither wording nor language stands on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import lru_cache
from typing import Final

from incidentsim.domain.actions import measurement

_MOST: Final = 100
"""No field holds more references."""


@unique
class ReferenceKind(StrEnum):
    """The kinds of references; each stands before the colon."""

    QUOTE = "quote"
    """An inject that is quoted."""

    MEASURE = "measure"
    """A value of a measure (`name=value`, durations in ms), and the inject or message (`M1`) that tells it."""

    FLAG = "flag"
    """What is so or is not (`name=1`, `name=0`), and the inject or message that tells it."""

    LEVEL = "level"
    """The level that follows from the figures."""

    UNKNOWN = "unknown"
    """A flag of which it is not known whether it is so, or `level`: how severe the incident is."""

    WITHHELD = "withheld"
    """Something that has not reached whoever reads it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A part of what is said so.

    Attributes:
        kind: what it says.
        name: the id of an inject, a measure or a flag; of a level, its number.
        value: the value of a measure or a flag; 0 for others.
        source: the id of the inject, or `M` and the number of the message, that told it; empty where nothing did.
    """

    kind: ReferenceKind
    name: str
    value: int = 0
    source: str = ""

    def __str__(self) -> str:
        """The reference as it stands on record."""
        valued = self.kind in (ReferenceKind.MEASURE, ReferenceKind.FLAG)
        what = f"{self.name}={self.value}" if valued else self.name
        return f"{self.kind.value}:{what}@{self.source}" if self.source else f"{self.kind.value}:{what}"

    @property
    def rests_on(self) -> str:
        """The inject that it quotes or rests on; empty where there is none."""
        return self.name if self.kind is ReferenceKind.QUOTE else self.source


WITHHELD: Final = Reference(ReferenceKind.WITHHELD, "source")
"""In place of what has not reached whoever reads it."""


def references_value(references: Iterable[Reference]) -> tuple[str, ...]:
    """The value of a text field that holds these references, each once."""
    return tuple(dict.fromkeys(map(str, references)))


def references_of(value: object) -> tuple[Reference, ...] | None:
    """Return the references that the value of a text field holds; `None` where it holds none."""
    if not isinstance(value, tuple) or not 0 < len(value) <= _MOST:
        return None
    references = [_reference(written) if isinstance(written, str) else None for written in value]
    known = tuple(reference for reference in references if reference is not None)
    return known if len(known) == len(references) else None


@lru_cache(maxsize=4096)
def _reference(written: str) -> Reference | None:
    kind, colon, said = written.partition(":")
    what, at, source = said.partition("@")
    if kind not in list(ReferenceKind) or not colon or not what or (at and not source):
        return None
    read = ReferenceKind(kind)
    if read not in (ReferenceKind.MEASURE, ReferenceKind.FLAG):
        return Reference(read, what, 0, source)
    measured = measurement(what)
    return None if measured is None or not measured[0] else Reference(read, *measured, source)
