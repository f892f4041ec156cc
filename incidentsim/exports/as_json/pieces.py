"""JSON written in pieces, so that what is told of a long record is never held as a whole."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import orjson

if TYPE_CHECKING:
    from incidentsim.domain.facts import Json

_UNSAFE: Final = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""The characters that JSON may hold as they are and a terminal, a page or a UTF-8 stream had better not."""

_STEP: Final = "  "
_BLOCK: Final = 1 << 16
"""Characters that are handed over at once, or a few more."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of which one item is made at a time."""

    items: "Iterable[Part]"


@dataclass(frozen=True, slots=True)
class Members:
    """An object of which one member is made at a time; its names differ."""

    items: "Iterable[tuple[str, Part]]"


Part: TypeAlias = "Json | Rows | Members | Mapping[str, Part]"
"""A value of which some lists and objects are made while it is written. A list that is given as such holds none."""


def blocks(value: Part) -> Iterator[str]:
    """Give `value` as indented JSON in readable characters, in blocks; those that could act on a terminal are escaped.

    All blocks together are what `json.dumps(value, ensure_ascii=False, indent=2)` would give, but for the escapes.
    """
    held: list[str] = []
    size = 0
    for piece in _pieces(value, "\n"):
        held.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield _safe("".join(held))
            held, size = [], 0
    yield _safe("".join(held))


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _pieces(value: Part, newline: str) -> Iterator[str]:
    """`newline` is a line break with the indentation of the line that `value` begins in."""
    inner = newline + _STEP
    between = inner
    if isinstance(value, Rows):
        for item in value.items:
            yield ("[" if between is inner else "") + between
            yield from _pieces(item, inner)
            between = "," + inner
        yield "[]" if between is inner else newline + "]"
    elif isinstance(value, Members | Mapping) and _is_made_piecewise(value):
        for name, part in value.items if isinstance(value, Members) else value.items():
            yield ("{" if between is inner else "") + between + _whole(str(name)) + ": "
            yield from _pieces(part, inner)
            between = "," + inner
        yield "{}" if between is inner else newline + "}"
    else:
        yield _whole(value).replace("\n", newline)


def _is_made_piecewise(value: object) -> bool:
    return isinstance(value, Rows | Members) or (
        isinstance(value, Mapping) and any(map(_is_made_piecewise, value.values()))
    )


def _whole(value: object) -> str:
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    except TypeError:  # a number beyond 64 bits, or half a character
        return json.dumps(value, ensure_ascii=False, indent=2)
