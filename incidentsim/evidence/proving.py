"""Proofs: one entry, or one step from an earlier checkpoint to a later, in a small file that is verified alone.

    {"checkpoint":"…","entry":"…","hashes":["…"],"keys":["…"],"schema":"incidentsim/proof/1","seq":7,"texts":[…]}
    {"earlier":"…","hashes":["…"],"keys":["…"],"later":"…","schema":"incidentsim/growth/1"}

Checkpoints are signed notes, hashes are in Base64, and the entry is its line of the log. Texts are there where they
were disclosed, each with its salt.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, cast

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Json
from incidentsim.evidence import ed25519, members
from incidentsim.evidence.logs import entries_of, erasures_in_log, texts_of
from incidentsim.evidence.members import MemberError
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.ledger.canonical import canonical
from incidentsim.ledger.checkpoint import Checkpoint, read_checkpoint, write_root
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.merkle import (
    consistency_spans,
    inclusion_spans,
    is_consistent,
    leaf_hash,
    root_from_inclusion,
    span_hashes,
)
from incidentsim.ledger.note import Note, NoteError, read_key, read_note
from incidentsim.ledger.sealing import commitments
from incidentsim.messages import gettext as _

PROOF: Final = "incidentsim/proof/1"
GROWTH: Final = "incidentsim/growth/1"
ALL: Final = "all"


def prove_entry(path: Path, seq: int, disclose: Iterable[str] = ()) -> bytes:
    """The proof that entry `seq` is in the record of a bundle.

    Args:
        path: the bundle.
        seq: the entry's number.
        disclose: pointers to texts of the entry that go into the proof; `all` for all of them.

    Raises:
        InputError: there is no such entry or text, or the bundle is not one that such a proof can be made from.
        OSError: the bundle cannot be read.
    """
    with OpenedBundle(path) as bundle:
        note, checkpoint = _checkpoint(bundle)
        if not 0 <= seq < checkpoint.size:
            message = _("There is no entry {seq}: the record has {size}, numbered from 0.")
            raise InputError(message.format(seq=seq, size=checkpoint.size))
        log = bundle.regions[members.LOG]
        entry = next(islice(entries_of(log), seq, None), b"")
        hashes = _hashes(entries_of(log), inclusion_spans(seq, checkpoint.size), path)
        if root_from_inclusion(seq, checkpoint.size, leaf_hash(entry), hashes) != checkpoint.root:
            raise _faulty(path)
        return _write(
            {
                "schema": PROOF,
                "seq": seq,
                "entry": entry.decode(),
                "hashes": [write_root(one) for one in hashes],
                "checkpoint": note.to_bytes().decode(),
                "keys": _keys(bundle),
                "texts": _texts(bundle, seq, entry, list(disclose)),
            }
        )


def prove_growth(path: Path, earlier: Note) -> bytes:
    """The proof that the record of a bundle begins with everything that an earlier checkpoint counted.

    Raises:
        InputError: it does not, nobody who signed the bundle has signed that checkpoint, or the bundle is not one
            that such a proof can be made from.
        OSError: the bundle cannot be read.
    """
    with OpenedBundle(path) as bundle:
        note, checkpoint = _checkpoint(bundle)
        before = read_checkpoint(earlier.text)
        if before.origin != checkpoint.origin or not 0 < before.size <= checkpoint.size:
            message = _("The checkpoint of {origin} with {count} entries is no earlier one of this record.")
            raise InputError(message.format(origin=before.origin, count=before.size))
        keys = _keys(bundle)
        if not any(_signed(earlier, line) for line in keys):
            message = _("Of those who signed {path}, nobody has signed that checkpoint, so nothing vouches for it.")
            raise InputError(message.format(path=path))
        entries = entries_of(bundle.regions[members.LOG])
        hashes = _hashes(entries, consistency_spans(before.size, checkpoint.size), path)
        if not is_consistent(before.size, before.root, checkpoint.size, checkpoint.root, hashes):
            message = _("The record in {path} does not begin with what that checkpoint counted; one was changed.")
            raise InputError(message.format(path=path))
        return _write(
            {
                "schema": GROWTH,
                "earlier": earlier.to_bytes().decode(),
                "later": note.to_bytes().decode(),
                "hashes": [write_root(one) for one in hashes],
                "keys": keys,
            }
        )


def _signed(note: Note, line: str) -> bool:
    try:
        return note.is_signed_by(read_key(line), ed25519.verify)
    except NoteError:
        return False


def _checkpoint(bundle: OpenedBundle) -> tuple[Note, Checkpoint]:
    try:
        note = read_note(bundle.read(members.CHECKPOINT))
        return note, read_checkpoint(note.text)
    except NoteError:
        raise _faulty(bundle.path) from None


def _hashes(entries: Iterable[bytes], spans: Sequence[tuple[int, int]], path: Path) -> list[bytes]:
    try:
        return span_hashes(entries, spans)
    except ValueError:
        raise _faulty(path) from None


def _keys(bundle: OpenedBundle) -> list[str]:
    names = sorted(name for name in bundle.regions if name.startswith(members.KEYS) and name.endswith(".vkey"))
    return [bundle.read(name).decode(errors="replace").strip() for name in names]


def _texts(bundle: OpenedBundle, seq: int, entry: bytes, disclose: Sequence[str]) -> list[Json]:
    if not disclose:
        return []
    if members.TEXTS not in bundle:
        raise InputError(_("The texts are not in {path}; take the bundle that holds them.").format(path=bundle.path))
    said = erasures_in_log(bundle.regions[members.LOG]).texts.get(seq)
    if said is not None:
        message = _("The texts of entry {seq} were erased, as entry {said} says; there is nothing to disclose.")
        raise InputError(message.format(seq=seq, said=said))
    try:
        there = {text.pointer: text for text in texts_of(bundle.regions[members.TEXTS]) if text.seq == seq}
        committed = commitments(read_entry(entry).fact)
    except (MemberError, ValueError):
        raise _faulty(bundle.path) from None
    wanted = sorted(there) if ALL in disclose else list(dict.fromkeys(disclose))
    for pointer in wanted:
        if pointer not in there:
            message = _("Entry {seq} has no text at {pointer}. Its texts are at: {known}.")
            known = ", ".join(sorted(there)) or _("(none)")
            raise InputError(message.format(seq=seq, pointer=pointer, known=known))
        if there[pointer].commitment() != committed.get(pointer):
            raise _faulty(bundle.path)
    return [members.text_json(there[pointer]) for pointer in wanted]


def _write(value: Mapping[str, object]) -> bytes:
    return canonical(cast("Json", value)) + b"\n"


def _faulty(path: Path) -> InputError:
    message = _("The record in {path} is not the one that was signed; “incidentsim verify {path}” says what is wrong.")
    return InputError(message.format(path=path))
