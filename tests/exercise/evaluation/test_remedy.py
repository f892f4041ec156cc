"""The right way leads from where the incident stood to what was wanted, by steps that the playbook allows."""

from itertools import pairwise

import pytest

from incidentsim.domain.facts import FactKind
from tests.support.evaluating import SCENARIOS, evaluated, played, procedure, scenario
from tests.support.walking import check_ways


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_way_in_the_shipped_scenarios_can_be_walked(name: str) -> None:
    told = scenario(name)
    check_ways(procedure(name), told, played(told))


@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_could_be_right_has_a_way_that_ends_with_it(name: str) -> None:
    for way in evaluated(scenario(name)).ways:
        if way.why in {"forbidden", "not_raised"}:
            assert way.steps is None
        else:
            assert way.steps
            if way.kind == FactKind.REFUSED:
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
