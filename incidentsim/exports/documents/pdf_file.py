"""A document as PDF, set by Typst. The content goes in as data, so that nothing in it can be markup.

Written as PDF/A-2a and PDF/UA-1: both forbid a character without a glyph, so Typst itself reports every character
that no font has. That is an error here, never a box on paper.
"""

import json
import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import category, combining, east_asian_width
from unicodedata import name as character_name

from incidentsim.domain.errors import InputError
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
    Table,
    Terms,
    pieces_of,
    shown,
    words_of,
)
from incidentsim.exports.documents.timeline_svg import svg
from incidentsim.exports.wording.plain_text import lines_of, visible
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

if TYPE_CHECKING:
    from typst import TypstError

_STANDARDS: Final = ("a-2a", "ua-1")
_NO_GLYPH: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_NAMED: Final = 20
_PICTURES: Final = {0x2400 + code: f"⟨U+{code:04X}⟩" for code in range(0x20)} | {0x2421: "⟨U+007F⟩"}
"""The Unicode pictures of control characters, which hardly any font has, as numbers, which every font can show."""


_LONG, _LONG_IN_CELL, _PIECE = 72, 16, 6
"""From how many characters on a word may break (in a table, where there is less room), and after how many."""
_LINK, _SAID, _LINKED = "\ue001", "\ue002", "\ue003"
"""Marks for the layout around the name of the row that a number leads to, and the number. No foreign text holds them,
as with `_BREAK`."""


def render(paper: Document, fonts: Sequence[Path] | None = None) -> bytes:
    """The document as a file; `fonts` are folders to take fonts from, instead of those that the system has.

    Raises:
        InputError: the extra `pdf` is not installed, or no font has a character that the document needs.
    """
    check_typesetter()
    import typst

    layout = resources.files("incidentsim.exports.documents").joinpath("page.typ").read_bytes()
    data = json.dumps(_content(paper), ensure_ascii=False)
    try:
        return typst.compile(
            layout,
            sys_inputs={"document": data},
            font_paths=typst.Fonts(include_system_fonts=fonts is None, font_paths=[*map(str, fonts or ())]),
            pdf_standards=[*_STANDARDS],
            timestamp=int(paper.dated.timestamp()),
        )
    except typst.TypstError as error:
        raise _explained(error) from error


def check_typesetter() -> None:
    """Make sure that PDFs can be made here.

    Raises:
        InputError: the extra `pdf` is not installed.
    """
    try:
        import typst  # noqa: F401 - asked for, not used
    except ImportError as error:
        message = _("A PDF needs the extra “pdf”: pip install 'incidentsim[pdf]'.")
        raise InputError(message) from error


def _content(paper: Document) -> dict[str, object]:
    return {
        "title": _line(" · ".join(f"{part.title}: {part.subtitle}" for part in paper.parts)),
        "parts": [_part(part, f"fact-{place}") for place, part in enumerate(paper.parts)],
    }


class _Rows:
    """The rows of facts in one part, by names of their own: the numbers of facts lead there."""

    def __init__(self, part: Part, name: str) -> None:
        tables = [block for block in part.whole if isinstance(block, Table)]
        self._known = {row.fact for table in tables for row in table.rows if row.fact is not None}
        self._marked: set[int] = set()
        self._name = name

    def mark(self, fact: int | None) -> str:
        """Return the name of a fact's row, where it is the first row of that fact."""
        if fact is None or fact in self._marked:
            return ""
        self._marked.add(fact)
        return f"{self._name}-{fact}"

    def linked(self, text: str, facts: frozenset[int]) -> str:
        """Return a text for the layout, with the numbers of these facts leading to their rows."""
        pieces = pieces_of(_lines(text), facts & self._known)
        return "".join(one if isinstance(one, str) else self._link(one) for one in pieces)

    def cell(self, cell: Cell, own: int | None) -> str:
        """Return a cell for the layout; a number does not lead to the row in which it stands."""
        if not isinstance(cell, Numbers):
            return _cell(words_of(cell))
        pieces = (one if isinstance(one, str) or one in self._known - {own} else f"#{one}" for one in cell.pieces())
        return "".join(one if isinstance(one, str) else self._link(one) for one in pieces)

    def _link(self, fact: int) -> str:
        return f"{_LINK}{self._name}-{fact}{_SAID}#{fact}{_LINKED}"


def _part(part: Part, name: str) -> dict[str, object]:
    rows = _Rows(part, name)
    with spoken(part.language):
        summary = [_block(block, rows) for block in part.summary]
        blocks = [_block(block, rows) for block in part.blocks]
    return {
        "lang": part.language,
        "region": "cn" if part.language == "zh" else "gb",
        "title": _lines(part.title),
        "subtitle": _lines(part.subtitle),
        "contents": _line(part.contents),
        "foot": _lines(part.foot),
        "leaf": part.leaf,
        "summary": summary,
        "blocks": blocks,
    }


