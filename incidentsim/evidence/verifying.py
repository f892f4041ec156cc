"""Verifying a bundle, an exported log or a stored run: everything that can be recomputed is recomputed.

No key, digest or number in a bundle is believed because it stands there; each is compared with what it should follow
from. What then still rests on belief is said among the limits.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from incidentsim.definitions.local_time.table import PIN as OFFSETS
from incidentsim.domain.errors import InputError
from incidentsim.evidence import members
from incidentsim.evidence.bundle import guide
from incidentsim.evidence.findings import SCENARIO_ERASED, Findings, Notebook, Signed
from incidentsim.evidence.locating import first_wrong_text
from incidentsim.evidence.logs import LogVerdict, ReadableTexts, entries_of, erasures_in_log, verify_log
from incidentsim.evidence.members import MemberError
from incidentsim.evidence.open_bundle import Hashed, OpenedBundle, Region, hashed
from incidentsim.evidence.pinned_files import check_files, check_outline
from incidentsim.evidence.rfc3161 import Timestamp
from incidentsim.evidence.signatures import check_signatures, read_keys
from incidentsim.evidence.trusted_inputs import (
    NO_TRUSTED_INPUTS,
    TrustedInputs,
    check_against_trusted,
    check_required_keys,
)
from incidentsim.evidence.verifying_roster import check_bundled_roster, check_stored_roster, first_entry, other_pins
from incidentsim.evidence.verifying_timestamps import check_timestamp
from incidentsim.ledger.checkpoint import Checkpoint, origin_of, read_checkpoint, write_root
from incidentsim.ledger.digests import PREFIX, digest
from incidentsim.ledger.entry import Body, Header
from incidentsim.ledger.erasures import NOTHING_ERASED, Erasures, Watch, texts_erased
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.listing import Difference, compared, differences_in_list
from incidentsim.ledger.lookup import MissingDocumentError
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import Note, NoteError, read_note
from incidentsim.ledger.store import RecordStore, RunInfo
from incidentsim.ledger.texts_beside import TextsBeside
from incidentsim.ledger.verify import Verdict, verify_chain
from incidentsim.messages import gettext as _


def verify_bundle(path: Path, trusted: TrustedInputs = NO_TRUSTED_INPUTS, *, processes: int | None = None) -> Findings:
    """Verify a bundle, packed or unpacked.

    Args:
        path: a zip file or a folder.
        trusted: what is known from elsewhere.
        processes: how many may work at once; as many as there are processors if left out.

    Raises:
        InputError: it is no bundle.
        OSError: it cannot be read.
    """
    with OpenedBundle(path) as bundle:
        notes = Notebook()
        note, checkpoint = _checkpoint(bundle, notes)
        keys = read_keys(bundle, notes)
        signatures = check_signatures(note, keys, notes) if note is not None else ()
        more = ["others-signed"]
        log = verify_log(
            bundle.regions[members.LOG],
            run=checkpoint.run if checkpoint is not None else None,
            playbook=bundle.read(members.PLAYBOOK),
            scenario=bundle.read(members.SCENARIO) if members.SCENARIO in bundle else None,
            texts=bundle.regions.get(members.TEXTS),
            also=[bundle.regions[name] for name in (members.LOG, members.TEXTS) if name in bundle],
            processes=processes,
        )
        digests = _check_manifest(bundle, log.hashed, notes)
        _take_log(log, notes)
        first = first_entry(entries_of(bundle.regions[members.LOG]))
        header = first.header if first is not None else None
        offsets = digests.get(members.OFFSETS)
        _check_offsets(None if offsets is None else PREFIX + offsets, header, notes)
        erasures = erasures_in_log(bundle.regions[members.LOG]) if log.may_erase else NOTHING_ERASED
        check_outline(bundle, erasures, digests, notes)
        check_bundled_roster(bundle, header, checkpoint, digests.get(members.ROSTER), notes, erased=erasures.people)
        if checkpoint is not None:
            _check_against(log.verdict, checkpoint, bundle.regions[members.LOG], notes)
            _check_texts(bundle, checkpoint, digests, notes)
            more += check_files(bundle, checkpoint, digests, notes)
            if checkpoint.files is not None and bundle.annotated:  # VERIFY.md writes nothing into the folder any more
                notes.fails("members", _("no folder “check”"), _("there is one"))
        if checkpoint is None or checkpoint.files is None:
            more += _unsigned(bundle)
        more += other_pins(header, lambda pinned: pinned.removeprefix(PREFIX) in digests.values(), notes)
        response = bundle.read(members.TIMESTAMP) if members.TIMESTAMP in bundle else None
        stamped = check_timestamp(trusted, note, response, notes)
        entries = entries_of(bundle.regions[members.LOG])
        check_against_trusted(trusted, log.verdict, entries, notes, keys=keys, checkpoint=checkpoint)
        check_required_keys(trusted, note, notes)
        kind = "bundle" if bundle.packed else "folder"
        gone = (erasures, texts_erased(erasures, entries_of(bundle.regions[members.LOG])))
        return _findings(kind, log.verdict, notes, signatures, gone, stamped=stamped, more=tuple(more))


def verify_log_file(
    path: Path, trusted: TrustedInputs = NO_TRUSTED_INPUTS, *, processes: int | None = None
) -> Findings:
    """Verify an exported log that came without a bundle.

    Raises:
        InputError: a line is longer than any entry.
        OSError: it cannot be read.
    """
    region = Region(path, 0, path.stat().st_size)
    notes = Notebook()
    log = verify_log(region, processes=processes)
    _take_log(log, notes)
    _nothing_signed(notes, trusted)
    check_against_trusted(trusted, log.verdict, entries_of(region), notes)
    first = first_entry(entries_of(region))
    more = other_pins(first.header if first is not None else None, lambda _pinned: False, notes)
    erasures = erasures_in_log(region) if log.may_erase else NOTHING_ERASED
    gone = (erasures, texts_erased(erasures, entries_of(region)))
    return _findings("log", log.verdict, notes, (), gone, more=tuple(more))


def verify_run(
    store: RecordStore, info: RunInfo, trusted: TrustedInputs = NO_TRUSTED_INPUTS, *, whole: bool = True
) -> Findings:
    """Verify a stored run.

    Args:
        store: where it is.
        info: what a list of runs says of it.
        trusted: what is known from elsewhere.
        whole: the store is one that keeps names; in a file, all of them may have been left out.

    Raises:
        SurroundingsError: it cannot be read.
    """
    notes = Notebook()
    first = first_entry(store.entries(info.id))
    header = first.header if first is not None else None
    documents, faults = _documents(store, header)
    beside = TextsBeside(store, info)
    texts = ReadableTexts(beside)
    watch = Watch()
    notes.passes("rows")
    kept = compared(islice(store.kept_entries(info.id), info.entries), lambda found: _note("rows", found, notes))
    entries = watch.over(kept)
    verdict = verify_chain(
        entries, run=info.id, playbook=documents.get("playbook"), scenario=documents.get("scenario"), texts=texts
    )
    notes.take(verdict)
    if texts.bad:
        notes.fails("texts", _("texts that can be read"), texts.bad)
    stray = beside.of_no_entry()
    if stray is not None:
        notes.fails("texts", _("no texts of entries that are not there"), f"{stray.seq} {stray.pointer}")
    erasures = watch.erasures()
    if erasures.scenario:
        faults.pop("scenario", None)
    for name, reason in faults.items():
        if name in notes.not_made:
            notes.not_made.remove(name)
        notes.fails(name, _("the document that the first entry names"), reason, 0)
    _check_list(info, first, notes)
    if "offsets" not in faults:
        _check_offsets(digest(documents["offsets"]) if "offsets" in documents else None, header, notes)
    _check_erased(store, info, erasures, notes)
    if whole or store.roster(info.id):
        scenario = None if erasures.scenario else documents.get("scenario")  # one that is kept for other runs alone
        check_stored_roster(store, info.id, header, scenario, notes, erased=erasures.people)
    else:
        notes.skips("roster")
    _nothing_signed(notes, trusted)
    check_against_trusted(trusted, verdict, store.entries(info.id), notes)
    more = other_pins(header, lambda pinned: _kept(store, pinned), notes)
    gone = (erasures, texts_erased(erasures, store.entries(info.id)))
    return _findings("run", verdict, notes, (), gone, more=tuple(more))


def _kept(store: RecordStore, digest: str) -> bool:
    """Whether a store holds the document with this digest, undamaged."""
    try:
        store.document(digest)
    except (InputError, RecordFaultError):
        return False
    return True


def _check_erased(store: RecordStore, info: RunInfo, erasures: Erasures, notes: Notebook) -> None:
    """Compare what the record says was erased with what is kept beside it."""
    if erasures.texts:
        for text in ReadableTexts(store.texts(info.id)):
            if text.seq in erasures.texts:
                said = erasures.texts[text.seq]
                expected = _("no text of entry {seq}, which entry {said} says was erased").format(
                    seq=text.seq, said=said
                )
                notes.fails("texts", expected, _("one"), text.seq)
    if erasures.outline is not None:
        notes.passes("outline")
        try:
            store.document(erasures.outline)
        except (InputError, RecordFaultError) as error:
            notes.fails("outline", _("what is kept in the place of the scenario that was erased"), str(error))


def _check_list(info: RunInfo, first: Body | None, notes: Notebook) -> None:
    """Compare what the list of runs shows of a run with its first entry."""
    if first is None:
        notes.skips("listing")
        return
    notes.passes("listing")
    for difference in differences_in_list(info, first):
        _note("listing", difference, notes)


def _note(check: str, difference: Difference, notes: Notebook) -> None:
    where = f"{difference.table}.{difference.column}"
    notes.fails(check, f"{where}  {difference.expected}", f"{where}  {difference.found}", difference.seq)


def _check_manifest(bundle: OpenedBundle, known: Mapping[Region, Hashed], notes: Notebook) -> dict[str, str]:
    """Compare with the manifest, and with the check sums of a zip file.

    Returns the digests (hexadecimal) of all members but the manifest; those among `known` were hashed before.
    """
    regions = bundle.regions
    come_to = {name: known.get(regions[name]) or hashed(regions[name]) for name in members.sorted_names(regions)}
    actual = {name: found.digest for name, found in come_to.items() if name != members.MANIFEST}
    try:
        listed = members.read_manifest(bundle.read(members.MANIFEST))
    except MemberError as error:
        notes.fails("members", _("a manifest"), str(error))
    else:
        notes.compare("members", ", ".join(members.sorted_names(listed)), ", ".join(actual))
        notes.passes("manifest")
        for name, digest in actual.items():
            if name in listed:
                notes.compare("manifest", f"{listed[name]}  {name}", f"{digest}  {name}")
    for name, said in bundle.check_sums.items():
        if said != come_to[name].crc:
            notes.fails("manifest", f"{said:08x}  {name}", f"{come_to[name].crc:08x}  {name}")
    return actual


def _checkpoint(bundle: OpenedBundle, notes: Notebook) -> tuple[Note | None, Checkpoint | None]:
    notes.passes("checkpoint")
    try:
        note = read_note(bundle.read(members.CHECKPOINT))
        checkpoint = read_checkpoint(note.text)
    except NoteError as error:
        notes.fails("checkpoint", _("a checkpoint as a signed note"), str(error))
        return None, None
    if checkpoint.run is None:
        notes.fails("checkpoint", origin_of("…"), checkpoint.origin)
        return note, None
    return note, checkpoint


def _take_log(found: LogVerdict, notes: Notebook) -> None:
    notes.take(found.verdict)
    notes.passes("ending")
    if not found.ends_well:
        last = max(0, found.verdict.head.size - 1)
        notes.fails("ending", _("a line feed"), _("the end of the file"), last)
    if found.bad_text:
        notes.fails("texts", _("texts that can be read"), found.bad_text)


def _check_against(verdict: Verdict, checkpoint: Checkpoint, log: Region, notes: Notebook) -> None:
    """Compare the log with what was signed, and say where it first is another, as far as that can be told."""
    size, signed = verdict.head.size, checkpoint.size
    cut = min(signed, size)
    notes.compare("size", str(signed), str(size), cut)
    if size == signed and verdict.root != checkpoint.root:
        _settle_last_link(size - 1, checkpoint, log, notes)
        seq = verdict.first_bad
        actual = write_root(verdict.root)
        if seq is None and size:  # the chain holds
            seq = size - 1
            actual = _("{root} (the chain holds: the last entry was changed, or all from some entry on)").format(
                root=actual
            )
        notes.fails("root", write_root(checkpoint.root), actual, seq)
    elif size > signed:
        before = root_of(islice(entries_of(log), signed))
        notes.compare("root", write_root(checkpoint.root), write_root(before))
    else:
        notes.compare("root", write_root(checkpoint.root), write_root(verdict.root), cut if size < signed else None)


def _settle_last_link(last: int, checkpoint: Checkpoint, log: Region, notes: Notebook) -> None:
    """Where the last two entries disagree, no later one tells which of them was changed; the signed root does."""
    chain = notes.made["chain"]
    if not last or chain.holds or chain.seq != last:
        return
    named, right = (f'"prev":"{prev}"'.encode() for prev in (chain.found, chain.expected))
    entries = (data.replace(named, right) if seq == last else data for seq, data in enumerate(entries_of(log)))
    if root_of(entries) != checkpoint.root:  # not because of the hash that the last one names
        notes.locate("chain", last - 1)


def _check_offsets(found: str | None, header: Header | None, notes: Notebook) -> None:
    """Compare the digest of the table that says how the clocks change; a run of an earlier version has none."""
    pinned = header.pins.get(OFFSETS) if header is not None else None
    if found is not None:
        notes.compare("offsets", pinned or _("none"), found)
    elif pinned is not None:
        notes.skips("offsets")


def _check_texts(bundle: OpenedBundle, checkpoint: Checkpoint, digests: Mapping[str, str], notes: Notebook) -> None:
    """Compare all the texts together with what was signed: one that is missing shows here alone."""
    if members.TEXTS not in bundle:
        return
    expected, found = checkpoint.texts or _("none"), PREFIX + digests[members.TEXTS]
    notes.passes("all-texts")
    if found != expected:
        log, texts = bundle.regions[members.LOG], bundle.regions[members.TEXTS]
        seq = first_wrong_text(entries_of(log), entries_of(texts))
        notes.fails("all-texts", expected, found, seq)
        notes.locate("texts", seq)  # a text may give itself out as one of another entry


def _unsigned(bundle: OpenedBundle) -> Iterator[str]:
    """The names of what the signatures of a bundle without lists do not cover, and may mislead whoever reads it."""
    if any(name.startswith(members.VIEWS) for name in bundle.regions):
        yield "views"
    if bundle.read(members.GUIDE) != guide():
        yield "guide"


def _nothing_signed(notes: Notebook, trusted: TrustedInputs) -> None:
    for name in ("signatures", "size"):
        notes.skips(name)
    if trusted.keys:
        notes.fails("trusted", _("a right signature"), _("none"))
    check_timestamp(trusted, None, None, notes)


def _documents(store: RecordStore, header: Header | None) -> tuple[dict[str, bytes], dict[str, str]]:
    """The stored documents that a first entry names, by what they are, and why those that cannot be read cannot."""
    documents: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    named = {} if header is None else {"playbook": header.playbook, "scenario": header.scenario}
    if header is not None and OFFSETS in header.pins:
        named["offsets"] = header.pins[OFFSETS]
    for name, wanted in named.items():
        try:
            documents[name] = store.document(wanted)
        except MissingDocumentError:  # left out of a file, so there is nothing to compare
            continue
        except (InputError, RecordFaultError) as error:
            faults[name] = str(error)
    return documents, faults


def _findings(
    kind: str,
    verdict: Verdict,
    notes: Notebook,
    signatures: tuple[Signed, ...],
    gone: tuple[Erasures, int],
    *,
    stamped: Timestamp | None = None,
    more: tuple[str, ...] = (),
) -> Findings:
    erasures, texts = gone

    def known_as(name: str) -> str:
        return SCENARIO_ERASED if name == "scenario" and erasures.scenario else name

    return Findings(
        kind=kind,
        checks=notes.checks(),
        not_checked=tuple(dict.fromkeys(map(known_as, notes.not_made))),
        run=verdict.run,
        size=verdict.head.size,
        root=verdict.root,
        head=verdict.head.hash,
        sealed=verdict.sealed,
        erasures=erasures,
        erased_texts=texts,
        signatures=signatures,
        stamped=stamped,
        pins=tuple(notes.pins),
        more_limits=more,
    )
