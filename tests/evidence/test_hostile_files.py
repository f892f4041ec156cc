"""Whatever somebody puts into a file and calls a bundle: it is refused with a sentence, or found faulty.

Nothing of it is written anywhere, it takes no more time and memory than a bundle may, and nobody sees a traceback.
"""

import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence.container import ContainerWriter
from incidentsim.evidence.proving import prove_entry
from incidentsim.evidence.rebundling import cosign, pseudonymise
from incidentsim.evidence.trusted_inputs import read_trusted_checkpoint
from incidentsim.evidence.verifying import verify_bundle
from tests.support.evidence import bundle, key, members_of, pack

Contents = dict[str, bytes]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """The members of a sound bundle."""
    return members_of(bundle(tmp_path_factory.mktemp("sound") / "b.zip", 4))


def by_zipfile(
    members: Contents,
    *more: tuple[zipfile.ZipInfo | str, bytes],
    method: int = zipfile.ZIP_STORED,
    comment: bytes = b"",
) -> bytes:
    """These members, as another program packs them."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in (*members.items(), *more):
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)  # a fixed time, like ours
            made.writestr(info, data, compress_type=method)
        made.comment = comment
    return file.getvalue()


def by_us(members: Contents) -> bytes:
    """These members, as a bundle holds them."""
    file = BytesIO()
    writer = ContainerWriter(file)
    for name, data in members.items():
        writer.add(name, [data])
    writer.close()
    return file.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same file with a member under another name of the same length."""
    assert len(old) == len(new)
    assert old in data
    return data.replace(old, new)


