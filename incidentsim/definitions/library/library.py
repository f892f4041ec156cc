"""Where definitions are found by their ids: in the files a call names first, then in those that are shipped."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from incidentsim.definitions.library.files import Kind, definition_files, head_of, read_bytes
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.unknown_names import nearest
from incidentsim.ledger.digests import digest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted


class Library:
    """Definitions by id. Where two files have one id, the first counts.

    Args:
        roots: the folders (or files) that are always there, such as the shipped ones; one that is missing or
            empty holds nothing. They are looked through when the first definition is asked for.
    """

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(roots)
        self._files: tuple[Path, ...] = ()
        self._index: dict[Kind, dict[str, Path]] | None = None

    def with_paths(self, paths: Sequence[Path]) -> "Library":
        """A library that looks into these files and folders first.

        Raises:
            InputError: a path does not exist, or a folder holds no YAML file.
        """
        library = Library(self._roots)
        library._files = (*definition_files(paths), *self._files)
        return library

    def afresh(self) -> "Library":
        """The same library, in which files that came or went since are noticed."""
        library = Library(self._roots)
        library._files = self._files
        return library

    @property
    def playbooks(self) -> Mapping[str, Path]:
        """The file of each playbook, by the playbook's id; files that cannot be read are left out."""
        return self._found()["playbook"]

    @property
    def scenarios(self) -> Mapping[str, Path]:
        """The file of each scenario, by the scenario's id; files that cannot be read are left out."""
        return self._found()["scenario"]

    @property
    def archetypes(self) -> Mapping[str, Path]:
        """The file of each archetype, by the archetype's id; files that cannot be read are left out."""
        return self._found()["archetype"]

    def playbook(self, name: str) -> tuple[Path, bytes]:
        """The file of the playbook `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get(_("playbook"), name, self.playbooks)

    def scenario(self, name: str) -> tuple[Path, bytes]:
        """The file of the scenario `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get(_("scenario"), name, self.scenarios)

    def archetype(self, name: str) -> tuple[Path, bytes]:
        """The file of the archetype `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get(_("archetype"), name, self.archetypes)

    def document(self, wanted: str) -> bytes | None:
        """The bytes of the playbook or scenario that has this digest (`sha256:…`); `None` where none has.

        A scenario with files is looked for as runs keep it, standing alone.
        """
        for path in (*self.playbooks.values(), *self.scenarios.values()):
            try:
                data = read_bytes(path)
                if digest(data) != wanted:
                    data = standing_alone(data, str(path), path.parent)
            except InputError:
                continue
            if digest(data) == wanted:
                return data
        return None

    def _get(self, kind: str, name: str, known: Mapping[str, Path]) -> tuple[Path, bytes]:
        if name not in known:
            near = nearest(name, list(known))
            valid = _("the nearest valid one is {name}.").format(name=near)
            if near is None:
                valid = _("valid are {names}.").format(names=", ".join(known)) if known else _("there are none here.")
            message = _("There is no {kind} {name}; {valid}").format(kind=kind, name=quoted(name), valid=valid)
            raise UnknownNameError(message, kind=kind, name=name, known=known)
        return known[name], read_bytes(known[name])

    def _found(self) -> dict[Kind, dict[str, Path]]:
        if self._index is None:
            index: dict[Kind, dict[str, Path]] = {kind: {} for kind in get_args(Kind)}
            for path in (*self._files, *self._shipped()):
                try:
                    head = head_of(read_bytes(path), str(path))
                except InputError:
                    continue  # it is no definition that could be meant; whoever names the file itself is told why
                if head.id:
                    index[head.kind].setdefault(head.id, path)
            self._index = index  # only when it is whole: screens look things up from several threads
        return self._index

    def _shipped(self) -> list[Path]:
        found: list[Path] = []
        for root in self._roots:
            try:
                found.extend(definition_files([root]))
            except InputError:
                continue
        return found
