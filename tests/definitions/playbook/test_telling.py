"""Whom a step tells: read from the playbook, each mistake at its place, and there wherever the shipped ones say so."""

import re
from collections.abc import Callable

import pytest

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.problems import Problem
from incidentsim.domain.basis import Basis
from incidentsim.domain.facts import AT_WORK, MessageAct
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.speech import Telling
from tests.support.shipped import procedure

Edits = tuple[tuple[str, str], ...]
REPORT = "by: [finder]\n        requires: {channel: [email], summary: text}"
SPEAKING = re.compile(
    r"\b(reports?\b|inform|tell|brief|notif|order|hand (it )?over|hand command|publish|announce|declare it over|submit|"
    r"circulate|raise the alert)",
    re.IGNORECASE,
)
"""Titles of steps that report, inform, order, hand over, publish or announce something to somebody."""
A1 = Basis("documented", ("A1",))
NOBODY_HERE = {"file_report": "the authorities hold no role in the company's procedure", "correct_statement": "a draft"}
"""Steps of such a title that tell nobody, and why."""


def step(playbook: Playbook, do: str) -> Step:
    return next(step for track in playbook.tracks.values() for step in track.steps if step.do == do)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{to: [team], through: email}", Telling(("team",), "email", A1)),
        ("{to: [team, chief], through: {field: channel}}", Telling(("team", "chief"), "email", A1, "channel")),
        ("{to: ['@incident'], through: email, act: order}", Telling((AT_WORK,), "email", A1, None, MessageAct.ORDER)),
        ("{to: [chief], through: email, basis: assumption}", Telling(("chief",), "email", Basis("assumption"))),
    ],
)
def test_a_step_says_whom_it_tells_and_how(playbook_text: str, written: str, expected: Telling) -> None:
    text = playbook_text.replace(REPORT, f"{REPORT}\n        tells: {written}")
    assert step(read_playbook(text.encode(), "playbook.yaml"), "report").tells == expected


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{to: [¦teem], through: email}", "There is no receiver teem; the nearest valid one is team."),
        ("{to: [¦'@facilitator'], through: email}", "There is no receiver"),
        ("{to: [team, ¦team], through: email}", "team stands here twice."),
        ("{to: [team], through: ¦e-mail}", "There is no channel e-mail; the nearest valid one is email."),
        ("{to: [team], through: {field: ¦summary}}", "There is no field summary; valid are channel."),
        ("{to: [team], through: email, act: ¦shout}", ""),
    ],
)
def test_a_wrong_receiver_or_channel_is_told_at_its_place(
    plant_in_playbook: Callable[[Edits], tuple[list[Problem], tuple[int, int] | None]], written: str, sentence: str
) -> None:
    problems, place = plant_in_playbook(((REPORT, f"{REPORT}\n        tells: {written}"),))
    assert [(problem.line, problem.column) for problem in problems] == [place]
    assert sentence in problems[0].message


def test_a_step_that_is_triggered_automatically_tells_nobody(
    plant_in_playbook: Callable[[Edits], tuple[list[Problem], tuple[int, int] | None]],
) -> None:
    blame = "when_fact: [{fact: duty_breached, duty: report-soon}, {fact: refused, do: hush, why: forbidden}]"
    problems, place = plant_in_playbook(((blame, f"{blame}\n        ¦tells: {{to: [team], through: email}}"),))
    assert [(problem.line, problem.column) for problem in problems] == [place]
    assert problems[0].message.startswith("A step that is triggered automatically has no tells")


def test_a_notice_tells_those_whom_it_is_for_where_it_asks_for_a_channel(playbook_text: str, tiny: Playbook) -> None:
    assert step(tiny, "notify_chief").tells is None
    due = "due: {level_at_least: 1}\n    requires: {"
    assert due in playbook_text
    asking = playbook_text.replace(due, due + "channel: [phone], ")
    told = step(read_playbook(asking.encode(), "playbook.yaml"), "notify_chief").tells
    assert told == Telling(("chief",), "phone", Basis("assumption"), "channel")


@pytest.mark.parametrize("name", ["platform-incidents", "incident-command"])
def test_every_step_that_reports_orders_or_announces_tells_somebody(name: str) -> None:
    playbook = procedure(name)
    acts = [step for track in playbook.tracks.values() for step in track.steps if not step.automatic]
    silent = {step.do for step in acts if SPEAKING.search(step.title.en) and step.tells is None}
    assert silent <= NOBODY_HERE.keys()
    assert all(
        step.tells.basis.kind == "assumption"
        for step in acts
        if step.tells is not None and step.do != "report" and not step.do.startswith("notify_")
    )
