"""Tracks as `transitions` machines, and the same machines compiled into a table.

The only importer of `transitions`, so its traps are met in one place: no automatic `to_…()` triggers, callables
only (a string callback would import any dotted path), no side effects in callbacks, one machine a track for all
incidents (a model that carries `state`, never `add_model` for each incident). A machine answers "may this role
take this step from here"; everything else about a step is the kernel's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transitions import EventData, Machine, MachineError

from incidentsim.domain.playbook import Step, Track

StepKey = tuple[str, str]
"""A state and a trigger."""


class Slot:
    """What a machine moves: one incident's place on one track."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


@dataclass(frozen=True, slots=True)
class StepTable:
    """A track compiled for speed: every state and trigger at once.

    `steps` says which step a trigger means in a state, and `may` holds every (state, trigger, role) that is allowed.
    """

    steps: Mapping[StepKey, Step]
    may: frozenset[tuple[str, str, str]]

    def target(self, state: str, do: str, role: str) -> str | None:
        """Where `role` gets by `do` from `state`; `None` where the procedure does not allow it."""
        return (self.steps[state, do].target or state) if (state, do, role) in self.may else None


class TrackMachine:
    """One track as a `transitions` machine, which is the reference that the table is compiled from."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self._by_key = {(source, step.do): step for step in track.steps for source in step.sources}
        self._machine = Machine(
            model=None,
            states=list(track.states),
            initial=track.initial,
            auto_transitions=False,
            send_event=True,
            transitions=[
                {
                    "trigger": step.do,
                    "source": list(step.sources),
                    "dest": step.target or "=",
                    "conditions": _authority(step),
                }
                for step in track.steps
            ],
        )

    def trigger(self, slot: Slot, do: str, role: str) -> bool:
        """Move `slot` by `do` if `role` may; say whether it moved."""
        event = self._machine.events.get(do)
        if event is None:
            return False
        try:
            return bool(event.trigger(slot, role=role))
        except MachineError:  # no such trigger from this state
            return False

    def compile(self) -> StepTable:
        """The machine's own transitions as a table; each callable guard is asked once for each role it could meet."""
        steps: dict[StepKey, Step] = {}
        may: set[tuple[str, str, str]] = set()
        for do, event in self._machine.events.items():
            for state, found in event.transitions.items():
                step = self._by_key[state, do]
                steps[state, do] = step
                may.update((state, do, role) for role in step.by if _allows(found, role))
        return StepTable(steps, frozenset(may))


def _authority(step: Step) -> Any:  # noqa: ANN401 - a callable as transitions wants it, which has no types
    allowed = frozenset(step.by)

    def has_authority(event: EventData) -> bool:
        return event.kwargs["role"] in allowed

    return has_authority


def _allows(found: Any, role: str) -> bool:  # noqa: ANN401 - a list of transitions' own Transition objects
    asked = type("Asked", (), {"kwargs": {"role": role}})
    return any(all(guard.func(asked) for guard in transition.conditions) for transition in found)
