"""What a run came to: end states, counts, and the verdict on what was expected of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import AFTERWARDS, EndReason, Fact, FactKind
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.scenario import Counts, EndsAtLevel, EndsIn, Expectation, Expected, InOrder, NeverOccurs, Occurs
from incidentsim.exercise.kernel.in_force import facts_in_force
from incidentsim.exercise.kernel.kernel import Exercise

COUNTED: Final[Mapping[str, str]] = {
    "refusals": FactKind.REFUSED,
    "escalations": FactKind.ESCALATED,
    "breaches": FactKind.DUTY_BREACHED,
}
"""What an expectation counts, and the kind of fact it is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one expectation; `evidence` are the sequence numbers of the facts that decide it."""

    text: str
    holds: bool
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run in figures: the JSON of `replay` (interface.md) is made of it.

    `passed` means that every expectation holds and that, where bots played, every incident came to rest. What was
    undone is among the `facts` and in no other figure.
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
    outcome_digest: str
    expectations: tuple[Verdict, ...]
    ended: bool
    reason: EndReason | None


def report(exercise: Exercise, facts: Sequence[Fact], *, run: str | None, digest: str, must_rest: bool) -> RunReport:
    """Judge a run by its facts; `must_rest` demands that every raised incident ends in final states."""
    counted = facts_in_force(facts)
    verdicts = tuple(judge(expectation, exercise, counted) for expectation in exercise.scenario.expectations)
    last = next((fact for fact in reversed(facts) if fact.kind not in AFTERWARDS), None)
    reason = last.reason if last is not None and last.kind == FactKind.EXERCISE_ENDED else None
    rested = exercise.at_rest() or not must_rest
    state = exercise.state
    return RunReport(
        scenario=exercise.scenario.id,
        playbook=exercise.playbook.id,
        run=run,
        passed=reason is not None and rested and all(verdict.holds for verdict in verdicts),
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
