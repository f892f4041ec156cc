"""Sources of decisions, and how they take turns. The kernel cannot tell them apart."""

from dataclasses import dataclass
from typing import Protocol

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DecisionSource
from incidentsim.domain.interventions import Intervention
from incidentsim.domain.scenario import ScriptedAction, ScriptedAside, ScriptedIntervention, ScriptedMessage
from incidentsim.domain.speech import Say
from incidentsim.exercise.kernel.kernel import Exercise


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a decider wants to happen next, and when (ms)."""

    at: int
    action: Action | Say | Intervention


class Decider(Protocol):
    """Somebody who decides. `source` is what the record's envelope calls it: `script`, `bot` or `person`."""

    source: DecisionSource

    def propose(self, exercise: Exercise) -> Proposal | None:
        """The next decision as things stand; `None` when there is none. Asking must change nothing."""

    def taken(self) -> None:
        """The proposal was carried out."""


class ScriptDecider:
    """Decisions written down beforehand, taken one after the other, and messages and interventions among them."""

    source = DecisionSource.SCRIPT

    def __init__(
        self,
        script: tuple[ScriptedAction, ...],
        done: int = 0,
        asides: tuple[ScriptedAside, ...] = (),
    ) -> None:
        """`done` is how many of both an earlier session has already carried out."""
        self._script = _woven(script, asides) if asides else script
        self._done = done
        self._ahead: tuple[ScriptedAction, ...] | None = None

    @property
    def ahead(self) -> tuple[ScriptedAction, ...]:
        """The decisions that the script still holds: the same tuple until one of them is taken."""
        if self._ahead is None:
            self._ahead = tuple(line for line in self._script[self._done :] if isinstance(line, ScriptedAction))
        return self._ahead

    def propose(self, exercise: Exercise) -> Proposal | None:
        """The next line of the script."""
        if self._done >= len(self._script):
            return None
        line = self._script[self._done]
        return Proposal(max(line.at, exercise.state.now), _wanted(line))

    def taken(self) -> None:
        """Go on to the next one."""
        self._done += 1
        self._ahead = None


def _wanted(line: ScriptedAction | ScriptedAside) -> Action | Say | Intervention:
    match line:
        case ScriptedAction():
            return line.action
        case ScriptedMessage():
            return line.say
        case ScriptedIntervention():
            return line.intervention


def _woven(
    script: tuple[ScriptedAction, ...], asides: tuple[ScriptedAside, ...]
) -> tuple[ScriptedAction | ScriptedAside, ...]:
    lines: list[ScriptedAction | ScriptedAside] = []
    for place in range(len(script) + 1):
        lines += [aside for aside in asides if aside.before == place]
        lines += script[place : place + 1]
    return tuple(lines)
