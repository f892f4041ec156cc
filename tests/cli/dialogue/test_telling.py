"""`demo`, `runs` and `show`: what happened, told."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from incidentsim import composition
from incidentsim.cli.commands.play.demo import SCENARIO
from incidentsim.domain.errors import SurroundingsError
from incidentsim.service import RunView, Service

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_the_demo_tells_story_people_timeline_and_escalations(run: "Run") -> None:
    outcome = run("demo")
    headings = re.findall(r"^(.+)\n=+$", outcome.out, re.MULTILINE)
    assert headings[1:] == ["The people", "Timeline", "Escalation log", "Verdict"]
    assert "ESCALATED to" in outcome.out
    assert SCENARIO in outcome.out
    assert "On record as run-1" in outcome.err


def test_the_demo_passes(run: "Run") -> None:
    assert run("demo").code == 0


def test_the_demo_speaks_chinese(run: "Run") -> None:
    outcome = run("--lang", "zh", "demo")
    assert "中间号" in outcome.out
    assert "Timeline" not in outcome.out
    assert re.search(r"\b(the|is|of|to|by)\b", outcome.out) is None


@pytest.mark.parametrize("when", ["opening", "recording"])
def test_the_demo_goes_on_unrecorded_where_no_record_can_be_kept(when: str, run: "Run", service: Service) -> None:
    def replay(*_args: object, **_options: object) -> RunView:
        raise SurroundingsError("The disk is full.")

    def opener(*, record: bool) -> Any:
        if record and when == "opening":
            raise SurroundingsError("The disk is full.")
        return SimpleNamespace(exercises=SimpleNamespace(replay=replay)) if record else service

    outcome = run("demo", opener=opener)
    assert "No record is kept of this run: The disk is full." in outcome.err
    assert "On record as" not in outcome.err
    assert "Escalation log" in outcome.out


def test_runs_are_listed_newest_first(run: "Run", false_alarm: Path) -> None:
    run("replay", false_alarm, false_alarm)
    lines = run("runs").out.splitlines()
    assert [line.split()[0] for line in lines] == ["Run", "run-2", "run-1"]
    assert "2025-03-04 05:06:07" in lines[1]
    assert "finished" in lines[1]
    listed = json.loads(run("runs", "--format", "json").out)["runs"]
    assert [(one["run"], one["scenario"], one["finished"]) for one in listed] == [
        ("run-2", "false-alarm", True),
        ("run-1", "false-alarm", True),
    ]


def test_no_runs_is_an_empty_list(run: "Run") -> None:
    outcome = run("runs")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "No run is recorded yet.\n")
    assert json.loads(run("runs", "--format", "json").out) == {"runs": [], "total": 0}


def test_a_run_is_shown_with_timeline_duties_escalations_evaluation_and_verdict(run: "Run", false_alarm: Path) -> None:
    run("replay", false_alarm)
    outcome = run("show", "last")
    assert outcome.code == 0
    assert re.findall(r"^(.+)\n=+$", outcome.out, re.MULTILINE) == [
        "In short",
        "Timeline",
        "Duties",
        "Escalation log",
        "Regulatory deadlines",
        "Evaluation",
        "Verdict",
    ]
    assert "Chen Si" in outcome.out
    assert run("show", "run-1").out == outcome.out
    assert run("show", "r").out == outcome.out


def test_a_run_as_json_has_its_facts_in_order(run: "Run", false_alarm: Path) -> None:
    run("replay", false_alarm)
    shown = json.loads(run("show", "last", "--format", "json").out)
    assert shown["record"][0]["fact"] == "exercise_started"
    assert shown["record"][-1]["fact"] == "exercise_ended"
    assert len(shown["record"]) == shown["facts"]
    assert shown["outcome"] == "passed"


def test_a_run_as_json_has_its_clocks_by_incident(run: "Run") -> None:
    run("replay", composition.shipped("scenarios") / "number-masking-leak.yaml")
    shown = json.loads(run("show", "last", "--format", "json").out)
    clocks = {clock["clock"]: clock for clock in shown["clocks"]["leak"]}
    assert clocks["cn-pipl-57"]["state"] == "filed"
    assert clocks["cn-pipl-57"]["anchor"]["anchor"] == "awareness"
    assert clocks["cn-cac-other-initial"]["state"] == "not_triggered"
    assert not [fact for fact in shown["record"] if fact["fact"] in {"filed", "anchor_reached"} and "due" in fact]


@pytest.mark.parametrize(
    ("language", "title", "word"), [("en", "Regulatory deadlines", "filed"), ("zh", "法定报告时限", "已报送")]
)
def test_the_clocks_are_shown_in_the_language_asked_for(run: "Run", language: str, title: str, word: str) -> None:
    run("replay", composition.shipped("scenarios") / "number-masking-leak.yaml")
    shown = run("--lang", language, "show", "last").out
    section = shown.split(f"\n{title}\n")[1]
    assert f"{word}  cn-pipl-57  " in section


def test_showing_what_is_not_there_is_wrong_input(run: "Run") -> None:
    assert run("show", "last").code == 2
