"""The state is the fold of the facts, and a fact of the wrong shape never slips in."""

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FACT_FIELDS, FactKind
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.state import ExerciseState
from tests.support.facts import a_fact, on_record
from tests.support.play import play_with_bots
from tests.support.small import IT, act, begun, small_playbook, small_scenario
from tests.support.snapshot import snapshot


def test_folding_the_facts_gives_the_state_that_the_kernel_reached() -> None:
    exercise = begun()
    facts = [
        *exercise.act(act("p1", "tell", what=IT), 1),
        *exercise.act(act("p2", "accept", level=1), 2),
        *exercise.act(act("p2", "note"), 3),
        *exercise.act(act("p2", "regrade", level=3), 4),
        *exercise.act(act("p3", "hide"), 5),
    ]
    again = begun()
    again.state.fold(facts)
    assert snapshot(again.state) == snapshot(exercise.state)


def test_what_stands_in_place_of_a_fact_only_lets_time_pass() -> None:
    state = ExerciseState(small_playbook(), small_scenario())
    state.apply(a_fact(9, FactKind.SET_ASIDE, None, {}))
    assert (state.now, state.sequence) == (9, 1)


def test_what_was_done_here_is_forgotten_when_the_track_moves_on() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 0)
    exercise.act(act("p2", "accept", level=3), 0)
    exercise.act(act("p2", "note"), 0)
    incident = exercise.state.incidents["one"]
    assert incident.done_here == {"main": {"note"}}
    exercise.act(act("p3", "finish"), MINUTE)
    assert incident.done_here == {}
    assert incident.authors == {"tell": "p1", "accept": "p2", "note": "p2", "finish": "p3"}
    assert (incident.entered["main"], incident.visits["main"]) == (MINUTE, 3)


def test_what_has_happened_is_found_whatever_it_concerns() -> None:
    exercise = begun()
    assert exercise.state.has_happened(Pattern(FactKind.EXERCISE_STARTED))
    assert exercise.state.has_happened(Pattern(FactKind.INCIDENT_RAISED, incident="one"))
    assert not exercise.state.has_happened(Pattern(FactKind.INCIDENT_RAISED, incident="two"))


def test_every_kind_of_fact_that_the_kernel_makes_has_the_parts_that_are_promised() -> None:
    exercise = begun()
    facts = [*exercise.act(act("p3", "hide"), 0), *exercise.run_next_due(), *play_with_bots(exercise)]
    for fact in facts:
        said = ("because",) if fact.kind == FactKind.REFUSED and fact.because is not None else ()
        assert tuple(on_record(fact)) == (*FACT_FIELDS[fact.kind], *said), fact.kind