def linked(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info, target.encode()


def streamed(members: Contents) -> bytes:
    """Sizes after the data instead of before it, as a program writes them that cannot go back."""

    class Forward(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    file = Forward()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def with_fields(data: bytes, place: int, form: str, *values: int) -> bytes:
    """The file with other numbers in its last directory entry, counted from that entry's beginning."""
    at = data.rindex(b"PK\1\2") + place
    packed = struct.pack(form, *values)
    return data[:at] + packed + data[at + len(packed) :]


def large_by_declaration(data: bytes) -> bytes:
    """Sizes and places that stand in a field for files beyond 4 GiB, where they are 2^63."""
    at, end = data.rindex(b"PK\1\2"), data.rindex(b"PK\5\6")
    field = struct.pack("<HHQQQ", 1, 24, 1 << 63, 1 << 63, 1 << 63)
    entry = bytearray(data[at:end] + field)
    entry[20:28], entry[30:32], entry[42:46] = b"\xff" * 8, struct.pack("<H", len(field)), b"\xff" * 4
    tail = bytearray(data[end:])
    tail[12:16] = struct.pack("<I", struct.unpack_from("<I", tail, 12)[0] + len(field))
    return data[:at] + bytes(entry) + bytes(tail)


def quoted_twice(data: bytes) -> bytes:
    """A second directory before the first: which one counts differs from program to program."""
    start = data.index(b"PK\1\2")
    return data[:start] + data[start:] + data[start:]


def overlapping(data: bytes) -> bytes:
    """The last member's data begin where those of the first do."""
    return with_fields(data, 42, "<I", 0)


HOSTILE: Final[dict[str, Callable[[Contents], bytes]]] = {
    "a way out": lambda parts: by_zipfile(parts, ("../out", b"x")),
    "a way out far up": lambda parts: by_zipfile(parts, ("views/../../../../../../tmp/out", b"x")),
    "from the root": lambda parts: by_zipfile(parts, ("/tmp/out", b"x")),  # noqa: S108 - nothing is written there
    "with backslashes": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"..\\..\\out"),
    "with a drive": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"C:\\out.md"),
    "on a share": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"\\\\srv\\out"),
    "with a NUL": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"views/o\0t"),
    "with a line feed": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"views/o\nt"),
    "with an escape": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"views/\x1b[m"),
    "turned from right to left": lambda parts: by_zipfile(parts, ("views/\u202efdp.exe", b"x")),
    "ending in a dot": lambda parts: renamed(by_us({**parts, "views/out": b"x"}), b"views/out", b"views/ou."),
    "a folder": lambda parts: by_zipfile(parts, ("views/", b"")),
    "too deep": lambda parts: by_zipfile(parts, ("views/a/b", b"x")),
    "a name twice": lambda parts: renamed(by_us({**parts, "views/a": b"x", "views/b": b"y"}), b"views/b", b"views/a"),
    "a name in two cases": lambda parts: by_us({**parts, "views/a": b"x", "views/A": b"y"}),
    "a needed name in two cases": lambda parts: by_us({**parts, "verify.md": b"x"}),
    "a link": lambda parts: by_zipfile(parts, linked("views/link", "/etc/passwd")),
    "a link in place of the log": lambda parts: by_zipfile(
        {name: data for name, data in parts.items() if name != "log.jsonl"}, linked("log.jsonl", "/etc/passwd")
    ),
    "compressed": lambda parts: by_zipfile(parts, method=zipfile.ZIP_DEFLATED),
    "compressed a thousandfold": lambda parts: by_zipfile(
        {**parts, "log.jsonl": b"\0" * 60_000_000}, method=zipfile.ZIP_DEFLATED
    ),
    "by another method": lambda parts: by_zipfile(parts, method=zipfile.ZIP_LZMA),
    "a method that says it is none": lambda parts: with_fields(
        by_zipfile(parts, method=zipfile.ZIP_DEFLATED), 10, "<H", 0
    ),
    "a bundle in a bundle": lambda parts: by_zipfile({"inner.zip": by_us(parts)}),
    "encrypted": lambda parts: with_fields(by_us(parts), 8, "<H", 1),
    "sizes after the data": streamed,
    "huge by declaration": lambda parts: with_fields(by_us(parts), 20, "<II", 0xFFFFFFFE, 0xFFFFFFFE),
    "huge in a field for large files": lambda parts: large_by_declaration(by_us(parts)),
    "elsewhere by declaration": lambda parts: with_fields(by_us(parts), 42, "<I", 0xFFFFFFF0),
    "one over another": lambda parts: overlapping(by_us(parts)),
    "two directories": lambda parts: quoted_twice(by_us(parts)),
    "something before it": lambda parts: b"#!/bin/sh\n" + by_us(parts),
    "something after it": lambda parts: by_us(parts) + b"more",
    "a comment": lambda parts: by_zipfile(parts, comment=b"PK\5\6" + b"\0" * 18),
    "another name in its header": lambda parts: by_us(parts).replace(b"roster.json", b"roster.jsom", 1),
    "another check sum in its header": lambda parts: with_fields(by_us(parts), 16, "<I", zlib.crc32(b"other")),
    "too many": lambda parts: by_zipfile(parts, *((f"views/{number}", b"") for number in range(300))),
    "a program": lambda parts: by_zipfile(parts, ("run.exe", b"MZ")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_whoever_reads_bundles_and_nothing_is_written(
    name: str, parts: Contents, tmp_path: Path
) -> None:
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    path = folder / "b.zip"
    path.write_bytes(HOSTILE[name](parts))
    before = path.read_bytes()
    for read in (
        verify_bundle,
        read_trusted_checkpoint,
        lambda path: prove_entry(path, 0),
        lambda path: cosign(path, key(2), "observer"),
        lambda path: pseudonymise(path, folder / "copy.zip"),
    ):
        with pytest.raises(InputError, match=r"\.$"):
            read(path)
    assert path.read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "in", folder, path]


def test_the_same_members_as_we_pack_them_are_a_bundle(parts: Contents, tmp_path: Path) -> None:
    """The refusals above are about what was done to the file, not about how the tests pack it."""
    (tmp_path / "b.zip").write_bytes(by_us(parts))
    assert verify_bundle(tmp_path / "b.zip").holds


LONG: Final[dict[str, Callable[[], bytes]]] = {
    "an enormous line": lambda: b'{"fact":"' + b"x" * 20_000_000 + b'"}\n',
    "a hundred thousand brackets": lambda: b"[" * 100_000 + b"]" * 100_000 + b"\n",
    "as many objects": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n",
    "ten to the 400": lambda: b'{"fact":1' + b"0" * 400 + b"}\n",
    "a fraction of a million digits": lambda: b'{"fact":0.' + b"1" * 1_000_000 + b"}\n",
    "an exponent": lambda: b'{"fact":1e400}\n',
    "not UTF-8": lambda: b'{"fact":"\xff\xfe\xc0\xaf"}\n',
    "half a character": lambda: b'{"fact":"\\ud800"}\n',
    "a million empty lines": lambda: b"\n" * 1_000_000,
    "a hundred thousand keys": lambda: b"{" + b",".join(b'"%d":0' % number for number in range(100_000)) + b"}\n",
    "a key given often": lambda: b"{" + b",".join([b'"a":0'] * 100_000) + b"}\n",
}


