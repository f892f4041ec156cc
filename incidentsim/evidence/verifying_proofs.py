"""Verifying a proof alone: nothing is needed but the file, and nothing else is said than what it shows."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Json
from incidentsim.evidence import ed25519
from incidentsim.evidence.findings import Findings, Notebook, Signed
from incidentsim.evidence.members import MemberError, text_from_json
from incidentsim.evidence.proving import GROWTH, PROOF
from incidentsim.evidence.signatures import check_signatures
from incidentsim.evidence.trusted_inputs import NO_TRUSTED_INPUTS, TrustedInputs, check_required_keys, compare_trusted
from incidentsim.evidence.verifying_timestamps import check_timestamp
from incidentsim.ledger.canonical import UncanonicalError, canonical
from incidentsim.ledger.checkpoint import Checkpoint, origin_of, read_checkpoint, read_root, write_root
from incidentsim.ledger.entry import Body, read_entry
from incidentsim.ledger.merkle import is_consistent, leaf_hash, root_from_inclusion
from incidentsim.ledger.note import Note, NoteError, PublicKey, read_key, read_note
from incidentsim.ledger.sealing import commitments
from incidentsim.messages import gettext as _

_PARTS = {
    PROOF: {"checkpoint", "entry", "hashes", "keys", "schema", "seq", "texts"},
    GROWTH: {"earlier", "hashes", "keys", "later", "schema"},
}


def verify_proof(data: bytes, path: Path, trusted: TrustedInputs = NO_TRUSTED_INPUTS) -> Findings:
    """Verify the proof that these bytes are; `path` is named where they are none.

    Raises:
        InputError: they are no proof.
    """
    try:
        return _verify(read_proof(data), trusted)
    except (UncanonicalError, NoteError, MemberError) as error:
        raise InputError(_("{path} is no proof: {reason}").format(path=path, reason=error)) from None


def is_proof(data: bytes) -> bool:
    """Return whether these bytes are meant as a proof, right or not."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and str(value.get("schema")) in _PARTS


def read_proof(data: bytes) -> Json:
    """Return the content of a proof, whatever its spaces, line breaks, escapes and order of keys.

    Whatever is hashed or signed lies in strings, so none of that changes it. A key given twice, which readers take
    differently, and numbers other than whole ones are refused.

    Raises:
        UncanonicalError: these bytes are no JSON, or say what no record can hold.
    """
    try:
        value: Json = json.loads(data, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse)
    except UncanonicalError:
        raise
    except (ValueError, RecursionError) as error:
        raise UncanonicalError(_("This is not JSON: {reason}.").format(reason=error)) from None
    canonical(value)
    return value


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UncanonicalError(_("A key is given twice in one object."))
    return found


def _refuse(number: str) -> Json:
    raise UncanonicalError(_("{number} is not a whole number.").format(number=number[:50]))


def _verify(value: Json, trusted: TrustedInputs) -> Findings:
    if not isinstance(value, dict) or value.keys() != _PARTS.get(str(value.get("schema"))):
        raise NoteError(_("its parts are not those of a proof"))
    keys = tuple(map(_read_key, _lines(value["keys"])))
    hashes = _hashes(value["hashes"])
    verify = _verify_entry if value["schema"] == PROOF else _verify_growth
    return verify(value, keys, hashes, trusted)


def _verify_entry(
    value: dict[str, Json], keys: Sequence[PublicKey], hashes: Sequence[bytes], trusted: TrustedInputs
) -> Findings:
    notes = Notebook()
    note, checkpoint, signed = _note(value["checkpoint"], keys, notes)
    seq, data = value["seq"], str(value["entry"]).encode(errors="replace")
    if type(seq) is not int:
        raise NoteError(_("its number of an entry is none"))
    body = _entry(data, seq, checkpoint, notes)
    root = root_from_inclusion(seq, checkpoint.size, leaf_hash(data), hashes)
    actual = write_root(root) if root is not None else _("none: the hashes are not those of this place")
    notes.compare("inclusion", write_root(checkpoint.root), actual, seq)
    disclosed = _check_texts(value["texts"], body, seq, notes)
    compare_trusted(trusted, checkpoint, notes, keys=keys)
    check_required_keys(trusted, note, notes)
    check_timestamp(trusted, note, None, notes)
    sealed = len(commitments(body.fact)) - disclosed if body is not None else 0
    return Findings(
        kind="inclusion",
        checks=notes.checks(),
        not_checked=tuple(dict.fromkeys(notes.not_made)),
        run=checkpoint.run,
        size=checkpoint.size,
        root=checkpoint.root,
        sealed=max(0, sealed),
        signatures=signed,
        pins=tuple(notes.pins),
        more_limits=("others", "others-signed"),
    )


