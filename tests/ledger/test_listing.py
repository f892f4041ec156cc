"""What is kept beside entries is compared with them, and a difference names its table, its column and its entry."""

from dataclasses import replace

import pytest

from incidentsim.domain.facts import DecisionSource, Json
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.entry import Body
from incidentsim.ledger.listing import Difference, compared, differences_in_list, differences_in_row
from incidentsim.ledger.store import KeptEntry, RunInfo
from tests.support.record import HEADER, RECORDED, Scribe, some_facts

BEGINNING: dict[str, Json] = {
    "at": 0,
    "fact": "exercise_started",
    "scenario": "leak",
    "playbook": "platform",
    "people": [],
}
FIRST = Body("r1", 0, ZERO, RECORDED, DecisionSource.ENGINE, BEGINNING, HEADER)
INFO = RunInfo("r1", RECORDED, "leak", "platform", 1, "exercise_started", 0)


def test_a_line_of_the_list_that_says_what_the_record_says_has_no_difference() -> None:
    assert list(differences_in_list(INFO, FIRST)) == []


OTHERS = {
    "id": replace(INFO, id="x"),
    "created": replace(INFO, created="x"),
    "scenario": replace(INFO, scenario="x"),
    "playbook": replace(INFO, playbook="x"),
}


@pytest.mark.parametrize("column", OTHERS)
def test_each_part_of_a_line_is_compared(column: str) -> None:
    (difference,) = differences_in_list(OTHERS[column], FIRST)
    assert (difference.table, difference.column, difference.found, difference.seq) == ("runs", column, "x", None)
    assert f"runs.{column}" in str(difference.error("r1"))


def test_a_first_entry_that_begins_nothing_names_neither_scenario_nor_playbook() -> None:
    first = replace(FIRST, fact={"at": 0, "fact": "rating_set"})
    assert list(differences_in_list(replace(INFO, scenario="x", playbook="y"), first)) == []
    assert [found.column for found in differences_in_list(replace(INFO, created="x"), first)] == ["created"]


def test_entries_are_handed_on_and_what_is_kept_beside_them_is_compared() -> None:
    entries, _texts = Scribe("r1").write(*some_facts(4))
    rows = [KeptEntry(entry.seq, entry.hash, entry.data) for entry in entries]
    rows[1] = rows[1]._replace(seq="1")
    rows[3] = rows[3]._replace(seq=9, hash=None)
    noted: list[Difference] = []
    assert list(compared(rows, noted.append)) == [entry.data for entry in entries]
    assert [(found.seq, found.column, found.found) for found in noted] == [
        (1, "seq", "1"), (3, "seq", "9"), (3, "hash", "None"),
    ]  # fmt: skip
    assert list(differences_in_row(rows[0], 0, entries[0].hash)) == []
