"""What a page of the manual consists of, read from the little Markdown that its pages are written in.

Headings, paragraphs, lists, fenced blocks and pictures; in a text `code`, **strong words**, and keys and words that
bear the name of what they do: [`h`](key:table.procedure), [`hint`](word:hint). Nothing else is understood, and a test
holds that nothing else is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SpanKind(StrEnum):
    """The kinds of words in a text."""

    PLAIN = "plain"
    STRONG = "strong"
    CODE = "code"
    KEY = "key"
    """A key of a screen; its target is the id of the binding, such as `table.procedure`."""
    WORD = "word"
    """A word of plain mode; its target is the name under which plain mode knows it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a text. `target` is what a key or a word of plain mode stands for, else empty."""

    text: str
    kind: SpanKind = SpanKind.PLAIN
    target: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the title of the page, 2 a part of it, 3 a part of that."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `mark` is what stands before it, `•` or a number with a full stop."""

    mark: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block as it stands. `info` is what stands behind the fence: `sh`, `sh terminal`, `yaml FILE`."""

    info: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen as text, from the file of this name beside the page."""

    file: str
    caption: str


Block = Heading | Paragraph | Item | Code | Picture

_SPANS: Final = re.compile(
    r"\[`(?P<named>[^`]+)`\]\((?P<kind>key|word):(?P<target>[\w.]+)\)|`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*"
)
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([\w.-]+)\)")
_ITEM: Final = re.compile(r"(-|\d+\.) (.*)")
_WIDE: Final = re.compile(r"[\u3001-\u3003\u3008-\u3011\u3014-\u3017\u4e00-\u9fff\uff01-\uff5e“”]")


def spans_of(text: str) -> Spans:
    """The words of a text, each with its kind."""
    spans: list[Span] = []
    at = 0
    for match in _SPANS.finditer(text):
        if match.start() > at:
            spans.append(Span(text[at : match.start()]))
        if match["named"] is not None:
            spans.append(Span(match["named"], SpanKind(match["kind"]), match["target"]))
        elif match["code"] is not None:
            spans.append(Span(match["code"], SpanKind.CODE))
        else:
            spans.append(Span(match["strong"], SpanKind.STRONG))
        at = match.end()
    if at < len(text):
        spans.append(Span(text[at:]))
    return tuple(spans)


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a page, in its order."""
    return tuple(_blocks(markdown.splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.startswith("```"):
            end = lines.index("```", place + 1)
            yield Code(line.removeprefix("```").strip(), tuple(lines[place + 1 : end]))
            place = end + 1
            continue
        if not line.strip():
            place += 1
            continue
        if line.startswith("#"):
            marks, _space, words = line.partition(" ")
            yield Heading(len(marks), spans_of(words))
            place += 1
            continue
        if (picture := _PICTURE.fullmatch(line)) is not None:
            yield Picture(picture[2], picture[1])
            place += 1
            continue
        item = _ITEM.fullmatch(line)
        words = line if item is None else item[2]
        place += 1
        while place < len(lines) and _goes_on(lines[place]):
            words = _joined(words, lines[place].strip())
            place += 1
        if item is None:
            yield Paragraph(spans_of(words))
        else:
            yield Item("•" if item[1] == "-" else item[1], spans_of(words))


def _goes_on(line: str) -> bool:
    """Whether a line belongs to the text that was begun before it."""
    return bool(line.strip()) and not line.startswith(("#", "```", "![")) and _ITEM.fullmatch(line) is None


def _joined(before: str, after: str) -> str:
    """Two lines of one text: a space between them, but none between Chinese characters."""
    chinese = _WIDE.fullmatch(before[-1]) and _WIDE.fullmatch(after[0])
    return f"{before}{'' if chinese else ' '}{after}"
