"""A scenario that names a roster: its people are put in place, and what is kept needs no roster."""

from pathlib import Path

import pytest

from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.rosters.resolving import names_roster
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.definitions.scenario.cards import scenario_card
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.text import Text
from incidentsim.ledger.digests import digest
from tests.fuzzing.definition_readers import ROSTER, SMALL, small_playbook

WRITTEN = (
    (SMALL / "scenario.yaml")
    .read_text("utf-8")
    .replace("  ann: {name: Ann, roles: [finder], desk: {en: Shop, zh: 门店}}\n", "  roster: harbour\n")
    .encode()
)


def _library(tmp_path: Path, roster: bytes = ROSTER) -> Library:
    for name, data in (
        ("playbook.yaml", (SMALL / "playbook.yaml").read_bytes()),
        ("scenarios/small.yaml", WRITTEN),
        ("rosters/people.yaml", roster),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return Library([]).beside(tmp_path / "scenarios" / "small.yaml")


def test_the_people_of_a_roster_take_part_and_what_is_kept_holds_them(tmp_path: Path) -> None:
    library = _library(tmp_path)
    scenario = read_scenario(WRITTEN, "small.yaml", small_playbook(), rosters=library.roster)
    people = scenario.people
    assert list(people) == ["bob", "cat", "dan", "ann"], "those of the scenario come first and count where ids agree"
    assert people["bob"].name == Text("Bob", "鲍勃")
    assert people["ann"].roles == ("finder", "chief")
    assert people["ann"].away == ((720, 780), (1020, 1440), (0, 480))
    alone = standing_alone(WRITTEN, "small.yaml", tmp_path, playbook=small_playbook(), rosters=library.roster)
    assert read_scenario(alone, "small.yaml", small_playbook()).people == people
    assert not names_roster(alone, "small.yaml")
    assert standing_alone(alone, "small.yaml", tmp_path) == alone
    (shown,) = [card for card in [scenario_card(WRITTEN, tmp_path)] if card.roster == "harbour"]
    assert shown.people == 3
    assert library.document(digest(alone)) == alone, "by its digest, a record finds it beside the roster"


def test_who_is_off_on_the_day_it_begins_is_away_and_whoever_is_in_turn_holds_the_role(tmp_path: Path) -> None:
    library = _library(tmp_path)
    later = WRITTEN.replace(b"2021-06-30T09", b"2021-07-07T09").replace(
        b"  roster: harbour\n", b"  roster: harbour\n  fay: {name: Fay, roles: [finder]}\n"
    )
    scenario = read_scenario(later, "small.yaml", small_playbook(), rosters=library.roster)
    assert scenario.people["ann"].always_away
    assert scenario.people["eve"].roles == ("helper",)


def test_a_person_may_be_called_roster() -> None:
    written = WRITTEN.replace(b"roster: harbour", b"roster: {name: Ann, roles: [finder]}").replace(
        b": ann", b": roster"
    )
    assert not names_roster(written, "small.yaml")
    assert "roster" in read_scenario(written, "small.yaml", small_playbook()).people


@pytest.mark.parametrize(
    ("roster", "sentence"),
    [
        (ROSTER.replace(b"id: harbour", b"id: harbor"), "There is no roster harbour; the nearest valid one is harbor."),
        (ROSTER.replace(b"roles: [finder, chief]", b"roles: [finder, baker]"), ""),
        (
            ROSTER.replace(b"roles: [finder, chief]", b"roles: [baker, chief]"),
            "In the roster harbour, nobody who is there",
        ),
        (ROSTER.replace(b"every: 7d", b"every: 7h"), "The roster harbour has problems of its own"),
    ],
)
def test_what_a_roster_lacks_is_told_where_the_scenario_names_it(tmp_path: Path, roster: bytes, sentence: str) -> None:
    library = _library(tmp_path, roster)
    (checked,) = check([tmp_path / "scenarios"], library)
    told = [problem for problem in checked.problems if problem.path.startswith("$.people")]
    assert bool(told) == bool(sentence)
    if sentence:
        assert sentence in told[0].message
        assert told[0].line == WRITTEN[: WRITTEN.index(b"people:")].count(b"\n") + 1 + ("nobody who" not in sentence)
    if "nobody who" in sentence:
        assert "Give somebody in it that role (it has baker, chief, lead, helper)" in told[0].message


def test_without_a_library_that_is_said() -> None:
    with pytest.raises(DefinitionError, match="there is no library here"):
        read_scenario(WRITTEN, "small.yaml", small_playbook())
