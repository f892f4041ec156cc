"""What there is to choose from: scenarios and playbooks, each with what a list shows of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from incidentsim.definitions.library.files import definition_files, kind_of, read_bytes
from incidentsim.definitions.library.library import Located
from incidentsim.definitions.scenario.cards import ScenarioCard, scenario_card
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.messages import gettext as _
from incidentsim.service.context import ServiceContext
from incidentsim.session.seats import playable


@dataclass(frozen=True, slots=True)
class Shelf:
    """The scenarios that are known by id, and the files that cannot be read, each with the reason.

    `located` says by id where each comes from.
    """

    cards: tuple[ScenarioCard, ...]
    unread: tuple[tuple[Path, str], ...] = ()
    located: Mapping[str, Located] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Playable:
    """A scenario with the playbook it is played by, and the roles that people can play in it."""

    playbook: Playbook
    scenario: Scenario
    roles: tuple[str, ...]


class LibraryService:
    """Lists and loads the scenarios and playbooks that can be played, by id or by file."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def shelf(self) -> Shelf:
        """All scenarios in order of their ids, looked for anew at every call. Files that are wrong hide no other."""
        self._context.library = self._context.library.afresh()
        cards, unread = [], []
        for _name, path in sorted(self._context.library.scenarios.items()):
            try:
                cards.append(scenario_card(read_bytes(path), path))
            except InputError as error:
                unread.append((path, str(error)))
        return Shelf(tuple(cards), tuple(unread), self._context.library.located("scenario"))

    def playbooks(self) -> tuple[Playbook, ...]:
        """All playbooks that can be read, in order of their ids."""
        found = []
        for name in sorted(self._context.library.playbooks):
            try:
                found.append(self.playbook(name))
            except InputError:
                continue  # whoever asks for it by name is told why
        return tuple(found)

    def playbook_files(self) -> Mapping[str, Located]:
        """The file of each playbook, by its id, and why it was looked into."""
        return self._context.library.located("playbook")

    def playbook(self, name: Path | str) -> Playbook:
        """The playbook in a file, or the known one with this id.

        Raises:
            InputError: there is none, or it is not valid.
        """
        path, data = (name, read_bytes(name)) if isinstance(name, Path) else self._context.library.playbook(name)
        return self._context.compiled(data, str(path)).playbook

    def is_playbook(self, name: Path | str) -> bool:
        """Return whether a file, or what an id names, is a playbook; a file that is no definition is none.

        Raises:
            InputError: the file cannot be read.
        """
        if isinstance(name, str):
            return name in self._context.library.playbooks and name not in self._context.library.scenarios
        data = read_bytes(name)
        try:
            return kind_of(data, str(name)) == "playbook"
        except DefinitionError:
            return False

    def scenarios(self, paths: Sequence[str]) -> list[Path | str]:
        """The scenarios that these files, folders and ids name, in order: a file each, or an id that is known.

        Raises:
            InputError: one of them names nothing, or a folder holds no scenario.
        """
        scenario_files: list[Path | str] = []
        for name in paths:
            path = Path(name)
            if not path.exists() and path.suffix not in {".yaml", ".yml"} and len(path.parts) == 1:
                self._context.library.scenario(name)
                scenario_files.append(name)
            elif path.is_dir():
                files = [f for f in definition_files([path]) if kind_of(read_bytes(f), str(f)) == "scenario"]
                if not files:
                    raise InputError(_("The folder {path} holds no scenario.").format(path=path))
                scenario_files.extend(files)
            else:
                scenario_files.append(path)
        return scenario_files

    def playable(self, scenario: Path | str, *, playbook: Path | str | None = None) -> Playable:
        """A scenario as it stands before anybody plays it, and the roles that people can play.

        Raises:
            InputError: a definition is wrong or not there.
        """
        found = self._context.load(scenario, playbook)
        return Playable(found.playbook, found.scenario, playable(found.playbook, found.scenario))
