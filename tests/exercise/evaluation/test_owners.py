"""Whoever is proposed to see to an improvement is a role that somebody holds, and that can do it."""

from dataclasses import replace

import pytest

from incidentsim.exercise.evaluation.owners import proposed_owner
from incidentsim.exercise.evaluation.trace import Trace
from tests.support.evaluating import SCENARIOS, evaluated, procedure, scenario


def test_an_owner_whom_the_story_has_is_proposed() -> None:
    told = scenario("number-masking-leak")
    trace = Trace(procedure(told.id), told, ())
    assert proposed_owner(trace, "security_administrator", ["evaluate"]) == "security_administrator"
    assert proposed_owner(trace, "", ["evaluate"]) == "security_administrator"
    assert proposed_owner(trace, "", ["nothing"]) == ""


def test_an_owner_whom_nobody_plays_is_replaced_by_whoever_can_do_it() -> None:
    told = scenario("number-masking-leak")
    others = {name: person for name, person in told.people.items() if "supervision_officer" not in person.roles}
    trace = Trace(procedure(told.id), replace(told, people=others), ())
    assert proposed_owner(trace, "supervision_officer", ["report"]) == "discoverer"
    assert proposed_owner(trace, "supervision_officer", ["nothing"]) == "supervision_officer"


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_area_and_every_item_of_a_shipped_scenario_has_an_owner_in_its_story(name: str) -> None:
    told = scenario(name)
    evaluation = evaluated(told)
    held = {role for person in told.people.values() for role in person.roles}
    assert {area.owner for area in evaluation.areas} <= held
    assert {item.owner for item in evaluation.report.items} <= held
