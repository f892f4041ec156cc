"""`incidentsim runs` lists what is recorded, and `runs script` writes a run down so that a replay repeats it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from incidentsim.service import Service
from tests.support.facts import acting, on_record
from tests.support.screens import session_on
from tests.support.sessions import drive

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def played(service: Service) -> str:
    """A run that somebody played to its end as the lead of the response team."""
    session = session_on(service, "false-alarm")
    drive(session)
    session.close()
    return session.run or ""


def test_the_runs_are_listed_newest_first(run: "Run", played: str, service: Service) -> None:
    newest = service.exercises.replay("false-alarm").report.run or ""
    lines = run("runs").out.splitlines()
    assert [line.split()[0] for line in lines] == ["Run", newest, played]
    assert all("finished" in line for line in lines[1:])
    found = json.loads(run("runs", "--format", "json").out)
    assert [one["run"] for one in found["runs"]] == [newest, played]


def test_no_run_at_all_is_said_on_stderr(run: "Run") -> None:
    outcome = run("runs")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "No run is recorded yet.\n")


def test_the_script_is_printed_as_a_scenario_with_every_decision(run: "Run", played: str, service: Service) -> None:
    outcome = run("runs", "script", played)
    assert (outcome.code, outcome.err) == (0, "")
    scenario = yaml.safe_load(outcome.out)
    assert scenario["id"] == "false-alarm"
    assert "expect" not in scenario
    decided = [
        fact for fact in service.records.show(played).facts if fact.kind in {"step_taken", "refused"} and acting(fact)
    ]
    lines = [line for line in scenario["script"] if "say" not in line]
    assert [line["do"] for line in lines] == [on_record(fact)["do"] for fact in decided]


def test_it_is_written_to_a_file_and_replays_to_the_same_digest(run: "Run", played: str, tmp_path: Path) -> None:
    file = tmp_path / "again.yaml"
    outcome = run("runs", "script", "last", "-o", file)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == run("runs", "script", played).out
    assert run("check", file).code == 0
    digest = json.loads(run("show", played, "--format", "json").out)["outcome_digest"]
    replayed = json.loads(run("replay", file, "--format", "json").out)
    assert replayed["runs"][0]["outcome_digest"] == digest


def test_a_run_under_way_is_written_down_as_far_as_it_has_come(run: "Run", service: Service) -> None:
    session = session_on(service, "false-alarm")
    session.go_on()
    outcome = run("runs", "script", "last", "--facilitator")
    assert outcome.code == 0
    assert yaml.safe_load(outcome.out)["script"]
    session.close()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("none-such",), "There is no run called none-such"),
        (("last", "-o", "no/such/folder/file.yaml"), "The folder no/such/folder does not exist"),
        ((), "RUN"),
    ],
)
def test_what_is_wrong_is_said(argv: tuple[str, ...], said: str, run: "Run", service: Service) -> None:
    service.exercises.replay("false-alarm")
    outcome = run("runs", "script", *argv)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err.replace("\\", "/")
