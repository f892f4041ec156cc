"""YAML read as plain data under the rules of YAML 1.2's core schema, with the position of everything.

Only what a definition needs is read: mappings, lists, strings, whole numbers, true, false and null. Anchors and
aliases, tags, several documents, duplicate keys and fractions are refused, each with its position; so `no`, `on`
and `12:30:45` are strings, nothing is taken in silence, and no file can grow in memory beyond its size.

libyaml's own composer calls itself for every level and overruns the stack at deep nesting. This module takes
the parser's events one by one instead and stops at a depth that no definition needs.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from incidentsim.definitions.yaml12.core_schema import NotHereError, plain_value
from incidentsim.definitions.yaml12.decoding import decoded, refusal
from incidentsim.definitions.yaml12.mistakes import in_plain_words
from incidentsim.definitions.yaml12.problems import DefinitionError, Path, Problem, path_text, shortened
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

MAX_DEPTH: Final = 60

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""The characters that an escape could bring into a string and no terminal, log or JSON reader should meet."""


@dataclass(slots=True)
class _Node:
    """Where a value stands; `keys` and `items` say the same of what it holds."""

    line: int
    column: int
    keys: "dict[str | int, tuple[int, int, _Node]] | None" = None
    items: "list[_Node] | None" = None


class Document:
    """The plain data of a file in `value`, and where each part of it stands."""

    def __init__(self, value: Any, root: _Node, file: str) -> None:  # noqa: ANN401 - whatever the file holds
        self.value = value
        self.file = file
        self._root = root
        self._elsewhere: dict[Path, Path] = {}

    def stands(self, path: Path, at: Path) -> None:
        """Take `path`, and everything in it, to stand at `at` in the file."""
        self._elsewhere[path] = at

    def written_at(self, path: Path) -> Path:
        """Return the path in the file of what is spoken of as `path` (`stands`)."""
        for made, at in self._elsewhere.items():
            if path[: len(made)] == made:
                return (*at, *path[len(made) :])
        return path

    def position(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """The line and column, from 1, of the value at `path`, or with `key` of the key that leads to it.

        Where nothing stands at `path`, it is the key (or list item) of the nearest thing above it that exists.
        """
        node = self._root
        best = (node.line, node.column)
        for part in self.written_at(path):
            if node.keys is not None and part in node.keys:
                line, column, node = node.keys[part]
                best = (line, column)
            elif node.items is not None and isinstance(part, int) and part < len(node.items):
                node = node.items[part]
                best = (node.line, node.column)
            else:
                return best
        return best if key else (node.line, node.column)

    def rename_key(self, path: Path, key: str) -> None:
        """Call the key at the end of `path` `key` from now on, where it stands and in the order in which it stands.

        Raises:
            LookupError: there is no mapping with that key there.
        """
        node, value = self._root, self.value
        for part in path[:-1]:
            if node.keys is not None:
                node, value = node.keys[part][2], value[part]
            elif node.items is not None and isinstance(part, int):
                node, value = node.items[part], value[part]
            else:
                raise KeyError(part)
        if node.keys is None:
            raise KeyError(path[-1])
        node.keys = {key if name == path[-1] else name: held for name, held in node.keys.items()}
        renamed = [(key if name == path[-1] else name, held) for name, held in value.items()]
        value.clear()
        value.update(renamed)

    def problem(self, path: Path, message: str, *, key: bool = False) -> Problem:
        """`message` about what stands at `path`, or about its `key`."""
        line, column = self.position(path, key=key)
        return Problem(self.file, line, column, path_text(self.written_at(path)), shortened(message))


def read_yaml(data: bytes, file: str) -> Document:
    """The single YAML document in `data`.

    Args:
        data: the file's bytes, UTF-8.
        file: what the file is called in a problem.

    Raises:
        DefinitionError: it is not YAML, or YAML of a kind that definitions do not use.
    """
    return _read(decoded(data, file), file)


def read_head(data: bytes, file: str, keys: Collection[str]) -> Document:
    """The beginning of a document: its top-level mapping up to the last of `keys`, what follows being left unread.

    Raises:
        DefinitionError: what was read is not YAML, or YAML of a kind that definitions do not use.
    """
    return _read(decoded(data, file), file, frozenset(keys))


def _read(text: str, file: str, wanted: frozenset[str] | None = None) -> Document:
    """The document in `text`, read by libyaml where PyYAML has it: it is some ten times faster."""
    try:
        return _Reader(text, file, getattr(yaml, "CSafeLoader", _PureLoader), wanted).document()
    except _ParserLimitError:
        # libyaml reads ahead and has a limit of its own since 0.2.6. PyYAML's own parser has none, so it comes to ours.
        return _Reader(text, file, _PureLoader, wanted).document()


class _ParserLimitError(Exception):
    """The parser gave up at a limit of its own, before the reader came to that place."""


class _PureLoader(yaml.SafeLoader):
    """PyYAML without libyaml, made to take `{en: Who is it?}` as YAML 1.2 and libyaml do: it ends a word at `?`."""

    _in_word = False

    def scan_plain(self) -> Any:  # noqa: ANN401 - PyYAML's scanner has no types
        self._in_word = True
        try:
            return super().scan_plain()
        finally:
            self._in_word = False

    def peek(self, index: int = 0) -> str:
        character: str = super().peek(index)
        # The scanner only asks whether the word goes on here; what it then takes is the text itself.
        return "x" if character == "?" and self._in_word else character


class _Reader:
    """Builds plain data and positions from a parser's events."""

    def __init__(self, text: str, file: str, loader: Any, wanted: frozenset[str] | None) -> None:  # noqa: ANN401 - either
        self._events: Iterator[Any] = yaml.parse(text, Loader=loader)
        self._limited = loader is not _PureLoader
        self._file = file
        self._wanted = wanted
        self._done = False
        self._path: list[str | int] = []

    def document(self) -> Document:
        """The one document."""
        event = self._next()
        while not isinstance(event, yaml.DocumentStartEvent):
            if isinstance(event, yaml.StreamEndEvent):
                raise refusal(self._file, 1, 1, _("The file is empty."))
            event = self._next()
        if event.version not in (None, (1, 2)):
            raise self._refused(event, _("The file says that it is not YAML 1.2; leave that line out."))
        first = self._next()
        value, node = self._value(first)
        if not self._done:
            if value is None:
                raise refusal(self._file, 1, 1, _("The file is empty."))
            self._next()
            rest = self._next()
            if not isinstance(rest, yaml.StreamEndEvent):
                raise self._refused(rest, _("A second YAML document begins here; a file holds one."))
        return Document(value, node, self._file)

    def _next(self) -> Any:  # noqa: ANN401 - the events of either parser
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            detail = ", ".join(part for part in (error.context, error.problem) if part)
            if self._limited and "nesting" in detail:
                raise _ParserLimitError from error
            detail = in_plain_words(error) or detail
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure parser converts an escape such as \UFFFFFFFF without looking at it first.
            line, column, detail = 1, 1, str(error)
        message = _("This is not YAML: {detail}.").format(detail=detail)
        raise refusal(self._file, line, column, message)

    def _value(self, event: Any) -> tuple[Any, _Node]:  # noqa: ANN401 - the events of either parser
        node = _Node(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refused(event, _("Anchors (&) and aliases (*) are not used here; write the value out."))
        if event.tag is not None:
            raise self._refused(event, _("Tags (!) are not used here; leave it out."))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event), node
        if len(self._path) >= MAX_DEPTH:
            message = _("This is nested more than {depth} levels deep, deeper than anything here can mean.")
            raise self._refused(event, message.format(depth=MAX_DEPTH))
        return self._mapping(node) if isinstance(event, yaml.MappingStartEvent) else self._list(node)

    def _list(self, node: _Node) -> tuple[list[Any], _Node]:
        values: list[Any] = []
        node.items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._path.append(len(values))
            value, item = self._value(event)
            self._path.pop()
            values.append(value)
            node.items.append(item)
        return values, node

    def _mapping(self, node: _Node) -> tuple[dict[str | int, Any], _Node]:
        values: dict[str | int, Any] = {}
        node.keys = {}
        seen: dict[str, int] = {}
        missing = set(self._wanted) if self._wanted is not None and not self._path else None
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            self._path.append(key)
            # 1 and "1" are one key: a mapping by number could not tell them apart.
            if str(key) in seen:
                message = _("The key {key} stands here a second time; the first is in line {line}.")
                raise self._refused(event, message.format(key=quoted(key), line=seen[str(key)]))
            seen[str(key)] = line
            following = self._next()
            values[key], held = self._value(following)
            if values[key] is None:  # an empty value stands nowhere in particular
                held = _Node(line, column)
            self._path.pop()
            node.keys[key] = (line, column, held)
            if missing is not None:
                missing.discard(str(key))
                if not missing:
                    self._done = True
                    break
        return values, node

    def _key(self, event: Any) -> str | int:  # noqa: ANN401 - the events of either parser
        if isinstance(event, yaml.ScalarEvent):
            key, _node = self._value(event)
            if isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool)):
                return key
        elif isinstance(event, yaml.AliasEvent):
            self._value(event)
        raise self._refused(
            event, _("A key is a word or a whole number; if this is meant as a word, put it in quotes.")
        )

    def _scalar(self, event: Any) -> str | int | bool | None:  # noqa: ANN401 - the events of either parser
        text: str = event.value
        if not event.implicit[0]:
            control = _CONTROL.search(text)
            if control:
                message = _("The text holds the control character {character}, which is not allowed in a text.")
                raise self._refused(event, message.format(character=f"U+{ord(control.group()):04X}"))
            return text
        try:
            return plain_value(text)
        except NotHereError as error:
            raise self._refused(event, str(error)) from None

    def _refused(self, event: Any, message: str) -> DefinitionError:  # noqa: ANN401 - the events of either parser
        mark = event.start_mark
        path = path_text(self._path)
        problem = Problem(self._file, mark.line + 1, mark.column + 1, path, shortened(message))
        return DefinitionError([problem], readable=False)
