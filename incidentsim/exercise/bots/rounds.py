"""Going round: the same steps again and again while nothing new comes. After so many rounds bots leave it at that.

A round counts by its steps: how often bots have taken the same step from the same state of an incident since something
new came about it. New is an inject about it, whatever people or a script do, and a step that was never taken before.
So an exercise with bots comes to its end, however many circles its procedure has.
"""

from collections.abc import Sequence
from typing import Final

from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.compiled_playbook import ReadyStep
from incidentsim.exercise.kernel.state import IncidentState

MOST_ROUNDS: Final = 20
"""So often bots take the same step from the same state while nothing new comes about the incident."""
MOST_WITHOUT_CHOICE: Final = 3 * MOST_ROUNDS
"""So often where a track may not rest and nothing else leads on, so that several circles can be left one by one."""


def not_worn(desk: BotView, incident: IncidentState, steps: Sequence[ReadyStep], state: str) -> list[ReadyStep]:
    """The steps out of `state` that bots have not taken too often since something new came."""
    rounds = desk.history.files[incident.id].rounds
    return [ready for ready in steps if rounds.get(_key(ready, state), 0) < _most(desk, ready, state)]


def is_last(desk: BotView, incident: IncidentState, ready: ReadyStep, state: str) -> bool:
    """Return whether bots will go no further once this step out of `state` is taken, since all behind it is worn."""
    rounds = desk.history.files[incident.id].rounds
    if rounds.get(_key(ready, state), 0) + 1 < MOST_ROUNDS:
        return False
    target = ready.step.target or state
    behind = desk.offered(ready.step.track, target)
    return not not_worn(desk, incident, (*behind.ways, *behind.detours), target)


def _most(desk: BotView, ready: ReadyStep, state: str) -> int:
    """How often bots take a step out of a state: where there is no choice, they go on until there is one."""
    track = ready.step.track
    offered = desk.offered(track, state)
    choice = len(offered.ways) + len(offered.detours) > 1
    return MOST_ROUNDS if choice or desk.exercise.playbook.tracks[track].states[state].final else MOST_WITHOUT_CHOICE


def _key(ready: ReadyStep, state: str) -> tuple[str, str, str]:
    return ready.step.track, state, ready.step.do
