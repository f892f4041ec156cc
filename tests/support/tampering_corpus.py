"""The corpus of tamperings: kinds × places, made systematically. VERIFY.md and `verify` are fed all of it.

A forger holds no key: whatever he changes, he makes the manifest anew. The holder of the key signs what he changed; of
that, only the form and what does not fit together can be found.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from incidentsim.evidence import members
from incidentsim.evidence.rebundling import cosign, pseudonymise
from tests.support.evidence import as_log, bundle, key, later_entries, members_of
from tests.support.json_changes import pointer, rotating, tampered
from tests.support.tampering import TAMPERINGS

Parts = dict[str, bytes]
VIEWS: Final = {"audit-report.en.md": b"# Audit report\n", "controls.json": b"{}\n"}
ENTRIES: Final = 4


class Kind(StrEnum):
    """What is changed, and by whom."""

    BYTES = "bytes of a member"
    ENCODING = "encoding and line ends of a member"
    REMOVED = "a member removed"
    ADDED = "a member added"
    RENAMED = "a member renamed"
    FOREIGN = "a member of another bundle"
    MANIFEST = "the manifest"
    LINE = "a line of a member"
    FIELD = "a field of a JSON member"
    SIGNATURE = "a signature"
    KEY = "a key"
    FOLDER = "the folder"
    PACKING = "the zip file"
    STAMP = "the time stamp"
    COPY = "a copy without names"
    EARLIER = "a bundle of an earlier version"
    SIGNED_ENTRY = "an entry, signed"
    SIGNED_TEXT = "a text, signed"
    SIGNED_ROSTER = "the roster, signed"
    SIGNED_CHECKPOINT = "the checkpoint, signed"
    SIGNED_LIST = "a list, signed"


@dataclass(frozen=True)
class Tampering:
    """One tampering: it writes a folder, or a zip file, at the path that it is given."""

    kind: Kind
    name: str
    write: Callable[[Path], None]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def manifest_of(parts: Parts) -> bytes:
    """The manifest of these members."""
    digests = {name: sha256(data).hexdigest() for name, data in parts.items() if name != members.MANIFEST}
    return members.write_manifest(digests)


def folder(parts: Parts) -> Callable[[Path], None]:
    """Writes these members as a folder."""

    def write(path: Path) -> None:
        path.mkdir()
        for name, data in parts.items():
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    return write


def forged(kind: Kind, name: str, parts: Parts) -> Tampering:
    """By somebody who holds no key: the manifest is made anew."""
    return Tampering(kind, name, folder({**parts, members.MANIFEST: manifest_of(parts)}))


@cache
def sound(count: int = ENTRIES, *, pseudonymous: bool = False) -> Parts:
    """The members of a sound bundle, signed by two."""
    with TemporaryDirectory() as place:
        path = bundle(Path(place) / "b.zip", count, views=VIEWS)
        cosign(path, key(2), "observer")
        if pseudonymous:
            pseudonymise(path, Path(place) / "p.zip")
            path = Path(place) / "p.zip"
        return members_of(path)


def named(name: str, ending: str = "") -> str:
    """A short name of a member: keys are called by whose they are."""
    if not name.startswith(members.KEYS):
        return name + ending
    whose = "observer" if sound()[name.rpartition(".")[0] + ".vkey"].startswith(b"observer") else "own"
    return f"keys/{whose}{Path(name).suffix}{ending}"


MORE_BYTES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "a zero byte": lambda data: data + b"\0",
    "another last line": lambda data: data + b"x\n",
    "no first line": lambda data: data.partition(b"\n")[2],
    "no second half": lambda data: data[: len(data) // 2],
}
ENCODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "no UTF-8": lambda data: data[:-1] + b"\xff\n",
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "line ends of old": lambda data: data.replace(b"\n", b"\r"),
    "other line ends": TAMPERINGS["other line ends"],
    "a mark before it": TAMPERINGS["a mark before it"],
    "no last line end": lambda data: data.rstrip(b"\n"),
    "two last line ends": lambda data: data + b"\n",
    "a line separator": lambda data: data.replace(b"\n", "\u2028\n".encode(), 1),
    "spaces at the end of lines": lambda data: data.replace(b"\n", b" \n"),
}


def of_members() -> Iterator[Tampering]:
    """Every member, changed as bytes; removed; renamed; taken from elsewhere."""
    parts = sound()
    longer = {**sound(ENTRIES + 5), **{named_: data for named_, data in sound().items() if named_.startswith("keys/")}}
    for name in parts:
        if name != members.MANIFEST:
            yield from _of_member(name, parts, longer)
    for names in (
        ("log.jsonl", "checkpoint"),
        ("log.jsonl", "texts.jsonl"),
        ("log.jsonl", "texts.jsonl", "checkpoint"),
    ):
        taken = {name: longer[name] for name in names}
        yield forged(Kind.FOREIGN, f"{' and '.join(names)} of a longer record", {**parts, **taken})
    views = {name for name in parts if name.startswith("views")}
    yield forged(Kind.REMOVED, "all views", {name: data for name, data in parts.items() if name not in views})
    for name in ("views/evil.html", "keys/0a0b0c0d.pem", "README", "views/a b.md", "views/more/x.md", "checkpoint.tsr"):
        yield forged(Kind.ADDED, name, {**parts, name: b"x\n"})
    for name in parts:
        if name != members.MANIFEST:
            changed = {**parts, name: parts[name] + b"\n"}
            yield Tampering(Kind.MANIFEST, f"not made anew after {named(name)} was changed", folder(changed))


def _of_member(name: str, parts: Parts, longer: Parts) -> Iterator[Tampering]:
    data = parts[name]
    for kind, changes in ((Kind.BYTES, {**TAMPERINGS, **MORE_BYTES}), (Kind.ENCODING, ENCODINGS)):
        for how, change in changes.items():
            if change(data) != data and (kind is Kind.ENCODING or how not in ENCODINGS):
                yield forged(kind, f"{named(name)}, {how}", {**parts, name: change(data)})
    without = {other: held for other, held in parts.items() if other != name}
    yield forged(Kind.REMOVED, named(name), without)
    for how, other in {
        "in capitals": name.swapcase(),
        "with an ending more": name + ".bak",
        "in a folder": "views/" + Path(name).name,
        "in another folder": "more/" + Path(name).name,
        "hidden": str(Path(name).with_name("." + Path(name).name)),
    }.items():
        if other != name:
            yield forged(Kind.RENAMED, f"{named(name)}, {how}", {**without, other: data})
            yield forged(Kind.ADDED, f"{named(name)} once more, {how}", {**parts, other: data})
    if longer.get(name, data) != data:
        yield forged(Kind.FOREIGN, f"{named(name)} of a longer record", {**parts, name: longer[name]})


def line_changes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every line of a member gone, twice, changed, swapped with the next, and so on."""
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        others = {
            "gone": [],
            "twice": [line, line],
            "changed at its beginning": [bytes([line[0] ^ 1]) + line[1:]],
            "changed at its end": [line[:-2] + bytes([line[-2] ^ 1]) + line[-1:]] if len(line) > 1 else [b"x\n"],
            "in capitals": [line.swapcase()],
            "after an empty one": [b"\n", line],
            "with a space before": [b" " + line],
            "swapped with the next": [*after[:1], line],
        }
        for how, instead in others.items():
            rest = after[1:] if how == "swapped with the next" else after
            changed = b"".join([*before, *instead, *rest])
            if changed != data:
                yield f"line {number} {how}", changed


