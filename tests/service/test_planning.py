"""A plan asked for by number of players and minutes, and refused in a sentence."""

from dataclasses import replace

import pytest

from incidentsim.definitions.rosters.read import read_roster
from incidentsim.domain.errors import InputError
from incidentsim.service.planning import Prospect, staffing, staffing_json
from tests.support.forecasts import compiled
from tests.support.planning import expected
from tests.support.shipped import scenario

STORY = "false-alarm"
HELD = {"response_team_lead", "security_administrator", "discoverer", "baker"}
ROSTER = """schema: incidentsim/roster/1
id: acme
people:
  nia: {name: Nia, roles: [discoverer], away: always}
  ada: {name: {en: Ada, zh: 艾达}, roles: [response_team_lead, security_administrator]}
  ben: {name: Ben, deputy_for: [discoverer]}
  cid: {name: Cid, roles: [discoverer]}
  dee: {name: Dee, roles: [baker]}
"""


def prospect() -> Prospect:
    return Prospect(compiled(STORY), scenario(STORY), "en")


def test_a_possible_session_is_planned() -> None:
    plan = prospect().plan(2, 60)
    assert (len(plan.players), plan.minutes, plan.facilitated) == (2, 60, False)


def test_what_one_may_expect_is_found_out_once() -> None:
    found = prospect()
    assert found.played is found.played
    assert found.played == expected(STORY)


def test_what_is_possible_stands_in_the_refusal() -> None:
    most, least = prospect().most_players, prospect().least_minutes
    with pytest.raises(InputError, match=f"1 to {most} players"):
        prospect().plan(most + 1, 60)
    with pytest.raises(InputError, match=f"take {least} to 1440 minutes"):
        prospect().plan(1, least - 1)
    assert len(prospect().plan(most, least).players) == most


def test_a_story_without_anybody_to_play_cannot_be_planned() -> None:
    subject = scenario(STORY)
    away = {name: replace(person, always_away=True) for name, person in subject.people.items()}
    with pytest.raises(InputError, match="Nobody in this scenario"):
        replace(prospect(), scenario=replace(subject, people=away)).plan(1, 60)


def test_who_holds_the_roles_sits_there_and_nobody_twice() -> None:
    roster = read_roster(ROSTER.encode(), "roster.yaml")
    subject = prospect()
    roles = {person.pseudonym: set(person.roles) for person in subject.scenario.people.values()}
    for players in (1, 2, 3, 4):
        plan = subject.plan(players, 60)
        staff = staffing(plan, subject.scenario, subject.playbook, roster, "en")
        named = list(staff.players.values())
        assert len(named) == len(set(named))
        assert not {"Nia", "Dee"} & set(named), "who is never there, or holds none of the roles, plays nobody"
        held = {part.number: set().union(*(roles[name] for name in part.people)) for part in plan.players}
        leading = [number for number in held if held[number] & {"response_team_lead", "security_administrator"}]
        assert "Ada" in {staff.players.get(number) for number in leading}
        assert set(staff.lacking) == set().union(*held.values()) - HELD
        assert staffing_json(staff)["staff"] == {
            "roster": "acme",
            "players": [{"number": number, "name": staff.players[number]} for number in sorted(staff.players)],
            "roles_nobody_holds": list(staff.lacking),
        }
    chinese = staffing(plan, subject.scenario, subject.playbook, roster, "zh")
    assert "艾达" in chinese.players.values()
