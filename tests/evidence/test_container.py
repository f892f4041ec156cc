"""The container has one form: the same members give the same bytes, and nothing else is read."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence import container
from incidentsim.evidence.container import ContainerWriter, blocks_of, check_name, read_container

PARTS = {"log.jsonl": b"{}\n" * 3, "VERIFY.md": b"", "keys/0123abcd.pem": b"PEM\n"}


def packed(parts: dict[str, bytes] | None = None) -> bytes:
    file = io.BytesIO()
    writer = ContainerWriter(file)
    for name, data in (PARTS if parts is None else parts).items():
        writer.add(name, [data[:2], data[2:]])
    writer.close()
    return file.getvalue()


def read(data: bytes) -> dict[str, bytes]:
    file = io.BytesIO(data)
    found = read_container(file, Path("b.zip"))
    return {one.name: b"".join(blocks_of(file, one.start, one.start + one.size)) for one in found}


def test_what_is_written_is_read_again() -> None:
    assert read(packed()) == PARTS
    assert read(packed({})) == {}


def test_any_other_program_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(packed())) as found:
        assert found.testzip() is None
        assert {info.filename: found.read(info) for info in found.infolist()} == PARTS
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in found.infolist()} == {zipfile.ZIP_STORED}


def test_the_bytes_are_these() -> None:
    """By hand from APPNOTE.TXT, so that a change of the writer is noticed."""
    name, data = b"a", b"xy"
    crc = zlib.crc32(data)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 33, crc, 2, 2, 1, 0) + name
    central = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, 2, 2, 1, 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local) + 2, 0)
    assert packed({"a": data}) == local + data + central + end


def test_no_changed_byte_outside_of_the_members_goes_unnoticed() -> None:
    """A changed byte within one changes what is read, and nothing else."""
    sound = packed()
    for place in range(len(sound)):
        for other in {0, 0x20, 0xFF, sound[place] ^ 1} - {sound[place]}:
            changed = sound[:place] + bytes([other]) + sound[place + 1 :]
            try:
                found = read(changed)
            except InputError as error:
                assert str(error).endswith(".")  # noqa: PT017 - both ways of noticing are right
            else:
                assert found != PARTS, place


def test_every_truncation_and_every_addition_is_refused() -> None:
    sound = packed()
    for size in range(len(sound)):
        with pytest.raises(InputError, match="no evidence bundle"):
            read(sound[:size])
    for more in (b"\0", b"\n", sound, b"PK\5\6" + b"\0" * 18):
        with pytest.raises(InputError, match="no evidence bundle"):
            read(sound + more)
        with pytest.raises(InputError, match="no evidence bundle"):
            read(more + sound)


def by_zipfile(*parts: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in parts:
            made.writestr(name, data)
    return file.getvalue()


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info, target.encode()


def encrypted() -> bytes:
    data = bytearray(by_zipfile(("log.jsonl", b"{}\n")))
    data[6] |= 1
    at = data.rindex(b"PK\1\2")
    data[at + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    sound = packed({"log.jsonl": b"a", "log.jsonm": b"b"})
    return sound.replace(b"log.jsonm", b"log.jsonl")


def overlapping() -> bytes:
    """Two entries of the directory for the same bytes, as in the bombs that need no second layer."""
    sound = packed({"a": b"x" * 100, "b": b""})
    directory = sound.index(b"PK\1\2")
    first = sound[directory : directory + 47]
    data = sound[:directory] + first + first[:46] + b"b"
    return data + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, 94, directory, 0)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a way out upwards": (lambda: by_zipfile(("../../etc/passwd", b"x")), "with the name"),
    "a way out from the root": (lambda: by_zipfile(("/etc/passwd", b"x")), "with the name"),
    "a way out on Windows": (lambda: by_zipfile(("..\\..\\evil.exe", b"x")), "with the name"),
    "a drive": (lambda: by_zipfile(("C:evil", b"x")), "with the name"),
    "a folder too deep": (lambda: by_zipfile(("keys/a/b", b"x")), "with the name"),
    "a hidden file": (lambda: by_zipfile((".ssh", b"x")), "with the name"),
    "a name that is no ASCII": (lambda: by_zipfile(("日志.jsonl", b"x")), "with the name"),
    "a name with a line feed": (lambda: by_zipfile(("log\n.jsonl", b"x")), "with the name"),
    "a name with an escape": (lambda: by_zipfile(("\x1b[31m", b"x")), "with the name"),
    "a long name": (lambda: by_zipfile(("x" * 5_000, b"x")), "with the name"),
    "a very long name": (lambda: by_zipfile(("x" * 60_000, b"x")), "too long"),
    "a bomb": (lambda: by_zipfile(("log.jsonl", b"\0" * 50_000_000), method=zipfile.ZIP_DEFLATED), "compressed"),
    "another method": (lambda: by_zipfile(("log.jsonl", b"\0" * 100), method=zipfile.ZIP_LZMA), "compressed"),
    "a link": (lambda: by_zipfile(link("log.jsonl", "/etc/passwd")), "attributes"),
    "encrypted": (encrypted, "encrypted"),
    "a name twice": (twice, "same name"),
    "overlapping members": (overlapping, "the header of b"),
    "too many members": (lambda: by_zipfile(*((f"f{n}", b"") for n in range(300))), "too long"),
    "no zip file": (lambda: b"%PDF-1.7 " * 100, "its end is missing"),
    "empty": (lambda: b"", "its end is missing"),
    "a comment": (lambda: packed()[:-2] + b"\4\0hide", "its end is missing"),
    "a member of 4 GiB that is not there": (
        lambda: packed({"a": b""}).replace(b"\x21" + bytes(13), b"\x21" + bytes(5) + b"\xfe\xff\xff\xff" * 2),
        "something between",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_sentence(name: str) -> None:
    make, reason = HOSTILE[name]
    with pytest.raises(InputError, match=reason) as refused:
        read(make())
    assert str(refused.value).startswith("b.zip is no evidence bundle, or a damaged one: ")
    assert str(refused.value).endswith(".")


def test_random_bytes_are_refused() -> None:
    for seed in range(300):
        data = bytearray(packed())
        state = seed
        for _ in range(5):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            data[state % len(data)] = state >> 56
        try:
            read(bytes(data))
        except InputError as error:
            assert str(error).endswith(".")  # noqa: PT017 - what is read is compared elsewhere


@pytest.mark.parametrize("name", ["", ".", "..", "a/b/c", "/a", "a\\b", "A/b", "a/", "a b", "ä", "a\n", "x" * 102])
def test_no_member_gets_such_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="not fit"):
        check_name(name)


def test_a_bundle_that_its_format_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LIMIT", 1000)
    with pytest.raises(InputError, match="larger than 4 GiB"):
        packed({"a": b"x" * 2000})


def test_reading_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(by_zipfile(("../out", b"x")))
    with (tmp_path / "b.zip").open("rb") as file, pytest.raises(InputError):
        read_container(file, tmp_path / "b.zip")
    assert os.listdir(tmp_path) == ["b.zip"]  # noqa: PTH208 - names alone
