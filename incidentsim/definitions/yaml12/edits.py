"""Changing a YAML file at its places: what is not touched stays as it was written, comments included.

The file is read as definitions are (`reader.py`) before anything is changed here; this module only knows where each
part of it begins and ends.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from incidentsim.definitions.yaml12.decoding import decoded
from incidentsim.definitions.yaml12.problems import Path

_BLANK: Final = " \t"


@dataclass(slots=True)
class Part:
    """A value and where it stands in the text.

    Attributes:
        start: the index of its first character.
        end: the index behind its last.
        flow: whether it is a mapping or list in braces or brackets.
        entries: of a mapping, where each key begins, and its value.
        items: of a list.
        words: of a single value, what it says.
    """

    start: int
    end: int
    flow: bool = False
    entries: "dict[str | int, tuple[int, Part]] | None" = None
    items: "list[Part] | None" = None
    words: str | None = None


@dataclass(slots=True)
class Edits:
    """A text and what is to be changed in it; changes are made at once, from the end to the beginning."""

    text: str
    root: Part
    _changes: dict[tuple[int, int], str] = field(default_factory=dict)

    @staticmethod
    def of(data: bytes, file: str) -> "Edits":
        """The file in `data`, which is valid YAML of the kind that definitions use."""
        text = decoded(data, file)
        events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        lines = [0]
        for line in text.splitlines(keepends=True):
            lines.append(lines[-1] + len(line))
        return Edits(text, _Builder(events, lines).root())

    def part(self, path: Path) -> Part | None:
        """The part at `path`; `None` where nothing stands there."""
        here: Part | None = self.root
        for step in path:
            if here is None:
                return None
            if here.entries is not None:
                here = here.entries[step][1] if step in here.entries else None
            elif here.items is not None and isinstance(step, int) and step < len(here.items):
                here = here.items[step]
            else:
                return None
        return here

    def replace(self, part: Part, words: str) -> None:
        """Put `words` in the place of a value; of a mapping or list in lines of its own, behind its key."""
        start = part.start
        if not part.flow and part.words is None:  # it begins in a line below its key
            start = len(self.text[:start].rstrip(" \n\t"))
            words = f" {words}"
        self._changes[start, part.end] = words

    def remove(self, paths: Collection[Path]) -> None:
        """Take out what stands at these paths; a mapping or list of which nothing would be left goes with it."""
        wanted = {path for path in paths if self.part(path) is not None}
        grown = True
        while grown:
            grown = False
            for path in list(wanted):
                above = self.part(path[:-1])
                if len(path) > 1 and above is not None and all((*path[:-1], key) in wanted for key in _keys(above)):
                    wanted = {other for other in wanted if other[: len(path) - 1] != path[:-1]} | {path[:-1]}
                    grown = True
                    break
        for path in wanted:
            if not any(path[:length] in wanted for length in range(1, len(path))):
                self._take_out(path, wanted)

    def data(self) -> bytes:
        """The text with the changes made."""
        made, kept = self.text, len(self.text)
        for (start, end), words in sorted(self._changes.items(), reverse=True):
            if start < min(end, kept):
                made = made[:start] + words + made[min(end, kept) :]
                kept = start
        return made.encode()

    def _take_out(self, path: Path, wanted: Collection[Path]) -> None:
        above, part = self.part(path[:-1]), self.part(path)
        if above is None or part is None:
            return
        begins = above.entries[path[-1]][0] if above.entries is not None else part.start
        if above.flow:
            self._changes[self._in_flow(begins, part.end)] = ""
            return
        line = self.text.rfind("\n", 0, begins) + 1
        lead = self.text[line:begins]
        ends = self.text.find("\n", part.end - 1 if self.text[part.end - 1 : part.end] == "\n" else part.end)
        ends = len(self.text) if ends < 0 else ends + 1
        if above.entries is not None and lead.strip(_BLANK):  # the first key behind a hyphen: the next moves there
            later = [start for key, (start, _held) in above.entries.items() if (*path[:-1], key) not in wanted]
            following = next((start for start in later if start > begins), None)
            if following is not None:
                self._changes[begins, following] = ""
                return
        self._changes[self._with_comments(line, lead), ends] = ""

    def _in_flow(self, begins: int, ends: int) -> tuple[int, int]:
        """The stretch of an entry between braces, with the comma that parted it from the next, or from the last."""
        rest = self.text[ends:]
        after = len(rest) - len(rest.lstrip(" \n\t"))
        if rest[after : after + 1] == ",":
            tail = rest[after + 1 :]
            return begins, ends + after + 1 + len(tail) - len(tail.lstrip(" \n\t"))
        before = self.text[:begins].rstrip(" \n\t")
        return (len(before) - 1 if before.endswith(",") else begins), ends

    def _with_comments(self, line: int, lead: str) -> int:
        """Where a part begins with the comments right above it that stand as far to the right as it does."""
        column = len(lead) - len(lead.lstrip(_BLANK))
        while line:
            above = self.text.rfind("\n", 0, line - 1) + 1
            words = self.text[above : line - 1]
            if not words.lstrip(_BLANK).startswith("#") or len(words) - len(words.lstrip(_BLANK)) != column:
                break
            line = above
        return line


def _keys(part: Part) -> list[str | int]:
    return list(part.entries) if part.entries is not None else list(range(len(part.items or ())))


class _Builder:
    """Makes parts of a parser's events."""

    def __init__(self, events: Iterator[Any], lines: list[int]) -> None:
        self._events = events
        self._lines = lines

    def root(self) -> Part:
        """The one document."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._part(next(self._events))
        raise ValueError("the file is empty")

    def _at(self, mark: Any) -> int:  # noqa: ANN401 - the marks of either parser
        return self._lines[int(mark.line)] + int(mark.column)

    def _part(self, event: Any) -> Part:  # noqa: ANN401 - the events of either parser
        start, end = self._at(event.start_mark), self._at(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            return Part(start, end, words=event.value)
        part = Part(start, end, flow=bool(event.flow_style))
        if isinstance(event, yaml.MappingStartEvent):
            part.entries = {}
            while not isinstance(key := next(self._events), yaml.MappingEndEvent):
                name = int(key.value) if key.value.isdecimal() and key.implicit[0] else key.value
                part.entries[name] = (self._at(key.start_mark), self._part(next(self._events)))
                end = part.entries[name][1].end
            closing: Any = key
        else:
            part.items = []
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                part.items.append(self._part(item))
                end = part.items[-1].end
            closing = item
        part.end = self._at(closing.end_mark) if part.flow else end
        return part


def texts(part: Part, languages: Collection[str], path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """Every mapping that has a word in one of these languages as its key, and where it stands."""
    held: Mapping[str | int, Part] = {key: value for key, (_start, value) in (part.entries or {}).items()}
    if any(key in languages and value.words is not None for key, value in held.items()):
        yield path, part
    for key, value in held.items():
        yield from texts(value, languages, (*path, key))
    for number, item in enumerate(part.items or ()):
        yield from texts(item, languages, (*path, number))
