"""A document as Markdown, in which everything foreign shows as it was typed. The picture is told in words."""

from collections.abc import Iterator, Sequence
from typing import Final

from incidentsim.exports.documents.markdown import bullets, document, escaped, grid, inline, quote
from incidentsim.exports.documents.model import (
    Blank,
    Block,
    Document,
    Heading,
    Lane,
    Listing,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Table,
    Terms,
    words_of,
)
from incidentsim.exports.wording.plain_text import lines_of
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

_DOTS: Final = "…" * 24
"""A line to write on."""


def render(paper: Document) -> bytes:
    """The document as a file."""
    parts = [document(_part(part)) for part in paper.parts]
    return ("\n---\n\n" if any(part.leaf for part in paper.parts) else "\n").join(parts).encode()


def _part(part: Part) -> list[str]:
    lines = [f"# {inline(part.title)}", ""]
    if part.subtitle:
        lines += [_lines(part.subtitle), ""]
    with spoken(part.language):
        for block in part.whole:
            lines += [*_block(block), ""]
    return lines


def words_of_blocks(blocks: Sequence[Block]) -> str:
    """Return what Markdown has of these blocks, in the language spoken; a report's page one is measured by it."""
    return "\n".join(line for block in blocks for line in _block(block))


def _block(block: Block) -> list[str]:
    match block:
        case Heading(level, text, _new_page):
            return ["#" * level + " " + inline(text)]
        case Paragraph(text, important):
            return quote(text) if important else [_lines(text)]
        case Quotation(text):
            return quote(text)
        case Blank(label, lines):
            dots = [_DOTS] * lines
            dots[0] = _("{title}: {value}").format(title=escaped(label), value=_DOTS) if label else _DOTS
            return [*(f"{line}\\" for line in dots[:-1]), dots[-1]]
        case Listing(items, numbered):
            return [
                f"{number}. {_lines(item)}" if numbered else f"- {_lines(item)}"
                for number, item in enumerate(items, start=1)
            ]
        case Terms(items):
            return [f"- **{inline(name)}**: {_lines(words)}" for name, words in items]
        case Table(head, rows):
            return grid(head, [[words_of(cell) for cell in row.cells] for row in rows])
        case Picture():
            return bullets(phase_words(block))


def _lines(text: str) -> str:
    """A text in one paragraph or item; its lines are kept apart by breaks."""
    return "<br>".join(escaped(line) for line in lines_of(text))


def phase_words(picture: Picture) -> list[str]:
    """The phases of each incident in words: when each began, and when the last one ended; dates where they change."""
    return [
        " – ".join([lane.title, _(" → ").join(_phases(picture, lane))] if lane.stretches else [lane.title])
        for lane in picture.lanes
    ]


def _phases(picture: Picture, lane: Lane) -> Iterator[str]:
    before: int | None = None
    for place, phase in enumerate(lane.stretches):
        first = _moment(picture, phase.begins, before)
        before = phase.begins
        if phase.ends == next((after.begins for after in lane.stretches[place + 1 : place + 2]), None):
            yield _("{phase} ({first})").format(phase=phase.title, first=first)
        else:
            last = _moment(picture, phase.ends, before)
            before = phase.ends
            yield _("{phase} ({first} to {last})").format(phase=phase.title, first=first, last=last)


def _moment(picture: Picture, at: int, before: int | None) -> str:
    """The time, with its date where that is not the date of the moment told before it."""
    time, date = picture.times.get(at, ("", ""))
    _time, same = picture.times.get(before, ("", "")) if before is not None else ("", "")
    return time if date == same else f"{date} {time}".strip()
