"""Who is behind a pseudonym is pinned from the first entry on: in the database, in a bundle, by VERIFY.md."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.domain.facts import DecisionSource
from incidentsim.domain.text import Text
from incidentsim.evidence.bundle import record_of, write_bundle
from incidentsim.evidence.findings import limit
from incidentsim.evidence.verifying import verify_bundle, verify_log_file, verify_run
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.digests import digest
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.roster import Roster, RosterName, pins_of
from incidentsim.storage import open_store
from incidentsim.storage.address import url_of_file
from tests.evidence.test_guide import follow, needs_tools
from tests.support.evidence import as_log, failed, key, record
from tests.support.record import HEADER, PLAYBOOK, RECORDED, ROSTER, SCENARIO, Salts, some_facts
from tests.support.record import record as stored

OTHERS: dict[str, Roster] = {
    "a name changed": {**ROSTER, "p1": replace(ROSTER["p1"], name=Text("Lin Yue", "林越"))},
    "two names exchanged": {
        "p1": replace(ROSTER["p1"], name=ROSTER["p2"].name), "p2": replace(ROSTER["p2"], name=ROSTER["p1"].name),
    },
    "two names exchanged with their salts": {"p1": ROSTER["p2"], "p2": ROSTER["p1"]},
    "a salt changed": {**ROSTER, "p2": replace(ROSTER["p2"], salt=b"x" * 32)},
    "a salt gone": {**ROSTER, "p2": replace(ROSTER["p2"], salt=None)},
    "a person more": {**ROSTER, "p3": RosterName(Text("Nobody", "无人"), b"x" * 32)},
}  # fmt: skip
FEWER: dict[str, Roster] = {"one name": {"p2": ROSTER["p2"]}}


@pytest.mark.parametrize("name", OTHERS)
def test_the_holder_of_the_key_cannot_sign_other_names_to_a_record(name: str, tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", replace(record(4), roster=OTHERS[name]), key())
    findings = verify_bundle(tmp_path / "b.zip")
    assert failed(findings) == {"people"}
    assert findings.first_bad is None


@needs_tools
@pytest.mark.parametrize("name", OTHERS)
def test_the_guide_finds_it_too(name: str, tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", replace(record(4), roster=OTHERS[name]), key())
    done = follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e")
    assert done.returncode != 0
    assert "is not the one that the first entry pins" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_left_out_that_nothing_says_was_erased_is_a_fault(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", replace(record(4), roster=FEWER["one name"]), key())
    findings = verify_bundle(tmp_path / "b.zip")
    assert failed(findings) == {"people"}
    assert "p1" in next(check.expected for check in findings.checks if check.name == "people")


@needs_tools
def test_the_guide_finds_a_name_left_out(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", replace(record(4), roster=FEWER["one name"]), key())
    done = follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e")
    assert done.returncode != 0
    assert "the name of 'p1' is missing, or here though it was erased" in done.stderr


def test_a_run_of_an_earlier_version_verifies_and_says_that_its_names_are_not_pinned(tmp_path: Path) -> None:
    """As main at 71ce534 wrote them: no pins, no salts."""
    store = MemoryStore()
    entries, texts = Chain("r1").record_step(
        some_facts(3), recorded=RECORDED, source=DecisionSource.ENGINE, salts=Salts(), header=replace(HEADER, pins={})
    )
    store.create(
        "r1",
        created=RECORDED,
        scenario="s",
        playbook="p",
        documents=(PLAYBOOK, SCENARIO),
        roster={who: replace(name, salt=None) for who, name in ROSTER.items()},
        entries=entries,
        texts=texts,
    )
    info = store.find("r1")
    write_bundle(tmp_path / "b.zip", record_of(store, info), key())
    for findings in (verify_run(store, info), verify_bundle(tmp_path / "b.zip")):
        assert findings.holds
        assert "people" in findings.not_checked
        assert limit("people") in findings.limits()
    assert verify_bundle(Path(__file__).parent / "data" / "before-files.zip").holds


@pytest.mark.parametrize("known", [True, False])
def test_what_else_the_first_entry_pins_is_compared_or_told(known: bool, tmp_path: Path) -> None:
    """Another version may pin what this one does not know; its digest tells whether it is here."""
    store = MemoryStore()
    pins = {**pins_of(ROSTER), "weather": digest(PLAYBOOK if known else b"rain")}
    entries, texts = Chain("r1").record_step(
        some_facts(3), recorded=RECORDED, source=DecisionSource.ENGINE, salts=Salts(), header=replace(HEADER, pins=pins)
    )
    store.create(
        "r1",
        created=RECORDED,
        scenario="s",
        playbook="p",
        documents=(PLAYBOOK, SCENARIO),
        roster=ROSTER,
        entries=entries,
        texts=texts,
    )
    write_bundle(tmp_path / "b.zip", record_of(store, store.find("r1")), key())
    (tmp_path / "l.jsonl").write_bytes(as_log([entry.data for entry in entries]))
    for findings in (verify_run(store, store.find("r1")), verify_bundle(tmp_path / "b.zip")):
        assert findings.holds
        assert ("pins" in findings.more_limits) == (not known)
    assert "pins" in verify_log_file(tmp_path / "l.jsonl").more_limits
    assert limit("pins").endswith("was not compared.")


CHANGES = {
    "UPDATE roster SET name = (SELECT name FROM roster WHERE pseudonym = 'p2') WHERE pseudonym = 'p1'": True,
    "UPDATE roster SET salt = zeroblob(32) WHERE pseudonym = 'p1'": True,
    "UPDATE roster SET salt = 5": True,
    "UPDATE roster SET salt = NULL": True,
    "UPDATE roster SET name = 'x'": True,
    "UPDATE roster SET name = NULL WHERE 0": False,
    "UPDATE roster SET pseudonym = 'p' || (3 - substr(pseudonym, 2)) || 'x'": True,
    "INSERT INTO roster (run, pseudonym, name) SELECT run, 'p9', name FROM roster WHERE pseudonym = 'p1'": True,
    "DELETE FROM roster WHERE pseudonym = 'p1'": True,
    "DELETE FROM roster": True,
}
GUARDS = ("roster_no_update", "roster_no_delete", "roster_new")


@pytest.mark.parametrize("change", CHANGES)
def test_names_exchanged_in_the_database_are_found(change: str, tmp_path: Path) -> None:
    file = tmp_path / "runs.sqlite3"
    store = open_store(url_of_file(file))
    stored(store, "r1", some_facts(3))
    connection = sqlite3.connect(file)
    with connection:
        for guard in GUARDS:  # whoever owns the file can drop them
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(change)
    connection.close()
    findings = verify_run(store, store.find("r1"))
    assert failed(findings) == ({"people"} if CHANGES[change] else set())
    store.close()
