"""What a run came to: end states, counts, and the verdict on what was expected of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import AFTERWARDS, COACHING, INTERVENTIONS, EndReason, Fact, FactKind, StepTaken
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.scenario import Counts, EndsAtLevel, EndsIn, Expectation, Expected, InOrder, NeverOccurs, Occurs
from incidentsim.exercise.kernel.in_force import facts_in_force
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.messages import gettext as _

COUNTED: Final[Mapping[str, str]] = {
    "refusals": FactKind.REFUSED,
    "escalations": FactKind.ESCALATED,
    "breaches": FactKind.DUTY_BREACHED,
}
"""What an expectation counts, and the kind of fact it is."""

_STORY: Final = frozenset(
    {
        FactKind.EXERCISE_STARTED,
        FactKind.EXERCISE_ENDED,
        FactKind.INJECT_DELIVERED,
        FactKind.INJECT_WITHHELD,
        FactKind.INCIDENT_RAISED,
        FactKind.CIRCUMSTANCE_AROSE,
        FactKind.ANCHOR_REACHED,
        FactKind.DUTY_OPENED,
        FactKind.ESCALATION_PLANNED,
        FactKind.SET_ASIDE,
    }
    | INTERVENTIONS
    | COACHING
    | AFTERWARDS
)
"""The kinds of fact that are on record although nobody does anything and nothing falls due."""


@unique
class Lack(StrEnum):
    """A condition of passing that is the same for every scenario; it is among the verdicts only where it is not met.

    `nothing_expected`: the scenario expects nothing, and no bots decided. `nothing_ended`: no incident reached a final
    state. `not_all_ended`: bots decided, and some incident did not. `nothing_happened`: nobody did anything and nothing
    fell due, so that whatever holds would hold of any exercise.
    """

    NOTHING_EXPECTED = auto()
    NOTHING_HAPPENED = auto()
    NOTHING_ENDED = auto()
    NOT_ALL_ENDED = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one expectation of a scenario, or on one that holds for every scenario.

    Attributes:
        written: the expectation as it stands in the scenario; empty where it is not of the scenario.
        holds: whether it holds.
        evidence: the sequence numbers of the facts that decide it.
        lack: what the exercise lacks, where the expectation is not of the scenario.
    """

    written: str
    holds: bool
    evidence: tuple[int, ...]
    lack: Lack | None = None

    @property
    def text(self) -> str:
        """Return what was expected: as the scenario's author wrote it, or in the language spoken now."""
        return self.written if self.lack is None else _lack_words(self.lack)


