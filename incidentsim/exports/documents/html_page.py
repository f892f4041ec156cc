"""A document as one HTML file: no network, no script, for the screen in light and dark and for paper.

The page is also well-formed XML. Its content security policy forbids everything but its own style, so that a browser
would fetch nothing even if something foreign had got in.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final
from xml.etree.ElementTree import Element

from incidentsim.domain.text import Language
from incidentsim.exports.documents.markup import Node, on_lines, style_sheet, tag, write
from incidentsim.exports.documents.model import (
    Blank,
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Row,
    Table,
    Terms,
    pieces_of,
    shown,
    words_of,
)
from incidentsim.exports.documents.timeline_svg import drawing
from incidentsim.exports.wording.plain_text import lines_of
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

TAGS: Final[dict[Language, str]] = {"en": "en", "zh": "zh-Hans"}
"""The languages as BCP 47 calls them."""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(paper: Document) -> bytes:
    """The document as a file."""
    first = paper.parts[0]
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", " · ".join(f"{part.title}: {part.subtitle}" for part in paper.parts)),
        style_sheet(_style()),
    )
    spoken_once = len({part.language for part in paper.parts}) == len(paper.parts)
    articles = (
        _Page(part, part.language if spoken_once else f"{part.language}{number}").article()
        for number, part in enumerate(paper.parts, start=1)
    )
    body = tag("body", *on_lines(articles))
    page = tag("html", *on_lines((tag("head", *on_lines(head)), body)), lang=TAGS[first.language])
    return f"<!DOCTYPE html>\n{write(page)}\n".encode()


@cache
def _style() -> str:
    return resources.files("incidentsim.exports.documents").joinpath("page.css").read_text(encoding="utf-8")


def _lines(text: str) -> Iterator[Node]:
    """A text that may have several lines."""
    for place, line in enumerate(lines_of(text)):
        if place:
            yield tag("br")
        yield line


class _Page:
    """One part of the document, `name` its ids begin with; `known` are the facts that a number can link to."""

    def __init__(self, part: Part, name: str) -> None:
        self._part = part
        self._name = name
        self._chapters = 0
        self._pictures = 0
        tables = [block for block in part.whole if isinstance(block, Table)]
        self._known = {row.fact for table in tables for row in table.rows if row.fact is not None}

    def article(self) -> Element:
        part = self._part
        subtitle = (tag("p", *_lines(part.subtitle), class_="subtitle"),) if part.subtitle else ()
        header = tag("header", *on_lines((tag("h1", part.title), *subtitle)))
        with spoken(part.language):
            first = tuple(self._block(block) for block in part.summary)
            section = tag("section", *on_lines(self._block(block) for block in part.blocks))
        foot = tag("footer", part.foot)
        page_one = (tag("section", *on_lines(first), class_="summary"),) if first else ()
        pieces = (header, *page_one, *((self._contents(),) if part.contents else ()), section, foot)
        return tag("article", *on_lines(pieces), lang=TAGS[part.language], class_="leaf" if part.leaf else None)

    def _contents(self) -> Element:
        part = self._part
        chapters = [block.text for block in part.blocks if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004
        before = sum(isinstance(block, Heading) and block.level == 2 for block in part.summary)  # noqa: PLR2004
        links = (
            tag("li", tag("a", title, href=f"#{self._name}-s{number}"))
            for number, title in enumerate(chapters, start=before + 1)
        )
        return tag("nav", tag("p", part.contents), tag("ol", *on_lines(links)), aria_label=part.contents)

    def _block(self, block: Block) -> Element:
        match block:
            case Heading(2, text, new_page):
                self._chapters += 1
                identity = f"{self._name}-s{self._chapters}"
                return tag("h2", text, id=identity, class_="new-page" if new_page else None)
            case Heading(_, text, new_page):
                return tag("h3", text, class_="new-page" if new_page else None)
            case Paragraph(text, important):
                return tag("p", *self._linked(text, block.facts), class_="important" if important else None)
            case Quotation(text):
                return tag("blockquote", tag("p", *_lines(text)))
            case Blank(label, lines):
                words = _("{title}: {value}").format(title=label, value="") if label else ""
                first = tag("p", words, tag("span"), class_="blank")
                return tag(
                    "div", *on_lines((first, *(tag("p", tag("span"), class_="blank") for _no in range(lines - 1))))
                )
            case Listing(items, numbered):
                return tag(
                    "ol" if numbered else "ul", *on_lines(tag("li", *self._linked(item, block.facts)) for item in items)
                )
            case Terms(items):
                return tag("dl", *on_lines((tag("dt", name), tag("dd", *_lines(words))) for name, words in items))
            case Table():
                return self._table(block)
            case Picture():
                self._pictures += 1
                name = f"{self._name}-picture" if self._pictures == 1 else f"{self._name}-picture-{self._pictures}"
                drawn = drawing(block, name=name)
                return tag("figure", *on_lines((drawn, tag("figcaption", block.words))), class_="wide", tabindex=0)

    def _table(self, table: Table) -> Element:
        total = sum(table.widths)
        columns = (tag("col", style=f"width:{100 * wide / total:.1f}%") for wide in table.widths)
        head = tag("tr", *(tag("th", title, scope="col") for title in table.head))
        rows = tag("tbody", *on_lines(self._row(row) for row in table.rows))
        parts = (*on_lines((tag("colgroup", *columns), tag("thead", head))), rows)
        return tag("div", tag("table", *parts), class_="wide filled-in" if table.room > 1 else "wide", tabindex=0)

    def _row(self, row: Row) -> Element:
        *first, last = shown(row)
        more = len(row.cells) - len(first)
        cells = [tag("td", *self._cell(cell, row.fact)) for cell in first]
        cells.append(tag("td", *self._cell(last, row.fact), colspan=more if more > 1 else None))
        anchor = None if row.fact is None else f"{self._name}-f{row.fact}"
        return tag("tr", *cells, id=anchor, class_=None if row.tone == "plain" else row.tone)

    def _cell(self, cell: Cell, own: int | None) -> Iterator[Node]:
        if not isinstance(cell, Numbers):
            yield from _lines(words_of(cell))
            return
        for piece in cell.pieces():
            yield piece if isinstance(piece, str) else self._link(piece, own)

    def _link(self, number: int, own: int | None = None) -> Node:
        """The number of a fact, linked to its row where there is another one."""
        if number in self._known and number != own:
            return tag("a", f"#{number}", href=f"#{self._name}-f{number}")
        return f"#{number}"

    def _linked(self, text: str, facts: frozenset[int]) -> Iterator[Node]:
        """A text that may have several lines, with the numbers of these facts linked to their rows."""
        for node in _lines(text):
            if isinstance(node, str):
                for piece in pieces_of(node, facts):
                    yield piece if isinstance(piece, str) else self._link(piece)
            else:
                yield node
