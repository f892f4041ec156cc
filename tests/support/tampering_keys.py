"""More of the corpus: signatures and keys, what lies in a folder, copies without names, bundles of earlier versions."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from incidentsim.evidence import ed25519, members
from incidentsim.evidence.bundle import key_members
from incidentsim.ledger.note import Note, PublicKey, Signature, read_note
from tests.support.evidence import key, members_of
from tests.support.tampering import TAMPERINGS
from tests.support.tampering_corpus import Kind, Parts, Tampering, folder, forged, sound


def with_note(note: Note, parts: Parts, *keys: PublicKey) -> Parts:
    """With this checkpoint and these keys more."""
    more = {name: data for one in keys for name, data in key_members(one).items()}
    return {**parts, **more, members.CHECKPOINT: note.to_bytes()}


def of_signatures() -> Iterator[Tampering]:
    """Signatures taken away, added, swapped, renamed; keys that are nobody's, or somebody else's."""
    parts = sound()
    note = read_note(parts[members.CHECKPOINT])
    own, observer = note.signatures
    vkeys = {
        whose.name: name
        for name in parts
        if name.endswith(".vkey")
        for whose in note.signatures
        if parts[name].decode().startswith(whose.name + "+")
    }

    def without_key(whose: str) -> Parts:
        return {name: data for name, data in parts.items() if not name.startswith(vkeys[whose][:-5])}

    def renamed(signature: Signature, name: str) -> Signature:
        return Signature(name, signature.key_id, signature.signature)

    orders = {
        "swapped": (observer, own),
        "one twice": (own, observer, observer),
        "own twice": (own, own, observer),
        "own gone": (observer,),
        "observer's gone": (own,),
        "own renamed": (renamed(own, "x"), observer),
        "observer's renamed": (own, renamed(observer, "x")),
        "exchanged": (renamed(own, observer.name), renamed(observer, own.name)),
        "observer's zero": (own, Signature(observer.name, observer.key_id, bytes(64))),
        "observer's short": (own, Signature(observer.name, observer.key_id, bytes(63))),
        "one by nobody here": (own, observer, Signature("auditor", b"abcd", bytes(64))),
    }
    for how, signatures in orders.items():
        yield forged(Kind.SIGNATURE, how, with_note(Note(note.text, signatures), parts))
    yield forged(
        Kind.SIGNATURE, "observer's gone with its key", with_note(Note(note.text, (own,)), without_key("observer"))
    )
    yield forged(
        Kind.SIGNATURE, "own gone with its key", with_note(Note(note.text, (observer,)), without_key(own.name))
    )
    checkpoint = parts[members.CHECKPOINT].decode()
    for how, text in {
        "a hyphen for the dash": checkpoint.replace("— ", "- "),
        "no dash": checkpoint.replace("— ", ""),
        "tabs for spaces": checkpoint.replace("— ", "—\t"),
        "no empty line": checkpoint.replace("\n\n", "\n"),
        "no padding": checkpoint.rstrip("\n").rstrip("=") + "\n",
    }.items():
        if text != checkpoint:
            yield forged(Kind.SIGNATURE, how, {**parts, members.CHECKPOINT: text.encode()})
    yield from _of_keys(parts, note, vkeys)


def _of_keys(parts: Parts, note: Note, vkeys: dict[str, str]) -> Iterator[Tampering]:
    own, observer = (vkeys[signature.name][:-5] for signature in note.signatures)
    for ending in (".pem", ".vkey"):
        yield forged(
            Kind.KEY,
            f"two {ending} swapped",
            {**parts, own + ending: parts[observer + ending], observer + ending: parts[own + ending]},
        )
        yield forged(Kind.KEY, f"another {ending}", {**parts, own + ending: parts[observer + ending]})
        capitals = f"keys/{own[5:].upper()}{ending}"
        if capitals != own + ending:
            rest = {name: data for name, data in parts.items() if name != own + ending}
            yield forged(Kind.KEY, f"{ending} in capitals", {**rest, capitals: parts[own + ending]})
    third = key(3).signer("auditor").public
    yield forged(Kind.KEY, "one that has not signed", {**parts, **key_members(third)})
    yield forged(Kind.KEY, "one more has signed", with_note(note.signed(key(3).signer("auditor")), parts, third))
    yield forged(
        Kind.KEY,
        "one more has signed, and its key is not here",
        with_note(note.signed(key(3).signer("auditor")), parts),
    )
    again = key(2).signer("auditor")
    yield forged(Kind.KEY, "one under two names", with_note(note.signed(again), parts, again.public))
    for number in (0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18, 2**255 - 1, 2):
        nobody = PublicKey("auditor", number.to_bytes(32, "little"))
        signed = Note(
            note.text, (*note.signatures, Signature(nobody.name, nobody.id, (1).to_bytes(32, "little") + bytes(32)))
        )
        yield forged(Kind.KEY, f"nobody's, {number:x}", with_note(signed, parts, nobody))
    pem, vkey = parts[observer + ".pem"], parts[observer + ".vkey"]
    for how, data in {
        "with a comment": b"# key\n" + pem,
        "as a certificate": pem.replace(b"PUBLIC KEY", b"CERTIFICATE"),
        "in one line": pem.replace(b"\n", b""),
        "in short lines": pem.replace(b"MCow", b"MCow\n"),
        "for another curve": pem.replace(b"MCowBQYDK2Vw", b"MCowBQYDK2Vu"),
        "private": b"-----BEGIN PRIVATE KEY-----\n",
    }.items():
        yield forged(Kind.KEY, f".pem {how}", {**parts, observer + ".pem": data})
    for how, data in {
        "with another name": vkey.replace(b"observer+", b"observes+"),
        "with another id": vkey.replace(b"+", b"+0", 1),
        "of another kind": vkey.replace(b"+A", b"+B"),
        "with a space before": b" " + vkey,
    }.items():
        yield forged(Kind.KEY, f".vkey {how}", {**parts, observer + ".vkey": data})
    assert ed25519.is_key(third.key)


def of_folders() -> Iterator[Tampering]:
    """What lies in a folder and is no member; what is no file."""

    def also(name: str, change: Callable[[Path], object]) -> Tampering:
        def write(path: Path) -> None:
            folder(sound())(path)
            change(path)

        return Tampering(Kind.FOLDER, name, write)

    yield also("nothing changed", lambda _path: None)
    yield also("a hidden file", lambda path: (path / ".DS_Store").write_bytes(b"x"))
    yield also("a hidden file among the views", lambda path: (path / "views" / ".x").write_bytes(b"x"))
    yield also("a hidden file among the keys", lambda path: (path / "keys" / ".x").write_bytes(b"x"))
    yield also("an empty folder", lambda path: (path / "more").mkdir())
    yield also("an empty folder among the keys", lambda path: (path / "keys" / "more").mkdir())
    yield also("notes of an earlier guide", lambda path: (path / "check").mkdir())
    yield also("a fifo", lambda path: os.mkfifo(path / "views" / "fifo"))
    yield also("a link more", lambda path: (path / "views" / "b.md").symlink_to(path / "VERIFY.md"))
    yield also("a dead link more", lambda path: (path / "b.md").symlink_to("nowhere"))
    yield also("another case", lambda path: (path / "verify.md").write_bytes(b"x"))
    yield also(
        "a hard link to a member elsewhere",
        lambda path: path.with_name(path.name + "-x").hardlink_to(path / "VERIFY.md"),
    )
    for name in ("log.jsonl", "VERIFY.md", "keys", "views"):
        yield also(f"a link in place of {name}", partial(_linked, name))
    for name in ("roster.json", "VERIFY.md", "manifest.sha256", "views/controls.json"):
        yield also(f"a folder in place of {name}", partial(_made_folder, name))


def _linked(name: str, path: Path) -> None:
    (path / name).rename(path.parent / f"{path.name}-elsewhere")
    (path / name).symlink_to(path.parent / f"{path.name}-elsewhere")


def _made_folder(name: str, path: Path) -> None:
    (path / name).unlink()
    (path / name).mkdir()


def of_copies() -> Iterator[Tampering]:
    """A copy that names nobody, and a bundle of an earlier version: each member changed or removed."""
    earlier = members_of(Path(__file__).parents[1] / "evidence" / "data" / "before-files.zip")
    for kind, parts in ((Kind.COPY, sound(pseudonymous=True)), (Kind.EARLIER, earlier)):
        yield forged(kind, "nothing changed", parts)
        for name, data in parts.items():
            if name == members.MANIFEST:
                continue
            rest = {other: held for other, held in parts.items() if other != name}
            yield forged(kind, f"{name} removed", rest)
            for how in ("middle byte", "longer", "emptied"):
                yield forged(kind, f"{name}, {how}", {**parts, name: TAMPERINGS[how](data)})
    yield forged(Kind.COPY, "names put back", {**sound(pseudonymous=True), "roster.json": sound()["roster.json"]})
    yield forged(Kind.COPY, "texts put back", {**sound(pseudonymous=True), "texts.jsonl": sound()["texts.jsonl"]})
    yield forged(Kind.COPY, "texts of another", {**sound(pseudonymous=True), "texts.jsonl": sound(2)["texts.jsonl"]})
    yield forged(
        Kind.COPY,
        "views put back",
        {**sound(pseudonymous=True), **{n: d for n, d in sound().items() if n[:5] == "views"}},
    )
    yield forged(
        Kind.EARLIER, "lists of today", {**earlier, **{n: d for n, d in sound().items() if n.endswith(".sha256")}}
    )
