"""What whoever verifies has from elsewhere: the one thing that shows a record written anew by the key's holder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from incidentsim.definitions.foreign.recognising import with_looks
from incidentsim.definitions.whole_files import read_whole
from incidentsim.domain.errors import InputError
from incidentsim.evidence import ed25519, members
from incidentsim.evidence.findings import Notebook, Pin, PinKind, Signed
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.ledger.checkpoint import Checkpoint, origin_of, read_checkpoint, write_root
from incidentsim.ledger.merkle import Tree, leaf_hash
from incidentsim.ledger.note import MAX_BYTES, Note, NoteError, PublicKey, read_note
from incidentsim.ledger.verify import Verdict
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class TrustedInputs:
    """The inputs that a verifier has from elsewhere, and trusts.

    Attributes:
        earlier: checkpoints of the same record, from another day or another place.
        size: how many entries a paper says, at least one; `None` if it says nothing.
        root: the root that it says.
        keys: keys that must have signed; one without a name may have signed under any.
        tsa_roots: the certificates (DER) that a time-stamping authority's must lead to.
    """

    earlier: tuple[Note, ...] = ()
    size: int | None = None
    root: bytes | None = None
    keys: tuple[PublicKey, ...] = ()
    tsa_roots: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would be compared with nothing.

        Raises:
            InputError: the size is 0.
        """
        if self.size is not None and self.size < 1:
            raise InputError(_("A size of 0 pins nothing: the root over no entries is the same for every record."))


NO_TRUSTED_INPUTS = TrustedInputs()
"""Nothing is known from elsewhere: the record is only compared with itself."""


def read_trusted_checkpoint(path: Path) -> Note:
    """A checkpoint that somebody kept: as a file of its own, or within a bundle, packed or unpacked.

    Raises:
        InputError: there is none in the file.
        OSError: it cannot be read.
    """
    if path.is_dir() or _beginning(path) == b"PK":
        with OpenedBundle(path) as bundle:
            data = bundle.read(members.CHECKPOINT)
    else:
        data = read_whole(path, MAX_BYTES)
    try:
        note = read_note(data)
        read_checkpoint(note.text)
    except NoteError as error:
        sentence = _("{path} is no checkpoint: {reason}").format(path=path, reason=error)
        raise InputError(with_looks(sentence, path, but=("checkpoint",))) from None
    return note


def _beginning(path: Path) -> bytes:
    if not path.is_file():  # not there, or a pipe, which would be waited for
        raise InputError(_("There is no file {path}.").format(path=path))
    with path.open("rb") as file:
        return file.read(2)


def check_against_trusted(
    trusted: TrustedInputs,
    verdict: Verdict,
    entries: Iterable[bytes],
    notes: Notebook,
    *,
    keys: Sequence[PublicKey] = (),
    checkpoint: Checkpoint | None = None,
) -> None:
    """Compare with what is known from elsewhere. The entries are gone through once more only for an earlier size.

    Args:
        trusted: what is known.
        verdict: what verifying the log came to.
        entries: those of the log.
        notes: where the checks are noted.
        keys: those that lie beside the log, its own first.
        checkpoint: the one that lies there.
    """
    earlier = [(note, read_checkpoint(note.text)) for note in trusted.earlier]
    sizes = {before.size for _note, before in earlier}
    if trusted.root is not None and trusted.size is not None:
        sizes.add(trusted.size)
    roots = _roots(sizes, verdict, entries)
    for note, before in earlier:
        notes.passes("earlier")
        if verdict.run is not None and before.origin != origin_of(verdict.run):
            notes.fails("earlier", origin_of(verdict.run), before.origin)
        signatures = _check_signatures(note, (*keys, *trusted.keys), notes)
        if checkpoint is not None and before.size == checkpoint.size:
            own = any(signed.holds and signed.name == checkpoint.origin for signed in signatures)
            _compare_beside(before, checkpoint, notes, same_key=own)
        holds = _compare_root("earlier", (before.size, before.root), roots, verdict, notes)
        notes.pins.append(Pin(PinKind.CHECKPOINT, before.size, holds and notes.made["earlier"].holds, signatures))
    if trusted.root is not None:
        size = verdict.head.size if trusted.size is None else trusted.size
        holds = _compare_root("paper", (size, trusted.root), {verdict.head.size: verdict.root, **roots}, verdict, notes)
        notes.pins.append(Pin(PinKind.PAPER, size, holds))
    elif trusted.size is not None:
        _compare_size("count", trusted.size, verdict, notes)
    _say_what_is_pinned(trusted, notes)


def _say_what_is_pinned(trusted: TrustedInputs, notes: Notebook) -> None:
    """Note what is not known where nothing, or nothing that counts, was given from outside."""
    if trusted.size is not None and trusted.root is None:
        notes.skips("size-only")
    if not notes.pins:
        notes.skips("earlier")
    elif not any(pin.size for pin in notes.pins):
        notes.skips("pins-nothing")


