"""Readers of evidence: bundles, logs, proofs, checkpoints, keys, time stamps, and the parts that these are made of."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import NotAFactError, read_fact
from incidentsim.evidence import logs, members, rfc3161
from incidentsim.evidence.keys import load_key, read_public_key
from incidentsim.evidence.open_bundle import Region
from incidentsim.evidence.pinned_files import read_list
from incidentsim.evidence.proving import prove_entry, prove_growth
from incidentsim.evidence.rfc3161 import TimestampError, read_roots
from incidentsim.evidence.trusted_inputs import TrustedInputs, read_trusted_checkpoint
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.evidence.verifying_files import verify_path
from incidentsim.ledger.bulk import read_batch
from incidentsim.ledger.canonical import UncanonicalError, read_canonical
from incidentsim.ledger.checkpoint import read_checkpoint, read_root
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import last_fact, read_entry
from incidentsim.ledger.note import NoteError, read_key, read_note
from incidentsim.ledger.verify import Checker
from tests.fuzzing.bundles import contents, sound_bundles, spoil_bundle, unpacked, unseen
from tests.fuzzing.reader import Reader, in_file
from tests.support.evidence import private_pem, record
from tests.support.record import Scribe, some_facts, step_taken

DATA: Final = Path(__file__).parent / "data"
NO_FACTS: Final = 9
"""So many entries have the longer of the logs."""


def _bundle(data: bytes) -> str | None:
    findings = verify_bundle(in_file(data, "input.zip"), processes=1)
    findings.limits()
    findings.to_json()
    return unseen(contents(data), findings) if findings.holds else None


def _folder(data: bytes) -> str | None:
    folder = unpacked(data)
    if folder is None:
        return None
    findings = verify_bundle(folder, processes=1)
    return unseen(contents(data), findings) if findings.holds else None


@cache
def _logs() -> tuple[bytes, ...]:
    return tuple(b"".join(line + b"\n" for line in record(count).entries) for count in (3, NO_FACTS))


def _log(data: bytes) -> str | None:
    """Of a log alone nothing shows but what does not follow: it may end early, and its last entry may be another."""
    findings = verify_path(in_file(data, "input.jsonl"), TrustedInputs())
    findings.limits()
    if not findings.holds:
        return None
    lines = data.split(b"\n")
    if lines[-1] != b"":
        return "the last line is cut off, and it holds"
    if not _chained(lines[:-1]):
        return "its entries are no chain, and it holds"
    for log in _logs():
        if lines[:-2] == log.split(b"\n")[: max(0, len(lines) - 2)]:
            return None
    return "an entry that others follow on is another, and it holds"


def _survey(data: bytes) -> str | None:
    """Read a log as several processes read its parts: what they find sound, reading entry by entry must, too."""
    region = Region(in_file(data, "survey.jsonl"), 0, len(data))
    texts = Region(
        in_file(b"".join(line + b"\n" for line in _texts()), "survey.texts"), 0, sum(map(len, _texts())) + len(_texts())
    )
    with region.path.open("rb") as file:
        cuts = logs._cuts(file, region, 3)
        parts = [Region(region.path, start, end) for start, end in pairwise(cuts)]
        firsts = [logs._first_number(file, part) for part in parts]
    logs._parts_of_texts(texts, firsts)
    batch, checker = logs._survey(region, None), Checker(None, None, None, None)
    if batch is not None and checker.follows(batch):
        checker.take_batch(batch)
        if checker.verdict(None).holds and not _chained(data.removesuffix(b"\n").split(b"\n")):
            return "sound as a part, and faulty entry by entry"
    return None


def _chained(lines: Sequence[bytes]) -> bool:
    """Whether these are the entries of one run, each in the place it says, and after the one that it follows on."""
    prev = ZERO
    for number, line in enumerate(lines):
        try:
            body = read_entry(line)
        except UncanonicalError:
            return False
        if (body.seq, body.prev, body.header is not None) != (number, prev, number == 0):
            return False
        if body.run != read_entry(lines[0]).run:
            return False
        prev = digest(line)
    return True


@cache
def _bundle_file(number: int) -> Path:
    return in_file(sound_bundles()[number], f"sound-{number}.zip")


@cache
def _proofs() -> tuple[bytes, ...]:
    earlier = read_note(contents(sound_bundles()[3])[members.CHECKPOINT])
    return (
        prove_entry(_bundle_file(0), 3, ["all"]),
        prove_entry(_bundle_file(1), 0),
        prove_growth(_bundle_file(0), earlier),
        json.dumps(json.loads(prove_entry(_bundle_file(0), 4)), indent=2).encode(),
    )


def _proof(data: bytes) -> str | None:
    findings = verify_path(in_file(data, "input.json"), TrustedInputs())
    findings.limits()
    if not findings.holds:
        return None
    said = json.loads(data)
    for proof in _proofs():
        sound = json.loads(proof)
        if said.keys() == sound.keys() and all(_alike(name, said[name], sound[name]) for name in said):
            return None
    return "what it proves is another, and it holds"


def _alike(name: str, said: Any, sound: Any) -> bool:
    """Whether a part of a proof says the same; signatures, keys and texts may be fewer."""
    if name in {"checkpoint", "earlier", "later"}:
        return read_note(said.encode()).text == read_note(sound.encode()).text
    if name == "keys":
        return True
    if name == "texts":
        return all(text in sound for text in said)
    return bool(said == sound)


def _checkpoint(data: bytes) -> str | None:
    """Read it, and hold a bundle against it: it pins something only if it is one that was made."""
    note = read_trusted_checkpoint(in_file(data, "checkpoint"))
    findings = verify_bundle(_bundle_file(0), TrustedInputs(earlier=(note,)), processes=1)
    findings.limits()
    made = [read_note(contents(sound)[members.CHECKPOINT]).text for sound in sound_bundles()]
    signed = any(
        one.holds and one.name.startswith("incidentsim/run/") for pin in findings.pins for one in pin.signatures
    )
    if signed and note.text not in made:
        return "a checkpoint that nobody made is told as signed"
    checkpoint, own = read_checkpoint(note.text), read_checkpoint(made[0])
    pinned = any(pin.holds and pin.size == checkpoint.size for pin in findings.pins)
    if pinned and checkpoint.size == own.size and checkpoint.root != own.root:
        return "another root is told as pinned"
    return None


def _public_key(data: bytes) -> str | None:
    read_public_key(in_file(data, "key.pem"))
    return None


def _private_key(data: bytes) -> str | None:
    path = in_file(data, "private.pem")
    path.chmod(0o600)
    load_key(path).signer("anybody").sign(b"message")
    return None


def _roots(data: bytes) -> str | None:
    read_roots(in_file(data, "roots.pem"))
    return None


@cache
def _stamped_text() -> bytes:
    return (DATA / "stamped.txt").read_bytes()


def _stamp(data: bytes) -> str | None:
    rfc3161.read_imprint(data, _stamped_text())
    found = rfc3161.verify(data, _stamped_text(), read_roots(DATA / "root.pem"))
    sound = rfc3161.verify((DATA / "response.tsr").read_bytes(), _stamped_text(), read_roots(DATA / "root.pem"))
    return None if found == sound else "another time or authority is told as verified"


@cache
def _lines() -> tuple[bytes, ...]:
    scribe = Scribe("r1")
    return tuple(entry.data for entry in scribe.write(*some_facts(4), step_taken(5, what={"text": "words"}))[0])


def _entry(data: bytes) -> str | None:
    last_fact(data)
    body = read_entry(data)
    read_batch([data, data])
    return None if body.to_entry().data == data else "it is written otherwise than it was read"


def _facts() -> list[bytes]:
    return [json.dumps(json.loads(line)["fact"]).encode() for line in _lines()]


def _fact(data: bytes) -> str | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    fact = read_fact(value)
    return None if fact.to_json() == value else "it is written otherwise than it was read"


def _canonical(data: bytes) -> str | None:
    read_canonical(data)
    return None


def _note(data: bytes) -> str | None:
    note = read_note(data)
    if note.to_bytes() != data:
        return "it is written otherwise than it was read"
    checkpoint = read_checkpoint(note.text)
    return None if checkpoint.to_text() == note.text else "a checkpoint has two forms"


def _key_line(data: bytes) -> str | None:
    words = data.decode(errors="replace")
    read_root(words)
    key = read_key(words)
    return None if str(key) == words.strip() else "a key has two forms"


def _texts() -> list[bytes]:
    return list(contents(sound_bundles()[0])[members.TEXTS].splitlines())


def _text(data: bytes) -> str | None:
    (written,) = members.write_texts([members.read_text(data)])
    return None if written == data + b"\n" else "it is written otherwise than it was read"


def _roster(data: bytes) -> str | None:
    members.read_roster(data)
    return None


def _lists(data: bytes) -> str | None:
    for read in (members.read_manifest, lambda found: read_list(found, members.FILES)):
        with suppress(members.MemberError):
            read(data)
            return None
    read_list(data, members.VIEW_LIST)
    return None


def _member(name: str) -> list[bytes]:
    return [contents(sound)[name] for sound in sound_bundles() if name in contents(sound)]


def _of(pattern: str) -> list[bytes]:
    parts: Mapping[str, bytes] = contents(sound_bundles()[1])
    return [parts[name] for name in parts if name.endswith(pattern)]


EVIDENCE_READERS: Final[tuple[Reader, ...]] = (
    Reader("bundle", sound_bundles, _bundle, spoil=spoil_bundle, share=30),
    Reader("folder", sound_bundles, _folder, spoil=spoil_bundle, share=10),
    Reader("log", _logs, _log, share=60),
    Reader("survey", _logs, _survey, share=60),
    Reader("proof", _proofs, _proof, share=80),
    Reader("checkpoint", lambda: _member(members.CHECKPOINT), _checkpoint, share=30),
    Reader("public-key", lambda: [*_of(".pem"), *_of(".vkey")], _public_key),
    Reader("private-key", lambda: [private_pem(1), private_pem(2)], _private_key),
    Reader("stamp-roots", lambda: [(DATA / "root.pem").read_bytes()], _roots),
    Reader("stamp", lambda: [(DATA / "response.tsr").read_bytes()], _stamp, (InputError, TimestampError), share=60),
    Reader("entry", _lines, _entry, (UncanonicalError,), share=200),
    Reader("fact", _facts, _fact, (NotAFactError,), share=200),
    Reader("canonical", _lines, _canonical, (UncanonicalError,), share=200),
    Reader("note", lambda: _member(members.CHECKPOINT), _note, (NoteError,), share=200),
    Reader("key-line", lambda: _of(".vkey"), _key_line, (NoteError,), share=200),
    Reader("text", _texts, _text, (members.MemberError,), share=200),
    Reader("roster", lambda: _member(members.ROSTER), _roster, (members.MemberError,), share=200),
    Reader(
        "lists",
        lambda: [*_member(members.FILES), *_member(members.VIEW_LIST), *_member(members.MANIFEST)],
        _lists,
        (members.MemberError,),
        share=200,
    ),
)
