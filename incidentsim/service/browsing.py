"""What there is to choose from: scenarios and playbooks, each with what a list shows of it."""

from dataclasses import dataclass
from pathlib import Path

from incidentsim.definitions.library.files import read_bytes
from incidentsim.definitions.scenario.cards import ScenarioCard, scenario_card
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.service.foundation import Foundation


@dataclass(frozen=True, slots=True)
class Shelf:
    """The scenarios that are known by id, and the files that cannot be read, each with the reason."""

    cards: tuple[ScenarioCard, ...]
    unread: tuple[tuple[Path, str], ...] = ()


class Browsing(Foundation):
    """Looking around before anything is played."""

    def shelf(self) -> Shelf:
        """All scenarios in order of their ids, looked for anew at every call. Files that are wrong hide no other."""
        self._library = self._library.afresh()
        cards, unread = [], []
        for _name, path in sorted(self._library.scenarios.items()):
            try:
                cards.append(scenario_card(read_bytes(path), path))
            except InputError as error:
                unread.append((path, str(error)))
        return Shelf(tuple(cards), tuple(unread))

    def playbooks(self) -> tuple[Playbook, ...]:
        """All playbooks that can be read, in order of their ids."""
        found = []
        for name in sorted(self._library.playbooks):
            try:
                found.append(self.playbook(name))
            except InputError:
                continue  # whoever asks for it by name is told why
        return tuple(found)

    def playbook(self, name: Path | str) -> Playbook:
        """The playbook in a file, or the known one with this id.

        Raises:
            InputError: there is none, or it is not valid.
        """
        path, data = (name, read_bytes(name)) if isinstance(name, Path) else self._library.playbook(name)
        return self._rulebook(data, str(path)).playbook
