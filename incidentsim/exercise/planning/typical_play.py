"""A play of a scenario that stands for what one may expect: who decides, what comes to read, and when (ms)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.domain.facts import (
    DutyOpened,
    Escalated,
    Fact,
    IncidentRaised,
    InjectDelivered,
    MessageSent,
    StepTaken,
    actor_of,
)
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.forecast.playing import SEEDS
from incidentsim.exercise.forecast.reading import briefing, reading_time
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.randomness import Stream
from incidentsim.exercise.running.runner import run

PLAYS: Final = 5
"""So often bots play; of these plays, the one with the middle number of decisions is taken."""
PRACTISED: Final = 65
"""The proficiency of these bots: neither novices nor experts."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody (a pseudonym) decides at `at`; `judges` where what is right depends on what the incident really is."""

    at: int
    person: str
    judges: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something reaches people at `at`, which takes them `reading` (ms) to read.

    `people` are pseudonyms, those first whom the procedure names first; `message` where it is an inject or a message.
    """

    at: int
    people: tuple[str, ...]
    reading: int = 0
    message: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of the procedure (`None` where it has none), from when on the story is in it."""

    begins: int
    phase: str | None


@dataclass(frozen=True, slots=True)
class TypicalPlay:
    """One play. `ends` is when the last thing happens that anybody decides or reads; `briefing` is reading time (ms).

    `shortest_duty` is the least time (ms) that anybody has for a duty; `None` where nothing is owed within a limit.
    """

    decisions: tuple[Decision, ...]
    arrivals: tuple[Arrival, ...]
    stretches: tuple[Stretch, ...]
    ends: int
    briefing: int
    shortest_duty: int | None = None


def typical_play(compiled: CompiledPlaybook, scenario: Scenario, language: Language) -> TypicalPlay:
    """Let bots play the scenario `PLAYS` times; the same arguments, the same answer."""
    plays = [_play(compiled, scenario, number, language) for number in range(PLAYS)]
    return sorted(plays, key=lambda played: len(played.decisions))[PLAYS // 2]


def _play(compiled: CompiledPlaybook, scenario: Scenario, number: int, language: Language) -> TypicalPlay:
    seed = Stream(scenario.seed, f"forecast/{number}").below(SEEDS)
    practised = dict.fromkeys(compiled.playbook.roles, PRACTISED)
    exercise = Exercise(compiled, replace(scenario, seed=seed, script=(), expectations=(), proficiency=practised))
    facts: list[Fact] = []
    run(exercise, [BotDecider()], lambda step, _source: facts.extend(step))
    judgements = {
        step.do
        for track in compiled.playbook.tracks.values()
        for step in track.steps
        if step.fits or step.sets_level is not None
    }
    decisions = tuple(
        Decision(fact.at, actor.person, isinstance(fact, StepTaken) and fact.do in judgements)
        for fact in facts
        if (actor := actor_of(fact)) is not None
    )
    arrivals = tuple(_arrivals(exercise, facts, language))
    limits = [fact.due - fact.at for fact in facts if isinstance(fact, DutyOpened) and fact.due is not None]
    return TypicalPlay(
        decisions,
        arrivals,
        _stretches(exercise, facts),
        max((*(decision.at for decision in decisions), *(arrival.at for arrival in arrivals)), default=0),
        reading_time(briefing(scenario), language),
        min(limits, default=None),
    )


def _arrivals(exercise: Exercise, facts: Sequence[Fact], language: Language) -> Iterator[Arrival]:
    for fact in facts:
        match fact:
            case InjectDelivered():
                inject = exercise.state.inject(fact.inject)
                yield Arrival(fact.at, fact.to, reading_time((inject.subject, inject.body), language), message=True)
            case MessageSent():
                yield Arrival(fact.at, fact.receivers, message=True)
            case Escalated():
                yield Arrival(fact.at, tuple(fact.persons))
            case DutyOpened():
                yield Arrival(fact.at, tuple(exercise.roster.reached(fact.owed_by, fact.at)))
            case _:
                pass


def _stretches(exercise: Exercise, facts: Sequence[Fact]) -> tuple[Stretch, ...]:
    """The phases that the story comes into, each from when the first incident does; it never goes back."""
    main, order = exercise.playbook.main_track, list(exercise.playbook.phases)
    reached = -1
    stretches: list[Stretch] = []
    for fact in facts:
        state = main.initial if isinstance(fact, IncidentRaised) else None
        if isinstance(fact, StepTaken) and fact.track == main.id:
            state = fact.target
        phase = main.states[state].phase if state is not None else None
        if phase is not None and order.index(phase) > reached:
            reached = order.index(phase)
            stretches.append(Stretch(fact.at if stretches else 0, phase))
    return tuple(stretches) or (Stretch(0, None),)
