"""`compare`, `rejudge`, `improvements`, `rate`, and what `show` says of the evaluation."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PLAYBOOKS = Path(__file__).parents[4] / "playbooks"


@pytest.fixture
def runs(run: "Run") -> dict[str, str]:
    """Three recorded runs by scenario."""
    for name in ("concealed-outage", "voice-platform-fault", "false-alarm"):
        run("replay", name)
    return {one["scenario"]: one["run"] for one in json.loads(run("runs", "--format", "json").out)["runs"]}


def test_show_has_the_evaluation_in_text_and_json(run: "Run", runs: dict[str, str]) -> None:
    outage = runs["concealed-outage"]
    text = run("show", outage).out
    for heading in ("Measured", "Ratings (P, S, M, U", "Expected action", "Corrective action"):
        assert heading in text
    shown = json.loads(run("show", outage, "--format", "json").out)["evaluation"]
    assert set(shown) == {
        "coached",
        "metrics",
        "objectives",
        "scenario_objectives",
        "errors",
        "decisions",
        "right_way",
        "report",
    }
    tasks = {task["task"]: task["rating"] for one in shown["objectives"] for task in one["tasks"]}
    assert (tasks["report-at-once"], tasks["report-openly"], tasks["grade-incident"]) == ("S", "M", "P")
    assert set(shown["report"]) == {"overview", "participants", "strengths", "areas", "improvements"}
    record = json.loads(run("show", outage, "--format", "json").out)["record"]
    for metric in shown["metrics"]:
        assert all(0 <= sequence < len(record) for sequence in metric["evidence"])


def test_show_speaks_chinese_of_the_evaluation(run: "Run", runs: dict[str, str]) -> None:
    text = run("--lang", "zh", "show", runs["concealed-outage"]).out
    assert "预期行动" in text
    assert "以邮件完整报告响应小组" in text


def test_compare_sets_two_runs_side_by_side(run: "Run", runs: dict[str, str]) -> None:
    outcome = run("compare", runs["concealed-outage"], runs["voice-platform-fault"])
    assert outcome.code == 0
    assert "Time to report" in outcome.out
    assert "where they part" in outcome.out
    found = json.loads(run("compare", runs["false-alarm"], runs["false-alarm"], "--format", "json").out)
    assert (found["same"], found["first_divergence"]) == (True, None)
    assert not any(metric["differs"] for metric in found["metrics"])


def test_compare_of_what_is_not_there_is_wrong_input(run: "Run", runs: dict[str, str]) -> None:
    assert run("compare", runs["false-alarm"], "nothing").code == 2


def test_rejudge_by_the_same_playbook_changes_nothing(run: "Run", runs: dict[str, str]) -> None:
    outcome = run("rejudge", runs["concealed-outage"], "--playbook", "platform-incidents")
    assert (outcome.code, outcome.out) == (0, "30 actions would be answered as they were.\n")


def test_rejudge_by_a_changed_playbook_prints_the_difference(run: "Run", runs: dict[str, str], tmp_path: Path) -> None:
    words = (PLAYBOOKS / "platform-incidents.yaml").read_text(encoding="utf-8")
    path = tmp_path / "stricter.yaml"
    path.write_text(words.replace("within: {ungraded: 20m}", "within: {ungraded: 2m}"), encoding="utf-8")
    before = json.loads(run("show", runs["concealed-outage"], "--format", "json").out)
    outcome = run("rejudge", runs["concealed-outage"], "--playbook", path)
    assert outcome.code == 1
    assert "Judge the report: kept, now late" in outcome.out
    found = json.loads(run("rejudge", runs["concealed-outage"], "--playbook", path, "--format", "json").out)
    assert {one["duty"]: one["now"] for one in found["duties"]} == {"judge-report": "late", "grade-incident": "late"}
    assert json.loads(run("show", runs["concealed-outage"], "--format", "json").out) == before


def test_rejudge_by_quite_another_playbook_reports_unknown_steps(run: "Run", runs: dict[str, str]) -> None:
    outcome = run("rejudge", runs["false-alarm"], "--playbook", "incident-command")
    assert outcome.code == 1
    assert "This playbook has no step report." in outcome.out
    assert run("rejudge", runs["false-alarm"], "--playbook", "nonsense").code == 2


def test_improvements_are_listed_until_a_later_run_closes_them(run: "Run") -> None:
    run("replay", "concealed-outage")
    listed = run("improvements").out
    assert "Grade the failure by the thresholds" not in listed
    assert (
        "this exercise: Judge whether the incident is unlawful\n   Security administrator, due Monday, 2 June 2025"
        in listed
    )
    assert "from run run-1 (platform-incidents)" in listed
    run("replay", "voice-platform-fault")
    assert "Judge whether the incident is unlawful" not in run("improvements").out
    assert "closed by run run-2" in run("improvements", "--all").out
    items = json.loads(run("improvements", "--all", "--format", "json").out)["items"]
    assert {one["closed_by"] for one in items} == {"run-2", None}


def test_an_item_is_taken_in_hand_and_closed_on_record(run: "Run") -> None:
    run("replay", "concealed-outage")
    items = json.loads(run("improvements", "--format", "json").out)["items"]
    item = next(one for one in items if one["task"] == "judge-lawfulness")
    assert (item["state"], item["on_record"], item["due"]) == ("open", [], "2025-06-02")
    done = run("improvements", "assign", item["id"], "Anna Wu", "--due", "2025-01-02")
    assert (done.code, "on record in run run-1, as fact #" in done.err) == (0, True)
    assert run("improvements", "edit", item["id"], "--state", "in_progress", "--action", "Ask the lawyer").code == 0
    listed = run("improvements", "--overdue", "--owner", "anna").out
    assert "S  Ask the lawyer\n   Anna Wu, due Thursday, 2 January 2025" in listed
    assert f"{item['id']}: in progress, OVERDUE" in listed
    run("replay", "voice-platform-fault")
    assert "Run run-2 performed the task (#" in run("improvements").out
    closed = json.loads(run("improvements", "close", item["id"], "--format", "json").out)
    assert (closed["state"], closed["closed_by"], closed["overdue"]) == ("done", "run-2", False)
    assert closed["facts"]
    assert "Ask the lawyer" not in run("improvements").out
    assert run("verify", "run-1").code == 0


def test_an_item_is_typed_in_and_sorted_by_its_date(run: "Run") -> None:
    run("replay", "concealed-outage")
    added = run("improvements", "add", "last", "电话清单", "--id", "list", "--due", "2025-01-01", "--format", "json")
    assert (json.loads(added.out)["id"], json.loads(added.out)["what"]["zh"]) == ("list", "电话清单")
    assert run("improvements", "edit", "list", "--owner", "", "--no-due").code == 0
    assert "nobody yet, due no date" in run("improvements").out
    dates = [one["due"] for one in json.loads(run("improvements", "--sort", "due", "--format", "json").out)["items"]]
    assert dates[-1] is None
    assert dates[:-1] == sorted(dates[:-1])
    assert run("improvements", "close", "list").code == 2
    assert run("improvements", "edit", "list").code == 2
    assert run("improvements", "close", "list", "--drop", "--evidence", "Not needed").code == 0
    assert "dropped" in run("improvements", "--all").out
    assert "电话清单" in run("--lang", "zh", "export", "last", "--format", "md").out


def test_nothing_to_improve_is_said(run: "Run") -> None:
    run("replay", "voice-platform-fault")
    assert run("improvements").err == "No corrective actions.\n"


def test_a_rating_is_set_on_record_and_counts(run: "Run", runs: dict[str, str]) -> None:
    outage = runs["concealed-outage"]
    before = json.loads(run("show", outage, "--format", "json").out)
    outcome = run("rate", outage, "review-and-close", "p", "--reason", "No harm in asking.")
    assert outcome.code == 0
    after = json.loads(run("show", outage, "--format", "json").out)
    assert after["record"][:-1] == before["record"]
    assert after["record"][-1]["fact"] == "rating_set"
    assert (after["outcome"], after["ended"], after["outcome_digest"]) == (
        "passed",
        "finished",
        before["outcome_digest"],
    )
    tasks = {task["task"]: task for one in after["evaluation"]["objectives"] for task in one["tasks"]}
    assert (tasks["review-and-close"]["rating"], tasks["review-and-close"]["proposed"]) == ("P", "S")
    assert "Set by the facilitator (proposed: S): No harm in asking." in run("show", outage).out
    [info] = [one for one in json.loads(run("runs", "--format", "json").out)["runs"] if one["run"] == outage]
    assert info["finished"] is True
    assert "Approve the report" not in run("improvements").out


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        (("nonsense", "P", "because"), "report-at-once"),
        (("report-at-once", "Q", "because"), "P, S, M, U"),
        (("report-at-once", "P", "  "), "reason"),
    ],
)
def test_a_rating_that_cannot_be_is_wrong_input(
    given: tuple[str, str, str], hint: str, run: "Run", runs: dict[str, str]
) -> None:
    task, rating, reason = given
    outcome = run("rate", runs["concealed-outage"], task, rating, "--reason", reason)
    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err
