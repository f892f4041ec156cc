"""What the home has to show, part by part, as far as it is known by now."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.text import Text
    from incidentsim.ledger.store import RunInfo
    from incidentsim.service.library import Shelf
    from incidentsim.service.workshop import ArchetypeCard

SECTIONS: Final = ("scenarios", "unfinished", "finished", "playbooks", "new")
PART_OF: Final = {
    "scenarios": "shelf",
    "unfinished": "runs",
    "finished": "runs",
    "playbooks": "playbooks",
    "new": "archetypes",
}
"""Which part each section shows."""


@dataclass
class Stock:
    """The parts; one that is `None` is still on its way, unless there was trouble with it."""

    shelf: "Shelf | None" = None
    runs: "Sequence[RunInfo] | None" = None
    playbooks: "Sequence[Playbook] | None" = None
    archetypes: "Sequence[ArchetypeCard] | None" = None
    titles: "Mapping[str, Text]" = field(default_factory=dict)
    """Titles of scenarios that are on no shelf, as they are kept with runs."""
    troubles: dict[str, str] = field(default_factory=dict)

    def has(self, part: str) -> bool:
        """Return whether a part is loaded, or could not be."""
        parts = {"shelf": self.shelf, "runs": self.runs, "playbooks": self.playbooks, "archetypes": self.archetypes}
        return part in self.troubles or parts[part] is not None

    @property
    def cards(self) -> "tuple[ScenarioCard, ...]":
        """The scenarios."""
        return self.shelf.cards if self.shelf is not None else ()

    def runs_of(self, section: str) -> "list[RunInfo]":
        """The finished or the unfinished runs, newest first; not those in which nothing has happened yet."""
        finished = section == "finished"
        return [one for one in reversed(self.runs or ()) if one.finished == finished and not one.untouched]

    def run(self, name: str) -> "RunInfo | None":
        """The run with this id."""
        return next((one for one in self.runs or () if one.id == name), None)

    def card(self, name: str) -> "ScenarioCard | None":
        """The scenario with this id."""
        return next((one for one in self.cards if one.id == name), None)

    def title(self, scenario: str) -> "Text | None":
        """Return the title of a scenario; `None` where it is not known here any more."""
        card = self.card(scenario)
        return card.title if card is not None else self.titles.get(scenario)