def _lack_words(lack: Lack) -> str:
    match lack:
        case Lack.NOTHING_EXPECTED:
            return _("there is something to judge, but nothing was expected: the scenario has no key “expect”")
        case Lack.NOTHING_HAPPENED:
            return _("something happens, but nothing happened: nobody did anything, and nothing fell due")
        case Lack.NOTHING_ENDED:
            return _("something comes to an end, but nothing came to an end: no incident reached a final state")
        case Lack.NOT_ALL_ENDED:
            return _("everything is over, but some incident did not reach a final state")


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run in figures: the JSON of `replay` (interface.md) is made of it.

    `passed` means that the exercise ended and that everything among the `expectations` holds: what the scenario
    expects, and in a verdict of its own whatever it lacks (see `Lack`). What was undone is among the `facts` and in no
    other figure. `outcome_digest` is `None` where a text is missing. `going_round` are the numbers of the steps with
    which bots left a circle, because the same steps had come round too often.
    """

    scenario: str
    playbook: str
    run: str | None
    passed: bool
    final_states: Mapping[str, Mapping[str, str]]
    level: Mapping[str, int | None]
    facts: int
    escalations: int
    refusals: int
    breaches: int
    outcome_digest: str | None
    expectations: tuple[Verdict, ...]
    ended: bool
    reason: EndReason | None
    going_round: tuple[int, ...] = ()


def report(
    exercise: Exercise, facts: Sequence[Fact], *, run: str | None, digest: str | None, must_rest: bool
) -> RunReport:
    """Judge a run by its facts; `must_rest` demands that every raised incident ends in final states."""
    counted = facts_in_force(facts)
    last = next((fact for fact in reversed(facts) if fact.kind not in AFTERWARDS), None)
    reason = last.reason if last is not None and last.kind == FactKind.EXERCISE_ENDED else None
    verdicts = tuple(judge(expectation, exercise, counted) for expectation in exercise.scenario.expectations)
    if reason is not None:
        verdicts += _lacking(exercise, counted, verdicts, must_rest=must_rest)
    state = exercise.state
    return RunReport(
        scenario=exercise.scenario.id,
        playbook=exercise.playbook.id,
        run=run,
        passed=reason is not None and all(verdict.holds for verdict in verdicts),
        final_states={name: dict(incident.tracks) for name, incident in state.incidents.items()},
        level={name: incident.level for name, incident in state.incidents.items()},
        facts=len(facts),
        escalations=len(_all_of(counted, FactKind.ESCALATED)),
        refusals=len(_all_of(counted, FactKind.REFUSED)),
        breaches=len(_all_of(counted, FactKind.DUTY_BREACHED)),
        outcome_digest=digest,
        expectations=verdicts,
        ended=reason is not None,
        reason=reason,
        going_round=tuple(number for number, fact in enumerate(counted) if _leaves_a_circle(fact)),
    )


def _leaves_a_circle(fact: Fact) -> bool:
    return isinstance(fact, StepTaken) and isinstance(fact.because, Because) and fact.because.reason == "rounds"


def _lacking(
    exercise: Exercise, facts: Sequence[Fact], verdicts: Sequence[Verdict], *, must_rest: bool
) -> tuple[Verdict, ...]:
    """The verdicts on what the exercise lacks, now that it has ended and its own expectations were judged."""
    expects = bool(verdicts)
    ended = tuple(_all_of(facts, FactKind.EXERCISE_ENDED))
    lacks: list[Lack] = []
    if not expects and not must_rest:
        lacks.append(Lack.NOTHING_EXPECTED)
    if expects and not _anything_happened(facts, verdicts):
        lacks.append(Lack.NOTHING_HAPPENED)
    if (not expects or (must_rest and not exercise.at_rest())) and not exercise.anything_at_rest():
        lacks.append(Lack.NOTHING_ENDED)
    elif must_rest and not exercise.at_rest():
        lacks.append(Lack.NOT_ALL_ENDED)
    return tuple(Verdict("", holds=False, evidence=ended, lack=lack) for lack in lacks)


def _anything_happened(facts: Sequence[Fact], verdicts: Sequence[Verdict]) -> bool:
    """Whether somebody did something, something fell due, or an automatic step was expected and came."""
    shown = {number for verdict in verdicts if verdict.holds for number in verdict.evidence}
    return any(
        number in shown or fact.by is not None if isinstance(fact, StepTaken) else fact.kind not in _STORY
        for number, fact in enumerate(facts)
    )


def judge(expectation: Expectation, exercise: Exercise, facts: Sequence[Fact]) -> Verdict:
    """Judge whether one expectation holds for these facts, all of which count (see `facts_in_force`)."""
    holds, evidence = _judge(expectation.expected, exercise, facts)
    return Verdict(expectation.text, holds, evidence)


def _judge(expected: Expected, exercise: Exercise, facts: Sequence[Fact]) -> tuple[bool, tuple[int, ...]]:
    match expected:
        case EndsIn(incident, track, state):
            moves = [
                n
                for n, fact in enumerate(facts)
                if fact.kind == FactKind.STEP_TAKEN and fact.incident == incident and fact.track == track
            ]
            return exercise.state.incidents[incident].tracks[track] == state, tuple(moves[-1:])
        case EndsAtLevel(incident, level):
            grades = [n for n in _all_of(facts, FactKind.LEVEL_SET) if facts[n].incident == incident]
            return exercise.state.incidents[incident].level == level, tuple(grades[-1:])
        case NeverOccurs(pattern):
            evidence = tuple(n for n, fact in enumerate(facts) if matches(pattern, fact))
            return not evidence, evidence
        case Counts(what, at_least, at_most):
            evidence = tuple(_all_of(facts, COUNTED[what]))
            return at_least <= len(evidence) and (at_most is None or len(evidence) <= at_most), evidence
        case InOrder():
            return _judge_order(expected, facts)
        case Occurs():
            return _judge_occurs(expected, facts)


def _judge_order(expected: InOrder, facts: Sequence[Fact]) -> tuple[bool, tuple[int, ...]]:
    evidence: list[int] = []
    start = 0
    for pattern in expected.patterns:
        found = next((n for n in range(start, len(facts)) if matches(pattern, facts[n])), None)
        if found is None:
            return False, tuple(evidence)
        evidence.append(found)
        start = found + 1
    return True, tuple(evidence)


def _judge_occurs(expected: Occurs, facts: Sequence[Fact]) -> tuple[bool, tuple[int, ...]]:
    start, first = 0, 0
    evidence: tuple[int, ...] = ()
    if expected.since is not None:
        begin = next((n for n, fact in enumerate(facts) if matches(expected.since, fact)), None)
        if begin is None:
            return False, ()
        start, first, evidence = facts[begin].at, begin, (begin,)
    place = next((n for n in range(first, len(facts)) if matches(expected.pattern, facts[n])), None)
    if place is None:
        return False, evidence
    in_time = expected.within is None or facts[place].at <= start + expected.within
    return in_time, (*evidence, place)


def _all_of(facts: Sequence[Fact], kind: str) -> list[int]:
    return [n for n, fact in enumerate(facts) if fact.kind == kind]
