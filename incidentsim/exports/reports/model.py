"""What a report consists of, whatever it is written as: headings, paragraphs, lists, tables and the timeline.

Texts are raw: a renderer makes them harmless and escapes them in its own way. A text may have several lines.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _

Tone = Literal["plain", "late", "refused", "group"]
"""How a row is marked; a `group` stands above the rows that belong to it. Its words say the same: nothing is told by
a colour alone."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Sequence numbers of facts, which a page may link to the timeline's rows; `more` is how many are left out."""

    sequences: tuple[int, ...]
    more: int = 0

    @property
    def words(self) -> str:
        """The numbers as they are written everywhere: `#3 #8`."""
        return self.with_more(" ".join(f"#{sequence}" for sequence in self.sequences))

    def with_more(self, shown: str) -> str:
        """`shown`, and how many are left out."""
        return _("{numbers} and {more} more").format(numbers=shown, more=self.more) if self.more else shown


Cell = str | Numbers


def words_of(cell: Cell) -> str:
    """What a cell says."""
    return cell.words if isinstance(cell, Numbers) else cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 2 is a chapter, 3 a section in it."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; an `important` one stands out."""

    text: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` say how wide the columns are to each other."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the picture: `sort` is step, refused, escalated, level or overdue; `words` is what it says."""

    at: int
    sort: str
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long an incident was in a phase (ms from the start)."""

    begins: int
    ends: int
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What happened to one incident."""

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


Block = Heading | Paragraph | Listing | Terms | Table | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """The report in one language. `foot` is what every printed page says."""

    language: Language
    title: str
    subtitle: str
    contents: str
    foot: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; `dated` is when the record was made, or else when the exercise is set."""

    dated: datetime
    parts: tuple[Part, ...]
