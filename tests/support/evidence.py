"""Bundles of our own making, and ways to spoil them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from incidentsim.evidence import members
from incidentsim.evidence.bundle import Record, write_bundle
from incidentsim.evidence.container import ContainerWriter
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.keys import Key
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.sealing import TextRecord
from tests.support.record import HEADER, PLAYBOOK, ROSTER, SCENARIO, Scribe, some_facts, step_taken


def private_pem(number: int) -> bytes:
    """The private key with this number, as a PEM file."""
    secret = sha256(b"key %d" % number).digest()
    return Ed25519PrivateKey.from_private_bytes(secret).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key(number: int = 1) -> Key:
    """The key with this number; the same in every test run."""
    return Key(private_pem(number), Path("key.pem"))


def record(count: int = 7, run: str = "r1") -> Record:
    """A record of so many entries, every third with two texts; always the same, text for text and salt for salt."""
    entries, texts = Scribe(run).write(*some_facts(count))
    return Record(run, [entry.data for entry in entries], PLAYBOOK, SCENARIO, texts, ROSTER)


def bundle(path: Path, count: int = 7, *, views: Mapping[str, bytes] | None = None) -> Path:
    """A sound bundle."""
    write_bundle(path, record(count), key(), views=views)
    return path


def members_of(path: Path) -> dict[str, bytes]:
    """The bytes of every member, in their order."""
    with OpenedBundle(path) as opened:
        return {name: opened.read(name) for name in opened.regions}


def pack(path: Path, contents: Mapping[str, bytes], *, manifest: bool = True) -> Path:
    """Write a bundle with these members, its manifest made anew unless it is to stay as it is.

    That is what a forger can do who holds no key.
    """
    parts = dict(contents)
    if manifest:
        digests = {name: sha256(data).hexdigest() for name, data in parts.items() if name != members.MANIFEST}
        parts[members.MANIFEST] = members.write_manifest(digests)
    with path.open("wb") as file:
        writer = ContainerWriter(file)
        for name in members.sorted_names(parts):
            writer.add(name, [parts[name]])
        writer.close()
    return path


def failed(findings: Findings) -> set[str]:
    """The names of the checks that do not hold."""
    return {check.name for check in findings.checks if not check.holds}


def later_entries(count: int = 9, run: str = "r1") -> list[bytes]:
    """Two entries that would follow on so many of the record's."""
    scribe = Scribe(run)
    scribe.write(*some_facts(count))
    return [entry.data for entry in scribe.write(step_taken(count), step_taken(count + 1))[0]]


def rechained(lines: Sequence[bytes], run: str = "r1") -> list[bytes]:
    """These entries as a forger would leave them: numbered anew, each with the hash of the one before."""
    made: list[bytes] = []
    for number, line in enumerate(lines):
        body = read_entry(line)
        prev = digest(made[-1]) if made else ZERO
        header = HEADER if number == 0 else None
        made.append(replace(body, run=run, seq=number, prev=prev, header=header).to_entry().data)
    return made


def as_log(lines: Sequence[bytes]) -> bytes:
    """The bytes of a log of these entries."""
    return b"".join(line + b"\n" for line in lines)


def with_texts(made: Record, texts: list[TextRecord]) -> Record:
    """The record with other texts beside it."""
    return replace(made, texts=texts)
