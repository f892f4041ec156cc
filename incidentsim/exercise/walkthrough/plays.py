"""The plays of a walk-through, and what each of them came to: where it stood, what was taken, owed, kept or late."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from incidentsim.domain.actions import Because
from incidentsim.domain.conditions import ALWAYS
from incidentsim.domain.facts import EndReason, Fact, FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.running.runner import execute, next_turn
from incidentsim.exercise.walkthrough.truths import Tried, scenario_of, truths

MOST_FACTS: Final = 1_500
"""After so many facts a play is cut off."""
MOST_PLAYS: Final = 40


@dataclass(slots=True)
class Walk:
    """One play, and what it came to.

    Attributes:
        tried: the truth that was played.
        ended: why it ended; `None` where it was cut off.
        stands: in which state each track stood at the end.
        stood: the states in which each track stood at any time.
        taken: how often each step was taken, by track and name.
        against: the steps that were taken although they do not fit the truth, by track, state and name.
        held: the steps for which what they need held while their track stood where they begin, by track and name.
        round_by: the steps with which bots left a circle, by track and name.
        opened: how often each duty was opened; `late` how often it was late.
        owed: the duties that were still owed at the end.
    """

    tried: Tried
    ended: EndReason | None = None
    stands: dict[str, str] = field(default_factory=dict)
    stood: set[tuple[str, str]] = field(default_factory=set)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    against: set[tuple[str, str, str]] = field(default_factory=set)
    held: set[tuple[str, str]] = field(default_factory=set)
    round_by: set[tuple[str, str]] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    late: Counter[str] = field(default_factory=Counter)
    owed: frozenset[str] = frozenset()


def walks(playbook: Playbook) -> Iterator[Walk]:
    """Let bots play the procedure once for each truth; at most `MOST_PLAYS` times."""
    compiled = CompiledPlaybook(playbook)
    for _number, tried in zip(range(MOST_PLAYS), truths(playbook), strict=False):
        yield _walk(compiled, tried)


def _walk(compiled: CompiledPlaybook, tried: Tried) -> Walk:
    exercise = Exercise(compiled, scenario_of(compiled.playbook, tried))
    walk = Walk(tried, stood={(track.id, track.initial) for track in compiled.playbook.tracks.values()})
    bots = BotDecider()
    facts = list(exercise.begin())
    (incident,) = exercise.state.incidents.values()
    while not exercise.state.ended and len(facts) < MOST_FACTS:
        turn = next_turn(exercise, [bots])
        facts += execute(exercise, turn)[0] if turn is not None else exercise.end(exercise.state.now)
        _note_needs(walk, compiled, incident, exercise.state.now)
    for fact in facts:
        _note(walk, compiled, fact)
    walk.stands, walk.owed = dict(incident.tracks), frozenset(incident.duties)
    return walk


def _note_needs(walk: Walk, compiled: CompiledPlaybook, incident: IncidentState, now: int) -> None:
    for track, state in incident.tracks.items():
        for step in compiled.playbook.tracks[track].steps:
            key = (track, step.do)
            if key in walk.held or state not in step.sources or step.needs == ALWAYS:
                continue
            needs = compiled.steps[track][state, step.do].needs
            if needs is None or any(needs(incident, now, role) for role in step.by):
                walk.held.add(key)


def _note(walk: Walk, compiled: CompiledPlaybook, fact: Fact) -> None:
    match fact.kind:
        case FactKind.STEP_TAKEN:
            walk.stood.add((fact.track, fact.target))
            walk.taken[fact.track, fact.do] += 1
            step = compiled.steps[fact.track][fact.source, fact.do].step
            flags = walk.tried.flags
            if fact.by is not None and any(flags.get(name, False) != value for name, value in step.fits.items()):
                walk.against.add((fact.track, fact.source, fact.do))
            if isinstance(fact.because, Because) and fact.because.reason == "rounds":
                walk.round_by.add((fact.track, fact.do))
        case FactKind.DUTY_OPENED:
            walk.opened[fact.duty] += 1
        case FactKind.DUTY_BREACHED:
            walk.late[fact.duty] += 1
        case FactKind.EXERCISE_ENDED:
            walk.ended = fact.reason
        case _:
            pass
