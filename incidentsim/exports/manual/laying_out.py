"""A page of the manual as lines of so many columns, each in pieces with a style."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from incidentsim.exports.manual.blocks import Block, Code, Heading, Item, Paragraph, Picture, Span, SpanKind, Spans
from incidentsim.exports.manual.pages import Page
from incidentsim.exports.wording.plain_text import width, wrap

_LEAST: Final = 20
"""However narrow it is, a line has so many columns."""
_INDENT: Final = "  "
_FRAME: Final = 80
"""Columns of a picture, and of the lines above and below it."""


class Styled(NamedTuple):
    """Some text of a line, and its style: `heading`, `strong`, `accent`, `picture` or nothing."""

    text: str
    style: str = ""


Laid = tuple[Styled, ...]
"""A line in its pieces."""

_STYLES: Final = {
    SpanKind.PLAIN: "",
    SpanKind.STRONG: "strong",
    SpanKind.CODE: "accent",
    SpanKind.KEY: "accent",
    SpanKind.WORD: "accent",
}


def laid_out(page: Page, columns: int, keys: Mapping[str, str] | None = None) -> list[Laid]:
    """The lines of a page.

    Args:
        page: the page.
        columns: the most columns of a line. Pictures and fenced blocks are as wide as they are.
        keys: what keys are called that somebody has changed, by the names of what they do.
    """
    lines: list[Laid] = []
    before: Block | None = None
    for block in page.blocks:
        if before is not None and not (isinstance(block, Item) and isinstance(before, Item)):
            lines.append(())
        lines += _laid(block, page, max(columns, _LEAST), keys or {})
        before = block
    return lines


def plain_lines(page: Page, columns: int) -> list[str]:
    """The same as plain text, with a line below the title and below the headings of parts."""
    lines: list[str] = []
    for laid in laid_out(page, columns):
        lines.append("".join(piece.text for piece in laid))
        if laid and laid[0].style == "heading":
            lines.append(("─" if lines[1:] else "═") * min(width(lines[-1]), columns))
    return lines


def _laid(block: Block, page: Page, columns: int, keys: Mapping[str, str]) -> Iterator[Laid]:
    match block:
        case Heading(spans=spans):
            for line in _wrapped(spans, columns, keys):
                yield tuple(Styled(piece.text, "heading") for piece in line)
        case Paragraph(spans=spans):
            yield from _wrapped(spans, columns, keys)
        case Item(mark=mark, spans=spans):
            hanging = width(mark) + 1
            for number, line in enumerate(_wrapped(spans, columns - hanging, keys)):
                yield (Styled(" " * hanging if number else f"{mark} "), *line)
        case Code(lines=lines):
            for text in lines:
                yield (Styled(_INDENT + text, "accent"),)
        case Picture(file=file, caption=caption):
            head = f"── {caption} "
            yield (Styled(head + "─" * max(_FRAME - width(head), 0), "picture"),)
            for text in page.pictures[file]:
                yield (Styled(text, "picture"),)
            yield (Styled("─" * _FRAME, "picture"),)


def _shown(span: Span, keys: Mapping[str, str]) -> str:
    """The words of a span; what is typed or pressed stands between backticks, so that no colour is needed to tell."""
    match span.kind:
        case SpanKind.PLAIN | SpanKind.STRONG:
            return span.text
        case SpanKind.CODE | SpanKind.WORD:
            return f"`{span.text}`"
        case SpanKind.KEY:
            return f"`{keys.get(span.target, span.text)}`"


def _wrapped(spans: Spans, columns: int, keys: Mapping[str, str]) -> Iterator[Laid]:
    """A text in lines, its styles kept."""
    shown = [(_shown(span, keys), _STYLES[span.kind]) for span in spans]
    text = "".join(words for words, _style in shown)
    styles = [style for words, style in shown for _character in words]
    at = 0
    for line in wrap(text, max(columns, _LEAST)):
        at = text.index(line, at)
        yield tuple(_pieces(line, styles[at : at + len(line)]))
        at += len(line)


def _pieces(line: str, styles: list[str]) -> Iterator[Styled]:
    begin = 0
    for place in range(1, len(line) + 1):
        if place == len(line) or styles[place] != styles[begin]:
            yield Styled(line[begin:place], styles[begin])
            begin = place
