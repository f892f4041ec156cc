"""Who can act for a role: its holders, and deputies only while no holder is there."""

from dataclasses import replace

import pytest

from incidentsim.domain.playbook import Role
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.people import Capacity, Roster
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from tests.support.small import OURS, small_playbook, small_scenario, text

NOON = 3 * HOUR
"""In an exercise that starts at nine."""
LUNCH = (12 * 60, 13 * 60)


def somebody(name: str, *roles: str, away: tuple[tuple[int, int], ...] = (), always: bool = False) -> Person:
    return Person(name, f"the-{name}", text(name), roles, away, always_away=always)


def cast(*people: Person) -> Roster:
    book = small_playbook()
    deputies = {"chief": Role("chief", text("chief"), OURS, deputies=("vice", "expert"))}
    return Roster(
        replace(book, roles={**book.roles, **deputies}),
        small_scenario(people={person.id: person for person in people}),
    )


CHIEF = somebody("chief", "chief", away=(LUNCH,))
OTHER = somebody("other", "chief")
VICE = somebody("vice", "vice")
EXPERT = somebody("expert", "expert", "watcher")


def test_a_holder_acts_for_the_role_whether_there_or_not() -> None:
    """Being away is another question, with another refusal."""
    assert cast(CHIEF, VICE).capacity(CHIEF, "chief", 0) == Capacity("chief")
    assert cast(CHIEF, VICE).capacity(CHIEF, "chief", NOON) == Capacity("chief")


def test_one_person_may_hold_several_roles() -> None:
    found = cast(EXPERT)
    assert found.capacity(EXPERT, "expert", 0) == Capacity("expert")
    assert found.capacity(EXPERT, "watcher", 0) == Capacity("watcher")


@pytest.mark.parametrize(
    ("now", "expected"), [(NOON - 1, None), (NOON, Capacity("chief", "vice")), (NOON + HOUR, None)]
)
def test_a_deputy_acts_only_while_the_holder_is_away(now: int, expected: Capacity | None) -> None:
    assert cast(CHIEF, VICE).capacity(VICE, "chief", now) == expected


def test_one_holder_who_is_there_keeps_every_deputy_out() -> None:
    assert cast(CHIEF, OTHER, VICE).capacity(VICE, "chief", NOON) is None


def test_a_deputy_acts_for_a_role_that_nobody_holds() -> None:
    assert cast(VICE).capacity(VICE, "chief", 0) == Capacity("chief", "vice")


def test_whoever_is_no_deputy_never_acts_for_the_role() -> None:
    watcher = somebody("watcher", "watcher")
    assert cast(CHIEF, watcher).capacity(watcher, "chief", NOON) is None


def test_the_first_deputy_who_is_there_is_the_one_who_acts() -> None:
    assert cast(CHIEF, OTHER, VICE, EXPERT).able("chief", NOON) == (OTHER,)
    assert cast(CHIEF, VICE, EXPERT).able("chief", NOON) == (VICE,)
    gone = somebody("vice", "vice", always=True)
    assert cast(CHIEF, gone, EXPERT).able("chief", NOON) == (EXPERT,)
    assert cast(CHIEF, gone).able("chief", NOON) == ()


def test_a_message_to_a_body_reaches_whoever_can_act_for_each_of_its_roles_once() -> None:
    found = cast(CHIEF, VICE, EXPERT)
    assert found.reached(["team"], 0) == ["the-chief", "the-expert"]
    assert found.reached(["team", "expert", "chief"], NOON) == ["the-vice", "the-expert"]


def test_a_message_to_a_person_reaches_that_person_wherever_they_are() -> None:
    assert cast(CHIEF, VICE).reached(["the-chief"], NOON) == ["the-chief"]


def test_where_nobody_can_act_the_holders_get_the_message_and_find_it_later() -> None:
    assert cast(CHIEF).reached(["chief"], NOON) == ["the-chief"]
    assert cast(VICE).reached(["board"], 0) == []


def test_people_know_when_they_are_back() -> None:
    found = cast(CHIEF)
    assert found.away(CHIEF, NOON)
    assert found.back(CHIEF, NOON) == NOON + HOUR
    assert found.back(CHIEF, 0) == 0
    assert found.back(somebody("gone", "vice", always=True), MINUTE) is None
