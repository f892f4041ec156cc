"""The table of the clocks' changes in a bundle: pinned by the first entry, for `verify` and for VERIFY.md alike."""

from copy import deepcopy
from pathlib import Path

import pytest

from incidentsim.definitions.local_time.table import PIN, write_table
from incidentsim.domain.errors import InputError
from incidentsim.domain.local_time import Offsets, OffsetTable
from incidentsim.evidence import members
from incidentsim.evidence.rebundling import pseudonymise
from incidentsim.evidence.verifying import verify_bundle, verify_run
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.memory import MemoryStore
from tests.support.evidence import bundle, failed, key, members_of, pack
from tests.support.local_times import forget_zone_data, plant
from tests.support.long_nights import NIGHTS, story
from tests.support.screens import service_on

OTHER = write_table(OffsetTable(Offsets(0), None, {}, 0, "1999.1"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> MemoryStore:
    """A run of a story across a change."""
    found = MemoryStore()
    service_on(found).exercises.replay(story(tmp_path_factory.mktemp("story"), *NIGHTS[0]))
    return found


@pytest.fixture(scope="module")
def whole(store: MemoryStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its bundle."""
    path = tmp_path_factory.mktemp("bundle") / "whole.zip"
    service_on(store).exports.bundle("run-0001", path, key())
    return path


def pin_of(store: MemoryStore) -> str:
    header = read_entry(next(iter(store.entries("run-0001")))).header
    assert header is not None
    return header.pins[PIN]


def test_a_bundle_holds_the_table_that_its_first_entry_names(store: MemoryStore, whole: Path) -> None:
    assert digest(members_of(whole)[members.OFFSETS]) == pin_of(store)
    findings = verify_bundle(whole)
    assert findings.holds
    assert "offsets" in {check.name for check in findings.checks}
    assert "offsets" in {check.name for check in verify_run(store, store.find("run-0001")).checks}


def test_so_does_a_copy_that_names_nobody(whole: Path, tmp_path: Path) -> None:
    pseudonymise(whole, tmp_path / "copy.zip")
    assert members.OFFSETS in members_of(tmp_path / "copy.zip")
    assert verify_bundle(tmp_path / "copy.zip").holds


def test_another_table_is_a_fault(whole: Path, tmp_path: Path) -> None:
    path = pack(tmp_path / "b.zip", members_of(whole) | {members.OFFSETS: OTHER})
    assert failed(verify_bundle(path)) == {"offsets"}


def test_a_table_that_no_entry_names_is_a_fault(tmp_path: Path) -> None:
    """In a bundle of an earlier version, in which it could be planted."""
    parts = members_of(bundle(tmp_path / "a.zip"))
    ordered = {name: parts.get(name, OTHER) for name in members.sorted_names({*parts, members.OFFSETS})}
    assert failed(verify_bundle(pack(tmp_path / "b.zip", ordered))) == {"offsets"}
    assert verify_bundle(tmp_path / "a.zip").holds


def test_a_table_that_was_left_out_is_told_among_the_limits(whole: Path, tmp_path: Path) -> None:
    parts = {name: data for name, data in members_of(whole).items() if name != members.OFFSETS}
    findings = verify_bundle(pack(tmp_path / "b.zip", parts))
    assert findings.holds
    assert "offsets" in findings.not_checked


def test_a_stored_run_without_its_table_is_faulty(store: MemoryStore) -> None:
    damaged = deepcopy(store)
    del damaged._documents[pin_of(store)]
    assert failed(verify_run(damaged, damaged.find("run-0001"))) == {"offsets"}


def test_a_bundle_is_read_by_its_own_table_and_a_log_only_where_the_zones_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, store, whole = story(tmp_path, *NIGHTS[0]), MemoryStore(), tmp_path / "whole.zip"
    text = silent.read_text(encoding="utf-8")  # nobody says a word, so that the log alone tells all
    silent.write_text(text[: text.index("\nscript:")] + "\n", encoding="utf-8")
    service_on(store).exercises.replay(silent)
    service_on(store).exports.bundle("run-0001", whole, key())
    parts = members_of(whole)
    folder = tmp_path / "log"
    folder.mkdir()
    for name in (members.LOG, members.PLAYBOOK, members.SCENARIO):
        (folder / name).write_bytes(parts[name])
    before = service_on(store).records.show("run-0001")
    service = service_on(MemoryStore())
    assert service.records.show(folder / members.LOG).scenario.offsets == before.scenario.offsets

    (tmp_path / "zones").mkdir()
    plant(monkeypatch, tmp_path / "zones", {"Europe/Berlin": "CET-1"})
    try:
        assert service_on(MemoryStore()).records.show(whole).scenario.offsets == before.scenario.offsets
        with pytest.raises(
            InputError, match=r"How the clocks change in this exercise .* beside a log it lies as offsets"
        ):
            service_on(MemoryStore()).records.show(folder / members.LOG)
        (folder / members.OFFSETS).write_bytes(parts[members.OFFSETS])
        assert service_on(MemoryStore()).records.show(folder / members.LOG).scenario.offsets == before.scenario.offsets
    finally:
        monkeypatch.undo()
        forget_zone_data()


def test_a_copy_that_names_nobody_is_told_by_the_same_clocks(store: MemoryStore, whole: Path, tmp_path: Path) -> None:
    pseudonymise(whole, tmp_path / "copy.zip")
    told = service_on(MemoryStore()).records.outline(tmp_path / "copy.zip").scenario.local_time
    assert told.changes(10**8) == service_on(store).records.show("run-0001").scenario.local_time.changes(10**8) != []
