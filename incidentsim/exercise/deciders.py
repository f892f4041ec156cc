"""Sources of decisions, and how they take turns. The kernel cannot tell them apart."""

from dataclasses import dataclass
from typing import Protocol

from incidentsim.domain.actions import Action
from incidentsim.domain.scenario import ScriptedAction
from incidentsim.exercise.kernel import Exercise


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a decider wants to happen next, and when (ms)."""

    at: int
    action: Action


class Decider(Protocol):
    """Somebody who decides. `source` is what the record's envelope calls it: `script`, `bot` or `person`."""

    source: str

    def propose(self, exercise: Exercise) -> Proposal | None:
        """The next decision as things stand; `None` when there is none. Asking must change nothing."""

    def taken(self) -> None:
        """The proposal was carried out."""


class ScriptDecider:
    """Decisions written down beforehand, taken one after the other."""

    source = "script"

    def __init__(self, script: tuple[ScriptedAction, ...], done: int = 0) -> None:
        """`done` is how many of them an earlier session has already carried out."""
        self._script = script
        self._done = done

    @property
    def ahead(self) -> tuple[ScriptedAction, ...]:
        """What the script still holds."""
        return self._script[self._done :]

    def propose(self, exercise: Exercise) -> Proposal | None:
        """The next scripted action."""
        if self._done >= len(self._script):
            return None
        scripted = self._script[self._done]
        return Proposal(max(scripted.at, exercise.state.now), scripted.action)

    def taken(self) -> None:
        """Go on to the next one."""
        self._done += 1
