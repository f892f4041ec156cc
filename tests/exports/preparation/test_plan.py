"""A plan as text and as JSON: everything in it, in both languages, no line too wide."""

import json
from dataclasses import replace

import pytest

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exercise.planning.planning import plan
from incidentsim.exercise.planning.shapes import LeftToBots, Plan
from incidentsim.exports.as_json.plan import plan_json
from incidentsim.exports.as_json.run import dumps
from incidentsim.exports.preparation.plan import plan_lines, wall
from incidentsim.exports.wording.plain_text import width
from incidentsim.messages import spoken
from tests.support.planning import expected
from tests.support.shipped import procedure, scenario

STORIES = ("number-masking-leak", "ransomware-at-dawn", "six-people-many-hats")


def planned(name: str, players: int, minutes: int, *, facilitated: bool = False) -> Plan:
    subject = scenario(name)
    rules = procedure(subject.playbook)
    return plan(rules, subject, expected(name), players=players, minutes=minutes, facilitated=facilitated)


def told(name: str, found: Plan, language: Language = "en") -> str:
    subject = scenario(name)
    with spoken(language):
        return "\n".join(plan_lines(procedure(subject.playbook), subject, found, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STORIES)
def test_no_line_is_wider_than_eighty_columns(name: str, language: Language) -> None:
    for players, minutes in ((1, 60), (3, 60), (6, 300)):
        lines = told(name, planned(name, players, minutes, facilitated=players > 3), language).splitlines()
        assert [line for line in lines if width(line) > 80 or line != line.rstrip()] == []


def test_it_says_who_plays_whom_and_when_what_comes() -> None:
    words = told("number-masking-leak", planned("number-masking-leak", 5, 120))
    for part in (
        "5 players, 120 minutes. Hot seat: the players share one keyboard. Stepped:",
        "Gu Yan (Response team lead)",
        "No two players differ by more than 8 decisions.",
        "Nothing to decide: Tang Yue;",
        "  0:00  4",
        "Briefing",
        "  1:40  20",
        "Hot wash",
        "Not reached: Review",
    ):
        assert part in words


def test_pace_mode_and_outside_follow_the_facilitator() -> None:
    found = planned("false-alarm", 5, 180, facilitated=True)
    assert f"Live at ×{found.speed}" in told("false-alarm", found)
    words = " ".join(told("ransomware-at-dawn", planned("ransomware-at-dawn", 3, 90, facilitated=True)).split())
    assert "Facilitated: somebody who plays nobody runs the exercise." in words
    assert "The facilitator speaks for them, else bots do: Duty desk" in words
    assert "Close the exercise there, from the console." in words
    assert "Solo. Stepped" in told("false-alarm", planned("false-alarm", 1, 60))


def test_every_reason_for_leaving_somebody_to_bots_has_its_words() -> None:
    found = planned("number-masking-leak", 3, 300)
    part = found.bots[0]
    parts = tuple(replace(part, why=reason) for reason in LeftToBots)
    words = told("number-masking-leak", replace(found, bots=parts))
    for said in ("Nothing to decide:", "Every player is on the other side", "decides enough already:", "enough people"):
        assert said in words


def test_who_is_idle_and_who_would_look_at_their_own_work_is_said() -> None:
    found = planned("false-alarm", 6, 60)
    eyes = replace(found.four_eyes, alone=(("p1", "close"),))
    words = " ".join(told("false-alarm", replace(found, four_eyes=eyes)).split())
    assert "2 players decide nothing in this part of the story" in words
    assert "can take “Approve the report and close”, and may not where it looks at what they did themselves" in words


def test_json_says_the_same() -> None:
    subject = scenario("ransomware-at-dawn")
    found = planned(subject.id, 3, 90)
    data = json.loads(dumps(plan_json(procedure(subject.playbook), subject, found)))
    assert [one["decisions"] for one in data["players"]] == [part.decisions for part in found.players]
    assert {one["person"] for part in data["players"] for one in part["people"]} <= set(subject.people)
    assert {one["why"] for one in data["bots"]} == {str(part.why) for part in found.bots}
    assert sum(item["minutes"] for item in data["agenda"]) == data["minutes"] == 90
    assert data["story"]["stops"] == found.stops
    assert (data["pace"], data["speed"]) == ("stepped", None)
    assert data["four_eyes"]["apart"]


def test_the_clock_of_a_session_counts_hours_and_minutes() -> None:
    assert [wall(0), wall(9), wall(135)] == ["0:00", "0:09", "2:15"]
