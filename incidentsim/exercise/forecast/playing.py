"""One play of a scenario by bots, and what of it a forecast needs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from incidentsim.domain.facts import Fact, FactKind, RefusalReason, Refused, StepTaken, actor_of
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.evaluation.trace import DutyTrace, Trace
from incidentsim.exercise.forecast.reading import briefing, deciding_time, reading_time
from incidentsim.exercise.forecast.shapes import MistakeKind
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.randomness import Stream
from incidentsim.exercise.running.runner import run

SEEDS = 2**53
"""Seeds are drawn below this, the largest integer that a fact may hold."""

Slip = tuple[MistakeKind, str, RefusalReason | None]
"""A mistake: its kind, what it was about, and why it was refused."""


@dataclass(slots=True)
class Stay:
    """A state of the main track: first entered, and left for good (ms; `None`: not left)."""

    entered: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class DutyPlayed:
    """One duty that was owed: from when until when, by when (ms), and whether it was late."""

    duty: str
    opened: int
    due: int | None
    settled: int | None
    late: bool


@dataclass(frozen=True, slots=True)
class Play:
    """The results of one play. `rested` is when every incident's main track had reached a final state (ms), if ever.

    `stays` goes by incident and state; `delivered` is when each inject came (ms), by id; `decisions`, `injected` and
    `told` count by role, and `reading` and `table` are times (ms) by language.
    """

    proficiency: int
    rested: int | None
    stays: Mapping[tuple[str, str], Stay]
    duties: tuple[DutyPlayed, ...]
    slips: frozenset[Slip]
    delivered: Mapping[str, int]
    decisions: Mapping[str, int]
    refusals: int
    injected: Mapping[str, int]
    told: Mapping[str, int]
    reading: Mapping[Language, int]
    table: Mapping[Language, int]


def play(compiled: CompiledPlaybook, scenario: Scenario, proficiency: int, number: int) -> Play:
    """Let bots of one proficiency play the scenario, without its script, by the seed of this number.

    The seed depends on the scenario's own and on the number alone, so that people of different proficiency meet
    the same luck.
    """
    exercise, facts = _played(compiled, scenario, proficiency, number)
    return _summary(exercise, facts, proficiency)


def played_out(
    compiled: CompiledPlaybook, scenario: Scenario, proficiency: int, number: int
) -> tuple[Scenario, list[Fact]]:
    """The same play for whoever wants its facts: the scenario as it was played, and the facts."""
    exercise, facts = _played(compiled, scenario, proficiency, number)
    return exercise.scenario, facts


def _played(
    compiled: CompiledPlaybook, scenario: Scenario, proficiency: int, number: int
) -> tuple[Exercise, list[Fact]]:
    seed = Stream(scenario.seed, f"forecast/{number}").below(SEEDS)
    everyone = dict.fromkeys(compiled.playbook.roles, proficiency)
    told = replace(scenario, seed=seed, script=(), expectations=(), proficiency=everyone)
    exercise = Exercise(compiled, told)
    facts: list[Fact] = []
    run(exercise, [BotDecider()], lambda step, _source: facts.extend(step))
    return exercise, facts


def _summary(exercise: Exercise, facts: list[Fact], proficiency: int) -> Play:
    trace = Trace(exercise.playbook, exercise.scenario, facts)
    delivered = {fact.inject: fact.at for fact in facts if fact.kind == FactKind.INJECT_DELIVERED}
    decisions = Counter(actor.role for fact in facts if (actor := actor_of(fact)) is not None)
    injects = [exercise.state.inject(name) for name in delivered]
    texts = [*briefing(exercise.scenario), *(text for one in injects for text in (one.subject, one.body))]
    reading = {language: reading_time(texts, language) for language in LANGUAGES}
    talking = deciding_time(sum(decisions.values()))
    return Play(
        proficiency=proficiency,
        rested=_rested(exercise, facts),
        stays=_stays(exercise, facts),
        duties=tuple(_duty(trace, duty) for duty in trace.duties),
        slips=frozenset(_slips(trace)),
        delivered=delivered,
        decisions=decisions,
        refusals=len(trace.refusals),
        injected=_injected(exercise, delivered),
        told=Counter(role for fact in facts if fact.kind == FactKind.ESCALATED for role in _roles(exercise, [fact.to])),
        reading=reading,
        table={language: time + talking for language, time in reading.items()},
    )


def _moves(exercise: Exercise, facts: list[Fact]) -> Iterator[StepTaken]:
    """The steps that moved an incident along the main track."""
    main = exercise.playbook.main_track.id
    for fact in facts:
        if fact.kind == FactKind.STEP_TAKEN and fact.track == main and fact.source != fact.target:
            yield fact


def _rested(exercise: Exercise, facts: list[Fact]) -> int | None:
    main = exercise.playbook.main_track
    raised = [one for one in exercise.state.incidents.values() if one.raised]
    if not raised or not all(main.states[one.tracks[main.id]].final for one in raised):
        return None
    begun = max(one.raised_at for one in raised)
    return max((fact.at for fact in _moves(exercise, facts)), default=begun)


def _stays(exercise: Exercise, facts: list[Fact]) -> dict[tuple[str, str], Stay]:
    initial = exercise.playbook.main_track.initial
    found = {(one.id, initial): Stay(one.raised_at) for one in exercise.state.incidents.values() if one.raised}
    for fact in _moves(exercise, facts):
        found[fact.incident, fact.source].left = fact.at
        found.setdefault((fact.incident, fact.target), Stay(fact.at)).left = None
    return found


def _duty(trace: Trace, duty: DutyTrace) -> DutyPlayed:
    settled = duty.settled_at if duty.settled is not None else None
    return DutyPlayed(duty.duty, trace.facts[duty.opened].at, duty.due, settled, duty.breached is not None)


def _slips(trace: Trace) -> Iterator[Slip]:
    for refusal in trace.refusals:
        fact = trace.facts[refusal.sequence]
        yield "refused", fact.do if isinstance(fact, Refused) else "", refusal.why
    for duty in trace.duties:
        if duty.breached is not None:
            yield "late", duty.duty, None
    for incident in trace.incidents.values():
        right = trace.scenario.incidents[incident.id].truth.level
        if right is not None and incident.first_level is not None and incident.first_level != right:
            yield "level", "too_mild" if incident.first_level > right else "too_severe", None
        for do in incident.misjudged:
            yield "judgement", do, None
        for do in incident.unasked:
            yield "unasked", do, None


def _injected(exercise: Exercise, delivered: Mapping[str, int]) -> Counter[str]:
    """How many injects each role was meant to get: those for it, its bodies and the people who hold it."""
    found: Counter[str] = Counter()
    for name in delivered:
        found.update(set(_roles(exercise, exercise.state.inject(name).to)))
    return found


def _roles(exercise: Exercise, names: Iterable[str]) -> list[str]:
    people, roles_of = exercise.roster.people, exercise.roster.roles_of
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(roles_of(people[name]) if name in people else exercise.playbook.roles_of(name)))
    return list(found)
