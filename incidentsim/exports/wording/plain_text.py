"""Text on a terminal: made harmless, measured and wrapped.

Scenarios, playbooks and actions hold text that anybody may have written. Nothing in it may move the cursor, change
colours or turn the reading direction; it is shown visibly instead.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Final

from wcwidth import wcswidth, wcwidth

from incidentsim.unseen import number

COLUMNS: Final = 100
"""The most columns of a line where nobody says otherwise, so that a log looks the same wherever it was made."""
PAGE: Final = ContextVar("PAGE", default=COLUMNS)
"""The most columns of a line now. A front end sets it to the width of the terminal it writes to."""

_JOINERS = frozenset("\u200c\u200d")
"""Format characters that emoji and several scripts need between letters, and that can do no harm."""

_WIDE = "\u3001-\u3003\u3008-\u3011\u3014-\u3017\u4e00-\u9fff\uff01-\uff5e"
"""Chinese characters, their punctuation, and letters of their width: each takes two columns, whatever stands by it."""
_NARROW = " -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2014\u2018-\u201d\u2026"
"""Latin letters and punctuation: each takes one column, whatever stands by it."""
_WIDE_CHARACTERS = re.compile(f"[{_WIDE}]")
_PLAIN = re.compile(f"[{_NARROW}{_WIDE}]*")
"""Texts that need no letter looked at singly: nothing in them acts, joins, or takes no column."""

_NO_START = frozenset("，。、；：！？）》」』】〉”’…—,.;:!?)]}%")
_NO_END = frozenset("（《「『【〈“‘([{")

_INNER: Final = str.maketrans("“”", "‘’")
"""Quotation marks, and what they are within others."""


def visible(text: str) -> str:
    """`text` in one line, with every character that would act instead of show made visible.

    Line breaks and tabs become spaces, the other control characters their Unicode pictures (`␛`), and format
    characters, surrogates, private and unassigned ones their numbers (`⟨U+202E⟩`). What is returned is also legal
    in XML 1.0.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_visible, text.replace("\r\n", " ")))


def _visible(character: str) -> str:
    code = ord(character)
    if character in "\n\r\t\u2028\u2029\u0085":
        return " "
    if code < ord(" "):
        return chr(ord("\u2400") + code)  # the pictures stand in the order of what they picture
    if character == "\x7f":
        return "\u2421"
    if character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return character
    return number(character)


def lines_of(text: str) -> list[str]:
    """The lines of a text that may have several, without empty ones at its ends."""
    return text.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def width(text: str) -> int:
    """Return the number of terminal columns that `text` takes; a Chinese character takes two."""
    if _is_ascii(text):
        return len(text)
    if _PLAIN.fullmatch(text):
        return len(text) + len(_WIDE_CHARACTERS.findall(text))
    return max(wcswidth(text), 0)


def _is_ascii(text: str) -> bool:
    """Whether every character is one of ASCII that takes a column."""
    return text.isascii() and text.isprintable()


def pad(text: str, columns: int) -> str:
    """`text` filled up with spaces on the right; longer text stays as it is."""
    return text + " " * max(columns - width(text), 0)


def wrap(text: str, columns: int) -> list[str]:
    """`text` broken into lines of at most so many columns, at spaces and between Chinese characters.

    No line begins with closing punctuation or ends with opening punctuation. A word that is longer than a line is
    cut. An empty text gives one empty line.
    """
    if _PLAIN.fullmatch(text) and width(whole := text.rstrip()) <= columns:
        return [whole]
    lines: list[str] = []
    line = ""
    used = 0
    for piece in _pieces(text, columns):
        size = width(piece)
        if used + width(piece.rstrip()) > columns and line:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 - a line does not begin with the space it was broken at
            size = width(piece)
        line += piece
        used += size
    return [*lines, line.rstrip()]


def _pieces(text: str, columns: int) -> Iterator[str]:
    """The parts of `text` between which a line may end, each with the spaces that follow it."""
    for word in re.findall(r"\S+\s*|^\s+", text):
        if _is_ascii(word) and len(word.rstrip()) <= columns:
            yield word
            continue
        piece, used, before = "", 0, ""
        for character in _characters(word):
            size = width(character)
            wide = wcwidth(character[0]) > 1 or wcwidth(before[:1] or "a") > 1
            may_break = wide and before not in _NO_END and character not in _NO_START and not character.isspace()
            if piece and (may_break or (used + size > columns and not character.isspace())):
                yield piece
                piece, used = "", 0
            piece += character
            used += size
            before = character
        yield piece


def _characters(word: str) -> Iterator[str]:
    """The letters of a word, each with the signs that belong to it: some take a column only there, and none alone."""
    letter = ""
    for character in word:
        if letter and (wcwidth(character) != 0 or letter.isspace()):
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter


def within_quotes(words: str) -> str:
    """Words that are to stand in quotation marks: such marks in them become single ones."""
    return words.translate(_INNER)


def columns(rows: list[list[str]], gap: int = 2) -> list[str]:
    """Rows as lines in which every column but the last begins at the same place."""
    if not rows:
        return []
    sizes = [max(width(row[index]) for row in rows) for index in range(len(rows[0]) - 1)]
    space = " " * gap
    return [
        space.join([*(pad(cell, size) for cell, size in zip(row, sizes, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]