def _block(block: Block, rows: _Rows) -> dict[str, object]:
    match block:
        case Heading(level, text, new_page):
            return {"is": "heading", "level": level, "text": _lines(text), "new-page": new_page}
        case Paragraph(text, important):
            return {"is": "paragraph", "text": rows.linked(text, block.facts), "important": important}
        case Quotation(text):
            paragraphs = re.split(r"\n{2,}", "\n".join(lines_of(text)))
            return {"is": "quotation", "paragraphs": [_lines(one) for one in paragraphs]}
        case Blank(label, lines):
            said = _("{title}: {value}").format(title=label, value="") if label else ""
            return {"is": "blank", "label": _lines(said), "lines": lines}
        case Listing(items, numbered):
            return {"is": "list", "numbered": numbered, "items": [rows.linked(item, block.facts) for item in items]}
        case Terms(items):
            colon = _("{title}: {value}").format(title="", value="")
            return {"is": "terms", "colon": colon, "items": [[_lines(name), _lines(words)] for name, words in items]}
        case Table(head, _rows, widths, room):
            return {
                "is": "table",
                "head": [_cell(title) for title in head],
                "widths": list(widths),
                "room": room,
                "rows": [
                    {
                        "tone": row.tone,
                        "mark": rows.mark(row.fact),
                        "cells": [rows.cell(cell, row.fact) for cell in shown(row)],
                    }
                    for row in block.rows
                ],
            }
        case Picture():
            drawn = svg(block, name="picture").translate(_PICTURES)
            return {"is": "picture", "words": _line(block.words), "svg": drawn}


_UNBROKEN: Final = {
    size: re.compile(rf"[^\s\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]{{{size},}}")
    for size in (_LONG, _LONG_IN_CELL)
}
"""Words of such a length in scripts that separate words; Chinese breaks by itself."""
_JOINER: Final = "\u200d"
_BREAK: Final = "\ue000"
"""Marks for the layout where a word may break. No foreign text holds it: `visible` shows private characters."""


def _line(text: str) -> str:
    """One line of foreign text, as it stands for whatever is not laid out."""
    return visible(text).translate(_PICTURES)


def _lines(text: str, longest: int = _LONG) -> str:
    """A foreign text for the layout."""
    return "\n".join(_UNBROKEN[longest].sub(lambda found: _breakable(found[0]), _line(line)) for line in lines_of(text))


def _cell(text: str) -> str:
    return _lines(text, _LONG_IN_CELL)


def _breakable(word: str) -> str:
    """A long word with places to break, none of them inside what is one character to its reader."""
    pieces, piece = [], ""
    for character in word:
        joined = combining(character) or category(character).startswith("M") or _JOINER in {character, piece[-1:]}
        if len(piece) >= _PIECE and not joined:
            pieces.append(piece)
            piece = ""
        piece += character
    return _BREAK.join([*pieces, piece])


def _explained(error: "TypstError") -> InputError:
    """What went wrong as a sentence: most often, which font has to be installed."""
    said = f"{error.message}\n{error.diagnostic}"
    missing = dict.fromkeys(
        character
        for found in _NO_GLYPH.findall(said)
        for character in _unescaped(found)
        if category(character) not in {"Cf", "Mn"}  # what joins or changes others comes with their font
    )
    if not missing:
        return InputError(_("The PDF could not be set: {reason}").format(reason=visible(error.message)))
    shown = " ".join(f"{visible(character)} (U+{ord(character):04X})" for character in [*missing][:_MOST_NAMED])
    if len(missing) > _MOST_NAMED:
        shown += " …"
    wanted = _(", ").join(dict.fromkeys(map(_font_for, missing)))
    message = _("No installed font has these characters: {characters}. Install a font that has them: {fonts}.")
    return InputError(message.format(characters=shown, fonts=wanted))


def _unescaped(text: str) -> str:
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\")


_WESTERN: Final = {"LATIN", "GREEK", "CYRILLIC"}
_SCRIPTS: Final = frozenset(
    {"ARABIC", "ARMENIAN", "BENGALI", "CUNEIFORM", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GUJARATI", "GURMUKHI"}
    | {"HEBREW", "KANNADA", "KHMER", "LAO", "MALAYALAM", "MONGOLIAN", "MYANMAR", "ORIYA", "SINHALA", "SYRIAC"}
    | {"TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN"}
)
_EMOJI: Final = range(0x1F000, 0x1FB00)


def _font_for(character: str) -> str:
    """A free font that has the character."""
    first = character_name(character, "").partition(" ")[0]
    if first in _SCRIPTS:
        return f"Noto Sans {first.capitalize()}"
    if first in _WESTERN:
        return "Noto Sans"
    if ord(character) in _EMOJI:
        return "Noto Emoji"
    return "Noto Sans CJK SC" if east_asian_width(character) in {"W", "F", "H"} else "Noto Sans Symbols 2"
