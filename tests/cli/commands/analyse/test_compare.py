"""`compare RUN`: beside the earlier runs of its team, and beside bots' plays, as text and as JSON."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from incidentsim.cli import comparing
from incidentsim.exercise.forecast import forecast
from tests.support.comparing import series

if TYPE_CHECKING:
    from incidentsim.service import Service
    from tests.cli.conftest import Run


@pytest.fixture
def service() -> "Service":
    """Six runs of one scenario (see `series`)."""
    return series()


def test_the_help_says_as_many_plays_as_the_forecast_makes() -> None:
    assert comparing.PLAYS == forecast.PLAYS


def test_a_run_alone_is_set_beside_its_teams_earlier_runs(run: "Run") -> None:
    outcome = run("compare", "last")
    assert outcome.code == 0
    for words in (
        "3 earlier finished runs of this scenario; 2 taken for the same team.",
        "1 is not finished and not compared.",
        "1 is hidden and not compared.",
        "all 2 names are the same (Anna, Ben)",
        "another team",
        "Made in 2 of the 2 earlier runs",
        "Errors: 0 came back",
        "gone: Somebody tried what nobody may do",
        "better: ",
        "Bots, told apart",
    ):
        assert words in " ".join(outcome.out.split()), words


def test_it_is_said_in_chinese_too(run: "Run") -> None:
    out = run("--lang", "zh", "compare", "last").out
    assert "同一团队" in out
    assert "不再出现" in out
    assert "came back" not in out


def test_as_json_it_says_the_same(run: "Run") -> None:
    found: dict[str, Any] = json.loads(run("compare", "last", "--format", "json").out)
    assert (found["run"], found["compared_with"], found["whole"]) == ("run-0006", "run-0005", True)
    assert [one["team"]["sign"] for one in found["earlier"]] == ["same_names", "other_names", "same_names"]
    assert {left["run"]: left["why"] for left in found["left_out"]} == {"run-0003": "unfinished", "run-0004": "hidden"}
    assert {row["fate"] for row in found["comparison"]["errors"] if not row["by_bots"]} == {"gone"}
    assert {row["change"] for row in found["comparison"]["metrics"]} >= {"better", "same"}


def test_where_there_is_no_earlier_run_that_is_said(run: "Run") -> None:
    out = run("compare", "run-0001").out
    assert "No earlier finished run of this scenario was found." in out
    assert "Beside" not in out
    assert json.loads(run("compare", "run-0001", "--format", "json").out)["comparison"] is None


def test_beside_bots_it_says_of_how_many_plays_it_is_told(run: "Run") -> None:
    outcome = run("compare", "run-0005", "--forecast", "--plays", "1")
    assert outcome.code == 0
    out = " ".join(outcome.out.split())
    assert "1 times each as novices, practised, experts: 3 plays" in out
    assert "in no play: Somebody tried what nobody may do" in out
    assert "practised: 0 of 1" in out
    found = json.loads(run("compare", "run-0005", "--forecast", "--plays", "1", "--format", "json").out)
    assert (found["plays"], found["proficiencies"]) == (1, [30, 65, 100])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("compare", "last", "--plays", "3"), "--plays is for --forecast"),
        (("compare", "last", "run-0001", "--forecast"), "--forecast is for one run"),
        (("compare", "run-0003"), "not finished"),
        (("compare", "run-0003", "--forecast"), "not finished"),
        (("compare", "nothing"), "nothing"),
    ],
)
def test_a_wrong_call_is_said_and_ends_with_2(run: "Run", arguments: tuple[str, ...], words: str) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert words in outcome.err


def test_two_runs_say_which_errors_both_have(run: "Run") -> None:
    out = " ".join(run("compare", "run-0001", "run-0006").out.split())
    assert "only in run-0001: Somebody tried what nobody may do" in out
    assert "in both: Somebody tried what nobody may do" in " ".join(run("compare", "run-0001", "run-0005").out.split())
    found = json.loads(run("compare", "run-0001", "run-0006", "--format", "json").out)
    assert {row["fate"] for row in found["errors"]} >= {"gone"}
