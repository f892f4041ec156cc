"""Verifying finds every change, says where it is, and what it could not see. Nothing is missed, no alarm is false."""

import shutil
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import FreeText, Text
from incidentsim.evidence import members
from incidentsim.evidence.bundle import Record, write_bundle
from incidentsim.evidence.findings import ORDER, Findings, limit, title
from incidentsim.evidence.rebundling import cosign
from incidentsim.evidence.trusted_inputs import TrustedInputs, read_trusted_checkpoint
from incidentsim.evidence.verifying import verify_bundle, verify_log_file, verify_run
from incidentsim.ledger.checkpoint import Checkpoint, origin_of, read_checkpoint
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import Note, PublicKey, read_note
from tests.support.evidence import bundle, failed, key, later_entries, members_of, pack, record
from tests.support.record import ROSTER, Scribe, some_facts, step_taken
from tests.support.record import record as stored


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle that nobody changes."""
    return bundle(tmp_path_factory.mktemp("sound") / "b.zip", 4)


def test_a_sound_bundle_passes_every_check(sound: Path) -> None:
    findings = verify_bundle(sound)
    assert findings.holds
    assert findings.first_bad is None
    assert (findings.kind, findings.run, findings.size, findings.sealed) == ("bundle", "r1", 4, 0)
    assert findings.root == root_of(record(4).entries)
    assert findings.not_checked == ("earlier", "trusted")
    assert findings.more_limits == ("others-signed",)
    assert "written the whole record anew" in findings.limits()[0]
    made = [check.name for check in findings.checks]
    assert made == [name for name in ORDER if name in made]
    assert len(made) == 20


def test_unpacked_it_verifies_as_well(sound: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(sound, tmp_path, "zip")
    findings = verify_bundle(tmp_path)
    assert (findings.kind, findings.holds) == ("folder", True)
    (tmp_path / "log.jsonl").write_bytes((tmp_path / "log.jsonl").read_bytes()[:-1])
    assert {"manifest", "ending"} <= failed(verify_bundle(tmp_path))


def test_an_earlier_end_of_the_same_record_is_told_from_another_record(tmp_path: Path) -> None:
    """Entries were added after the checkpoint: the root over those it counted holds still."""
    parts = members_of(bundle(tmp_path / "b.zip", 9))
    log = parts["log.jsonl"] + b"".join(line + b"\n" for line in later_entries())
    findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "log.jsonl": log}))
    assert failed(findings) == {"size"}


# What lies beside the log.


def test_other_members_than_those_listed_are_found(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    for contents in (
        {**parts, "views/report.md": b"planted"},
        {name: data for name, data in parts.items() if name != "texts.jsonl"},
    ):
        findings = verify_bundle(pack(tmp_path / "c.zip", contents, manifest=False))
        assert "members" in failed(findings)


@pytest.mark.parametrize("name", ["log.jsonl", "checkpoint", "manifest.sha256", "VERIFY.md", "playbook.yaml"])
def test_a_bundle_without_a_needed_member_is_none(name: str, sound: Path, tmp_path: Path) -> None:
    parts = {one: data for one, data in members_of(sound).items() if one != name}
    with pytest.raises(InputError, match=f"it lacks {name}"):
        verify_bundle(pack(tmp_path / "c.zip", parts, manifest=False))


def test_a_member_that_no_bundle_has_is_refused(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no bundle does"):
        verify_bundle(pack(tmp_path / "c.zip", {**members_of(sound), "evil.exe": b"x"}))


def test_forged_companions_are_found_by_what_was_signed(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    others = {**ROSTER, "p1": replace(ROSTER["p1"], name=Text("Somebody Else", "别人"))}
    roster = members.write_roster(others, b"s" * 32)
    texts = [replace(text, text=FreeText("nothing happened")) for text in record(4).texts]
    forged = {
        "roster": {**parts, "roster.json": roster},
        "texts": {**parts, "texts.jsonl": b"".join(members.write_texts(texts))},
        "playbook": {**parts, "playbook.yaml": parts["playbook.yaml"] + b"# milder\n"},
        "scenario": {**parts, "scenario.yaml": b"another"},
    }
    for name, contents in forged.items():
        expected = {name} | {"texts": {"all-texts"}, "roster": {"people"}}.get(name, set())
        assert failed(verify_bundle(pack(tmp_path / "c.zip", contents))) == expected


@pytest.mark.parametrize("name", ["texts.jsonl", "roster.json"])
@pytest.mark.parametrize("data", [b"", b"\n", b"{}", b"{}\n", b"[]\n", b"\xff\n", b"nonsense\n", b'{"a":1.5}\n'])
def test_companions_that_cannot_be_read_are_found(name: str, data: bytes, sound: Path, tmp_path: Path) -> None:
    findings = verify_bundle(pack(tmp_path / "c.zip", {**members_of(sound), name: data}))
    if name == "texts.jsonl":
        assert failed(findings) == ({"texts", "all-texts"} if data else {"all-texts"})
        assert findings.first_bad == 0
    else:
        assert failed(findings) == {"roster"}


NASTY = [
    b"",
    b"\n",
    b"\xff\xfe\n",
    b"{" * 200_000 + b"\n",
    b"[" * 200_000 + b"]" * 200_000 + b"\n",
    b'{"seq":' + b"9" * 100_000 + b"}\n",
    b'{"seq":1e999}\n',
    b'{"seq":-0}\n',
    b'{"fact":"\\ud800"}\n',
    b"\x00" * 1000 + b"\n",
    b"\r\n" * 1000,
    b"null\n" * 1000,
    b'{"a":{"b":' * 30_000 + b"1" + b"}}" * 30_000 + b"\n",
]


@pytest.mark.parametrize("data", NASTY, ids=lambda data: repr(data[:20]))
@pytest.mark.parametrize("name", ["log.jsonl", "checkpoint", "texts.jsonl", "roster.json", "manifest.sha256"])
def test_hostile_contents_are_faults_not_errors(name: str, data: bytes, sound: Path, tmp_path: Path) -> None:
    parts = {**members_of(sound), name: data}
    findings = verify_bundle(pack(tmp_path / "c.zip", parts, manifest=name != "manifest.sha256"))
    assert not findings.holds
    assert findings.first_bad in {0, None}


def test_a_log_of_thousands_of_wrong_lines_is_counted_and_located(sound: Path, tmp_path: Path) -> None:
    """As a transfer leaves it that changed all line ends: the first is named, and none is lost from the count."""
    log = members_of(sound)["log.jsonl"] + b'{"no":"entry, but as long as one, with all that stands in it"}\r\n' * 3000
    findings = verify_bundle(pack(tmp_path / "c.zip", {**members_of(sound), "log.jsonl": log}))
    assert (findings.holds, findings.first_bad, findings.size) == (False, 4, 3004)
    assert findings.root == root_of(log.split(b"\n")[:-1])


def test_a_line_without_end_is_refused(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from incidentsim.evidence import logs

    monkeypatch.setattr(logs, "MAX_LINE", 10_000)
    with pytest.raises(InputError, match="more than 10000 bytes"):
        verify_bundle(pack(tmp_path / "c.zip", {**members_of(sound), "log.jsonl": b"x" * 3_000_000}))


def test_a_member_too_large_for_memory_is_refused(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MAX_SMALL", 1000)
    with pytest.raises(InputError, match="larger than 1000 bytes"):
        verify_bundle(pack(tmp_path / "c.zip", {**members_of(sound), "roster.json": b"x" * 3_000}))


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links here")
@pytest.mark.parametrize("linked", ["log.jsonl", "keys"])
def test_links_in_a_folder_are_refused(linked: str, sound: Path, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "b", tmp_path / "elsewhere"
    shutil.unpack_archive(sound, folder, "zip")
    (folder / linked).rename(elsewhere)
    (folder / linked).symlink_to(elsewhere)
    with pytest.raises(InputError, match="is a link"):
        verify_bundle(folder)


# Signatures and what is known from elsewhere.


def resigned(path: Path, count: int = 9, changed: int = 4, *, number: int = 1) -> Path:
    """The whole record written anew with one other fact, by whoever holds the key."""
    scribe = Scribe("r1")
    facts = some_facts(count)
    facts[changed] = step_taken(99)
    entries, texts = scribe.write(*facts)
    made = replace(record(count), entries=[entry.data for entry in entries], texts=texts)
    write_bundle(path, made, key(number))
    return path


def test_a_rewritten_and_signed_record_verifies_and_the_limits_say_so(tmp_path: Path) -> None:
    findings = verify_bundle(resigned(tmp_path / "b.zip"))
    assert findings.holds
    assert "this would not show" in findings.limits()[0]


def test_an_earlier_checkpoint_shows_it(tmp_path: Path) -> None:
    bundle(tmp_path / "original.zip", 6)
    kept = read_trusted_checkpoint(tmp_path / "original.zip")
    findings = verify_bundle(resigned(tmp_path / "b.zip"), TrustedInputs(earlier=(kept,)))
    assert failed(findings) == {"earlier"}
    assert "6 entries" in next(check.expected for check in findings.checks if not check.holds)
    bundle(tmp_path / "longer.zip", 9)
    assert verify_bundle(tmp_path / "longer.zip", TrustedInputs(earlier=(kept,))).holds
    assert "earlier" not in verify_bundle(tmp_path / "longer.zip", TrustedInputs(earlier=(kept,))).not_checked


def test_a_change_after_the_earlier_checkpoint_does_not_show_against_it(tmp_path: Path) -> None:
    """No false alarm: what the checkpoint counted is there."""
    bundle(tmp_path / "original.zip", 4)
    kept = read_trusted_checkpoint(tmp_path / "original.zip")
    assert verify_bundle(resigned(tmp_path / "b.zip", changed=5), TrustedInputs(earlier=(kept,))).holds


def test_a_paper_shows_it(tmp_path: Path) -> None:
    root = root_of(record(9).entries)
    bundle(tmp_path / "original.zip", 9)
    for trusted in (TrustedInputs(size=9, root=root), TrustedInputs(root=root)):
        assert verify_bundle(tmp_path / "original.zip", trusted).holds
    rewritten = resigned(tmp_path / "b.zip")
    assert failed(verify_bundle(rewritten, TrustedInputs(size=9, root=root))) == {"paper"}
    assert failed(verify_bundle(rewritten, TrustedInputs(root=root))) == {"paper"}
    assert failed(verify_bundle(rewritten, TrustedInputs(size=10))) == {"count"}
    early = root_of(list(record(9).entries)[:5])
    assert failed(verify_bundle(rewritten, TrustedInputs(size=5, root=early))) == {"paper"}
    assert verify_bundle(tmp_path / "original.zip", TrustedInputs(size=5, root=early)).holds
    assert verify_bundle(tmp_path / "original.zip", TrustedInputs(size=5)).holds  # since then it has grown
    assert failed(verify_bundle(tmp_path / "original.zip", TrustedInputs(size=50, root=root))) == {"paper"}


def test_a_second_signature_shows_it(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip", 9)
    cosign(tmp_path / "b.zip", key(2), "observer")
    old, new = members_of(tmp_path / "b.zip"), members_of(resigned(tmp_path / "rewritten.zip"))
    line = next(one for one in old["checkpoint"].splitlines() if b"observer" in one)
    forged = {**old, **new, "checkpoint": new["checkpoint"] + line + b"\n"}
    assert failed(verify_bundle(pack(tmp_path / "forged.zip", forged))) == {"signatures"}
    left_out = {**old, **new}
    assert failed(verify_bundle(pack(tmp_path / "left-out.zip", left_out))) == {"keys"}
    observer = PublicKey("", key(2).public_bytes)
    assert failed(verify_bundle(tmp_path / "rewritten.zip", TrustedInputs(keys=(observer,)))) == {"trusted"}
    assert verify_bundle(tmp_path / "b.zip", TrustedInputs(keys=(observer,))).holds


def test_a_record_signed_by_another_key_shows_if_the_key_is_known(tmp_path: Path) -> None:
    forged = resigned(tmp_path / "b.zip", number=2)
    assert verify_bundle(forged).holds
    known = TrustedInputs(keys=(PublicKey(origin_of("r1"), key(1).public_bytes),))
    assert failed(verify_bundle(forged, known)) == {"trusted"}
    bundle(tmp_path / "c.zip", 9)
    findings = verify_bundle(tmp_path / "c.zip", known)
    assert findings.holds
    assert "trusted" not in findings.not_checked


def checkpointed(path: Path, note: Note) -> Findings:
    bundle(path, 4)
    return verify_bundle(pack(path, {**members_of(path), "checkpoint": note.to_bytes()}))


def note_of(checkpoint: Checkpoint, number: int = 1, name: str | None = None) -> Note:
    return Note(checkpoint.to_text()).signed(key(number).signer(name or checkpoint.origin))


def test_what_a_checkpoint_may_get_wrong_is_found(tmp_path: Path) -> None:
    right = write_bundle(tmp_path / "right.zip", record(4), key()).checkpoint
    wrong = {
        "size": note_of(replace(right, size=5)),
        "root": note_of(replace(right, root=b"r" * 32)),
        "roster": note_of(replace(right, extensions=())),
    }
    for name, note in wrong.items():
        assert name in failed(checkpointed(tmp_path / f"{name}.zip", note))
    unsigned = Note(right.to_text(), note_of(right, 2).signatures)
    assert {"signatures", "keys"} <= failed(checkpointed(tmp_path / "unsigned.zip", unsigned))
    twice = note_of(right)
    twice = Note(twice.text, twice.signatures * 2)
    assert "signatures" in failed(checkpointed(tmp_path / "twice.zip", twice))
    elsewhere = note_of(replace(right, origin="example.com/log"), name="incidentsim/run/r1")
    assert "checkpoint" in failed(checkpointed(tmp_path / "elsewhere.zip", elsewhere))
    other = note_of(replace(right, origin=origin_of("r2")))
    assert "run" in failed(checkpointed(tmp_path / "other.zip", other))


@pytest.mark.parametrize("ending", ["pem", "vkey"])
def test_keys_that_say_something_else_are_found(ending: str, sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    name = next(name for name in parts if name.endswith(ending))
    other = members_of(resigned(tmp_path / "o.zip", number=2))
    changed = next(data for one, data in other.items() if one.endswith(ending))
    for data in (changed, b"", b"\xff", parts[name] + b"\n"):
        assert "keys" in failed(verify_bundle(pack(tmp_path / "c.zip", {**parts, name: data})))
    del parts[name]
    assert "keys" in failed(verify_bundle(pack(tmp_path / "c.zip", parts)))


def test_a_checkpoint_of_another_run_is_no_earlier_one(sound: Path, tmp_path: Path) -> None:
    write_bundle(tmp_path / "o.zip", record(3, "r2"), key())
    findings = verify_bundle(sound, TrustedInputs(earlier=(read_trusted_checkpoint(tmp_path / "o.zip"),)))
    assert failed(findings) == {"earlier"}


def test_a_checkpoint_with_a_broken_signature_is_no_help(sound: Path, tmp_path: Path) -> None:
    note = read_note(members_of(sound)["checkpoint"])
    bent = Note(note.text, (replace(note.signatures[0], signature=bytes(64)),))
    assert failed(verify_bundle(sound, TrustedInputs(earlier=(bent,)))) == {"earlier"}
    (tmp_path / "kept").write_bytes(note.to_bytes())
    assert verify_bundle(sound, TrustedInputs(earlier=(read_trusted_checkpoint(tmp_path / "kept"),))).holds
    for data in (b"", b"no note", b"one\n\n" + note.to_bytes().splitlines()[-1] + b"\n"):
        (tmp_path / "kept").write_bytes(data)
        with pytest.raises(InputError, match="is no checkpoint"):
            read_trusted_checkpoint(tmp_path / "kept")


# Logs and stored runs.


def test_an_exported_log_verifies_without_a_bundle(tmp_path: Path) -> None:
    lines = list(record(7).entries)
    (tmp_path / "l.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    findings = verify_log_file(tmp_path / "l.jsonl", TrustedInputs(root=root_of(lines), size=7))
    assert (findings.kind, findings.holds, findings.root) == ("log", True, root_of(lines))
    assert {"playbook", "scenario", "texts", "signatures", "size"} <= set(findings.not_checked)
    (tmp_path / "l.jsonl").write_bytes(b"".join(line + b"\n" for line in lines[:-1]))
    assert failed(verify_log_file(tmp_path / "l.jsonl", TrustedInputs(root=root_of(lines), size=7))) == {"paper"}
    (tmp_path / "l.jsonl").write_bytes(b"")
    assert {"sequence", "ending"} <= failed(verify_log_file(tmp_path / "l.jsonl"))


def test_a_stored_run_verifies() -> None:
    store = MemoryStore()
    stored(store, "r1", some_facts(7))
    findings = verify_run(store, store.find("r1"))
    assert (findings.kind, findings.holds, findings.size) == ("run", True, 7)
    assert {"texts", "playbook", "scenario"} <= {check.name for check in findings.checks}
    store._runs["r1"].entries[3] = store._runs["r1"].entries[2]
    assert verify_run(store, store.find("r1")).first_bad == 3


def test_a_stored_run_without_its_documents_is_faulty() -> None:
    store = MemoryStore()
    stored(store, "r1", some_facts(7))
    store._documents.clear()
    assert failed(verify_run(store, store.find("r1"))) == {"playbook", "scenario"}


def test_a_run_is_compared_with_an_earlier_bundle(tmp_path: Path) -> None:
    kept = read_trusted_checkpoint(bundle(tmp_path / "b.zip", 4))
    store = MemoryStore()
    stored(store, "r1", some_facts(7))
    assert verify_run(store, store.find("r1"), TrustedInputs(earlier=(kept,))).holds
    other = MemoryStore()
    stored(other, "r1", [step_taken(5), *some_facts(7)[1:]])
    assert failed(verify_run(other, other.find("r1"), TrustedInputs(earlier=(kept,)))) == {"earlier"}
    assert failed(verify_run(store, store.find("r1"), TrustedInputs(keys=(PublicKey("", bytes(32)),)))) == {"trusted"}


def test_no_sound_record_raises_an_alarm(tmp_path: Path) -> None:
    """Records of many sizes and kinds, each with everything and with nothing beside it."""
    for count in (*range(1, 20), 64, 129, 1000):
        made = record(count)
        variants: list[Record] = [made, replace(made, texts=()), replace(made, run="r1")]
        for number, variant in enumerate(variants):
            for without in (False, True):
                path = tmp_path / f"{count}-{number}-{without}.zip"
                write_bundle(path, variant, key(), pseudonymise=without)
                findings = verify_bundle(path)
                assert findings.holds, findings.checks


def test_everything_has_words_and_the_json_says_the_same(sound: Path, tmp_path: Path) -> None:
    assert all(title(name).endswith(".") for name in (*ORDER, "inclusion", "growth"))
    assert all(limit(name).endswith(".") for name in ("earlier", "trusted", "roster", "views", "others", "entries"))
    findings = verify_bundle(sound)
    shown = orjson.loads(orjson.dumps(findings.to_json()))
    assert shown["holds"] is True
    assert (shown["size"], shown["run"], shown["kind"]) == (4, "r1", "bundle")
    assert [check["name"] for check in shown["checks"]] == [check.name for check in findings.checks]
    spoilt = {**members_of(sound), "playbook.yaml": b"another"}
    shown = verify_bundle(pack(tmp_path / "c.zip", spoilt)).to_json()
    (bad,) = [check for check in shown["checks"] if not check["holds"]]  # type: ignore[index, union-attr, call-overload]
    assert (bad["name"], bad["seq"]) == ("playbook", 0)  # type: ignore[index, call-overload]
    assert read_checkpoint(read_note(spoilt["checkpoint"]).text).size == 4
