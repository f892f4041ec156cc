"""Where in a JSON text the value at a path stands: looked up only when there is a problem to be shown."""

import json
import re
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.yaml12.problems import Path

_TOKEN: Final = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<mark>[{}\[\],:])|(?P<scalar>[^\s{}\[\],:"]+))', re.DOTALL
)


@dataclass(slots=True)
class _Open:
    """An object or list that is being looked through, and where in it we are."""

    is_object: bool
    part: str | int
    at_key: bool


def offset_of(text: str, path: Path) -> int:
    """Return the position in `text` (characters) of the value at `path`, or of the nearest value around it.

    `text` must be valid JSON.
    """
    best, reached = 0, -1
    stack: list[_Open] = []
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if mark == ":" or (mark == "," and not stack):
            continue
        if mark == ",":
            top = stack[-1]
            top.at_key, top.part = top.is_object, top.part if isinstance(top.part, str) else top.part + 1
        elif mark in ("}", "]"):
            del stack[-1:]
        elif stack and stack[-1].at_key:
            stack[-1].at_key, stack[-1].part = False, _unquoted(token["string"])
        else:
            here = tuple(entry.part for entry in stack)
            if len(here) > reached and here == path[: len(here)]:
                best, reached = token.start(token.lastgroup or 0), len(here)
            if len(here) == len(path) == reached:
                return best
            if mark:
                stack.append(_Open(mark == "{", "" if mark == "{" else 0, mark == "{"))
    return best


def _unquoted(string: str | None) -> str:
    try:
        return str(json.loads(string or '""', strict=False))
    except json.JSONDecodeError:
        return string or ""
