"""The right way leads from where the incident stood to what was wanted, by steps that the playbook allows."""

from itertools import pairwise

import pytest

from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exercise.evaluation.evaluate import evaluate
from incidentsim.exercise.evaluation.trace import Places, Trace
from incidentsim.exercise.evaluation.way import Way
from incidentsim.exercise.patterns import compile_condition
from incidentsim.exercise.state import IncidentState
from tests.support.evaluating import SCENARIOS, evaluated, played, procedure, scenario


def steps_from(book: Playbook, track: str, state: str, do: str) -> list[Step]:
    return [step for step in book.tracks[track].steps if step.do == do and state in step.sources]


def walk(book: Playbook, way: Way, places: Places, level: int | None, true_level: int | None) -> None:
    """Take each step of the way by the playbook's own tables and conditions, as the kernel would."""
    state = IncidentState(way.incident, dict(places), raised=True, level=level)
    for one in way.steps or ():
        [step] = steps_from(book, one.track, state.tracks[one.track], one.do)
        assert not step.automatic
        test = compile_condition(step.needs, book)
        assert any(test(state, 0, role) for role in step.by), (way, one)
        assert set(one.by) <= {*book.roles, *book.bodies, "anyone"}
        if step.target is not None:
            state.tracks[one.track] = step.target
        if step.sets_level is not None and state.level is None:
            state.level = true_level


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_way_in_the_shipped_scenarios_can_be_walked(name: str) -> None:
    told, facts = scenario(name), played(scenario(name))
    book = procedure(name)
    trace = Trace(book, told, facts)
    standing = {one.sequence: (one.places, one.level) for one in trace.refusals}
    standing |= {one.breached: (one.open_from, one.level) for one in trace.duties if one.breached is not None}
    found = evaluate(book, told, facts).ways
    for way in found:
        places, level = standing[way.sequence]
        walk(book, way, places, level, told.incidents[way.incident].truth.level)
    assert [one.sequence for one in found] == sorted(one.sequence for one in found)


@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_could_be_right_has_a_way_that_ends_with_it(name: str) -> None:
    for way in evaluated(scenario(name)).ways:
        if way.why in {"forbidden", "not_raised"}:
            assert way.steps is None
        else:
            assert way.steps
            if way.kind == "refused":
                assert way.steps[-1].do == way.subject


def test_no_way_takes_the_same_step_twice_in_a_row() -> None:
    for name in SCENARIOS:
        for way in evaluated(scenario(name)).ways:
            assert all(one != other for one, other in pairwise(way.steps or ()))


def test_the_way_to_a_closure_without_a_decision_leads_over_the_decision() -> None:
    """In concealed-outage the head closes while the case of responsibility is still open."""
    found = evaluated(scenario("concealed-outage")).ways
    way = next(one for one in found if one.subject == "close")
    assert [step.do for step in way.steps or ()] == ["propose_penalty", "decide_penalty", "close"]
    assert way.steps is not None
    assert way.steps[0].by == ("security_administrator",)


def test_a_late_duty_says_what_would_have_settled_it_and_until_when() -> None:
    found = evaluated(scenario("concealed-outage")).ways
    way = next(one for one in found if one.kind == "late")
    assert (way.subject, [step.do for step in way.steps or ()]) == ("report-at-once", ["report"])
    assert way.due == 17 * 60_000
