"""What a document consists of, whatever it is written as: headings, paragraphs, lists, tables and the timeline.

Texts are raw: a renderer makes them harmless and escapes them in its own way. A text may have several lines.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _

Tone = Literal["plain", "late", "refused", "undone", "group"]
"""The marking of a row; a `group` stands above the rows that belong to it, what was `undone` is struck out. Its words
say the same: nothing is told by a colour alone."""


_HERE: Final = "\0"
"""The place in a message where the numbers stand."""
_NUMBER: Final = re.compile(r"#([0-9]{1,9})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Sequence numbers of facts, which a page may link to the timeline's rows.

    Of more stretches than `most` only the first are told, and how many numbers are left out.
    """

    sequences: tuple[int, ...]
    most: int | None = None

    @property
    def words(self) -> str:
        """The numbers as they are written for people: `#3 #8–#12 and 4 more`."""
        return "".join(f"#{piece}" if isinstance(piece, int) else piece for piece in self.pieces())

    @property
    def all_words(self) -> str:
        """All of the numbers."""
        return Numbers(self.sequences).words

    def pieces(self) -> Iterator[int | str]:
        """The numbers, and what stands before, between and after them; of at least three in a row only the ends."""
        told = stretches(self.sequences)[: self.most]
        more = len(self.sequences) - sum(last - first + 1 for first, last in told)
        before, _numbers, after = "", "", ""
        if more:
            message = _("{numbers} and {more} more").format(numbers=_HERE, more=more)
            before, _numbers, after = message.partition(_HERE)
        yield before
        for place, (first, last) in enumerate(told):
            yield " " if place else ""
            yield first
            if first != last:
                yield "–"
                yield last
        yield after


def stretches(sequences: Iterable[int]) -> list[tuple[int, int]]:
    """The numbers in their order, those that follow on each other as their ends; two alone stay apart."""
    runs: list[tuple[int, int]] = []
    for number in sequences:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [
        end
        for first, last in runs
        for end in ([(first, first), (last, last)] if last - first == 1 else [(first, last)])
    ]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in the story: in words for people, as ISO 8601 with its offset for programs."""

    words: str
    instant: str


Cell = str | Numbers | Moment


def pieces_of(text: str, facts: Collection[int]) -> Iterator[int | str]:
    """A text in pieces: the numbers of these facts, as `#12` says them, and the words around them."""
    before = 0
    for number in _NUMBER.finditer(text):
        if int(number[1]) in facts:
            yield text[before : number.start()]
            yield int(number[1])
            before = number.end()
    yield text[before:]


def words_of(cell: Cell) -> str:
    """Return the words of a cell; those of `Numbers` are the sequence numbers in a short form."""
    return cell if isinstance(cell, str) else cell.words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 2 is a chapter, 3 a section in it. With `new_page` it begins a page, where there are pages."""

    level: Literal[2, 3]
    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; an `important` one stands out. `facts` are the numbers in it that a page may link to their rows."""

    text: str
    important: bool = False
    facts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words to be read aloud or handed on as they are; empty lines keep paragraphs apart."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Something to be written by hand: what it is, and so many lines for it."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered if the order of its items matters. `facts` are as those of a paragraph."""

    items: tuple[str, ...]
    numbered: bool = False
    facts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """Names and what they stand for, such as the parts of a title page."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `fact` is the sequence number of the fact that the row is about, where others may refer to it."""

    cells: tuple[Cell, ...]
    tone: Tone = "plain"
    fact: int | None = None


def shown(row: Row) -> tuple[Cell, ...]:
    """The cells that are drawn: of a group's row, the last one that says something reaches to the end."""
    if row.tone != "group":
        return row.cells
    said = max((place for place, cell in enumerate(row.cells) if cell), default=0)
    return row.cells[: said + 1]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` say how wide the columns are to each other.

    `room` is how many lines high every row is at least, where something is to be written into it by hand.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    room: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the picture: `sort` is step, refused, escalated, level or overdue; `words` is what it says."""

    at: int
    sort: str
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that an incident was in a phase (ms from the start)."""

    begins: int
    ends: int
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The course of one incident: its phases, and the marks of what happened in them."""

    title: str
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One duty: owed since, due by, ended; `late` in words where it was late, `ends` is `None` while it is owed."""

    title: str
    begins: int
    due: int | None
    ends: int | None
    late: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The timeline as a picture. `title` and `words` say in text what it shows.

    `times` are the labels of the moments in it: time of day and date. `kinds` is the legend: sort of mark → title.
    """

    title: str
    words: str
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    ends: int
    times: dict[int, tuple[str, str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    left_out: str = ""


Block = Heading | Paragraph | Quotation | Blank | Listing | Terms | Table | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """The document in one language, or a leaf of it.

    `contents` is the heading of the table of contents; empty where there is to be none. `foot` is what every printed
    page says. `summary` is what stands on page one, before the contents. A `leaf` is handed out alone: it is printed on
    a sheet of its own, numbers its own pages, and is set smaller, within what can be read, to fit on one page; what
    does not fit goes on on the back.
    """

    language: Language
    title: str
    subtitle: str
    contents: str
    foot: str
    blocks: tuple[Block, ...]
    leaf: bool = False
    summary: tuple[Block, ...] = ()

    @property
    def whole(self) -> tuple[Block, ...]:
        """The blocks of all pages, those of page one first."""
        return (*self.summary, *self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `dated` is the date that its file carries, to the second, never the present time."""

    dated: datetime
    parts: tuple[Part, ...]
