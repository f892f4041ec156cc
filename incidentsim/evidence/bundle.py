"""Writing a bundle: the record with everything that is needed to check it, signed.

The log is copied, not judged: whether it holds is what `verify` says of the bundle.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from itertools import islice, repeat
from operator import contains
from pathlib import Path
from typing import BinaryIO, Final

from incidentsim.definitions.local_time.table import PIN as OFFSETS
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence import ed25519, members
from incidentsim.evidence.container import ContainerWriter
from incidentsim.evidence.keys import Key
from incidentsim.evidence.leaves import Leaves
from incidentsim.evidence.pinned_files import write_lists
from incidentsim.files import OPEN, PRIVATE, AlreadyThereError, check_free, writing
from incidentsim.ledger.checkpoint import Checkpoint, origin_of
from incidentsim.ledger.digests import PREFIX, digest
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.erasures import erasures_in
from incidentsim.ledger.note import Note, PublicKey
from incidentsim.ledger.roster import Roster
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import RecordStore, RunInfo
from incidentsim.ledger.texts_beside import TextsBeside
from incidentsim.messages import gettext as _

BATCH: Final = 1000

Stamp = Callable[[bytes], bytes]
"""Has the text of a checkpoint stamped by an authority: its answer (RFC 3161), as it came."""


@dataclass(frozen=True, slots=True)
class Record:
    """The parts that a bundle is made from. `entries` and `texts` are read once, in order.

    `scenario` is `None` where it was erased; `outline` is what is kept in its place.
    """

    run: str
    entries: Iterable[bytes]
    playbook: bytes
    scenario: bytes | None
    texts: Iterable[TextRecord] = ()
    roster: Roster = field(default_factory=dict)
    offsets: bytes | None = None
    outline: bytes | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that was written: where, and what pins its record."""

    path: Path
    checkpoint: Checkpoint
    key: PublicKey


def record_of(store: RecordStore, info: RunInfo) -> Record:
    """A stored run as what a bundle is made from.

    Raises:
        InputError: it holds no entry, or its first one cannot be read.
        RecordFaultError: a document is not the one that was kept.
    """
    first = next(iter(store.entries(info.id)), None)
    if first is None:
        raise InputError(_("Nothing is on record in run {run}.").format(run=info.id))
    try:
        header = read_entry(first).header
    except ValueError as error:
        message = _("The first entry of run {run} cannot be read: {reason}")
        raise InputError(message.format(run=info.id, reason=error)) from None
    if header is None:
        raise InputError(_("The first entry of run {run} does not say how it was made.").format(run=info.id))
    offsets = header.pins.get(OFFSETS)
    erasures = erasures_in(islice(store.entries(info.id), info.entries))
    return Record(
        run=info.id,
        entries=islice(store.entries(info.id), info.entries),  # as many as there were, should somebody be writing
        playbook=store.document(header.playbook),
        scenario=None if erasures.scenario else store.document(header.scenario),
        outline=None if erasures.outline is None else store.document(erasures.outline),
        texts=TextsBeside(store, info),
        roster=store.roster(info.id),
        offsets=None if offsets is None else store.document(offsets),
    )


