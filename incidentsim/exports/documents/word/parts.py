"""One part of a document (a language, or a leaf) as a section of a Word document."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Final

from docx.parts.document import DocumentPart

from incidentsim.exports.documents.markdown_page import phase_words
from incidentsim.exports.documents.model import (
    Blank,
    Block,
    Heading,
    Listing,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Table,
    Terms,
    pieces_of,
)
from incidentsim.exports.documents.word.elements import Element, Pen, add, field, paragraph, qualified
from incidentsim.exports.documents.word.marks import Marks
from incidentsim.exports.documents.word.pictures import MOST, draw, shapes_of
from incidentsim.exports.documents.word.pieces import Pieces
from incidentsim.exports.documents.word.tables import TableWriter
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

_PAGE: Final = {"w": 11906, "h": 16838}
"""A4, in twentieths of a point."""
_SIDE, _TOP, _BOTTOM = 907, 794, 964
_LEAF_SIDE, _LEAF_TOP, _LEAF_BOTTOM = 680, 680, 850
_FOOT: Final = 400
_CHAPTER: Final = 2


@dataclass(frozen=True, slots=True)
class Shelf:
    """The things that the parts of one file share: the package, the body, the numbered lists, the ids in it."""

    package: DocumentPart
    body: Element
    lists: Element
    pieces: Pieces
    bookmarks: Iterator[int]
    shapes: Iterator[int]
    numberings: Iterator[int]


def shelf(package: DocumentPart) -> Shelf:
    """Return what the parts of a new file share."""
    lists: Element = package.numbering_part.element
    return Shelf(
        package, package.element.body, lists, Pieces(), count(1), count(1), count(len(lists.findall(lists[-1].tag)) + 1)
    )


def write_part(part: Part, name: str, shared: Shelf, *, last: bool) -> None:
    """Write a part; `name` begins its bookmarks, and the `last` one ends the document."""
    tables = [block for block in part.whole if isinstance(block, Table)]
    facts = frozenset(row.fact for table in tables for row in table.rows if row.fact is not None)
    with spoken(part.language):
        _Writer(part, shared, Pen(part.language), Marks(name, facts, shared.bookmarks), count(1)).write(last=last)


@dataclass(frozen=True, slots=True)
class _Writer:
    """A writer of one part; `chapters` counts those that were begun."""

    part: Part
    shared: Shelf
    pen: Pen
    marks: Marks
    chapters: Iterator[int]

    @property
    def _width(self) -> int:
        return _PAGE["w"] - 2 * (_LEAF_SIDE if self.part.leaf else _SIDE)

    def write(self, *, last: bool) -> None:
        part, body = self.part, self.shared.body
        self._text("Heading1", part.title)
        if part.subtitle:
            self._text("Subtitle", part.subtitle)
        for block, following in pairwise((*part.summary, None)):
            if block is not None:
                self._block(block, following)
        began = len(body)
        if part.contents:
            self._contents()
        if part.summary:  # what follows it begins a page
            following = body[began] if len(body) > began else paragraph(body, "TableText")
            add(following[0], "w:pageBreakBefore")
        whole = self.marks.begin(body, self._all)
        for block, following in pairwise((*part.blocks, None)):
            if block is not None:
                self._block(block, following)
        if self._last().tag == qualified("w:tbl"):  # a section ends in a paragraph
            paragraph(body, "TableText")
        self.marks.end(body, whole)
        self._section(body if last else self._last()[0])

    def _last(self) -> Element:
        """The paragraph or table that was written last."""
        own = (qualified("w:p"), qualified("w:tbl"))
        written: Element = next(element for element in reversed(self.shared.body) if element.tag in own)
        return written

    @property
    def _all(self) -> str:
        return f"{self.marks.name}_all"

    def _text(self, style: str, text: str, facts: frozenset[int] = frozenset()) -> Element:
        made = paragraph(self.shared.body, style)
        for piece in pieces_of(text, facts & self.marks.facts):
            if isinstance(piece, int):
                self.pen.link(made, f"#{piece}", self.marks.of_fact(piece))
            elif piece:
                self.pen.write(made, piece)
        return made

    def _contents(self) -> None:
        """The chapters as a table of contents: Word can make it anew, and asks nothing before it shows it."""
        titles = [block.text for block in self.part.blocks if isinstance(block, Heading) and block.level == _CHAPTER]
        if not titles:
            return
        self._text("TOCHeading", self.part.contents)
        before = sum(isinstance(block, Heading) and block.level == _CHAPTER for block in self.part.summary)
        for number, title in enumerate(titles, start=before + 1):
            line = paragraph(self.shared.body, "TOC2")
            if number == before + 1:
                self._field_mark(line, "begin")
                code = add(add(line, "w:r"), "w:instrText")
                code.text = rf'TOC \o "2-2" \n \h \b {self._all}'
                self._field_mark(line, "separate")
            self.pen.link(line, title, self.marks.of_chapter(number))
            if number == before + len(titles):
                self._field_mark(line, "end")

    @staticmethod
    def _field_mark(to: Element, what: str) -> None:
        add(add(to, "w:r"), "w:fldChar", fldCharType=what)

    def _block(self, block: Block, following: Block | None) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph(text, important):
                made = self._text("Important" if important else "Normal", text, block.facts)
                if isinstance(following, Table):  # what is said about a table stays with it
                    add(made[0], "w:keepNext")
            case Quotation(text):
                self._text("Quote", text)
            case Blank(label, lines):
                self._blank(_("{title}: {value}").format(title=label, value="") if label else "", lines)
            case Listing(items, numbered):
                self._listing(items, numbered=numbered, facts=block.facts)
            case Terms(items):
                for name, words in items:
                    made = paragraph(self.shared.body, "Terms")
                    self.pen.write(made, name, style="Strong")
                    self.pen.write(made, _("{title}: {value}").format(title="", value=words))
            case Table():
                if self._last().tag == qualified("w:tbl"):  # two tables in a row would be one to Word
                    paragraph(self.shared.body, "TableText")
                TableWriter(self.pen, self.marks, self.shared.pieces, self._width).write(self.shared.body, block)
            case Picture():
                self._picture(block)

    def _heading(self, heading: Heading) -> None:
        made = paragraph(self.shared.body, f"Heading{heading.level}")
        if heading.new_page:
            add(made[0], "w:pageBreakBefore")
        if heading.level != _CHAPTER:
            self.pen.write(made, heading.text)
            return
        mark = self.marks.begin(made, self.marks.of_chapter(next(self.chapters)))
        self.pen.write(made, heading.text)
        self.marks.end(made, mark)

    def _blank(self, label: str, lines: int) -> None:
        for number in range(lines):
            made = paragraph(self.shared.body, "FormLine")
            add(add(made[0], "w:tabs"), "w:tab", val="right", leader="underscore", pos=self._width)
            if number == 0 and label:
                self.pen.write(made, label)
            add(add(made, "w:r"), "w:tab")

    def _listing(self, items: tuple[str, ...], *, numbered: bool, facts: frozenset[int] = frozenset()) -> None:
        number = self._new_numbering() if numbered else 0
        for item in items:
            made = self._text("ListNumber" if numbered else "ListBullet", item, facts)
            if numbered:
                own = add(made[0], "w:numPr")
                add(own, "w:ilvl", val=0)
                add(own, "w:numId", val=number)

    def _picture(self, picture: Picture) -> None:
        if len(shapes_of(picture)) > MOST:
            self._listing(tuple(phase_words(picture)), numbered=False)
            return
        drawn = paragraph(self.shared.body, "Normal")
        add(drawn[0], "w:keepNext")
        draw(drawn, picture, self.part.language, self._width, self.shared.shapes)
        self._text("Caption", picture.words)

    def _new_numbering(self) -> int:
        """A numbering of its own for a list, which begins at 1."""
        number = next(self.shared.numberings)
        made = add(self.shared.lists, "w:num", numId=number)
        add(made, "w:abstractNumId", val=1)
        add(add(made, "w:lvlOverride", ilvl=0), "w:startOverride", val=1)
        return number

    def _section(self, to: Element) -> None:
        """The page of the part: its size, its margins, and what stands at its foot."""
        leaf = self.part.leaf
        side, top, bottom = (_LEAF_SIDE, _LEAF_TOP, _LEAF_BOTTOM) if leaf else (_SIDE, _TOP, _BOTTOM)
        foot, name = self.shared.package.add_footer_part()  # type: ignore[no-untyped-call]  # the library does not say its types
        words = foot.element[0]
        self.pen.write(words, self.part.foot)
        number = paragraph(foot.element, "Footer")
        add(number[0], "w:jc", val="right")
        field(number, "PAGE", "1")
        self.pen.write(number, " / ")
        field(number, "SECTIONPAGES" if leaf else "NUMPAGES", "1")
        made = add(to, "w:sectPr")
        reference = add(made, "w:footerReference", type="default")
        reference.set(qualified("r:id"), name)
        add(made, "w:pgSz", **_PAGE)
        add(made, "w:pgMar", top=top, right=side, bottom=bottom, left=side, header=_FOOT, footer=_FOOT, gutter=0)
        if leaf:
            add(made, "w:pgNumType", start=1)