def _check_signatures(note: Note, keys: Sequence[PublicKey], notes: Notebook) -> tuple[Signed, ...]:
    """The signatures of a checkpoint from outside; none by a key that is at hand may be wrong."""
    signed: list[Signed] = []
    for signature in note.signatures:
        named = (key if key.name else PublicKey(signature.name, key.key) for key in keys)
        key = next((key for key in named if signature.is_by(key)), None)
        if key is None:
            signed.append(Signed(signature.name, "", holds=False))
            continue
        holds = ed25519.verify(key.key, signature.signature, note.text)
        signed.append(Signed(signature.name, str(key), holds, ed25519.fingerprint(key.key)))
        if not holds:
            notes.fails("earlier", _("a right signature by {name}").format(name=key.name), _("a wrong one"))
    return tuple(signed)


def _compare_beside(before: Checkpoint, checkpoint: Checkpoint, notes: Notebook, *, same_key: bool) -> None:
    """Compare what two checkpoints over the same entries say of names and texts.

    The salt of a roster is of the key that signs, so only under the same key must its digest be the same.
    """
    beside = [("texts", before.texts, checkpoint.texts)]
    if same_key:
        beside.append(("roster", before.roster, checkpoint.roster))
    for name, expected, found in beside:
        if expected is not None:
            notes.compare("earlier", f"{name} {expected}", f"{name} {found or _('none')}")


def _compare_root(
    name: str, pinned: tuple[int, bytes], roots: dict[int, bytes], verdict: Verdict, notes: Notebook
) -> bool:
    size, root = pinned
    if not _compare_size(name, size, verdict, notes):
        return False
    expected = _("{root} over the first {count} entries").format(root=write_root(root), count=size)
    found = _("{root} over the first {count} entries").format(root=write_root(roots[size]), count=size)
    return notes.compare(name, expected, found)


def _compare_size(name: str, size: int, verdict: Verdict, notes: Notebook) -> bool:
    """Whether there are still as many entries as there were; since then more may have been recorded."""
    notes.passes(name)
    if size > verdict.head.size:
        expected = _("at least {count} entries").format(count=size)
        notes.fails(name, expected, str(verdict.head.size), verdict.head.size)
        return False
    return True


def _roots(sizes: Iterable[int], verdict: Verdict, entries: Iterable[bytes]) -> dict[int, bytes]:
    """The roots over the first so many entries; sizes beyond the end are left out."""
    found: dict[int, bytes] = {}
    wanted = sorted(size for size in sizes if size <= verdict.head.size)
    if any(size < verdict.head.size for size in wanted):
        tree = _GrowingTree(entries)
        found = {size: tree.root_at(size) for size in wanted if size < verdict.head.size}
    found[verdict.head.size] = verdict.root
    return found


class _GrowingTree:
    """Gives the roots over more and more of the entries, in one pass."""

    def __init__(self, entries: Iterable[bytes]) -> None:
        self._coming = iter(entries)
        self._tree = Tree()

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` entries; not fewer than were asked for before."""
        for data in islice(self._coming, size - self._tree.end):
            self._tree.add(leaf_hash(data))
        return self._tree.root()


def check_required_keys(trusted: TrustedInputs, note: Note | None, notes: Notebook) -> None:
    """Check that the keys that are known from elsewhere have signed."""
    if not trusted.keys:
        notes.skips("trusted")
        return
    notes.passes("trusted")
    for key in trusted.keys:
        names = {signature.name for signature in note.signatures} if note is not None else set()
        under = [key] if key.name else [PublicKey(name, key.key) for name in sorted(names)]
        if note is None or not any(note.is_signed_by(one, ed25519.verify) for one in under):
            shown = key.name or ed25519.fingerprint(key.key)
            notes.fails("trusted", _("a right signature by {name}").format(name=shown), _("none"))


def compare_trusted(
    trusted: TrustedInputs,
    checkpoint: Checkpoint,
    notes: Notebook,
    *,
    keys: Sequence[PublicKey],
    also: Checkpoint | None = None,
) -> None:
    """Compare the checkpoints of a proof with what is known from elsewhere, as far as the sizes are the same."""
    known = {one.size: one.root for one in (also, checkpoint) if one is not None}
    for note in trusted.earlier:
        pin = read_checkpoint(note.text)
        if pin.size in known:
            expected = f"{pin.origin} {write_root(pin.root)}"
            holds = notes.compare("earlier", expected, f"{checkpoint.origin} {write_root(known[pin.size])}")
            signatures = _check_signatures(note, (*keys, *trusted.keys), notes)
            notes.pins.append(Pin(PinKind.CHECKPOINT, pin.size, holds and notes.made["earlier"].holds, signatures))
    if trusted.root is not None:
        size = checkpoint.size if trusted.size is None else trusted.size
        actual = f"{write_root(known[size])}" if size in known else str(checkpoint.size)
        holds = notes.compare("paper", write_root(trusted.root) if size in known else str(size), actual)
        notes.pins.append(Pin(PinKind.PAPER, size, holds))
    elif trusted.size is not None:
        notes.compare("count", str(trusted.size), str(checkpoint.size))
    _say_what_is_pinned(trusted, notes)