LINED: Final = ("checkpoint", "files.sha256", "views.sha256", "log.jsonl", "texts.jsonl", "roster.json")


def of_lines() -> Iterator[Tampering]:
    """Every line of every member that consists of lines."""
    parts = sound()
    keys = [name for name in parts if name.startswith(members.KEYS)]
    for name in (*LINED, *keys):
        for how, data in line_changes(parts[name]):
            yield forged(Kind.LINE, f"{named(name)}, {how}", {**parts, name: data})
    for how, data in line_changes(parts[members.MANIFEST]):
        yield Tampering(Kind.MANIFEST, how, folder({**parts, members.MANIFEST: data}))
    later = as_log(later_entries(ENTRIES))
    yield forged(Kind.LINE, "log.jsonl, two that follow", {**parts, "log.jsonl": parts["log.jsonl"] + later})


def of_fields() -> Iterator[Tampering]:
    """Every field of every JSON member, each changed in a way or two: every way comes up somewhere."""
    parts = sound()
    for name, count in (("log.jsonl", 1), ("texts.jsonl", 2), ("roster.json", 3)):
        lines = parts[name].splitlines()
        for number, line in enumerate(lines):
            for place, how, text in rotating(list(tampered(json.loads(line))), count):
                changed = as_log([*lines[:number], text.encode(errors="surrogatepass"), *lines[number + 1 :]])
                if changed != parts[name]:
                    where = f"{name}, line {number}, {pointer(place)} {how}"
                    yield forged(Kind.FIELD, where, {**parts, name: changed})
