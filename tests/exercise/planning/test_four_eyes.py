"""Who may not be in one hand: by holding roles on both sides of a four-eyes rule, or standing in for one."""

import pytest

from incidentsim.domain.scenario import Person
from incidentsim.exercise.planning.four_eyes import four_eyes
from tests.support.shipped import PROCEDURES, procedure
from tests.support.small import small_playbook, text


def person(name: str, *roles: str) -> Person:
    return Person(name, name, text(name), roles)


def test_holders_and_deputies_of_both_sides_are_kept_apart() -> None:
    """The small procedure: whoever accepts (expert, chief) does not finish (chief, or the vice in their stead)."""
    people = (person("ann", "watcher"), person("bob", "expert"), person("cat", "chief"), person("dan", "vice"))
    eyes = four_eyes(small_playbook(), people)
    assert eyes.between("bob", "cat") == eyes.between("cat", "bob") == "finish"
    assert eyes.between("bob", "dan") == eyes.between("cat", "dan") == "finish"
    assert eyes.between("ann", "bob") is None
    assert eyes.between("ann", "dan") is None
    assert eyes.alone == ()


def test_whoever_alone_would_look_at_their_own_work_is_named() -> None:
    assert four_eyes(small_playbook(), (person("sol", "expert", "chief"),)).alone == (("sol", "finish"),)
    assert four_eyes(small_playbook(), (person("sol", "expert", "chief"), person("eve", "chief"))).alone == ()


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_four_eyes_rule_of_the_shipped_procedures_keeps_somebody_apart(name: str) -> None:
    rules = procedure(name)
    everybody = tuple(person(role, role) for role in rules.roles)
    eyes = four_eyes(rules, everybody)
    for track in rules.tracks.values():
        for step in track.steps:
            for looked_at in step.not_by_author_of:
                first = next(one for one in (s for t in rules.tracks.values() for s in t.steps) if one.do == looked_at)
                assert all(eyes.between(a, b) for a in step.by for b in first.by if a != b)
