"""A comparison as a sheet: sections of rows, each with a verdict in words, and what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.exports.wording.evaluation import numbers
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _

MOST_FACTS: Final = 30
"""So many facts are told one by one."""
MOST_NUMBERS: Final = 8
"""So many numbers of facts stand behind a line."""


@unique
class Part(StrEnum):
    """The sections of a sheet."""

    SHORT = auto()
    ERRORS = auto()
    RATINGS = auto()
    MEASURES = auto()


def part_words(part: Part) -> str:
    """The title of a section."""
    match part:
        case Part.SHORT:
            return _("In short")
        case Part.ERRORS:
            return _("Errors")
        case Part.RATINGS:
            return _("Ratings")
        case Part.MEASURES:
            return _("Measured")


@unique
class Tone(StrEnum):
    """The tone of a verdict, which only repeats what its words say."""

    GOOD = auto()
    BAD = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    Attributes:
        name: by which it is found again in another language.
        verdict: a word or two on what became of it; empty where nothing is judged.
        tone: whether that is good or bad.
        title: what it is about.
        values: what was compared, in words; empty where the title says it.
        difference: by how much it differs, in words; empty where that says nothing.
        group: the heading under which it stands; empty where there is none.
        by_bots: whether it is about bots alone.
        same: whether nothing is told by it but that both are alike.
        about: titles and texts that say more.
        facts: the numbers of the facts of this run that it rests on.
        facts_then: those of the earlier run.
    """

    name: str
    verdict: str
    tone: Tone
    title: str
    values: str = ""
    difference: str = ""
    group: str = ""
    by_bots: bool = False
    same: bool = False
    about: tuple[tuple[str, str], ...] = ()
    facts: tuple[int, ...] = ()
    facts_then: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: sentences on how it is to be read, and its rows; `empty` is said where there is none."""

    part: Part
    notes: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A run beside something else: the title says beside what."""

    title: str
    sections: tuple[Section, ...]

    def section(self, part: Part) -> Section:
        """One of the sections."""
        return next(section for section in self.sections if section.part is part)


def bots_group() -> str:
    """The heading above what is about bots alone."""
    return _("Bots, told apart")


def in_groups(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
    """Put rows of one group together, groups in the order in which they first come, those of bots last."""
    told = list(rows)
    order = {row.group: place for place, row in reversed(list(enumerate(told)))}
    return tuple(sorted(told, key=lambda row: (row.by_bots, order[row.group])))


def facts_told(teller: Narrator, sequences: Iterable[int]) -> list[tuple[str, str]]:
    """Return these facts: number and time, and the sentence, which says so where it counts no more.

    Of very many, the rest is only counted.
    """
    told = []
    wanted = list(dict.fromkeys(sequences))
    for number in wanted[:MOST_FACTS]:
        if 0 <= number < len(teller.account.facts):
            at = teller.account.facts[number].at
            head = _("#{sequence}  {time} ({elapsed})").format(
                sequence=number, time=teller.clock.time(at), elapsed=teller.clock.elapsed(at)
            )
            words = sentence(teller, number)
            told.append((head, _("undone: {what}").format(what=words) if number in teller.undone else words))
    more = len(wanted) - MOST_FACTS
    return [*told, ("", _("and {n} more").format(n=more))] if more > 0 else told


def with_numbers(words: str, sequences: Iterable[int]) -> str:
    """`words`, and behind them the numbers of facts."""
    wanted = tuple(sequences)
    listed = numbers(wanted[:MOST_NUMBERS])
    if len(wanted) > MOST_NUMBERS:
        listed = f"{listed} …"
    return _("{what} {facts}").format(what=words, facts=listed) if listed else words
