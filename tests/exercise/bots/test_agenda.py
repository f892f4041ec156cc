"""Bots decide as if they were asked about everything at every turn, and are not asked."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import InjectDelivered
from incidentsim.domain.interventions import Undo
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import FreeText
from incidentsim.exercise.bots import agenda
from incidentsim.exercise.bots.agenda import BotAgenda
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.bots.history import DISTRACTING
from incidentsim.exercise.bots.timing import plan
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from incidentsim.exercise.running.deciders import ScriptDecider
from incidentsim.exercise.running.runner import execute, next_turn
from tests.support.crowds import Both, crowd
from tests.support.examples import examples
from tests.support.play import play
from tests.support.shipped import NAMES, procedure, scenario, without_script

BUSY = "number-masking-leak"
QUICK = {"false-alarm", "two-fires", "site-cameras"}


def exercise_of(subject: Scenario) -> Exercise:
    return Exercise(CompiledPlaybook(procedure(subject.playbook)), subject)


def practised(subject: Scenario, proficiency: int) -> Scenario:
    return replace(subject, proficiency=dict.fromkeys(procedure(subject.playbook).roles, proficiency))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in NAMES]
)
def test_both_ways_of_deciding_are_one_in_every_shipped_story(name: str) -> None:
    bots = Both()
    play(exercise_of(practised(without_script(scenario(name)), 40)), bots)
    assert bots.turns > 0


@examples(3)
@given(
    crowded=st.tuples(st.integers(2, 4), st.integers(1, 3), st.sampled_from([0, MINUTE, 3 * HOUR, 2 * DAY])),
    seed=st.integers(0, 2**31),
    proficiency=st.sampled_from([0, 30, 100]),
    name=st.sampled_from([BUSY, "false-alarm", "ransomware-at-dawn", "site-cameras"]),
)
def test_both_ways_of_deciding_are_one_among_many(
    crowded: tuple[int, int, int], seed: int, proficiency: int, name: str
) -> None:
    subject = replace(practised(crowd(name, *crowded), proficiency), seed=seed)
    bots = Both()
    play(exercise_of(subject), bots)
    assert bots.turns > 0


@pytest.mark.parametrize("kept", [0, 3, 9])
def test_both_ways_are_one_behind_a_script(kept: int) -> None:
    subject = scenario(BUSY)
    script = ScriptDecider(subject.script[:kept])
    bots = Both(script)
    play(exercise_of(subject), script, bots)
    assert bots.turns > kept


def test_both_ways_are_one_beside_people_who_do_nothing() -> None:
    subject = without_script(scenario(BUSY))
    played = frozenset(person.pseudonym for person in list(subject.people.values())[:2])
    bots = Both(played=played)
    play(exercise_of(subject), bots)
    assert bots.turns > 0


def test_both_ways_are_one_when_steps_are_taken_back() -> None:
    """Whatever was read of what counts no more is forgotten."""
    exercise = exercise_of(practised(crowd(BUSY, 2), 50))
    exercise.begin()
    bots = Both()
    for turn_number in range(60):
        turn = next_turn(exercise, [bots])
        if turn is None or exercise.state.ended:
            break
        execute(exercise, turn)
        if turn_number % 7 == 6:
            exercise.intervene(Undo(FreeText("a slip")), exercise.state.now)
    assert exercise.state.refolds > 3


def test_one_bot_decides_for_several_exercises_in_turn() -> None:
    bots, alone = BotDecider(), BotDecider()
    first, second = (exercise_of(without_script(scenario(name))) for name in ("false-alarm", BUSY))
    assert play(first, bots)
    assert play(second, bots) == play(exercise_of(without_script(scenario(BUSY))), alone)


def plans(
    copies: int, monkeypatch: pytest.MonkeyPatch, name: str = BUSY, people: int = 1, apart: int = DAY
) -> tuple[int, int]:
    """How many wishes are planned, and at how many turns, where incidents come some time (ms) apart."""
    planned, turns = [0], [0]

    def counted(*arguments: Any) -> Any:
        planned[0] += 1
        return plan(*arguments)

    def asked(self: BotAgenda) -> Any:
        turns[0] += 1
        return next_up(self)

    next_up = BotAgenda.next_up
    with monkeypatch.context() as patched:
        patched.setattr(agenda, "plan", counted)
        patched.setattr(BotAgenda, "next_up", asked)
        subject = replace(crowd(name, copies, people, apart=apart), ends=200 * DAY)
        play(exercise_of(subject), BotDecider())
    return planned[0], turns[0]


def test_what_is_asked_at_a_turn_does_not_grow_with_the_incidents(monkeypatch: pytest.MonkeyPatch) -> None:
    few, few_turns = plans(2, monkeypatch)
    many, many_turns = plans(12, monkeypatch)
    assert many_turns > 5 * few_turns
    assert many / many_turns < 2 * few / few_turns


def test_wishes_are_looked_up_again_only_where_something_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = crowd(BUSY, 6, apart=HOUR)
    exercise = exercise_of(subject)
    looked: list[str] = []
    wished = BotAgenda._wished

    def noted(self: BotAgenda, incident: Any) -> Any:
        looked.append(incident.id)
        return wished(self, incident)

    monkeypatch.setattr(BotAgenda, "_wished", noted)
    facts = play(exercise, BotDecider())
    people = [person for person in subject.people.values() if person.away]
    coming_and_going = sum(2 * len(person.away) for person in people) * (1 + facts[-1].at // DAY)
    distracting = [
        fact
        for fact in facts
        if isinstance(fact, InjectDelivered) and exercise.state.inject(fact.inject).part in DISTRACTING
    ]
    raised = len(subject.incidents)
    assert len(looked) <= len(facts) + raised * (1 + len(distracting) + coming_and_going)


@pytest.mark.parametrize(("name", "people"), [(BUSY, 1), ("two-fires", 3)])
def test_what_is_asked_at_a_turn_does_not_grow_with_incidents_that_wait_for_the_same_people(
    name: str, people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All begin at once, so that each waits for whoever comes first by the procedure."""
    few, few_turns = plans(2, monkeypatch, name, people, apart=0)
    many, many_turns = plans(16, monkeypatch, name, people, apart=0)
    assert many_turns > 5 * few_turns
    assert many / many_turns < 2 * few / few_turns
