"""Narrowing down the list of recorded runs by what the list itself says, without reading a record."""

from dataclasses import dataclass
from enum import StrEnum

from incidentsim.ledger.store import RunInfo


class RunState(StrEnum):
    """The state of a run: whether its exercise came to its end."""

    FINISHED = "finished"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class RunFilter:
    """The conditions on runs; `None` and no words ask for nothing.

    `playbook` and `scenario` are ids, `since` and `until` days (ISO 8601, UTC, both included) on which a run was
    begun. All of the `words` must occur in id, scenario, playbook or the time of beginning, in any case.
    """

    playbook: str | None = None
    scenario: str | None = None
    state: RunState | None = None
    since: str | None = None
    until: str | None = None
    words: str = ""

    def passes(self, info: RunInfo, titles: str = "") -> bool:
        """Return whether a run meets all conditions; words are also looked for in `titles`."""
        begun = info.created[:10]
        return (
            self.playbook in (None, info.playbook)
            and self.scenario in (None, info.scenario)
            and self.state in (None, RunState.FINISHED if info.finished else RunState.UNFINISHED)
            and (self.since is None or begun >= self.since)
            and (self.until is None or begun <= self.until)
            and self._has_words(f"{info.id} {info.scenario} {info.playbook} {info.created} {titles}")
        )

    def _has_words(self, searched: str) -> bool:
        lowered = searched.casefold() if self.words else ""
        return all(word in lowered for word in self.words.casefold().split())