def write_bundle(
    path: Path,
    record: Record,
    key: Key,
    *,
    pseudonymise: bool = False,
    views: Mapping[str, bytes] | None = None,
    stamp: Stamp | None = None,
    replace: bool = False,
) -> Written:
    """Write a bundle: wholly, or not at all.

    Args:
        path: where; a file that is there stays, because it may bear signatures that could not be made again, unless
            `replace` says that it may go.
        record: what is in it.
        key: signs its checkpoint.
        pseudonymise: leave out whatever names people or holds their words; the same checkpoint pins what is left.
        views: reports and tables made from the record, by name; left out of a pseudonymised bundle, though pinned by
            its checkpoint.
        stamp: has the checkpoint stamped.
        replace: put it in the place of a file that is there.

    Raises:
        InputError: there is such a file already, it cannot be one, or the record is too large for a bundle.
        SurroundingsError: it cannot be written.
    """
    if not replace:
        check_bundle_free(path)
    with writing(path, mode=OPEN if pseudonymise else PRIVATE, replace=replace) as file:
        writer = BundleWriter(file)
        size, root = writer.add_log(record.entries)
        signer = key.signer(origin_of(record.run))
        salt = key.secret(f"roster-salt/1/{record.run}/{size}/{root.hex()}")
        roster = members.write_roster(record.roster, salt)
        texts = _bulk(members.write_texts(record.texts))
        pinned = _digest_of(texts) if pseudonymise else writer.add(members.TEXTS, texts)
        reports = {members.VIEWS + name: data for name, data in (views or {}).items()}
        salt = key.secret(f"views-salt/1/{record.run}/{size}/{root.hex()}")
        lists = write_lists(reports, guide(), salt)
        pins = {"roster": digest(roster), "texts": pinned, "files": digest(lists[members.FILES])}
        checkpoint = Checkpoint.of_run(record.run, size, root, **pins)
        if not pseudonymise:
            writer.add(members.ROSTER, [roster])
        writer.add(members.PLAYBOOK, [record.playbook])
        if not pseudonymise and record.scenario is not None:
            writer.add(members.SCENARIO, [record.scenario])
        if record.offsets is not None:
            writer.add(members.OFFSETS, [record.offsets])
        if not pseudonymise and record.outline is not None:
            writer.add(members.OUTLINE, [record.outline])
        for name, data in lists.items():
            if not (pseudonymise and name in members.PRIVATE):
                writer.add(name, [data])
        text = checkpoint.to_text()
        writer.add(members.CHECKPOINT, [Note(text).signed(signer).to_bytes()])
        if stamp is not None:
            writer.add(members.TIMESTAMP, [stamp(text)])
        rest = key_members(signer.public)
        if not pseudonymise:
            rest |= reports
        rest[members.GUIDE] = guide()
        for name in members.sorted_names(rest):
            writer.add(name, [rest[name]])
        writer.finish()
    return Written(path, checkpoint, signer.public)


def check_bundle_free(path: Path) -> None:
    """Make sure that no bundle would be overwritten, before the work for another one is done.

    Raises:
        InputError: a file is there, or there can be none.
        SurroundingsError: it cannot be looked at.
    """
    try:
        check_free(path)
    except AlreadyThereError:
        message = _("{path} is there already. Name another file: signatures in it could not be made again.")
        raise InputError(message.format(path=path)) from None


class BundleWriter:
    """Writes the members of a bundle, in their order, and keeps their digests for the manifest."""

    def __init__(self, file: BinaryIO) -> None:
        self._container = ContainerWriter(file)
        self._digests: dict[str, str] = {}

    def add(self, name: str, blocks: Iterable[bytes]) -> str:
        """Write a member, and give its digest."""
        hashed = sha256()

        def noted() -> Iterator[bytes]:
            for block in blocks:
                hashed.update(block)
                yield block

        self._container.add(name, noted())
        self._digests[name] = hashed.hexdigest()
        return PREFIX + self._digests[name]

    def add_log(self, entries: Iterable[bytes]) -> tuple[int, bytes]:
        """Write the log, and say how many entries it has and the root over them."""
        leaves = Leaves(self._container.file_for(members.LOG))
        try:
            self.add(members.LOG, log_blocks(entries, leaves))
            tree = leaves.finish()
        finally:
            leaves.drop()
        return tree.end, tree.root()

    def finish(self) -> None:
        """Write the manifest, and close the container."""
        self._container.add(members.MANIFEST, [members.write_manifest(self._digests)])
        self._container.close()


def log_blocks(entries: Iterable[bytes], leaves: Leaves | None = None) -> Iterator[bytes]:
    """The bytes of an exported log, many lines at once; `leaves` takes the entries on the way.

    Raises:
        SurroundingsError: an entry holds a line feed, so it would not be one line: the stored record is damaged.
    """
    coming = iter(entries)
    while batch := list(islice(coming, BATCH)):
        block = b"\n".join([*batch, b""])
        if any(map(contains, batch, repeat(b"\n"))):
            raise SurroundingsError(_("An entry of the record is not one line; the database is damaged."))
        if leaves is not None:
            leaves.take(batch, len(block))
        yield block


def key_members(key: PublicKey) -> dict[str, bytes]:
    """The two members that hold a public key: as a PEM file, and as the line that notes use."""
    return {
        members.key_name(key, "pem"): ed25519.public_pem(key.key),
        members.key_name(key, "vkey"): f"{key}\n".encode(),
    }


def guide() -> bytes:
    """VERIFY.md: how to check a bundle without this program, in English and Chinese."""
    return (files("incidentsim.evidence") / members.GUIDE).read_bytes()


def _bulk(lines: Iterable[bytes]) -> Iterator[bytes]:
    coming = iter(lines)
    while batch := list(islice(coming, BATCH)):
        yield b"".join(batch)


def _digest_of(blocks: Iterable[bytes]) -> str:
    hashed = sha256()
    for block in blocks:
        hashed.update(block)
    return PREFIX + hashed.hexdigest()
