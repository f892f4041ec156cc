"""`show` prints the facts that are asked for: a range, an incident, a kind, a page; and says what it leaves out."""

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def record(run: "Run") -> list[dict[str, Any]]:
    run("replay", "two-fires")
    found: list[dict[str, Any]] = json.loads(run("show", "last", "--format", "json").out)["record"]
    return found


def facts(run: "Run", *options: str) -> list[dict[str, Any]]:
    found = json.loads(run("show", "last", "--format", "json", *options).out)
    assert found["total"] == len(found["facts"]) or "--limit" in options
    listed: list[dict[str, Any]] = found["facts"]
    return listed


def without_numbers(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [shown["fact"] for shown in found]


def test_a_range_has_both_its_ends(run: "Run", record: list[dict[str, Any]]) -> None:
    found = facts(run, "--from", "3", "--to", "7")
    assert [shown["sequence"] for shown in found] == [3, 4, 5, 6, 7]
    assert without_numbers(found) == record[3:8]


def test_facts_of_an_incident_and_a_kind(run: "Run", record: list[dict[str, Any]]) -> None:
    incident = next(fact["incident"] for fact in reversed(record) if "incident" in fact)
    expected = [fact for fact in record if fact.get("incident") == incident and fact["fact"] == "step_taken"]
    assert 0 < len(expected) < len(record)
    assert without_numbers(facts(run, "--incident", incident, "--kind", "step_taken")) == expected


@pytest.mark.parametrize("limit", [1, 40, 1_000])
def test_the_pages_together_are_the_record(run: "Run", record: list[dict[str, Any]], limit: int) -> None:
    pages = min(-(-len(record) // limit), 3)
    found = [
        fact
        for page in range(1, pages + 1)
        for fact in facts(run, "--from", "0", "--limit", str(limit), "--page", str(page))
    ]
    assert without_numbers(found) == record[: pages * limit]


def test_the_lines_are_those_of_the_whole_timeline(run: "Run", record: list[dict[str, Any]]) -> None:
    whole = run("show", "last").out.splitlines()
    part = run("show", "last", "--from", "2", "--limit", "3")
    lines = part.out.splitlines()
    assert lines[0] in whole
    start = whole.index(lines[1])
    assert whole[start : start + len(lines) - 1] == lines[1:]
    assert f"Shown are 1 to 3 of {len(record) - 2}; {len(record) - 5} more follow" in part.err


def test_what_is_not_there_is_said(run: "Run", record: list[dict[str, Any]]) -> None:
    assert record
    for options, sentence in (
        (("--incident", "nowhere"), "There is no incident nowhere in this run"),
        (("--kind", "thought"), "There is no kind of fact thought"),
    ):
        outcome = run("show", "last", *options)
        assert outcome.code == 2
        assert sentence in outcome.err
    empty = run("show", "last", "--from", "100000")
    assert (empty.code, empty.out) == (0, "")
    assert "No fact of this run is as you asked." in empty.err
