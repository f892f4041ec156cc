"""Copies of a bundle: with one more signature, or without whatever names people or holds their words.

Both bear the signatures of the original. Neither needs its key.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from incidentsim.domain.errors import InputError
from incidentsim.evidence import members
from incidentsim.evidence.bundle import BundleWriter, check_bundle_free, key_members
from incidentsim.evidence.keys import Key
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.evidence.reading.faults import fault_of
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.files import OPEN, PRIVATE, keep_mode, writing
from incidentsim.ledger.note import PublicKey, read_note
from incidentsim.messages import gettext as _


def cosign(path: Path, key: Key, name: str, *, target: Path | None = None, replace: bool = False) -> PublicKey:
    """Add a signature to a bundle's checkpoint, after verifying all of it.

    Args:
        path: the bundle.
        key: signs.
        name: the name to sign under.
        target: where to write the signed bundle; in its place if left out.
        replace: put it in the place of another file that is there.

    Raises:
        InputError: it is no bundle, it does not verify, this key has signed already, or the target is another file
            that is there already.
        SurroundingsError: it cannot be written.
    """
    signer = key.signer(name)
    in_place = target is None or (target.exists() and path.exists() and target.samefile(path))
    if target is not None and not in_place and not replace:
        check_bundle_free(target)
    findings = verify_bundle(path)
    if not findings.holds:
        message = _("{path} does not verify, so it was not signed; “incidentsim verify {path}” says what is wrong.")
        raise InputError(message.format(path=path))
    with OpenedBundle(path) as bundle:
        note = read_note(bundle.read(members.CHECKPOINT))
        for signed in findings.signatures:
            if signed.key.endswith(str(signer.public).rpartition("+")[2]):
                message = _("This key has signed {path} already, under the name {name}.")
                raise InputError(message.format(path=path, name=signed.name))
        if any(signed.name == name for signed in findings.signatures):
            message = _("Somebody has signed {path} under the name {name} already; choose another by --name.")
            raise InputError(message.format(path=path, name=name))
        new = {members.CHECKPOINT: note.signed(signer).to_bytes(), **key_members(signer.public)}
        _copy(bundle, target or path, new=new, replace=in_place or replace)
    return signer.public


def pseudonymise(path: Path, target: Path, *, replace: bool = False) -> None:
    """Copy a bundle without whatever names people or holds their words, after verifying all of it.

    The same checkpoint pins the copy.

    Raises:
        InputError: it is no bundle, it does not verify, or the target is there already.
        SurroundingsError: the copy cannot be written.
    """
    if not replace:
        check_bundle_free(target)
    fault = fault_of(verify_bundle(path), str(path))
    if fault is not None:
        raise InputError(fault)
    with OpenedBundle(path) as bundle:
        left_out = [name for name in bundle.regions if name in members.PRIVATE or name.startswith(members.VIEWS)]
        _copy(bundle, target, left_out=left_out, replace=replace)


def _copy(
    bundle: OpenedBundle,
    target: Path,
    *,
    new: Mapping[str, bytes] | None = None,
    left_out: Iterable[str] = (),
    replace: bool,
) -> None:
    if not bundle.packed:
        raise InputError(_("{path} is a folder; name the bundle as it was before.").format(path=bundle.path))
    new = new or {}
    made_at_the_end = {members.MANIFEST, *left_out}
    names = {*bundle.regions, *new} - made_at_the_end
    names_people = any(name in members.PRIVATE or name.startswith(members.VIEWS) for name in names)
    with writing(target, mode=PRIVATE if names_people else OPEN, replace=replace) as file:
        if target.exists() and target.samefile(bundle.path):  # with one signature more, and as it was otherwise
            keep_mode(file, target)
        writer = BundleWriter(file)
        for name in members.sorted_names(names):
            writer.add(name, [new[name]] if name in new else bundle.blocks(name))
        writer.finish()
