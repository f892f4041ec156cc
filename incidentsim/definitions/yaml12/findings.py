"""Collecting everything that is wrong with one file, and saying which valid name is nearest to a wrong one."""

from collections.abc import Iterable
from typing import Final

from incidentsim.definitions.yaml12.problems import DefinitionError, Path, Problem, path_text
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.unknown_names import nearest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

MOST: Final = 200
"""After so many problems the rest is not looked for; a file like that is not what it was taken for."""

_MANY: Final = 12


class Findings:
    """The problems found so far in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[Problem, None] = {}
        self._unsound: set[Path] = set()

    @property
    def full(self) -> bool:
        """True once `MOST` problems are noted; further ones are dropped."""
        return len(self._found) >= MOST

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note `message` about the value at `path`, or about its `key`."""
        if self.full or path in self._unsound or path[:-1] in self._unsound:
            return
        self._found[self.document.problem(path, message, key=key)] = None

    def touch(self, path: Path) -> bool:
        """Return whether something is wrong with what stands under `path`."""
        under = path_text(path)
        return any(problem.path.startswith((f"{under}.", f"{under}[")) for problem in self._found)

    def disregard(self, path: Path) -> None:
        """Take no more problems with the mapping at `path` or its keys: they would follow from what has been said."""
        self._unsound.add(path)

    def unknown(self, path: Path, kind: str, name: object, known: Iterable[object], *, key: bool = False) -> None:
        """Note that there is no `kind` called `name`, and which of the `known` is meant, if one is near."""
        if self.full:
            return
        message = _("There is no {kind} {name}; {valid}")
        self.add(path, message.format(kind=kind, name=quoted(name), valid=valid_words(name, known)), key=key)

    def error(self) -> DefinitionError:
        """All problems as one error, in the order of the file."""
        problems = sorted(self._found, key=lambda problem: (problem.line, problem.column))
        if self.full:
            last = problems[-1]
            message = _("These are the first {count} problems; there may be more.").format(count=MOST)
            problems.append(Problem(last.file, last.line, last.column, last.path, message))
        return DefinitionError(problems)


def valid_words(name: object, known: Iterable[object]) -> str:
    """Return the end of a sentence that refuses a name: the nearest valid one, or which are valid."""
    return _valid(str(name), [str(valid) for valid in known])


def _valid(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    if near is not None:
        return _("the nearest valid one is {name}.").format(name=near)
    if not known:
        return _("there are none here.")
    if len(known) > _MANY:
        return _("valid are {names} and others.").format(names=", ".join(known[:_MANY]))
    return _("valid are {names}.").format(names=", ".join(known))
