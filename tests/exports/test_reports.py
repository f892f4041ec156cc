"""Verdicts for people, for build servers and for programs."""

import importlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import EndReason
from incidentsim.exercise.running.outcome import RunReport, Verdict
from incidentsim.exports.as_json.pieces import blocks
from incidentsim.exports.as_json.run import dumps, replay_json, run_json, runs_json, show_json
from incidentsim.exports.junit import junit
from incidentsim.exports.text.verdict import verdict_lines, verdict_word
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.ledger.labels import RunLabel
from incidentsim.ledger.store import RunInfo

if TYPE_CHECKING:
    from tests.exports.conftest import MakeAccount, MakeFact

MINUTE = 60_000

PASSED = RunReport(
    scenario="tiny-story",
    playbook="tiny",
    run="run-1",
    passed=True,
    final_states={"leak": {"course": "done"}},
    level={"leak": 1},
    facts=3,
    escalations=1,
    refusals=0,
    breaches=2,
    outcome_digest="sha256:abc",
    expectations=(Verdict("{it: holds}", holds=True, evidence=(1,)),),
    ended=True,
    reason=EndReason.FINISHED,
)
FAILED = replace(
    PASSED,
    passed=False,
    level={"leak": None},
    final_states={"leak": {"course": "seen"}},
    expectations=(
        Verdict("{it: holds}", holds=True, evidence=(1,)),
        Verdict("{never: \x1b[31m]]>}", holds=False, evidence=(0, 1)),
        Verdict("{nothing: there}", holds=False, evidence=()),
    ),
)
STALLED = replace(PASSED, passed=False, reason=EndReason.STALLED)


@pytest.fixture
def told(account: "MakeAccount", fact: "MakeFact") -> Account:
    return account(fact("inject_delivered"), fact("step_taken", 4 * MINUTE), fact("exercise_ended", 9 * MINUTE))


def test_the_verdict_in_lines(told: Account) -> None:
    assert verdict_word(PASSED) == "passed"
    assert verdict_lines(PASSED, told) == [
        "run: run-1",
        "leak: Level 1; Course: Done",
        "3 facts; 1 escalation; 0 refusals; 2 breaches",
        "sha256:abc",
    ]


def test_a_failed_verdict_shows_each_broken_expectation_with_its_evidence(told: Account) -> None:
    assert verdict_word(FAILED) == "failed"
    assert verdict_lines(FAILED, told)[1:] == [
        "leak: not graded",
        "3 facts; 1 escalation; 0 refusals; 2 breaches",
        "sha256:abc",
        "not as expected: {never: ␛[31m]]>}",
        "Wednesday, 30 June 2021",
        "  #0  23:50  +0:00  leak  Phone to Lin Shu: “Alarm”",
        "  #1  23:54  +0:04  leak  Lin Shu (Finder): Tell the team. Course: now “Told”. [X1]",
        "not as expected: {nothing: there}",
        "  Nothing on record speaks for it.",
    ]


def test_a_run_that_came_to_no_end_says_so(told: Account) -> None:
    assert any("#2" in line for line in verdict_lines(STALLED, told))


def test_an_unrecorded_run_names_none(told: Account) -> None:
    assert verdict_lines(replace(PASSED, run=None), told)[0].startswith("leak")


def test_junit_has_a_suite_a_run_and_a_case_an_expectation(told: Account) -> None:
    document = ET.fromstring(junit([(PASSED, told), (FAILED, told), (STALLED, told)]))  # noqa: S314 - our own
    assert (document.get("tests"), document.get("failures")) == ("8", "3")
    first, second, third = document.findall("testsuite")
    assert first.get("name") == "tiny-story"
    digest = first.find("properties/property[@name='outcome_digest']")
    assert digest is not None
    assert digest.get("value") == "sha256:abc"
    names = [case.get("name") for case in second.findall("testcase")]
    assert names == ["the exercise comes to its end", "{it: holds}", "{never: ␛[31m]]>}", "{nothing: there}"]
    failures = second.findall("testcase/failure")
    assert "Phone to Lin Shu" in (failures[0].text or "")
    assert failures[1].text == "Nothing on record speaks for it."
    assert [case.get("name") for case in third.findall("testcase") if case.find("failure") is not None] == [
        "the exercise comes to its end"
    ]


