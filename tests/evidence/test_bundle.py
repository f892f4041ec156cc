"""A bundle is the same bytes for the same record and key, is written wholly or not at all, and keeps its secrets."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.text import FreeText, Text
from incidentsim.evidence import members
from incidentsim.evidence.bundle import record_of, write_bundle
from incidentsim.evidence.rebundling import cosign, pseudonymise
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.files import writing
from incidentsim.ledger.checkpoint import read_checkpoint
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import read_note
from incidentsim.ledger.roster import RosterName
from tests.support.evidence import bundle, key, members_of, pack, private_pem, record, with_texts
from tests.support.record import PLAYBOOK, SCENARIO, Scribe, begin, some_facts
from tests.support.record import record as stored


def test_it_holds_the_record_and_all_that_is_needed_to_check_it(tmp_path: Path) -> None:
    made = record()
    written = write_bundle(tmp_path / "b.zip", made, key(), views={"report.en.md": b"# Report\n"})
    found = members_of(tmp_path / "b.zip")
    names = {name.replace(written.key.id.hex(), "KEY") for name in found}
    assert names == {
        "log.jsonl",
        "texts.jsonl",
        "roster.json",
        "playbook.yaml",
        "scenario.yaml",
        "checkpoint",
        "keys/KEY.pem",
        "keys/KEY.vkey",
        "views/report.en.md",
        "views.sha256",
        "files.sha256",
        "VERIFY.md",
        "manifest.sha256",
    }
    assert found["log.jsonl"] == b"".join(data + b"\n" for data in made.entries)
    assert (found["playbook.yaml"], found["scenario.yaml"]) == (PLAYBOOK, SCENARIO)
    checkpoint = read_checkpoint(read_note(found["checkpoint"]).text)
    assert checkpoint == written.checkpoint
    assert (checkpoint.size, checkpoint.root) == (7, root_of(made.entries))
    assert verify_bundle(tmp_path / "b.zip").holds


def test_the_same_record_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    bundle(tmp_path / "a.zip")
    bundle(tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_another_key_changes_the_signature_and_the_rosters_salt_alone(tmp_path: Path) -> None:
    bundle(tmp_path / "a.zip")
    write_bundle(tmp_path / "b.zip", record(), key(2))
    one, other = members_of(tmp_path / "a.zip"), members_of(tmp_path / "b.zip")
    same = {name for name in one if one.get(name) == other.get(name)}
    assert same == {"log.jsonl", "texts.jsonl", "playbook.yaml", "scenario.yaml", "files.sha256", "VERIFY.md"}


def test_the_order_in_which_a_store_gives_the_texts_of_an_entry_changes_nothing(tmp_path: Path) -> None:
    made = record()
    first, second, *others = made.texts
    assert first.seq == second.seq
    bundle(tmp_path / "a.zip")
    write_bundle(tmp_path / "b.zip", with_texts(made, [second, first, *others]), key())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_text_that_was_taken_out_before_signing_is_no_fault_but_is_told(tmp_path: Path) -> None:
    """Whoever keeps a record may have to forget somebody's words; after signing, nobody can take any out unnoticed."""
    made = record()
    write_bundle(tmp_path / "b.zip", with_texts(made, list(made.texts)[1:]), key())
    findings = verify_bundle(tmp_path / "b.zip")
    assert (findings.holds, findings.sealed) == (True, 1)
    assert any("only the commitments are here" in said for said in findings.limits())


