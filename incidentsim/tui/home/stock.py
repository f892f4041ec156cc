"""What the home has to show, part by part, as far as it is known by now."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from incidentsim.ledger.lookup import is_listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentsim.definitions.library.library import Located
    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.text import Language, Text
    from incidentsim.ledger.labels import RunLabel
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
    playbook_files: "Mapping[str, Located]" = field(default_factory=dict)
    """Where each playbook comes from, by its id."""
    titles: "Mapping[str, Text]" = field(default_factory=dict)
    """Titles of scenarios that are on no shelf, as they are kept with runs."""
    labels: "Mapping[str, RunLabel]" = field(default_factory=dict)
    """Names of runs, and which of them lists leave out, by run id."""
    everything: bool = False
    """Whether runs are shown that lists leave out."""
    troubles: dict[str, str] = field(default_factory=dict)
    sought: str = ""
    """Words that must all occur in what the list says of a run, or in the title of its scenario."""
    _asked: tuple[object, ...] = (None,) * 6
    _passing: "list[RunInfo]" = field(default_factory=list)

    def has(self, part: str) -> bool:
        """Return whether a part is loaded, or could not be."""
        parts = {"shelf": self.shelf, "runs": self.runs, "playbooks": self.playbooks, "archetypes": self.archetypes}
        return part in self.troubles or parts[part] is not None

    @property
    def cards(self) -> "tuple[ScenarioCard, ...]":
        """The scenarios."""
        return self.shelf.cards if self.shelf is not None else ()

    def playbook_title(self, name: str, language: "Language") -> str:
        """Return the title of a playbook; its id while it is on its way, or where it is not here."""
        playbook = next((one for one in self.playbooks or () if one.id == name), None)
        return playbook.title.say(language) if playbook is not None else name

    def runs_of(self, section: str) -> "list[RunInfo]":
        """Those of `all_runs_of` in which the words sought occur."""
        runs = self.all_runs_of(section)
        if not self.sought:
            return runs
        asked = (self.runs, self.shelf, self.labels, self.everything, self.sought, section)
        if not all(known is now for known, now in zip(self._asked, asked, strict=True)):
            self._asked, self._passing = asked, self._with_words(runs)
        return self._passing

    def _with_words(self, runs: "list[RunInfo]") -> "list[RunInfo]":
        from incidentsim.service.run_filters import RunFilter

        chosen = RunFilter(words=self.sought)
        titles: dict[str, str] = {}
        for run in runs:
            if run.scenario not in titles:
                title = self.title(run.scenario)
                titles[run.scenario] = f"{title.en} {title.zh}" if title is not None else ""
        return [run for run in runs if chosen.passes(run, f"{self.name(run)} {titles[run.scenario]}")]

    def all_runs_of(self, section: str) -> "list[RunInfo]":
        """The finished or the unfinished runs, newest first.

        Those that are hidden, or in which nothing has happened yet, only where `everything` is shown.
        """
        finished = section == "finished"
        there = [one for one in reversed(self.runs or ()) if one.finished == finished]
        return there if self.everything else [run for run in there if is_listed(run, self.labels)]

    def left_out(self, section: str) -> int:
        """Return how many runs of a section are not shown."""
        there = sum(one.finished == (section == "finished") for one in self.runs or ())
        return there - len(self.all_runs_of(section))

    def name(self, run: "RunInfo") -> str:
        """Return a run's own name; empty where it has none."""
        return self.labels[run.id].name if run.id in self.labels else ""

    def hidden(self, run: "RunInfo") -> bool:
        """Return whether lists leave a run out."""
        return run.id in self.labels and self.labels[run.id].hidden

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
