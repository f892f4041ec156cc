"""Finding archetypes by id or by file, and what there is to know about each without reading all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from incidentsim.definitions.foreign.definitions import read_definition_head
from incidentsim.definitions.formats.common import Identifier, TextShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.library.files import ARCHETYPE_SCHEMA, read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Text
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.archetypes import read_archetype

_HEAD = ("id", "playbook", "title", "levels", "attack", "tags")


@dataclass(frozen=True, slots=True)
class Listed:
    """The head of an archetype, as far as a list shows it."""

    id: str
    playbook: str
    title: Text
    levels: tuple[int, ...]
    tags: tuple[str, ...]
    attack: tuple[str, ...]


class _HeadShape(BaseModel):
    model_config = ConfigDict(strict=True)

    id: Identifier
    playbook: Identifier
    title: TextShape
    levels: list[int]
    tags: list[str] = []
    attack: list[str] = []


def listed(data: bytes, file: str) -> Listed:
    """The archetype in `data`, its story being left unread.

    Raises:
        DefinitionError: the file is no YAML, or something of what a list shows is missing.
    """
    findings = Findings(read_definition_head(data, file, ARCHETYPE_SCHEMA, _HEAD))
    head = validate(findings, _HeadShape)
    if head is None or findings:
        raise findings.error()
    return Listed(
        head.id,
        head.playbook,
        text(head.title),
        tuple(head.levels),
        tuple(head.tags),
        tuple(head.attack),
    )


class Catalogue:
    """The archetypes of a library, each read when it is asked for and then kept."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[Path, Archetype] = {}
        self._playbooks: dict[str, Playbook] = {}

    def list(self) -> list[Listed]:
        """Read the heads of the archetypes that are known by id, in order of their ids.

        Raises:
            InputError: one of them cannot be read, or lacks something that a list shows.
        """
        found = sorted(self._library.archetypes.items())
        return [listed(read_bytes(path), str(path)) for _id, path in found]

    def list_for(self, playbook: Playbook) -> Sequence[Listed]:
        """The same list, with the levels that stories have by another playbook; whoever has none is left out.

        Raises:
            InputError: an archetype cannot be read.
        """
        reached = [(one, self.archetype(one.id, playbook).levels) for one in self.list()]
        return [replace(one, playbook=playbook.id, levels=levels) for one, levels in reached if levels]

    def archetype(self, name: Path | str, playbook: Playbook | None = None) -> Archetype:
        """The archetype in a file, or the known one with this id, for the playbook it was written for or another.

        Raises:
            UnknownNameError: there is none of this id.
            InputError: it, or the playbook it is meant for, cannot be read.
        """
        path = name if isinstance(name, Path) else self._library.archetype(name)[0]
        if path not in self._read:
            data = read_bytes(path)
            self._read[path] = read_archetype(data, str(path), self._playbook(listed(data, str(path)).playbook))
        archetype = self._read[path]
        return archetype if playbook is None or playbook == archetype.playbook else archetype.by(playbook)

    def _playbook(self, name: str) -> Playbook:
        if name not in self._playbooks:
            path, data = self._library.playbook(name)
            self._playbooks[name] = read_playbook(data, str(path))
        return self._playbooks[name]
