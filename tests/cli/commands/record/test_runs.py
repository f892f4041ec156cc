"""`runs` lists pages and what is asked for, and never leaves anything out without saying so."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from incidentsim.cli import output, paging

if TYPE_CHECKING:
    from tests.cli.conftest import Run

NAMES = ("false-alarm", "site-cameras", "false-alarm")


@pytest.fixture
def recorded(run: "Run") -> "Run":
    for name in NAMES:
        run("replay", name)
    return run


def ids(run: "Run", *options: str) -> list[str]:
    outcome = run("runs", "--format", "json", *options)
    assert outcome.code == 0
    return [info["run"] for info in json.loads(outcome.out)["runs"]]


def everything(run: "Run", *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("runs", "--format", "json", *options).out)
    return found


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["run-3", "run-2", "run-1"]),
        (("--scenario", "false-alarm"), ["run-3", "run-1"]),
        (("--playbook", "platform-incidents", "--scenario", "site-cameras"), ["run-2"]),
        (("--playbook", "another"), []),
        (("--state", "finished"), ["run-3", "run-2", "run-1"]),
        (("--state", "unfinished"), []),
        (("--verdict", "passed"), ["run-3", "run-2", "run-1"]),
        (("--verdict", "failed"), []),
        (("--since", "2025-03-04"), ["run-3", "run-2", "run-1"]),
        (("--since", "2025-03-05"), []),
        (("--until", "2025-03-03"), []),
        (("--until", "2025-03-04"), ["run-3", "run-2", "run-1"]),
        (("--words", "ALARM run-1"), ["run-1"]),
    ],
)
def test_runs_are_filtered(recorded: "Run", options: tuple[str, ...], expected: list[str]) -> None:
    assert ids(recorded, *options) == expected
    assert everything(recorded, *options)["total"] == len(expected)


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_the_pages_together_are_the_list(recorded: "Run", limit: int) -> None:
    pages = -(-len(NAMES) // limit)
    found = [run for page in range(1, pages + 1) for run in ids(recorded, "--limit", str(limit), "--page", str(page))]
    assert found == ids(recorded)


@pytest.mark.parametrize("output_format", ["text", "json"])
def test_what_is_left_out_is_counted(recorded: "Run", output_format: str) -> None:
    first = recorded("runs", "--limit", "2", "--format", output_format)
    assert first.err == ("Shown are 1 to 2 of 3; 1 more follow: --page 2 shows the next ones, --limit 0 shows all.\n")
    last = recorded("runs", "--limit", "2", "--page", "2", "--format", output_format)
    assert last.err == "Shown are 3 to 3 of 3; these are the last ones.\n"
    assert recorded("runs", "--limit", "0", "--format", output_format).err == ""
    assert "共3条，此处为第1至2条，后面还有1条" in recorded("--lang", "zh", "runs", "--limit", "2").err


def test_a_page_that_is_not_there_is_said(recorded: "Run") -> None:
    outcome = recorded("runs", "--limit", "2", "--page", "3")
    assert outcome.code == 2
    assert "There is no page 3: the list has 3 lines, the last page is 2." in outcome.err


def test_a_terminal_gets_a_page_and_whatever_else_reads_it_gets_everything(
    recorded: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ON_A_TERMINAL", 2)
    whole = recorded("runs")
    assert (len(whole.out.splitlines()), whole.err) == (4, "")
    monkeypatch.setattr(paging, "stdout_is_terminal", lambda: True)
    assert not output.stdout_is_terminal()
    page = recorded("runs")
    assert len(page.out.splitlines()) == 3
    assert "1 more follow" in page.err
    assert ids(recorded) == ["run-3", "run-2", "run-1"]


def test_nothing_that_fits_is_told_apart_from_nothing_recorded(run: "Run") -> None:
    assert "No run is recorded yet." in run("runs").err
    run("replay", "false-alarm")
    assert "No recorded run is as you asked." in run("runs", "--scenario", "other").err


def test_a_day_is_a_day(run: "Run") -> None:
    outcome = run("runs", "--since", "yesterday")
    assert outcome.code == 2
    assert "yesterday" in outcome.err


def test_improvements_page_and_filter_too(run: "Run") -> None:
    run("replay", "concealed-outage")
    whole = json.loads(run("improvements", "--format", "json").out)
    assert whole["total"] == len(whole["items"]) > 1
    page = run("improvements", "--format", "json", "--limit", "1")
    assert json.loads(page.out)["items"] == whole["items"][:1]
    assert json.loads(page.out)["total"] == whole["total"]
    assert f"Shown are 1 to 1 of {whole['total']}" in page.err
    owner = whole["items"][0]["owner"]
    owned = json.loads(run("improvements", "--format", "json", "--owner", owner).out)["items"]
    assert owned == [item for item in whole["items"] if item["owner"] == owner]
    assert json.loads(run("improvements", "--format", "json", "--playbook", "other").out)["items"] == []
    assert json.loads(run("improvements", "--format", "json", "--anew").out) == whole
