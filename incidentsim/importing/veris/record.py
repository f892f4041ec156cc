"""One VERIS record while it is being imported: its values by path, and an account of what became of each.

Every leaf of the record ends up carried over, or reported with a reason, or both (told, but not counted). Whoever
reads a value says which; what nobody spoke of is reported by `not_carried`.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from incidentsim.definitions.formats.scenario import BIGGEST
from incidentsim.definitions.yaml12.problems import DefinitionError, Path, path_text
from incidentsim.importing.imported import Assumed
from incidentsim.importing.veris.source import Source, children
from incidentsim.importing.veris.vocabulary.tables import identifiers
from incidentsim.messages import gettext as _

NO_ANSWERS: Final = frozenset({"", "unknown", "na", "n/a", "not applicable", "none", "null", "-"})
"""The words that stand for a number or an answer where the record says nothing (compared without case)."""

_NUMBER: Final = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,40})(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier of VERIS that stands in the record. `id` is in lower case; it is one of our tables, always."""

    path: Path
    id: str


class Record:
    """The record of one source, and the account of its leaves."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[tuple[Path, str]] = []
        self.leaves = dict(_leaves((), source.value))
        self._below: dict[Path, list[Path]] = {}
        for leaf in self.leaves:
            for length in range(len(leaf) + 1):
                self._below.setdefault(leaf[:length], []).append(leaf)
        self.carried: set[Path] = set()
        self.dropped: dict[Path, str] = {}
        self.assumptions: list[Assumed] = []

    # What stands in it

    def at(self, path: Path) -> object:
        """The value at `path`; `None` where there is none."""
        value = self.source.value
        for part in path:
            if isinstance(value, Mapping):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def section(self, path: Path) -> Mapping[str, object]:
        """The object at `path`; empty where there is none. Anything else there is a problem."""
        value = self.at(path)
        if value is None:
            return {}
        if isinstance(value, Mapping):
            return value
        self.fault(path, _("Expected an object here, not {found}.").format(found=sort_of(value)))
        return {}

    def entries(self, path: Path) -> Sequence[Path]:
        """The paths of the entries of the list at `path`; a single value counts as a list of one."""
        value = self.at(path)
        if value is None:
            return ()
        return [(*path, index) for index in range(len(value))] if isinstance(value, list) else [path]

    def words(self, path: Path, place: str) -> tuple[Found, ...]:
        """The identifiers at `path`, one or a list, that our table for `place` has words for.

        One that the table does not know is reported, and stands as `other` where the table has that.
        """
        found: dict[str, Found] = {}
        for entry in self.entries(path):
            word = self.word(entry, place)
            if word is not None and word.id not in found:
                found[word.id] = word
            elif word is not None:
                self.carry(word.path)
        return tuple(found.values())

    def word(self, path: Path, place: str) -> Found | None:
        """The identifier at `path`, or the first of a list of them; see `words`."""
        value = self.at(path)
        if isinstance(value, list):
            self.drop_all([(*path, index) for index in range(1, len(value))], _("Only the first of several is used."))
            return self.word((*path, 0), place) if value else None
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(path, _("Expected a word of VERIS here, not {found}.").format(found=sort_of(value)))
            return None
        table, known = identifiers(place), value.strip().casefold()
        if known in table:
            return Found(path, known)
        self.drop(path, _("VERIS has no such value here as far as we know; the story keeps to general words."))
        return Found(path, "other") if "other" in table else None

    def number(self, path: Path) -> Decimal | None:
        """The number at `path`, also where it is written as a text; `None` where there is none, or none is said."""
        value = self.at(path)
        if isinstance(value, str):
            text = value.strip()
            if text.casefold() in NO_ANSWERS:
                self.drop(path, _("The record says nothing here."))
                return None
            if _NUMBER.fullmatch(text):
                return self._not_negative(path, Decimal(text.replace(",", "")))
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return self._not_negative(path, Decimal(value))
        if value is not None:
            self.fault(path, _("Expected a number here, not {found}.").format(found=sort_of(value)))
        return None

    def count(self, path: Path) -> int | None:
        """The whole number at `path`, at most the largest that the scenario format holds."""
        number = self.number(path)
        if number is None:
            return None
        if number > BIGGEST:
            self.assume(path, _("More than can be counted here; {most} is used.").format(most=f"{BIGGEST:,}"))
            return BIGGEST
        if number != int(number):
            self.assume(path, _("A fraction of one does not count; it is rounded down."))
        return int(number)

    def _not_negative(self, path: Path, number: Decimal) -> Decimal | None:
        if number >= 0:
            return number
        self.drop(path, _("A number below zero says nothing here."))
        return None

    # What becomes of it

    def carry(self, *paths: Path) -> None:
        """Note that the scenario has what stands at these paths, or below them."""
        for path in paths:
            self.carried.update(leaf for leaf in self._below.get(path, ()) if self.leaves[leaf] is not None)

    def drop(self, path: Path, reason: str) -> None:
        """Note that what stands at `path`, or below it, is not in the scenario, or not fully."""
        self.dropped.setdefault(path, reason)

    def drop_all(self, paths: Sequence[Path], reason: str) -> None:
        """The same for several paths."""
        for path in paths:
            self.drop(path, reason)

    def assume(self, path: Path, what: str) -> None:
        """Note how something that the record leaves open was settled."""
        assumed = Assumed(self.named(path), what)
        if assumed not in self.assumptions:
            self.assumptions.append(assumed)

    def named(self, path: Path) -> str:
        """`path` as it is shown, counted from the outermost value of the file."""
        return path_text((*self.source.prefix, *path))

    def fault(self, path: Path, message: str) -> None:
        """Note that the value at `path` is wrong."""
        if (path, message) not in self.problems:
            self.problems.append((path, message))

    def stop_if_faulty(self) -> None:
        """End here where something in the record is wrong.

        Raises:
            DefinitionError: everything that is wrong with it.
        """
        if self.problems:
            raise DefinitionError([self.source.problem(path, message) for path, message in self.problems])

    def digest(self) -> bytes:
        """The SHA-256 of the record's canonical form, in which neither spaces nor the order of keys count."""
        canonical = json.dumps(self.source.value, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(canonical.encode("ascii")).digest()


def sort_of(value: object) -> str:
    """Return the words for the sort of a JSON value, in the language spoken now."""
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, int | Decimal):
        return _("a number")
    if isinstance(value, str):
        return _("a text")
    if isinstance(value, list):
        return _("a list")
    return _("an object") if isinstance(value, Mapping) else _("nothing")


def _leaves(path: Path, value: object) -> list[tuple[Path, object]]:
    """Every value that holds no other, with its path; an empty object or list is one too."""
    inner = children(value)
    if not inner:
        return [(path, value)]
    return [leaf for part, below in inner for leaf in _leaves((*path, part), below)]
