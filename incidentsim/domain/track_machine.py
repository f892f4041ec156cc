"""Tracks as tables for speed, and as `transitions` machines, which the tables are checked with.

The only importer of `transitions`, so its traps are met in one place: no automatic `to_…()` triggers, callables
only (a string callback would import any dotted path), no side effects in callbacks, one machine a track for all
incidents (a model that carries `state`, never `add_model` for each incident). A machine answers "may this role
take this step from here"; everything else about a step is the kernel's.

The kernel steps through the table alone. Where people begin to play, the machine is asked as well, once for each
playbook (`definitions.playbook.machines`); whoever only replays does not load the library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentsim.domain.playbook import Step, Track

if TYPE_CHECKING:
    from transitions import EventData

StepKey = tuple[str, str]
"""A state and a trigger."""


@dataclass(frozen=True, slots=True)
class StepTable:
    """A track compiled for speed: every state and trigger at once.

    `steps` says which step a trigger means in a state, and `may` holds every (state, trigger, role) that is allowed.
    """

    steps: Mapping[StepKey, Step]
    may: frozenset[tuple[str, str, str]]

    def target(self, state: str, do: str, role: str) -> str | None:
        """Return the state that `role` reaches by `do` from `state`; `None` where the procedure does not allow it."""
        return (self.steps[state, do].target or state) if (state, do, role) in self.may else None


def compile_track(track: Track) -> StepTable:
    """The track as a table, trigger by trigger in the order of the playbook."""
    steps = {
        (source, do): step
        for do in dict.fromkeys(step.do for step in track.steps)
        for step in track.steps
        if step.do == do
        for source in step.sources
    }
    return StepTable(steps, frozenset((state, do, role) for (state, do), step in steps.items() for role in step.by))


class Slot:
    """The model that a machine moves: one incident's place on one track."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class TrackMachine:
    """One track as a `transitions` machine, by which the table is judged."""

    def __init__(self, track: Track) -> None:
        from transitions import Machine  # as late as it is needed: with `logging` and `six` it takes its time

        self.track = track
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
        from transitions import MachineError

        event = self._machine.events.get(do)
        if event is None:
            return False
        try:
            return bool(event.trigger(slot, role=role))
        except MachineError:  # no such trigger from this state
            return False

    def difference(self, table: StepTable, roles: Iterable[str]) -> tuple[str, str, str] | None:
        """The first (state, trigger, role) for which a table says something else than the machine; `None` if all agree.

        Each of these roles is asked about, and one that nobody has.
        """
        asked = [*roles, ""]
        for state in self._machine.states:
            for do in self._machine.get_triggers(state):
                for role in asked:
                    slot = Slot(state)
                    moved = self.trigger(slot, do, role)
                    if table.target(state, do, role) != (slot.state if moved else None):
                        return state, do, role
        known = {(state, do) for state in self._machine.states for do in self._machine.get_triggers(state)}
        return min((move for move in table.may if move[:2] not in known), default=None)


def _authority(step: Step) -> Any:  # noqa: ANN401 - a callable as transitions wants it, which has no types
    allowed = frozenset(step.by)

    def has_authority(event: "EventData") -> bool:
        return event.kwargs["role"] in allowed

    return has_authority
