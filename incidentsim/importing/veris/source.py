"""From bytes to JSON values: one record, a list of records, or one record a line, each broken one told by itself.

Stricter than `json`: a repeated key, NaN, Infinity and deep nesting are errors, and every error has its line,
column and path. Numbers stay exact (`int` or `Decimal`); nothing here becomes a float.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from incidentsim.definitions.yaml12.decoding import too_large
from incidentsim.definitions.yaml12.problems import DefinitionError, Path, Problem, path_text
from incidentsim.importing.imported import NoRecordsError
from incidentsim.importing.json_positions import offset_of
from incidentsim.importing.limits import MOST_COUNTED, VERIS_BYTES
from incidentsim.messages import gettext as _

MAX_DEPTH: Final = 40
"""VERIS itself nests six deep; `plus` may add to that, but not like this."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_LINE: Final = re.compile(r"[ \t\r]*\{[^\n]*")
_OTHER_LINE: Final = re.compile(r"^[ \t\r]*[^ \t\r\n{]", re.MULTILINE)
_LINE_ENDS: Final = re.compile(r"\}[ \t\r]*$", re.MULTILINE)
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

    `text` is the whole file, `start` and `end` the part of it that is the record, and `prefix` the path of the
    record: empty, or its position in a list.
    """

    file: str
    value: object
    text: str
    start: int
    end: int
    prefix: Path = ()

    def problem(self, path: Path, message: str) -> Problem:
        """Make a problem with the value at `path` inside the record, with its position in the file."""
        offset = self.start + offset_of(self.text[self.start : self.end], path)
        return _problem(self.file, self.text, offset, (*self.prefix, *path), message)


class Records:
    """The records of a file, read one after the other: who has seen enough of them stops."""

    def __init__(self, data: bytes, file: str) -> None:
        """Read the text.

        Raises:
            DefinitionError: the file is over the limit, or no text.
        """
        self._file = file
        self._text = _decoded(data, file)
        self._by_line = _has_lines(self._text)
        self._first = _next(self._text, 0)
        self._behind = self._first
        """Where the last record that was read ends."""

    def __iter__(self) -> Iterator[Source | DefinitionError]:
        """The records, in the order of the file; an error in the place of each one that is broken.

        Raises:
            DefinitionError: the file as a whole holds no records.
            NoRecordsError: it is a schema.
        """
        file, text, first = self._file, self._text, self._first
        if self._by_line:
            for line in _LINE.finditer(text):
                self._behind = line.end()
                yield _read(file, text, *line.span())
        elif text[first] == "[":
            any_record = False
            for record, end in _elements(file, text, first + 1):
                self._behind, any_record = end, True
                yield record
            if not any_record:
                raise DefinitionError([_problem(file, text, first, (), _("This list holds no records."))])
        else:
            self._behind = len(text)
            yield _not_a_schema(_read(file, text, first, len(text)))

    def problem(self, message: str) -> Problem:
        """Something about the file as a whole."""
        return _problem(self._file, self._text, self._first, (), message)

    def left(self) -> int:
        """Return the number of records behind the last that was read; `MOST_COUNTED` may stand for more."""
        text, at, count = self._text, self._behind, 0
        if self._by_line:
            for count, _line in enumerate(_LINE.finditer(text, at), start=1):
                if count == MOST_COUNTED:
                    break
            return count
        while count < MOST_COUNTED:
            at = _next(text, at)
            if text[at : at + 1] != ",":
                break
            count += 1
            try:
                _value, at = _COUNTING.raw_decode(text, _next(text, at + 1))
            except (ValueError, RecursionError):
                break  # what is no JSON is one record that could not be read, and the last
        return count


def _decoded(data: bytes, file: str) -> str:
    if len(data) > VERIS_BYTES:
        raise DefinitionError([Problem(file, 1, 1, "$", too_large(len(data), VERIS_BYTES))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = _("This is not UTF-8 text; a VERIS record is JSON in UTF-8.")
        raise DefinitionError([_problem(file, before, len(before), (), message)]) from None
    if not text.strip():
        raise DefinitionError([Problem(file, 1, 1, "$", _("This file is empty; a VERIS record was expected."))])
    return text


def _has_lines(text: str) -> bool:
    """Whether each of several lines begins an object of its own (JSON Lines).

    Lines of nothing but opening braces are the beginning of one odd record.
    """
    lines = _LINE.finditer(text)
    several = next(lines, None) is not None and next(lines, None) is not None
    return several and _OTHER_LINE.search(text) is None and _LINE_ENDS.search(text) is not None


def _read(file: str, text: str, start: int, end: int) -> Source | DefinitionError:
    """The record that a part of the text is, and nothing else."""
    value, stop = _parsed(file, text[:end], _next(text, start), ())
    if isinstance(value, DefinitionError):
        return value
    if _next(text, stop) < end:
        return _not_json(file, text, _next(text, stop))
    return _sound(Source(file, value, text, start, end))


def _not_a_schema(record: Source | DefinitionError) -> Source | DefinitionError:
    """`record`, unless it says of itself that it is a JSON schema: VERIS keeps its own beside the records.

    Raises:
        NoRecordsError: it says so.
    """
    if isinstance(record, DefinitionError) or not isinstance(record.value, Mapping):
        return record
    if "$schema" in record.value and not record.value.keys() & {"action", "actor", "asset"}:
        raise NoRecordsError(_("{path} is a JSON schema and holds no records.").format(path=record.file))
    return record


def _elements(file: str, text: str, start: int) -> Iterator[tuple[Source | DefinitionError, int]]:
    """The records in a list and where each ends; where the text breaks off being JSON, the error is the last."""
    at, index = _next(text, start), 0
    while text[at : at + 1] != "]" or index:
        value, stop = _parsed(file, text, at, (index,))
        if isinstance(value, DefinitionError):
            yield value, len(text)
            return
        yield _sound(Source(file, value, text, at, stop, (index,))), stop
        at, index = _next(text, stop), index + 1
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] != ",":
            yield _not_json(file, text, at), len(text)
            return
        at = _next(text, at + 1)
    behind = _next(text, at + 1)
    if behind < len(text):
        yield _not_json(file, text, behind), len(text)


def _next(text: str, at: int) -> int:
    """Where the next character stands that is no space."""
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _parsed(file: str, text: str, at: int, path: Path) -> tuple[object, int]:
    """The value that begins at `at`, and where it ends; an error in its place where it is none."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        return _not_json(file, text, error.pos), at
    except RecursionError:
        message = _("This is nested far too deeply for a VERIS record.")
        return DefinitionError([_problem(file, text, at, path, message)]), at


def _not_json(file: str, text: str, offset: int) -> DefinitionError:
    return DefinitionError([_problem(file, text, offset, (), _("This is not JSON from here on."))])


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

_COUNTING: Final = json.JSONDecoder(strict=False)
"""Finds where a value ends, and makes as little of it as it can."""


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
    """Return the members of an object or a list, each with its key or position; empty for any other value."""
    if isinstance(value, Mapping):
        return [(str(key), inner) for key, inner in value.items()]
    if isinstance(value, list):
        return list(enumerate(value))
    return []


def _problem(file: str, text: str, offset: int, path: Path, message: str) -> Problem:
    line = text.count("\n", 0, offset)
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Problem(file, line + 1, column, path_text(path), message)
