"""Messages in scripts, and who sends an inject: what a file says becomes of them, and what is wrong in them."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.facts import AT_WORK, FACILITATOR, MessageAct
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import ScriptedMessage
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.definitions.conftest import Edits, Planted

    Plant = Callable[[Edits], Planted]

AFTER = "  - {at: 5m, by: bob, do: hush, incident: leak}\n"
SAID = "say: inform, to: [bob], channel: email, incident: leak, text: Hello"


def line(words: str) -> tuple[tuple[str, str], ...]:
    return ((AFTER, f"{AFTER}  - {{at: 6m, by: ann, {words}}}\n"),)


def said(scenario_text: str, tiny: Playbook, words: str) -> Say:
    ((before, after),) = line(words)
    read = read_scenario(scenario_text.replace(before, after).encode(), "scenario.yaml", tiny)
    (aside,) = read.asides
    assert isinstance(aside, ScriptedMessage)
    assert (aside.at, aside.before) == (360_000, 3)
    return aside.say


def test_a_line_that_says_something_is_a_message(scenario_text: str, tiny: Playbook) -> None:
    words = (
        'as: chief, say: order, to: [bob, team, "@incident", "@facilitator"], channel: phone, incident: leak, '
        "answers: 2, injects: [alarm, added-7], messages: [1, 2], measures: {users: 12, outage: 1h, active: true}, "
        "flags: {unlawful: false, crime: true}, text: {en: Stop, zh: 停}, do: grade, due: 2h"
    )
    assert said(scenario_text, tiny, words) == Say(
        "p1", MessageAct.ORDER, ("p2", "team", AT_WORK, FACILITATOR), "phone", "leak", "chief", 2, ("alarm", "added-7"),
        (1, 2), {"users": 12, "outage": 3_600_000, "active": 1}, {"unlawful": False, "crime": True},
        FreeText(Text("Stop", "停")), "grade", 7_200_000,
    )  # fmt: skip


def test_what_is_left_out_is_empty(scenario_text: str, tiny: Playbook) -> None:
    assert said(scenario_text, tiny, "say: ask, to: [bob], channel: email, text: Who?") == Say(
        "p1", MessageAct.ASK, ("p2",), "email", text=FreeText("Who?")
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            SAID.replace("inform", "¦shout"),
            "shout is not valid here; valid are inform, ask, answer, forward, order, decide",
        ),
        (SAID.replace("[bob]", "[¦bop]"), "There is no role, body or person bop; the nearest valid one is bob."),
        (SAID.replace("[bob]", '[¦"@all"]'), "@all is no receiver"),
        (SAID.replace("[bob]", "¦[]"), "At least one is needed here."),
        (SAID.replace("to: [bob]", "to: ¦[ann]"), "somebody other than the sender"),
        (SAID.replace("to: [bob]", 'to: ¦["@incident"]').replace("incident: leak, ", ""), "Say which incident"),
        (SAID.replace("[bob]", "[bob, ¦bob]"), "bob stands here twice."),
        (SAID.replace("email", "¦pigeon"), "There is no channel pigeon"),
        (
            SAID.replace("incident: leak", "incident: ¦leek"),
            "There is no incident leek; the nearest valid one is leak.",
        ),
        (SAID + ", as: ¦king", "There is no role king"),
        (SAID + ", injects: [¦alarms]", "There is no inject alarms"),
        (SAID + ", messages: [¦0]", "This is too small; 1 is the least."),
        (SAID + ", measures: {¦user: 1}", "There is no measure user; the nearest valid one is users."),
        (SAID + ", measures: {share: ¦101}", "This is a percentage, from 0 to 100."),
        (SAID + ", flags: {¦fun: true}", "There is no flag fun"),
        (SAID + ", ¦do: grade", "Only an order names a step"),
        (SAID.replace("inform", "order") + ", do: ¦grad", "There is no step grad; the nearest valid one is grade."),
        (SAID + ", ¦due: 1h", "Only an order names a step"),
        (SAID + ", ¦words: x", "The key words means nothing here"),
        (SAID.replace(", text: Hello", ""), "Say something: the message is empty."),
        (SAID.replace("inform", "answer"), "Say which message is answered."),
        (SAID.replace("inform", "forward"), "Say what is forwarded"),
    ],
)
def test_what_is_wrong_with_a_message_is_said_where_it_stands(
    plant_in_scenario: "Plant", words: str, sentence: str
) -> None:
    if "¦" in words:
        problems, place = plant_in_scenario(line(words))
        assert place is not None
    else:
        ((before, after),) = line(words)
        problems, _place = plant_in_scenario(((before, after.replace("  - {at: 6m", "  - ¦{at: 6m")),))
    assert any(sentence in problem.message for problem in problems), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("written", "sender"),
    [("bob", "p2"), ("team", "team"), ("{en: A courier, zh: 骑手}", Text("A courier", "骑手")), (None, None)],
)
def test_an_inject_says_who_sends_it_where_the_scenario_does(
    written: str | None, sender: Text | str | None, scenario_text: str, tiny: Playbook
) -> None:
    text = (
        scenario_text
        if written is None
        else scenario_text.replace("  - id: alarm\n", f"  - id: alarm\n    from: {written}\n")
    )
    assert read_scenario(text.encode(), "scenario.yaml", tiny).injects[0].sender == sender


def test_a_sender_that_nobody_is_is_said_to_be(plant_in_scenario: "Plant") -> None:
    problems, _place = plant_in_scenario((("  - id: alarm\n", "  - id: alarm\n    from: ¦bop\n"),))
    assert problems[0].message == "There is no role, body or person bop; the nearest valid one is bob."


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{never: {fact: message_sent, act: order, do: grade, by: ann, to: bob, incident: leak}}", None),
        ("{fact: message_sent, act: decide}", None),
        ("{fact: message_sent, act: ¦deside}", "There is no act of a message deside; the nearest valid one is decide."),
        ("{fact: refused, ¦act: decide}", "The fact refused has no part act"),
    ],
)
def test_expectations_listen_to_messages(plant_in_scenario: "Plant", written: str, sentence: str | None) -> None:
    last = "  - {refusals: 2, breaches: {at_most: 1}}\n"
    problems, _place = plant_in_scenario(((last, f"{last}  - {written}\n"),))
    assert [problem.message for problem in problems] == [] if sentence is None else sentence in problems[0].message
