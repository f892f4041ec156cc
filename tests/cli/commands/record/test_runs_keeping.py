"""`runs name`, `hide`, `unhide` and `delete`, and what lists leave out."""

import io
import json
from typing import TYPE_CHECKING

import pytest

from incidentsim.cli import confirming
from incidentsim.domain.errors import UnknownNameError
from incidentsim.service import Service
from incidentsim.session.seats import Seats
from tests.cli.commands.record.test_runs import everything, ids

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def recorded(run: "Run") -> "Run":
    for name in ("false-alarm", "site-cameras"):
        run("replay", name)
    return run


def test_a_name_can_be_written_wherever_a_run_is(recorded: "Run") -> None:
    named = recorded("runs", "name", "run-1", "Team A")
    assert (named.code, named.err) == (0, "The run run-1 is named Team A from now on.\n")
    for call in (("show",), ("verify",), ("runs", "script"), ("export", "--format", "jsonl")):
        assert recorded(*call, "team a").code == 0, call
    assert "Team A" in recorded("runs").out
    assert everything(recorded)["runs"][1]["name"] == "Team A"
    assert ids(recorded, "--words", "team") == ["run-1"]
    assert recorded("runs", "name", "Team A", "--none").code == 0
    assert recorded("show", "Team A").code == 2


@pytest.mark.parametrize("name", ["last", "a/b", "x.zip", "x" * 61, "\u200b"])
def test_what_is_no_name_is_refused_with_a_sentence(recorded: "Run", name: str) -> None:
    refused = recorded("runs", "name", "run-1", name)
    assert refused.code == 2
    assert refused.err.startswith("Error: A run")


def test_two_runs_bear_no_one_name(recorded: "Run") -> None:
    recorded("runs", "name", "run-1", "Team A")
    refused = recorded("runs", "name", "run-2", "team  A")
    assert (refused.code, "run-1 is named Team A already" in refused.err) == (2, True)


@pytest.mark.parametrize("call", [("run-1",), ("run-1", "x", "--none"), ("run-1", "")])
def test_a_name_or_none_is_to_be_said(recorded: "Run", call: tuple[str, ...]) -> None:
    assert recorded("runs", "name", *call).code == 2


def test_a_hidden_run_is_left_out_and_that_is_said(recorded: "Run") -> None:
    assert recorded("runs", "hide", "run-1").code == 0
    assert ids(recorded) == ["run-2"]
    assert "1 run is left out: it is hidden, or nothing has happened in it yet. --all" in recorded("runs").err
    assert ids(recorded, "--all") == ["run-2", "run-1"]
    assert "finished, hidden" in recorded("runs", "--all").out
    assert recorded("show", "run-1").code == 0
    assert recorded("runs", "unhide", "run-1").code == 0
    assert ids(recorded) == ["run-2", "run-1"]


def test_a_run_that_was_only_looked_at_is_left_out_and_is_not_the_last(recorded: "Run", service: Service) -> None:
    service.exercises.open_session("false-alarm", Seats(frozenset({"p1"}))).close()
    assert ids(recorded) == ["run-2", "run-1"]
    assert ids(recorded, "--all")[0] == "run-3"
    assert "not begun" in recorded("runs", "--all").out
    assert json.loads(recorded("show", "last", "--format", "json").out)["run"] == "run-2"


def test_runs_are_filtered_by_whom_people_played(recorded: "Run", service: Service) -> None:
    session = service.exercises.open_session("false-alarm", Seats(frozenset({"p1"})))
    session.go_on()
    session.close()
    (person,) = (one for one in session.exercise.scenario.people.values() if one.pseudonym == "p1")
    for asked in (("--person", person.name.zh), ("--person", person.name.en[:4].upper()), ("--role", person.roles[0])):
        assert ids(recorded, *asked) == ["run-3"], asked
    assert ids(recorded, "--person", "Nobody") == []
    assert ids(recorded, "--role", "no_role") == []


def test_a_deleted_run_is_gone_and_the_others_stay(recorded: "Run", service: Service) -> None:
    deleted = recorded("runs", "delete", "run-1", "--yes")
    assert (deleted.code, "The run run-1 is deleted." in deleted.err) == (0, True)
    assert ids(recorded, "--all") == ["run-2"]
    assert recorded("show", "run-1").code == 2
    assert recorded("verify", "run-2").code == 0
    with pytest.raises(UnknownNameError):
        service.keeping.delete("run-1")


def test_without_a_terminal_a_run_is_deleted_only_with_yes(recorded: "Run") -> None:
    refused = recorded("runs", "delete", "run-1")
    assert (refused.code, "say --yes if it is meant" in refused.err) == (2, True)
    assert ids(recorded) == ["run-2", "run-1"]


@pytest.mark.parametrize(
    ("answer", "left"), [("y\n", ["run-2"]), ("n\n", ["run-2", "run-1"]), ("", ["run-2", "run-1"])]
)
def test_on_a_terminal_it_asks(recorded: "Run", monkeypatch: pytest.MonkeyPatch, answer: str, left: list[str]) -> None:
    monkeypatch.setattr(confirming, "somebody_is_there", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    asked = recorded("runs", "delete", "run-1")
    assert "To be deleted: the whole run run-1 of false-alarm" in asked.err
    assert asked.code == (0 if len(left) == 1 else 1)
    assert ids(recorded) == left


def test_a_run_that_is_being_written_is_not_deleted(recorded: "Run", service: Service) -> None:
    with service.records._context.store.writer("run-1"):
        refused = recorded("runs", "delete", "run-1", "--yes")
    assert (refused.code, "being written" in refused.err) == (3, True)
    assert ids(recorded) == ["run-2", "run-1"]