def test_no_private_key_is_in_it(tmp_path: Path) -> None:
    data = bundle(tmp_path / "b.zip").read_bytes()
    secret = b"".join(private_pem(1).splitlines()[1:-1])
    assert b"PRIVATE" not in data
    assert secret not in data
    assert key()._key.private_bytes_raw() not in data


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"mine")
    with pytest.raises(InputError, match="there already"):
        bundle(tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == b"mine"


def test_a_bundle_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def fails() -> Iterator[bytes]:
        yield from list(record().entries)[:3]
        raise SurroundingsError("The database went away.")

    with pytest.raises(SurroundingsError, match="went away"):
        write_bundle(tmp_path / "b.zip", replace(record(), entries=fails()), key())
    assert list(tmp_path.iterdir()) == []


def test_an_entry_that_is_no_line_is_no_entry(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="not one line"):
        write_bundle(tmp_path / "b.zip", replace(record(), entries=[b"a\nb"]), key())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_where_it_cannot_be_written_a_sentence_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SurroundingsError, match="could not be written"):
        bundle(tmp_path / "b.zip")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        bundle(tmp_path / "nowhere" / "b.zip")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"before")

    def fill() -> None:
        with writing(tmp_path / "b", replace=True) as file:
            file.write(b"after")
            raise OSError(28, "No space left on device")

    with pytest.raises(SurroundingsError, match="the disk is full"):
        fill()
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == b"before"


def test_a_stored_run_becomes_a_bundle(tmp_path: Path) -> None:
    store = MemoryStore()
    stored(store, "r1", some_facts(7))
    write_bundle(tmp_path / "b.zip", record_of(store, store.find("r1")), key())
    bundle(tmp_path / "same.zip")
    assert (tmp_path / "b.zip").read_bytes() == (tmp_path / "same.zip").read_bytes()


def test_what_is_recorded_after_the_run_was_looked_up_is_left_out(tmp_path: Path) -> None:
    store = MemoryStore()
    stored(store, "r1", some_facts(4))
    info = store.find("r1")
    source = record_of(store, info)
    scribe = Scribe("r1")
    scribe.write(*some_facts(4))
    with store.writer("r1") as writer:
        writer.append(*scribe.write(*some_facts(7)[4:]))
    written = write_bundle(tmp_path / "b.zip", source, key())
    assert written.checkpoint.size == 4
    assert verify_bundle(tmp_path / "b.zip").holds


def test_a_run_without_entries_has_no_bundle() -> None:
    store = MemoryStore()
    begin(store, "r1")
    with pytest.raises(InputError, match="Nothing is on record"):
        record_of(store, store.find("r1"))


# Pseudonymous by design.

SECRET = ["Lin Yue", "林悦", "Zhou Kai", "周凯", "it is number", "号店", "shop 3"]


def secrets_in(path: Path) -> list[str]:
    return [words for words in SECRET if words.encode() in path.read_bytes()]


def test_a_pseudonymised_bundle_holds_no_name_and_no_text(tmp_path: Path) -> None:
    views = {"report.en.md": b"Lin Yue reports"}
    bundle(tmp_path / "full.zip", views=views)
    assert set(secrets_in(tmp_path / "full.zip")) == set(SECRET)
    written = write_bundle(tmp_path / "p.zip", record(), key(), pseudonymise=True, views=views)
    assert secrets_in(tmp_path / "p.zip") == []
    assert members.ROSTER not in members_of(tmp_path / "p.zip")
    findings = verify_bundle(tmp_path / "p.zip")
    assert findings.holds
    assert (findings.root, findings.size) == (written.checkpoint.root, 7)
    assert {"scenario", "texts", "roster"} <= set(findings.not_checked)
    assert members_of(tmp_path / "p.zip")["checkpoint"] == members_of(tmp_path / "full.zip")["checkpoint"]


def test_a_bundle_is_pseudonymised_afterwards_too_and_keeps_its_signatures(tmp_path: Path) -> None:
    bundle(tmp_path / "full.zip", views={"report.en.md": b"Lin Yue reports"})
    cosign(tmp_path / "full.zip", key(2), "observer")
    pseudonymise(tmp_path / "full.zip", tmp_path / "p.zip")
    assert secrets_in(tmp_path / "p.zip") == []
    findings = verify_bundle(tmp_path / "p.zip")
    assert findings.holds
    assert [signed.name for signed in findings.signatures] == ["incidentsim/run/r1", "observer"]
    with pytest.raises(InputError, match="there already"):
        pseudonymise(tmp_path / "full.zip", tmp_path / "p.zip")


