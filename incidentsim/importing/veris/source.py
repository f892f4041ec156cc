"""From bytes to JSON values: one record, a list of records, or one record a line, each broken one told by itself.

Stricter than `json`: a repeated key, NaN, Infinity and deep nesting are errors, and every error has its line,
column and path. Numbers stay exact (`int` or `Decimal`); nothing here becomes a float.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from incidentsim.definitions.problems import DefinitionError, Path, Problem, path_text
from incidentsim.importing.veris.positions import offset_of
from incidentsim.messages import gettext as _

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 40
"""VERIS itself nests six deep; `plus` may add to that, but not like this."""

_LONGEST_INT: Final = 40  # digits; more are kept as Decimal, which never refuses to convert them


class Repeated(dict[str, object]):
    """An object in which a key stands twice."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """`NaN`, `Infinity` or `-Infinity`, which JSON does not have."""

    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """One record as it stands in its file.

    `text` is what it was read from, `first_line` the number of its first line, `prefix` the path of the record in
    it: empty, or its position in a list.
    """

    file: str
    value: object
    text: str
    first_line: int = 1
    prefix: Path = ()

    def problem(self, path: Path, message: str) -> Problem:
        """What is wrong with the value at `path` inside the record, with its position in the file."""
        whole = (*self.prefix, *path)
        offset = offset_of(self.text, whole)
        return _problem(self.file, self.text, offset, whole, message, first_line=self.first_line)


def read_records(data: bytes, file: str) -> list[Source | DefinitionError]:
    """The records in a file, in its order; an error in the place of each one that is broken.

    Raises:
        DefinitionError: the file as a whole holds no records.
    """
    text = _decoded(data, file)
    lines = _as_lines(text)
    if lines is not None:
        return [_read_line(file, number, line) for number, line in lines]
    value = _parsed(text, file, 1)
    if not isinstance(value, list):
        return [_sound(Source(file, value, text))]
    if not value:
        raise DefinitionError([_problem(file, text, 0, (), _("This list holds no records."))])
    return [_sound(Source(file, record, text, prefix=(index,))) for index, record in enumerate(value)]


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        message = _("This file has more than {limit} MB; that is no set of VERIS records.")
        raise DefinitionError([Problem(file, 1, 1, "$", message.format(limit=MAX_BYTES // 1024 // 1024))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = _("This is not UTF-8 text; a VERIS record is JSON in UTF-8.")
        raise DefinitionError([_problem(file, before, len(before), (), message)]) from None
    if not text.strip():
        raise DefinitionError([Problem(file, 1, 1, "$", _("This file is empty; a VERIS record was expected."))])
    return text


def _as_lines(text: str) -> list[tuple[int, str]] | None:
    """The lines with their numbers, where each of several lines begins an object of its own (JSON Lines)."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for _number, line in lines):  # noqa: PLR2004
        return None
    # Lines of nothing but opening braces are the beginning of one odd record.
    return lines if any(line.rstrip().endswith("}") for _number, line in lines) else None


def _read_line(file: str, number: int, line: str) -> Source | DefinitionError:
    try:
        return _sound(Source(file, _parsed(line, file, number), line, number))
    except DefinitionError as error:
        return error


def _parsed(text: str, file: str, first_line: int) -> object:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        message = _("This is not JSON from here on.")
        raise DefinitionError([_problem(file, text, error.pos, (), message, first_line=first_line)]) from None
    except RecursionError:
        message = _("This is nested far too deeply for a VERIS record.")
        raise DefinitionError([Problem(file, first_line, 1, "$", message)]) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    repeated = Repeated(value)
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            repeated.key = key
            break
        seen.add(key)
    return repeated


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("-Infinity" if text.startswith("-") else "Infinity")


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_INT else _number(text)


# Not strict: real records hold raw line breaks in their texts, which are not carried over anyway.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_number, parse_int=_integer, parse_constant=Constant, strict=False
)


def _sound(source: Source) -> Source | DefinitionError:
    """`source`, or an error where its value holds what no record may."""
    problems = []
    for path, value in _walk(source.value):
        if isinstance(value, Repeated):
            message = _("The key {key} stands here more than once.").format(key=value.key)
            problems.append(source.problem((*path, value.key), message))
        elif isinstance(value, Constant):
            problems.append(source.problem(path, _("{name} is not a value that JSON has.").format(name=value.name)))
        elif len(path) > MAX_DEPTH:
            problems.append(source.problem(path, _("This is nested far too deeply for a VERIS record.")))
            break
    return DefinitionError(problems) if problems else source


def _walk(value: object) -> Iterator[tuple[Path, object]]:
    """Every value with its path, the outer before the inner; without recursion, and one level beyond the limit."""
    waiting: list[tuple[Path, object]] = [((), value)]
    while waiting:
        path, here = waiting.pop()
        yield path, here
        if len(path) > MAX_DEPTH:
            continue
        waiting.extend(reversed([((*path, part), inner) for part, inner in children(here)]))


def children(value: object) -> Sequence[tuple[str | int, object]]:
    """What an object or a list holds, with its key or position; nothing for anything else."""
    if isinstance(value, Mapping):
        return [(str(key), inner) for key, inner in value.items()]
    if isinstance(value, list):
        return list(enumerate(value))
    return []


def _problem(file: str, text: str, offset: int, path: Path, message: str, *, first_line: int = 1) -> Problem:
    line = text.count("\n", 0, offset)
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Problem(file, first_line + line, column, path_text(path), message)
