"""`check --quality`: stories that are valid and still not worth playing, each fault at its place."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidentsim import composition

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SLOT = ("Nothing has left the house", "Nothing has left $house")


@pytest.fixture
def unfinished(tmp_path: Path, false_alarm: Path) -> Path:
    """A shipped scenario in which a slot was left open."""
    path = tmp_path / "unfinished.yaml"
    path.write_text(false_alarm.read_text(encoding="utf-8").replace(*SLOT), encoding="utf-8")
    return path


@pytest.mark.slow
def test_shipped_scenarios_are_clean(run: "Run") -> None:
    outcome = run("check", "--quality", composition.shipped("playbooks"), composition.shipped("scenarios"))
    assert outcome.code == 0
    assert [line for line in outcome.out.splitlines() if "(meaning, $.tracks)" not in line] == []
    assert "0 problems" in outcome.err


def test_a_finding_stands_at_file_line_and_column_with_its_rule(run: "Run", unfinished: Path) -> None:
    outcome = run("check", "--quality", unfinished)
    assert outcome.code == 1
    before = unfinished.read_text(encoding="utf-8").split(SLOT[1])[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    said = "This looks like a place that was left open: $house. (placeholder, $.injects[3].subject.en)"
    assert outcome.out.splitlines() == [f"{unfinished}:{line}:{column}: {said}"]
    assert "1 problem." in outcome.err


def test_findings_as_json_name_their_rule(run: "Run", unfinished: Path) -> None:
    outcome = run("check", unfinished, "--quality", "--format", "json")
    assert outcome.code == 1
    printed = json.loads(outcome.out)
    (problem,) = printed["files"][0]["problems"]
    assert printed["problems"] == 1
    assert printed["files"][0]["readable"] is True
    assert set(problem) == {"line", "column", "path", "message", "rule"}
    assert (problem["rule"], problem["path"]) == ("placeholder", "$.injects[3].subject.en")


def test_without_the_option_nothing_is_found(run: "Run", unfinished: Path) -> None:
    outcome = run("check", unfinished)
    assert (outcome.code, outcome.out) == (0, "")


def test_what_is_not_even_valid_is_not_looked_at_as_a_story(run: "Run", unfinished: Path) -> None:
    text = unfinished.read_text(encoding="utf-8").replace("to: [chen]", "to: [cheng]", 1)
    unfinished.write_text(text, encoding="utf-8")
    outcome = run("check", "--quality", unfinished, "--format", "json")
    (problem,) = json.loads(outcome.out)["files"][0]["problems"]
    assert "cheng" in problem["message"]
    assert "rule" not in problem


def test_a_bad_story_stops_none_of_the_others(run: "Run", unfinished: Path, false_alarm: Path) -> None:
    (unfinished.parent / "good.yaml").write_text(false_alarm.read_text(encoding="utf-8"), encoding="utf-8")
    outcome = run("check", "--quality", unfinished.parent, "--format", "json")
    assert outcome.code == 1
    assert [len(file["problems"]) for file in json.loads(outcome.out)["files"]] == [0, 1]


def test_the_sentences_are_said_in_the_language_spoken(run: "Run", unfinished: Path) -> None:
    """Not the rules' ids, which programs read."""
    outcome = run("--lang", "zh", "check", "--quality", unfinished)
    assert "(placeholder, $.injects[3].subject.en)" in outcome.out


def test_checking_without_the_option_loads_no_bots() -> None:
    scenario = composition.shipped("scenarios") / "false-alarm.yaml"
    code = (
        "import sys\n"
        "from incidentsim.cli import main\n"
        f"assert main.run(['check', {str(scenario)!r}]) == 0\n"
        "print([name for name in sys.modules if name.startswith(('incidentsim.exercise.quality', "
        "'incidentsim.exercise.bots.decider', 'transitions'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