def test_junit_holds_no_clock_so_equal_runs_give_equal_documents(told: Account) -> None:
    assert junit([(PASSED, told)]) == junit([(PASSED, told)])
    assert b"timestamp" not in junit([(PASSED, told)])


def test_junit_declares_its_encoding_and_keeps_chinese(account: "MakeAccount", fact: "MakeFact") -> None:
    whole = account(fact("inject_delivered"), fact("step_taken"), language="zh")
    document = junit([(FAILED, whole)])
    assert document.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert "电话" in "".join(ET.fromstring(document).itertext())  # noqa: S314 - our own


@pytest.mark.parametrize("library", ["lxml.etree", "xml.etree.ElementTree"])
def test_junit_is_the_same_whichever_library_writes_it(
    library: str, account: "MakeAccount", fact: "MakeFact", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where lxml is installed, which python-docx brings, junitparser takes it."""
    whole = account(fact("inject_delivered"), fact("step_taken"))
    written = junit([(replace(FAILED, scenario='a > b\n"c"'), whole)])
    monkeypatch.setattr("junitparser.junitparser.etree", importlib.import_module(library))
    assert junit([(replace(FAILED, scenario='a > b\n"c"'), whole)]) == written


@given(text=st.text(st.characters(exclude_categories=())))
def test_any_expectation_gives_well_formed_junit(text: str) -> None:
    # A verdict that holds quotes nothing from the account, so none is needed here.
    report = replace(FAILED, scenario=text, playbook=text, expectations=(Verdict(text, holds=True, evidence=()),))
    assert ET.fromstring(junit([(report, cast("Account", None))])) is not None  # noqa: S314 - our own


def test_the_json_of_replay_is_the_contract(told: Account) -> None:
    assert replay_json([PASSED, FAILED], [("x.yaml", "It is wrong.")]) == {
        "runs": [
            {
                "scenario": "tiny-story",
                "playbook": "tiny",
                "run": "run-1",
                "outcome": "passed",
                "ended": "finished",
                "final_states": {"leak": {"course": "done"}},
                "level": {"leak": 1},
                "facts": 3,
                "escalations": 1,
                "refusals": 0,
                "breaches": 2,
                "outcome_digest": "sha256:abc",
                "expectations": [{"text": "{it: holds}", "holds": True, "evidence": [1]}],
                "going_round": [],
            },
            run_json(FAILED),
        ],
        "passed": 1,
        "failed": 1,
        "not_run": [{"path": "x.yaml", "message": "It is wrong."}],
    }
    assert run_json(FAILED)["outcome"] == "failed"
    clock = LocalClock(told.scenario.local_time)
    assert json.loads("".join(blocks(show_json(PASSED, told.facts, clock))))["record"] == [
        {**fact.to_json(), "instant": clock.instant(fact.at)} for fact in told.facts
    ]


def test_the_json_of_runs() -> None:
    info = RunInfo("r", "2025-01-01T00:00:00Z", "s", "p", 9, "exercise_ended", 5)
    assert runs_json([info], total=7, labels={"r": RunLabel("Ours", hidden=True)}) == {
        "total": 7,
        "runs": [
            {
                "run": "r",
                "created": "2025-01-01T00:00:00Z",
                "scenario": "s",
                "playbook": "p",
                "entries": 9,
                "finished": True,
                "last": "exercise_ended",
                "at": 5,
                "name": "Ours",
                "hidden": True,
            }
        ],
    }


@given(text=st.text(st.characters(exclude_categories=())))
def test_json_reads_back_whatever_it_holds_and_is_safe_to_print(text: str) -> None:
    printed = dumps({"text": text})
    assert json.loads(printed) == {"text": text}
    assert printed.encode()
    assert not any(unsafe in printed for unsafe in "\x1b\x9b\u202e\u2066\x7f")


def test_json_keeps_chinese_readable() -> None:
    assert dumps({"名": "泄露"}) == '{\n  "名": "泄露"\n}'