def _verify_growth(
    value: dict[str, Json], keys: Sequence[PublicKey], hashes: Sequence[bytes], trusted: TrustedInputs
) -> Findings:
    notes = Notebook()
    note, later, signed = _note(value["later"], keys, notes)
    before = read_note(str(value["earlier"]).encode())
    earlier = read_checkpoint(before.text)
    notes.compare("checkpoint", later.origin, earlier.origin)
    _check_earlier(before, keys, notes)
    holds = is_consistent(earlier.size, earlier.root, later.size, later.root, hashes)
    expected = _("{root} over the first {count} entries").format(root=write_root(earlier.root), count=earlier.size)
    notes.compare("growth", expected, expected if holds else _("another root, or none"))
    compare_trusted(trusted, later, notes, keys=keys, also=earlier)
    check_required_keys(trusted, note, notes)
    check_timestamp(trusted, note, None, notes)
    return Findings(
        kind="consistency",
        checks=notes.checks(),
        not_checked=tuple(dict.fromkeys(notes.not_made)),
        run=later.run,
        size=later.size,
        root=later.root,
        signatures=signed,
        pins=tuple(notes.pins),
        more_limits=("entries", "others-signed"),
    )


def _check_earlier(before: Note, keys: Sequence[PublicKey], notes: Notebook) -> None:
    """Check that the earlier checkpoint is signed by a key that is here; others may have signed it as well."""
    known = [key for key in keys if before.signature_by(key) is not None]
    for key in known:
        if not before.is_signed_by(key, ed25519.verify):
            notes.fails("signatures", _("a right signature by {name}").format(name=key.name), _("a wrong one"))
    if not known:
        notes.fails("signatures", _("the earlier checkpoint signed by a key that is here"), _("none"))


def _note(value: Json, keys: Sequence[PublicKey], notes: Notebook) -> tuple[Note, Checkpoint, tuple[Signed, ...]]:
    note = read_note(str(value).encode(errors="replace"))
    checkpoint = read_checkpoint(note.text)
    notes.passes("checkpoint")
    if checkpoint.run is None:
        notes.fails("checkpoint", origin_of("…"), checkpoint.origin)
    return note, checkpoint, check_signatures(note, keys, notes)


def _entry(data: bytes, seq: int, checkpoint: Checkpoint, notes: Notebook) -> Body | None:
    notes.passes("entry")
    try:
        body = read_entry(data)
    except UncanonicalError as error:
        notes.fails("entry", _("a canonical entry of a known scheme"), str(error), seq)
        return None
    notes.compare("entry", f"{checkpoint.run} #{seq}", f"{body.run} #{body.seq}", seq)
    return body


def _check_texts(value: Json, body: Body | None, seq: int, notes: Notebook) -> int:
    """Compare the disclosed texts with their commitments; how many there are."""
    if not isinstance(value, list):
        raise NoteError(_("its texts are no list"))
    committed = commitments(body.fact) if body is not None else {}
    for one in value:
        text = text_from_json(one)
        notes.compare("text", str(seq), str(text.seq), seq)
        expected = committed.pop(text.pointer, None) or _("no text at {path}").format(path=text.pointer)
        notes.compare("text", expected, text.commitment(), seq)
    return len(value)


def _read_key(line: str) -> PublicKey:
    key = read_key(line)
    if str(key) != line:
        raise NoteError(_("one of its keys is not in the one form of such lines"))
    return key


def _lines(value: Json) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise NoteError(_("its keys and hashes are no list of strings"))
    return cast("list[str]", value)


def _hashes(value: Json) -> list[bytes]:
    found = [read_root(line) for line in _lines(value)]
    if None in found:
        raise NoteError(_("one of its hashes is none"))
    return cast("list[bytes]", found)
