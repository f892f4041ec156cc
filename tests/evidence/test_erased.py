"""What was erased is told by `verify` and by VERIFY.md, and nothing else may be missing or there in its place."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import PersonErased, TextErased
from incidentsim.evidence.bundle import Record, record_of, write_bundle
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.proving import prove_entry
from incidentsim.evidence.rebundling import cosign, pseudonymise
from incidentsim.evidence.trusted_inputs import TrustedInputs
from incidentsim.evidence.verifying import verify_bundle, verify_run
from incidentsim.ledger.digests import digest
from incidentsim.ledger.note import read_note
from incidentsim.ledger.store import Deletions, LedgerStore
from incidentsim.storage import open_store
from incidentsim.storage.address import url_of_file
from tests.evidence.test_guide import follow, needs_tools
from tests.support.evidence import failed, key, members_of, pack
from tests.support.record import ENDED, ROSTER, SCENARIO, Scribe, some_facts
from tests.support.record import record as stored

OUTLINE = b"outline: of it\n"
SIZE = 5
"""Entries before anything was erased; of these, 0 and 3 have two texts each."""


@pytest.fixture
def store(tmp_path: Path) -> LedgerStore:
    return open_store(url_of_file(tmp_path / "runs.sqlite3"))


def erased(store: LedgerStore) -> LedgerStore:
    """The same with a run of which a text and a name were erased."""
    stored(store, "r1", some_facts(SIZE - 1), [ENDED])
    kept = digest(OUTLINE)
    with store.writer("r1") as writer:
        entries, _ = Scribe("r1", writer.head()).write(TextErased(1, None, 3, None), PersonErased(1, None, "p2", kept))
        writer.erase(entries, Deletions((3,), ("p2",), digest(SCENARIO), OUTLINE))
    return store


def record(store: LedgerStore) -> Record:
    return record_of(store, store.find("r1"))


def check_told(findings: Findings, *, texts: bool = True) -> None:
    assert findings.holds, [check for check in findings.checks if not check.holds]
    assert dict(findings.erasures.texts) == {3: SIZE}
    assert dict(findings.erasures.people) == {"p2": SIZE + 1}
    assert findings.erased_texts == 2
    said = " ".join(findings.limits())
    assert "The scenario was erased" in said
    assert "What was erased was not checked" in said
    assert "only the commitments are here, so their words" not in said
    assert ("texts" in findings.not_checked) is not texts


def test_a_stored_run_and_its_bundle_say_what_was_erased(store: LedgerStore, tmp_path: Path) -> None:
    erased(store)
    check_told(verify_run(store, store.find("r1")))
    write_bundle(tmp_path / "b.zip", record(store), key())
    assert "scenario.yaml" not in members_of(tmp_path / "b.zip")
    assert members_of(tmp_path / "b.zip")["outline.yaml"] == OUTLINE
    check_told(verify_bundle(tmp_path / "b.zip"))
    cosign(tmp_path / "b.zip", key(2), "observer")
    check_told(verify_bundle(tmp_path / "b.zip"))
    pseudonymise(tmp_path / "b.zip", tmp_path / "p.zip")
    assert "outline.yaml" not in members_of(tmp_path / "p.zip")
    check_told(verify_bundle(tmp_path / "p.zip"), texts=False)


@needs_tools
def test_the_guide_goes_through_and_shows_what_was_erased(store: LedgerStore, tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", record(erased(store)), key(), views={"report.en.md": b"# Report\n"})
    done = follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f'[{SIZE},3]\n[{SIZE + 1},"p2"]\n' in done.stdout


SPOILT: dict[str, tuple[Callable[[Record], Record], str]] = {
    "another name is missing": (lambda found: replace(found, roster={}), "people"),
    "the erased name is there": (lambda found: replace(found, roster=ROSTER), "people"),
    "another outline": (lambda found: replace(found, outline=b"outline: another\n"), "outline"),
}


@needs_tools
@pytest.mark.parametrize("how", SPOILT)
def test_what_is_missing_or_there_against_the_record_is_found_by_both(
    how: str, store: LedgerStore, tmp_path: Path
) -> None:
    spoil, check = SPOILT[how]
    write_bundle(tmp_path / "b.zip", spoil(record(erased(store))), key())
    assert failed(verify_bundle(tmp_path / "b.zip")) == {check}
    assert follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e").returncode != 0


@needs_tools
def test_an_outline_that_no_entry_names_is_found_by_both(store: LedgerStore, tmp_path: Path) -> None:
    stored(store, "r1", some_facts(SIZE))
    write_bundle(tmp_path / "b.zip", replace(record(store), outline=OUTLINE), key())
    assert failed(verify_bundle(tmp_path / "b.zip")) == {"outline"}
    assert follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e").returncode != 0


def test_a_bundle_from_before_an_erasure_still_verifies_and_pins_what_came_before(
    store: LedgerStore, tmp_path: Path
) -> None:
    early, late = tmp_path / "early.zip", tmp_path / "late.zip"
    stored(store, "r1", some_facts(SIZE - 1), [ENDED])
    write_bundle(early, record(store), key())
    with store.writer("r1") as writer:
        entries, _ = Scribe("r1", writer.head()).write(TextErased(1, None, 3, None), PersonErased(1, None, "p2", None))
        writer.erase(entries, Deletions((3,), ("p2",), digest(SCENARIO)))
    write_bundle(late, record(store), key())
    assert verify_bundle(early).holds
    trusted = TrustedInputs(earlier=(read_note(members_of(early)["checkpoint"]),))
    for findings in (verify_bundle(late, trusted), verify_run(store, store.find("r1"), trusted)):
        assert findings.holds
        assert findings.pinned == SIZE
        assert f"over {SIZE} entries was made before something was erased" in " ".join(findings.limits())
    now = TrustedInputs(earlier=(read_note(members_of(late)["checkpoint"]),))
    assert "before something was erased" not in " ".join(verify_bundle(late, now).limits())


def test_nothing_that_was_erased_can_be_disclosed(store: LedgerStore, tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", record(erased(store)), key())
    for wanted in ("all", "/with/nature"):
        with pytest.raises(InputError, match=f"The texts of entry 3 were erased, as entry {SIZE} says"):
            prove_entry(tmp_path / "b.zip", 3, [wanted])
    assert prove_entry(tmp_path / "b.zip", 3)
    assert prove_entry(tmp_path / "b.zip", 0, ["all"])


DAMAGE = {
    "INSERT INTO texts SELECT run, 3, pointer, salt, bilingual, words FROM texts WHERE seq = 0": {"texts"},
    "INSERT INTO roster SELECT run, 'p2', name, salt FROM roster": {"people"},
    "DELETE FROM roster": {"people"},
    "DELETE FROM documents WHERE length(data) = 15": {"outline"},
}
"""Done to the file of a database by somebody who drops its guards, and what `verify` says to it."""


@pytest.mark.parametrize("statement", DAMAGE)
def test_a_database_that_contradicts_what_is_on_record_is_found(
    statement: str, store: LedgerStore, tmp_path: Path
) -> None:
    erased(store)
    stranger = sqlite3.connect(tmp_path / "runs.sqlite3")
    with stranger:
        guards = stranger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (guard,) in guards:
            stranger.execute(f"DROP TRIGGER {guard}")
        assert stranger.execute(statement).rowcount in {1, 2}
    stranger.close()
    assert failed(verify_run(store, store.find("r1"))) == DAMAGE[statement]


def test_a_log_alone_says_what_was_erased(store: LedgerStore, tmp_path: Path) -> None:
    from incidentsim.evidence.verifying import verify_log_file

    write_bundle(tmp_path / "b.zip", record(erased(store)), key())
    (tmp_path / "log.jsonl").write_bytes(members_of(tmp_path / "b.zip")["log.jsonl"])
    check_told(verify_log_file(tmp_path / "log.jsonl"), texts=False)


def test_a_text_put_back_into_a_bundle_is_found(store: LedgerStore, tmp_path: Path) -> None:
    stored(store, "r1", some_facts(SIZE - 1), [ENDED])
    write_bundle(tmp_path / "before.zip", record(store), key())
    with store.writer("r1") as writer:
        entries, _ = Scribe("r1", writer.head()).write(TextErased(1, None, 3, None))
        writer.erase(entries, Deletions((3,)))
    write_bundle(tmp_path / "b.zip", record(store), key())
    put_back = {**members_of(tmp_path / "b.zip"), "texts.jsonl": members_of(tmp_path / "before.zip")["texts.jsonl"]}
    assert failed(verify_bundle(pack(tmp_path / "c.zip", put_back))) == {"all-texts"}
