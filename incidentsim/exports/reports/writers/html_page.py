"""A report as one HTML file: no network, no script, for the screen in light and dark and for paper.

The page is also well-formed XML. Its content security policy forbids everything but its own style, so that a browser
would fetch nothing even if something foreign had got in.
"""

from functools import cache
from html import escape
from importlib import resources
from typing import Final

from incidentsim.domain.text import Language
from incidentsim.exports.reports.model import (
    Block,
    Cell,
    Heading,
    Listing,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Report,
    Row,
    Table,
    Terms,
    shown,
)
from incidentsim.exports.reports.writers.timeline_svg import svg
from incidentsim.exports.wording.plain_text import lines_of, visible
from incidentsim.messages import spoken

TAGS: Final[dict[Language, str]] = {"en": "en", "zh": "zh-Hans"}
"""The languages as BCP 47 calls them."""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(report: Report) -> bytes:
    """The report as a file."""
    first = report.parts[0]
    title = " · ".join(f"{part.title}: {part.subtitle}" for part in report.parts)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{TAGS[first.language]}">',
        "<head>",
        '<meta charset="utf-8"/>',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        '<meta name="referrer" content="no-referrer"/>',
        f"<title>{_line(title)}</title>",
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
    ]
    for part in report.parts:
        lines += _Page(part).lines()
    return "\n".join([*lines, "</body>", "</html>", ""]).encode()


@cache
def _style() -> str:
    return resources.files("incidentsim.exports.reports.writers").joinpath("page.css").read_text(encoding="utf-8")


def _line(text: str) -> str:
    """One line of foreign text."""
    return escape(visible(text))


def _lines(text: str) -> str:
    """A text that may have several lines."""
    return "<br/>".join(_line(line) for line in lines_of(text))


class _Page:
    """One part of the report; `known` are the facts that a number can link to."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._name = part.language
        self._chapters = 0
        tables = [block for block in part.blocks if isinstance(block, Table)]
        self._known = {row.fact for table in tables for row in table.rows if row.fact is not None}

    def lines(self) -> list[str]:
        part = self._part
        chapters = [block.text for block in part.blocks if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004
        lines = [
            f'<article lang="{TAGS[part.language]}">',
            "<header>",
            f"<h1>{_line(part.title)}</h1>",
            f'<p class="subtitle">{_line(part.subtitle)}</p>',
            "</header>",
            f'<nav aria-label="{_line(part.contents)}"><p>{_line(part.contents)}</p><ol>',
            *(
                f'<li><a href="#{self._name}-s{number}">{_line(title)}</a></li>'
                for number, title in enumerate(chapters, start=1)
            ),
            "</ol></nav>",
            "<section>",
        ]
        with spoken(part.language):
            for block in part.blocks:
                lines += self._block(block)
        return [*lines, "</section>", f"<footer>{_line(part.foot)}</footer>", "</article>"]

    def _block(self, block: Block) -> list[str]:
        match block:
            case Heading(2, text):
                self._chapters += 1
                return [f'<h2 id="{self._name}-s{self._chapters}">{_line(text)}</h2>']
            case Heading(_, text):
                return [f"<h3>{_line(text)}</h3>"]
            case Paragraph(text, important):
                return [f'<p class="important">{_lines(text)}</p>' if important else f"<p>{_lines(text)}</p>"]
            case Listing(items):
                return ["<ul>", *(f"<li>{_lines(item)}</li>" for item in items), "</ul>"]
            case Terms(items):
                return ["<dl>", *(f"<dt>{_line(name)}</dt><dd>{_lines(words)}</dd>" for name, words in items), "</dl>"]
            case Table():
                return self._table(block)
            case Picture():
                drawn = svg(block, name=f"{self._name}-picture")
                return [
                    '<figure class="wide" tabindex="0">',
                    drawn,
                    f"<figcaption>{_line(block.words)}</figcaption>",
                    "</figure>",
                ]

    def _table(self, table: Table) -> list[str]:
        head = "".join(f'<th scope="col">{_line(title)}</th>' for title in table.head)
        total = sum(table.widths)
        columns = "".join(f'<col style="width:{100 * wide / total:.1f}%"/>' for wide in table.widths)
        lines = [
            '<div class="wide" tabindex="0"><table>',
            f"<colgroup>{columns}</colgroup>",
            f"<thead><tr>{head}</tr></thead>",
            "<tbody>",
        ]
        return [*lines, *(self._row(row) for row in table.rows), "</tbody></table></div>"]

    def _row(self, row: Row) -> str:
        mark = "" if row.tone == "plain" else f' class="{row.tone}"'
        anchor = "" if row.fact is None else f' id="{self._name}-f{row.fact}"'
        own = row.fact
        *first, last = shown(row)
        more = len(row.cells) - len(first)
        span = f' colspan="{more}"' if more > 1 else ""
        cells = "".join(f"<td>{self._cell(cell, own)}</td>" for cell in first)
        cells += f"<td{span}>{self._cell(last, own)}</td>"
        return f"<tr{anchor}{mark}>{cells}</tr>"

    def _cell(self, cell: Cell, own: int | None) -> str:
        if not isinstance(cell, Numbers):
            return _lines(cell)

        def linked(number: int) -> str:
            if number not in self._known or number == own:
                return f"#{number}"
            return f'<a href="#{self._name}-f{number}">#{number}</a>'

        return cell.told(linked)