@pytest.mark.parametrize(
    "name",
    [
        "log.jsonl",
        "texts.jsonl",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("roster.json", "checkpoint", "manifest.sha256", "keys")
        ),
    ],
)
@pytest.mark.parametrize("long", LONG)
def test_hostile_contents_end_with_a_verdict_or_a_sentence(
    long: str, name: str, parts: Contents, tmp_path: Path
) -> None:
    member = name if name != "keys" else next(one for one in parts if one.endswith(".vkey"))
    contents = {**parts, member: LONG[long]()}
    try:
        findings = verify_bundle(pack(tmp_path / "b.zip", contents, manifest=name != "manifest.sha256"))
    except InputError as error:
        assert str(error).endswith(".")  # noqa: PT017 - a refusal is one of two right answers
    else:
        assert not findings.holds
        said = [check.expected + check.found for check in findings.checks]
        assert max(map(len, said)) < 10_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits on memory are of POSIX")
def test_a_large_file_takes_little_memory(parts: Contents, tmp_path: Path) -> None:
    """A GiB of zeros (in a sparse file) in place of the log, checked within 700 MB of address space."""
    size = 1 << 30
    before, after = by_us({"log.jsonl": b""})[:39], by_us({**parts, "log.jsonl": b""})
    assert after.startswith(before)
    for name in ("b.zip", "l.jsonl"):
        with (tmp_path / name).open("wb") as file:
            file.write(before if name == "b.zip" else b"")
            file.seek(size, 1)
            file.write(after[len(before) :] if name == "b.zip" else b"\n")
    with (tmp_path / "d.zip").open("wb") as file:  # all of it a directory
        file.seek(size)
        file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, size, 0, 0))
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))\n"
        "from incidentsim.cli.main import run\n"
        "sys.exit(10 * sum(run(['verify', name]) for name in ('b.zip', 'l.jsonl', 'd.zip')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 60, done.stderr
    assert done.stderr.count(b"Error: ") == 3, done.stderr


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The file with a few random faults."""
    made = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        place, length = draw.randrange(len(made)), draw.randrange(1, 60)
        match draw.randrange(6):
            case 0:
                made[place] = draw.randrange(256)
            case 1:
                del made[place : place + length]
            case 2:
                made[place:place] = draw.randbytes(length)
            case 3:
                made[place:place] = made[(other := draw.randrange(len(made))) : other + length]
            case 4:
                made[place : place + 4] = draw.choice(
                    (b"\xff" * 4, b"\0" * 4, b"PK\1\2", b"PK\3\4", b"PK\5\6", b'\n{"\\')
                )
            case _:
                del made[draw.choice((place, len(made) - 1 - length % len(made))) :]
        made = made or bytearray(b"\0")
    return bytes(made)


def check_ends_well(path: Path) -> bool | None:
    """Read a file in every way there is: a verdict, or a sentence; whether it was found sound."""
    holds: bool | None = None
    for read in (verify_bundle, read_trusted_checkpoint, lambda path: prove_entry(path, 1, ["all"])):
        try:
            found = read(path)
            holds = getattr(found, "holds", holds)
        except InputError as error:
            assert str(error).endswith(".")  # noqa: PT017 - a sentence
    return holds


def test_random_faults_end_with_a_verdict_or_a_sentence(parts: Contents, tmp_path: Path) -> None:
    check_random_faults(parts, tmp_path, 300, seed=1)


@pytest.mark.slow
def test_thousands_of_random_faults_end_with_a_verdict_or_a_sentence(parts: Contents, tmp_path: Path) -> None:
    check_random_faults(parts, tmp_path, 6_000, seed=2)


def check_random_faults(parts: Contents, tmp_path: Path, count: int, *, seed: int) -> None:
    """Half of the faults anywhere in the file, half in one member that is packed rightly and listed anew."""
    draw = random.Random(seed)  # noqa: S311 - the same faults in every run
    whole, target = by_us(parts), tmp_path / "b.zip"
    for number in range(count):
        if number % 2:
            faulty = mutated(whole, draw)
            target.write_bytes(faulty)
            assert check_ends_well(target) is not True or faulty == whole, number
        else:
            name = draw.choice(sorted(set(parts) - {"VERIFY.md", "manifest.sha256"}))
            part = mutated(parts[name], draw)
            pack(target, {**parts, name: part})
            assert check_ends_well(target) is not True or part == parts[name], (number, name)
