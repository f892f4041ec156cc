"""Checking the signatures of a checkpoint against the keys that lie beside it."""

from collections.abc import Sequence

from incidentsim.evidence import ed25519, members
from incidentsim.evidence.findings import Notebook, Signed
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.ledger.note import Note, PublicKey, read_key
from incidentsim.messages import gettext as _


def read_keys(bundle: OpenedBundle, notes: Notebook) -> tuple[PublicKey, ...]:
    """The public keys in a bundle, each of which is there in two forms that must say the same."""
    keys: list[PublicKey] = []
    names = {name for name in bundle.regions if name.startswith(members.KEYS)}
    expected: set[str] = set()
    for name in sorted(name for name in names if name.endswith(".vkey")):
        data = bundle.read(name)
        try:
            key = read_key(data.decode())
        except ValueError as error:
            notes.fails("keys", _("the line of a key"), f"{name}: {error}")
            continue
        keys.append(key)
        pem = members.key_name(key, "pem")
        expected |= {members.key_name(key, "vkey"), pem}
        swapped = name != members.key_name(key, "vkey")  # all names may be there, each with the key of another
        if swapped or data != f"{key}\n".encode() or (pem in names and bundle.read(pem) != ed25519.public_pem(key.key)):
            notes.fails("keys", str(key), _("{name} says something else").format(name=name))
    notes.compare("keys", ", ".join(sorted(expected)), ", ".join(sorted(names)))
    return tuple(keys)


def check_signatures(note: Note, keys: Sequence[PublicKey], notes: Notebook) -> tuple[Signed, ...]:
    """Check that every signature is right and by one of these keys, the record's own first, and every key has signed.

    A signature by an unknown key would be harmless, but then a change of its line would not be noticed.
    """
    notes.passes("signatures")
    signed: list[Signed] = []
    origin = note.text.partition(b"\n")[0].decode()
    for signature in note.signatures:
        key = next((key for key in keys if signature.is_by(key)), None)
        holds = key is not None and ed25519.verify(key.key, signature.signature, note.text)
        digest = ed25519.fingerprint(key.key) if key is not None else ""
        signed.append(Signed(signature.name, str(key or ""), holds, digest))
        if not holds:
            actual = _("a wrong one") if key is not None else _("one by a key that is not here")
            notes.fails("signatures", _("a right signature by {name}").format(name=signature.name), actual)
    if signed[0].name != origin:
        notes.fails("signatures", _("a right signature by {name}").format(name=origin), signed[0].name)
    for key in keys:
        if not ed25519.is_key(key.key):
            actual = _("{key}, for which anybody could sign, or nobody can").format(key=key)
            notes.fails("keys", _("a key that is somebody's"), actual)
        if note.signature_by(key) is None:
            notes.fails("keys", _("a signature by {name}").format(name=key.name), _("none"))
    whose = [one.digest or (one.name, one.key) for one in signed]  # one key under two names is one key
    if len(set(whose)) != len(whose):
        notes.fails("signatures", _("one signature by each key"), _("several by the same"))
    return tuple(signed)
