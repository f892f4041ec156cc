"""`incidentsim replay`: verdicts for people, programs and build servers, and nothing lost on the way."""

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from incidentsim.service import Service

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_a_run_as_expected_passes(run: "Run", false_alarm: Path) -> None:
    outcome = run("replay", false_alarm)
    assert outcome.code == 0
    assert outcome.out.startswith("passed  false-alarm  Fourteen times the usual\n    run: run-1\n")
    assert "sha256:" in outcome.out
    assert outcome.err == "1 passed, 0 failed, 0 could not be run.\n"


def test_a_broken_expectation_fails_with_its_evidence(run: "Run", disappointed: Path) -> None:
    outcome = run("replay", disappointed)
    assert outcome.code == 1
    assert outcome.out.startswith("failed  false-alarm")
    assert "not as expected: {breaches: 99}" in outcome.out


def test_the_json_is_the_contract_of_the_interface(run: "Run", false_alarm: Path, disappointed: Path) -> None:
    outcome = run("replay", false_alarm, disappointed, "--format", "json")
    assert outcome.code == 1
    printed = json.loads(outcome.out)
    assert (printed["passed"], printed["failed"]) == (1, 1)
    first, second = printed["runs"]
    assert set(first) >= {
        "scenario",
        "playbook",
        "run",
        "outcome",
        "final_states",
        "level",
        "facts",
        "escalations",
        "refusals",
        "breaches",
        "outcome_digest",
        "expectations",
        "going_round",
    }
    assert (first["outcome"], second["outcome"]) == ("passed", "failed")
    assert first["final_states"]["flood"]["lifecycle"] == "dismissed"
    assert first["level"] == {"flood": None}
    assert first["outcome_digest"] == second["outcome_digest"]
    assert all(set(one) == {"text", "holds", "evidence"} for one in first["expectations"])


@pytest.fixture
def idle(tmp_path: Path, false_alarm: Path) -> Path:
    """A scenario that nobody acts in and that expects nothing."""
    path = tmp_path / "idle.yaml"
    path.write_text(false_alarm.read_text(encoding="utf-8").partition("\nscript:")[0] + "\n", encoding="utf-8")
    return path


def test_nothing_expected_and_nothing_ended_fails_wherever_a_verdict_stands(run: "Run", idle: Path) -> None:
    junit = idle.with_suffix(".xml")
    outcome = run("replay", idle, "--junit", junit)
    assert outcome.code == 1
    assert outcome.out.startswith("failed  false-alarm")
    assert "nothing was expected" in outcome.out
    assert "nothing came to an end" in " ".join(outcome.out.split())
    assert "with --bots, bots do." in outcome.err

    messages = [failure.get("message", "") for failure in ET.parse(junit).iter("failure")]  # noqa: S314 - ours
    assert any("nothing was expected" in message for message in messages)
    assert any("nothing came to an end" in message for message in messages)

    printed = json.loads(run("replay", idle, "--format", "json").out)["runs"][0]
    shown = json.loads(run("show", "last", "--format", "json").out)
    for verdict in (printed, shown):
        assert verdict["outcome"] == "failed"
        assert [one["holds"] for one in verdict["expectations"]] == [False, False]
    assert "nothing was expected" in run("show", "last").out
    assert "没有预期" in run("show", "last", "--lang", "zh").out


def test_bots_pass_where_nothing_is_expected_and_all_of_it_ends(run: "Run", idle: Path) -> None:
    outcome = run("replay", idle, "--bots", "--format", "json")
    assert (outcome.code, json.loads(outcome.out)["runs"][0]["expectations"]) == (0, [])


def test_a_shipped_scenario_is_found_by_its_id_and_a_folder_by_its_path(run: "Run", false_alarm: Path) -> None:
    assert json.loads(run("replay", "false-alarm", "--format", "json").out)["passed"] == 1
    folder = json.loads(run("replay", false_alarm.parent, "--no-record", "--format", "json").out)
    assert folder["passed"] + folder["failed"] >= 5


def test_another_playbook_may_be_named(run: "Run", false_alarm: Path) -> None:
    assert run("replay", false_alarm, "--playbook", "platform-incidents").code == 0
    outcome = run("replay", false_alarm, "--playbook", "nonsense")
    assert outcome.code == 2
    assert "nonsense" in outcome.err


