"""Bundles spoilt member by member, and what of them may differ without verifying having to see it."""

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Final

from incidentsim.evidence import members
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.container import ContainerWriter
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.rebundling import cosign
from incidentsim.ledger.note import NoteError, read_note
from tests.fuzzing.mutating import mutate
from tests.fuzzing.reader import scratch
from tests.support.evidence import key, rechained, record

VIEWS: Final = {"audit-report.en.md": b"# Audit report\n", "controls.json": b'{"controls":[]}\n'}
REMOVABLE: Final = (members.TEXTS, members.ROSTER, members.SCENARIO, members.VIEW_LIST, members.TIMESTAMP)
"""Members, beside views and keys, that can be taken away: what then could not be checked is told."""


@cache
def sound_bundles() -> tuple[bytes, ...]:
    """Small bundles: with everything, signed twice, without names, and of one entry."""
    made = []
    for number, count in enumerate((5, 5, 4, 1)):
        path = scratch() / f"sound-{number}.zip"
        write_bundle(path, record(count), key(), views=VIEWS, pseudonymise=number == 2)
        if number == 1:
            cosign(path, key(2), "witness", replace=True)
        made.append(path.read_bytes())
    return tuple(made)


@lru_cache(maxsize=16)
def contents(data: bytes) -> Mapping[str, bytes]:
    """The members of a zip file, by any program that reads one; none where it is no such file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return {info.filename: packed.read(info) for info in packed.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, zipfile.LargeZipFile):
        return {}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A bundle with these members in this order."""
    file = BytesIO()
    writer = ContainerWriter(file)
    for name, data in parts.items():
        writer.add(name, [data])
    writer.close()
    return file.getvalue()


def spoil_bundle(data: bytes, other: bytes, random: Random) -> bytes:
    """Spoil the file itself now and then, and else one or two members, with a manifest that fits them."""
    parts = dict(contents(data))
    if not parts or random.random() < 0.2:
        return mutate(data, other, random)
    for _time in range(random.choice((1, 1, 1, 2))):
        parts = _spoilt(parts, contents(other), random)
    if random.random() < 0.8:
        digests = {name: sha256(part).hexdigest() for name, part in parts.items() if name != members.MANIFEST}
        parts[members.MANIFEST] = members.write_manifest(digests)
    ordered = {name: parts[name] for name in members.sorted_names(parts)} if random.random() < 0.9 else parts
    try:
        return packed(ordered)
    except ValueError:  # a name that no bundle can hold
        return data


def _spoilt(parts: dict[str, bytes], others: Mapping[str, bytes], random: Random) -> dict[str, bytes]:
    name = random.choice(list(parts))
    kind = random.randrange(10)
    if kind == 0:
        return {kept: part for kept, part in parts.items() if kept != name}
    if kind == 1:
        new = random.choice(
            (name.upper(), name + "x", "views/" + name, "keys/x.pem", "x/y", "é", "views/x.md", "check")
        )
        return {new if kept == name else kept: part for kept, part in parts.items()}
    if kind == 2:
        return {**parts, random.choice(("views/more.md", "notes.txt", "keys/00000000.vkey", *others)): b"more\n"}
    if kind == 3 and name in others:
        return {**parts, name: others[name]}
    if kind == 4:
        return {**parts, members.LOG: _forged_log(parts.get(members.LOG, b""), random)}
    if kind == 5:
        return {**parts, members.CHECKPOINT: spoil_note(parts.get(members.CHECKPOINT, b""), random)}
    return {**parts, name: mutate(parts[name], others.get(name, b""), random)}


def _forged_log(log: bytes, random: Random) -> bytes:
    """The log with an entry taken out, doubled or changed, and chained anew, as somebody does who holds no key."""
    lines = log.splitlines()
    if not lines:
        return log
    place = random.randrange(len(lines))
    kind = random.randrange(3)
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines.insert(place, lines[place])
    else:
        lines[place] = lines[place].replace(b'"do":"report"', b'"do":"deny"').replace(b'"at":', b'"at":1')
    with suppress(ValueError):  # an entry that was spoilt before
        lines = rechained(lines)
    return b"".join(line + b"\n" for line in lines)


def spoil_note(note: bytes, random: Random) -> bytes:
    """A checkpoint with lines in another order, fewer signatures, or one of them twice."""
    lines = note.splitlines(keepends=True)
    if len(lines) < 2:
        return note
    kind, place = random.randrange(3), random.randrange(len(lines))
    if kind == 0:
        del lines[place]
    elif kind == 1:
        lines.insert(place, random.choice(lines))
    else:
        random.shuffle(lines)
    return b"".join(lines)


def unseen(given: Mapping[str, bytes], findings: Findings) -> str | None:
    """What differs in these members from every sound bundle although the findings hold; `None` if nothing does.

    Signatures and keys that are not the record's own can come and go; what cannot be checked then is told.
    """
    differences = [_differences(given, contents(sound), findings) for sound in sound_bundles()]
    return None if None in differences else min((found for found in differences if found), key=len)


def _differences(given: Mapping[str, bytes], sound: Mapping[str, bytes], findings: Findings) -> str | None:
    for name in given:
        if name in {members.MANIFEST, members.CHECKPOINT} or name.startswith(members.KEYS):
            continue
        if given[name] != sound.get(name):
            return f"{name} is another, and it holds"
    missing = [name for name in sound if name not in given and not name.startswith((members.KEYS, members.VIEWS))]
    for name in missing:
        if name not in REMOVABLE:
            return f"{name} is gone, and it holds"
    if missing and not findings.limits():
        return f"{', '.join(missing)} is gone, and nothing is said of it"
    try:
        if read_note(given[members.CHECKPOINT]).text != read_note(sound[members.CHECKPOINT]).text:
            return "the checkpoint is another, and it holds"
    except (NoteError, KeyError):
        return "the checkpoint is none, and it holds"
    return None


def unpacked(data: bytes) -> Path | None:
    """The same members in a folder; `None` where the bytes are no zip file, or hold a name that leads elsewhere."""
    parts = contents(data)
    if not parts or any(".." in name or name.startswith("/") or len(name) > 100 or not name for name in parts):
        return None
    folder = scratch() / "folder"
    _clear(folder)
    folder.mkdir()
    for name, part in parts.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(part)
        except (OSError, ValueError):  # a name that is a folder, too
            return None
    return folder


def _clear(folder: Path) -> None:
    if folder.exists():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()
