"""`hotwash`: question by question from a file, then votes and improvement items; what was said is in the report."""

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome, Run

Hold = Callable[..., "Outcome"]


@pytest.fixture
def hold(run: "Run", monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Holds the hot wash of the last run with what a file says, line by line."""

    def go(answers: str, *before: str) -> "Outcome":
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        return run(*before, "hotwash", "last")

    return go


def script(run: "Run", name: str) -> tuple[str, list[str]]:
    """The lines of a whole hot wash, with two answers to every question, and all the words that must be kept."""
    asked = json.loads(run("hotwash", name, "--format", "json").out)
    lines, words = [], []
    for number, _question in enumerate(asked["questions"]):
        words += [f"first {number}", f"第二 {number}"]
        lines += [words[-2], "Anna", words[-1], "", ""]
    for votes, _point in enumerate(asked["points"]):
        lines.append(str(votes))
    lines += ["+ quick report", "3", "- 名单过期", "4", "", "Renew the list", "Wu", "2026-12-01", "", ""]
    return "\n".join(lines), [*words, "quick report", "名单过期", "Renew the list"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_hot_wash_from_a_file_ends_in_a_report_that_holds_every_answer(
    run: "Run", hold: Hold, language: str
) -> None:
    run("replay", "concealed-outage")
    answers, words = script(run, "last")
    done = hold(answers, "--lang", language)
    assert done.code == 0
    report = run("--lang", language, "export", "last", "--format", "md").out
    assert [said for said in words if said not in report] == []
    kept = json.loads(run("hotwash", "last", "--format", "json").out)
    assert [one["said_by"]["en"] for one in kept["answers"]][:2] == ["Anna", ""]
    assert [one["votes"] for one in kept["votes"]][-2:] == [3, 4]
    assert run("verify", "last").code == 0
    assert "Renew the list" in run("improvements").out


def test_it_may_be_left_and_gone_on_with(run: "Run", hold: Hold) -> None:
    run("replay", "false-alarm")
    assert "1 answer is on record." in hold("Quick\nAnna\nquit\n").out
    again = hold("\nquit\n").out
    assert "Said already: Quick" in again
    assert "1 answer is on record." in hold("").out


def test_what_cannot_be_is_said_and_asked_again(run: "Run", hold: Hold) -> None:
    run("replay", "false-alarm")
    asked = json.loads(run("hotwash", "last", "--format", "json").out)
    blank = "\n" * len(asked["questions"])
    told = hold(blank + "many\n99999\n2\nquit\n").out
    assert "Say a number, such as 4." in told
    assert "99999 cannot be a number of votes" in told
    assert [one["votes"] for one in json.loads(run("hotwash", "last", "--format", "json").out)["votes"]] == [2]
    assert run("hotwash", "nothing").code == 2


@pytest.mark.parametrize(
    ("language", "word", "told"), [("en", "compare", "taken for the same team"), ("zh", "对照", "视为同一团队")]
)
def test_a_word_in_place_of_an_answer_sets_the_run_beside_earlier_ones(
    run: "Run", hold: Hold, language: str, word: str, told: str
) -> None:
    run("replay", "false-alarm")
    run("replay", "false-alarm")
    outcome = hold(f"{word}\nQuick\nAnna\nquit\n", "--lang", language)
    assert told in outcome.out
    kept = json.loads(run("hotwash", "last", "--format", "json").out)["answers"]
    assert [answer["answer"]["en"] for answer in kept] == ["Quick"]


def test_a_word_in_place_of_an_answer_sets_the_run_beside_bots(
    run: "Run", hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidentsim.cli.comparing.beside_plays", lambda *_given: ["bots at play"])
    run("replay", "false-alarm")
    assert "bots at play" in hold("FORECAST\nquit\n").out
    assert json.loads(run("hotwash", "last", "--format", "json").out)["answers"] == []


@pytest.mark.parametrize(("votes", "items"), [("/votes", "/items"), ("／表决", "/改进项")])
def test_one_goes_to_any_question_to_the_votes_and_to_the_items(run: "Run", hold: Hold, votes: str, items: str) -> None:
    run("replay", "concealed-outage")
    lines = ["/3", "third", "Anna", "/", "/1", "first", "/2", "/3", votes, "4", items]
    lines += ["Renew the list", "Wu", "2026-12-01", "1", "quit"]
    told = hold("\n".join(lines) + "\n").out
    assert "2 answers are on record." in told
    assert "Said already: third" in told
    assert "1: Report" in told
    kept = json.loads(run("hotwash", "last", "--format", "json").out)
    asked = [question["id"] for question in kept["questions"]]
    assert [one["question"] for one in kept["answers"]] == [asked[2], asked[0]]
    assert [one["said_by"]["en"] for one in kept["answers"]] == ["Anna", "/2"], "who said it is no way to go"
    assert [one["votes"] for one in kept["votes"]] == [4]
    run("replay", "voice-platform-fault")
    listed = json.loads(run("improvements", "--format", "json", "--all").out)["items"]
    assert next(item["task"] for item in listed if "Renew" in str(item))


def test_an_answer_that_begins_like_a_way_is_an_answer(run: "Run", hold: Hold) -> None:
    run("replay", "false-alarm")
    hold("/etc was open to all\nAnna\n/9999\nquit\n")
    kept = json.loads(run("hotwash", "last", "--format", "json").out)
    assert [one["answer"]["en"] for one in kept["answers"]] == ["/etc was open to all"]


def test_a_task_that_is_none_is_said(run: "Run") -> None:
    run("replay", "concealed-outage")
    wrong = run("improvements", "add", "last", "Renew the list", "--task", "report-at-onse")
    assert wrong.code == 2
    assert "report-at-once" in wrong.err
    assert run("improvements", "add", "last", "Renew the list", "--task", "report-at-once").code == 0