def test_what_failed_among_several_is_named_at_the_end(run: "Run", false_alarm: Path, disappointed: Path) -> None:
    outcome = run("replay", disappointed, false_alarm, "--no-record")
    assert outcome.code == 1
    assert outcome.err.splitlines()[-2:] == ["1 passed, 1 failed, 0 could not be run.", "Failed: false-alarm."]


def test_one_wrong_file_does_not_keep_the_others_from_running(run: "Run", false_alarm: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- no\n- definition\n", encoding="utf-8")
    outcome = run("replay", wrong, false_alarm, "--format", "json")
    assert outcome.code == 2
    printed = json.loads(outcome.out)
    assert printed["passed"] == 1
    assert [one["path"] for one in printed["not_run"]] == [str(wrong)]
    assert str(wrong) in outcome.err
    assert "1 could not be run" in outcome.err


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\xfe binary", b"key: [unclosed", b"schema: incidentsim/scenario/9\n", b"a: 1\na: 2\n"],
    ids=["empty", "binary", "broken", "schema", "duplicate"],
)
def test_what_is_no_scenario_is_wrong_input(content: bytes, run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    outcome = run("replay", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{path}:1:" in outcome.err or f"{path}:2:" in outcome.err


def test_a_folder_without_scenarios_is_wrong_input(run: "Run", tmp_path: Path) -> None:
    outcome = run("replay", tmp_path)
    assert outcome.code == 2
    assert str(tmp_path) in outcome.err


def test_junit_is_written_beside_the_verdicts(
    run: "Run", false_alarm: Path, disappointed: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.xml"
    outcome = run("replay", false_alarm, disappointed, "--junit", report)
    assert outcome.code == 1
    document = ET.fromstring(report.read_bytes())  # noqa: S314 - our own
    assert len(document.findall("testsuite")) == 2
    assert document.get("failures") == "1"


def test_a_report_that_has_no_place_is_said_before_anything_runs(run: "Run", false_alarm: Path, tmp_path: Path) -> None:
    outcome = run("replay", false_alarm, "--junit", tmp_path / "nowhere" / "report.xml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "nowhere" in outcome.err
    assert run("runs").out == ""


def test_nothing_is_recorded_where_that_is_not_wanted(run: "Run", false_alarm: Path) -> None:
    outcome = run("replay", false_alarm, "--no-record", "--format", "json")
    assert json.loads(outcome.out)["runs"][0]["run"] is None
    assert run("runs").err == "No run is recorded yet.\n"


def test_no_record_opens_no_database(run: "Run", false_alarm: Path, service: Service) -> None:
    asked: list[bool] = []

    def opener(*, record: bool) -> Service:
        asked.append(record)
        return service

    run("replay", false_alarm, "--no-record", opener=opener)
    run("replay", false_alarm, opener=opener)
    assert asked == [False, True]


def test_a_finished_run_resumed_is_told_as_it_was(run: "Run", false_alarm: Path) -> None:
    first = json.loads(run("replay", false_alarm, "--format", "json").out)["runs"][0]
    again = json.loads(run("replay", "--resume", "run-1", "--format", "json").out)["runs"][0]
    assert again["outcome_digest"] == first["outcome_digest"]


def test_resuming_what_is_not_there_is_wrong_input(run: "Run") -> None:
    assert run("replay", "--resume", "run-9").code == 2


@pytest.mark.parametrize("surplus", [["x.yaml"], ["--bots"], ["--no-record"], ["--playbook", "p"]], ids=" ".join)
def test_resuming_takes_nothing_but_the_run(surplus: list[str], run: "Run") -> None:
    outcome = run("replay", "--resume", "run-1", *surplus)
    assert outcome.code == 2
    assert "--resume" in outcome.err


def test_bots_play_what_the_script_leaves_open(run: "Run") -> None:
    outcome = run("replay", "voice-platform-fault", "--bots", "--format", "json")
    assert json.loads(outcome.out)["runs"][0]["ended"] == "finished"


def test_the_verdict_comes_in_chinese(run: "Run", false_alarm: Path) -> None:
    outcome = run("--lang", "zh", "replay", false_alarm)
    assert "平时的十四倍" in outcome.out
    assert "passed" not in outcome.out + outcome.err
