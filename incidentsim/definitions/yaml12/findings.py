"""Collecting everything that is wrong with one file, and saying which valid name is nearest to a wrong one."""

import difflib
from collections.abc import Collection, Iterable
from typing import Final

from incidentsim.definitions.yaml12.problems import DefinitionError, Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.messages import gettext as _

MOST: Final = 200
"""After so many problems the rest is not looked for; a file like that is not what it was taken for."""

_NEAR: Final = 0.6
_NEAR_IF_SHORT: Final = 0.5
_SHORT: Final = 3
"""How alike two names must be; one letter out of two is half of a short name, such as a clause's."""

_COMPARABLE: Final = 300
_MANY: Final = 12


class Findings:
    """The problems found so far in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[Problem, None] = {}
        self._unsound: set[Path] = set()

    @property
    def full(self) -> bool:
        """Whether there are so many that no more are taken."""
        return len(self._found) >= MOST

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note `message` about the value at `path`, or about its `key`."""
        if self.full or path in self._unsound or path[:-1] in self._unsound:
            return
        self._found[self.document.problem(path, message, key=key)] = None

    def disregard(self, path: Path) -> None:
        """Take no more problems with the mapping at `path` or its keys: they would follow from what has been said."""
        self._unsound.add(path)

    def unknown(self, path: Path, kind: str, name: object, known: Iterable[object], *, key: bool = False) -> None:
        """Note that there is no `kind` called `name`, and which of the `known` is meant, if one is near."""
        if self.full:
            return
        names = [str(valid) for valid in known]
        message = _("There is no {kind} {name}; {valid}").format(kind=kind, name=name, valid=_valid(str(name), names))
        self.add(path, message, key=key)

    def error(self) -> DefinitionError:
        """All problems as one error, in the order of the file."""
        problems = sorted(self._found, key=lambda problem: (problem.line, problem.column))
        if self.full:
            last = problems[-1]
            message = _("These are the first {count} problems; there may be more.").format(count=MOST)
            problems.append(Problem(last.file, last.line, last.column, last.path, message))
        return DefinitionError(problems)


def nearest(name: str, known: Collection[str]) -> str | None:
    """The valid name that `name` was probably meant to be; `None` where none is like it."""
    cutoff = _NEAR_IF_SHORT if len(name) <= _SHORT else _NEAR
    if len(known) > _COMPARABLE:  # comparing takes time by the square of a name's length
        known = [other for other in known if other[:2] == name[:2]][:_COMPARABLE]
    found = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return found[0] if found else None


def _valid(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    if near is not None:
        return _("the nearest valid one is {name}.").format(name=near)
    if not known:
        return _("there are none here.")
    if len(known) > _MANY:
        return _("valid are {names} and others.").format(names=", ".join(known[:_MANY]))
    return _("valid are {names}.").format(names=", ".join(known))