def test_the_rosters_digest_gives_no_name_away(tmp_path: Path) -> None:
    """Whoever guesses all the names cannot confirm the guess: the salt is missing."""
    first = write_bundle(tmp_path / "a.zip", record(), key(1)).checkpoint.roster
    second = write_bundle(tmp_path / "b.zip", record(), key(2)).checkpoint.roster
    assert first != second


# Further signatures.


def test_several_people_sign_one_after_the_other(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip")
    before = members_of(tmp_path / "b.zip")
    cosign(tmp_path / "b.zip", key(2), "facilitator")
    cosign(tmp_path / "b.zip", key(3), "observer", target=tmp_path / "c.zip")
    findings = verify_bundle(tmp_path / "c.zip")
    assert findings.holds
    assert [signed.name for signed in findings.signatures] == ["incidentsim/run/r1", "facilitator", "observer"]
    after = members_of(tmp_path / "c.zip")
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name for name in changed if not name.startswith("keys/")} == {"checkpoint", "manifest.sha256"}
    assert len(verify_bundle(tmp_path / "b.zip").signatures) == 2


def test_nobody_signs_twice_or_under_a_name_that_is_taken(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip")
    cosign(tmp_path / "b.zip", key(2), "observer")
    before = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(InputError, match=r"has signed .* already, under the name observer"):
        cosign(tmp_path / "b.zip", key(2), "somebody")
    with pytest.raises(InputError, match="under the name observer already"):
        cosign(tmp_path / "b.zip", key(3), "observer")
    with pytest.raises(InputError, match="cannot be the name"):
        cosign(tmp_path / "b.zip", key(3), "two words")
    with pytest.raises(InputError, match="has signed"):
        cosign(tmp_path / "b.zip", key(1), "myself")
    assert (tmp_path / "b.zip").read_bytes() == before


def test_another_file_that_is_there_is_not_replaced_by_a_signed_bundle(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip")
    (tmp_path / "c.zip").write_bytes(b"mine")
    with pytest.raises(InputError, match="there already"):
        cosign(tmp_path / "b.zip", key(2), "observer", target=tmp_path / "c.zip")
    assert (tmp_path / "c.zip").read_bytes() == b"mine"
    cosign(tmp_path / "b.zip", key(2), "observer", target=tmp_path / "b.zip")
    assert len(verify_bundle(tmp_path / "b.zip").signatures) == 2


def test_nobody_signs_what_does_not_verify(tmp_path: Path) -> None:
    data = bundle(tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(data.replace(b"discoverer", b"discoveree", 1))
    with pytest.raises(InputError, match="was not signed"):
        cosign(tmp_path / "b.zip", key(2), "observer")


def test_texts_of_any_kind_come_back_as_they_were() -> None:
    made = record()
    odd = [replace(text, text=FreeText('line\nfeed \u2028 \x00 😀 "q"')) for text in made.texts]
    lines = list(members.write_texts(odd))
    assert all(line.count(b"\n") == 1 for line in lines)
    assert [members.read_text(line[:-1]) for line in lines] == odd
    roster = {"p1": RosterName(Text("A\n", "甲"), b"x" * 32), "p2": RosterName(Text("B", "乙"))}
    assert members.read_roster(members.write_roster(roster, b"s" * 32)) == roster


def test_nobody_copies_what_does_not_verify(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "b.zip", {**parts, "roster.json": parts["roster.json"].replace(b"Lin", b"Lan")})
    with pytest.raises(InputError, match="was changed or damaged"):
        pseudonymise(tmp_path / "b.zip", tmp_path / "p.zip")
    assert not (tmp_path / "p.zip").exists()
