"""A zip file with exactly one form: the same members give the same bytes everywhere, and nothing else is read.

Members are stored, not compressed (two versions of zlib may compress alike and not the same), in a given order, with
a fixed time and no attributes (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). Reading refuses whatever this
writer would not have written: other methods, encryption, links, names with a path in them, a name given twice, gaps,
overlaps, comments. So nothing can be hidden in a bundle, and nothing grows when it is opened.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

LIMIT: Final = 0xFFFFFFFF
"""The largest zip file without the extension for larger ones, in bytes."""

MAX_MEMBERS: Final = 200
BLOCK: Final = 1 << 18
"""So many bytes are read at once."""

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_MOST_DIRECTORY: Final = MAX_MEMBERS * 200  # bytes; an entry without anything superfluous has fewer
_VERSION, _FLAGS, _STORED = 20, 0, 0
_TIME, _DATE = 0, 0x21  # midnight of 1980-01-01, the earliest that the format knows
_NAME: Final = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!\.)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, the check sum and number of its bytes, where its header and where its bytes begin."""

    name: str
    crc: int
    size: int
    header: int
    start: int


class ContainerWriter:
    """Writes members one after the other into a file that is open for writing and can be gone back in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._members: list[Member] = []
        self._at = 0

    def file_for(self, name: str) -> BinaryIO:
        """The file, standing where the bytes of the next member will begin if it is called `name`."""
        self._file.seek(self._at + _LOCAL.size + len(name))
        return self._file

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """Write a member from its bytes, block by block.

        Raises:
            InputError: the file would be too large for its format.
            ValueError: the name is not fit for a bundle.
        """
        check_name(name)
        start = self._at + _LOCAL.size + len(name)
        self._file.seek(self._at)
        self._file.write(bytes(start - self._at))  # the header holds the check sum, so it is written afterwards
        crc = size = 0
        for block in blocks:
            crc = zlib.crc32(block, crc)
            size += len(block)
            self._file.write(block)
        end = start + size
        if end > LIMIT:
            message = _("The bundle would be larger than 4 GiB, the most that its format holds. Export as jsonl.")
            raise InputError(message)
        member = Member(name, crc, size, self._at, start)
        self._file.seek(self._at)
        self._file.write(_local_header(member))
        self._file.seek(end)
        self._members.append(member)
        self._at = end

    def close(self) -> None:
        """Write the directory at the end."""
        self._file.write(_directory(self._members, self._at))


def read_container(file: BinaryIO, path: Path) -> tuple[Member, ...]:
    """The members of a zip file that a `ContainerWriter` wrote; their bytes have not been read.

    Raises:
        InputError: the file is no such zip file; the message says why.
    """
    size = file.seek(0, 2)
    if size > LIMIT + _END.size:
        raise _refusal(path, _("it is larger than a bundle can be"))
    file.seek(max(0, size - _END.size))
    tail = file.read(_END.size)
    if len(tail) != _END.size or not tail.startswith(b"PK\x05\x06"):
        raise _refusal(path, _("its end is missing or something was added after it"))
    _mark, _disk, _other, _here, count, length, start, _comment = _END.unpack(tail)
    if count > MAX_MEMBERS or length > _MOST_DIRECTORY or start + length + _END.size != size:
        raise _refusal(path, _("its directory is not where it should be, or too long"))
    file.seek(start)
    directory = file.read(length)
    members = _read_directory(directory, path)
    if _directory(members, start) != directory + tail:
        raise _refusal(path, _("its directory is not as incidentsim writes it"))
    _check_headers(file, members, start, path)
    return members


def blocks_of(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """The bytes of a file from `start` on, and before `end`, block by block."""
    file.seek(start)
    while start < end:
        block = file.read(min(BLOCK, end - start))
        if not block:
            return
        start += len(block)
        yield block


def check_name(name: str) -> None:
    """Check that a member may have this name: at most one folder, and no way out of where it is unpacked.

    Raises:
        ValueError: it may not.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not fit to be the name of a member")


def _read_directory(data: bytes, path: Path) -> tuple[Member, ...]:
    members: list[Member] = []
    at = 0
    while at < len(data):
        if len(data) - at < _CENTRAL.size:
            raise _refusal(path, _("its directory is cut off"))
        parts = _CENTRAL.unpack_from(data, at)
        flags, method, crc, packed, size, length = parts[3], parts[4], parts[7], parts[8], parts[9], parts[10]
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + length]
        at += _CENTRAL.size + len(raw) + parts[11] + parts[12]
        name = raw.decode("ascii", errors="replace")
        _check_member(name, flags, packing=(method, packed, size), mode=parts[15] >> 16, path=path)
        members.append(Member(name, crc, size, parts[16], parts[16] + _LOCAL.size + length))
    if len({member.name.lower() for member in members}) != len(members):  # some file systems know no other case
        raise _refusal(path, _("it holds two members with the same name"))
    return tuple(members)


def _check_member(name: str, flags: int, *, packing: tuple[int, int, int], mode: int, path: Path) -> None:
    """Say in its own words what is most often wrong, by accident or on purpose."""
    if not _NAME.fullmatch(name):
        message = _("it holds a member with the name “{name}”, which no bundle has")
        raise _refusal(path, message.format(name=name[:100]))
    if flags & 1:
        raise _refusal(path, _("{name} in it is encrypted").format(name=name))
    method, packed, size = packing
    if method != _STORED or packed != size:
        message = _("{name} in it is compressed, and a bundle never is (unpack it, and verify the folder)")
        raise _refusal(path, message.format(name=name))
    if mode:
        message = _("{name} in it has attributes, as links and programs have, and members of a bundle have none")
        raise _refusal(path, message.format(name=name))


def _check_headers(file: BinaryIO, members: tuple[Member, ...], end: int, path: Path) -> None:
    """Check that the members lie one after the other without gaps, each after a header that says the same."""
    at = 0
    for member in members:
        file.seek(at)
        expected = _local_header(member)
        if member.header != at or file.read(len(expected)) != expected:
            message = _("the header of {name} says something else than the directory, or is elsewhere")
            raise _refusal(path, message.format(name=member.name))
        at = member.start + member.size
    if at != end:
        raise _refusal(path, _("there is something between its members and its directory"))


def _local_header(member: Member) -> bytes:
    name = member.name.encode("ascii")
    stamp = (_VERSION, _FLAGS, _STORED, _TIME, _DATE)
    return _LOCAL.pack(b"PK\x03\x04", *stamp, member.crc, member.size, member.size, len(name), 0) + name


def _directory(members: Iterable[Member], start: int) -> bytes:
    parts = []
    for member in members:
        name = member.name.encode("ascii", errors="replace")
        stamp = (_VERSION, _VERSION, _FLAGS, _STORED, _TIME, _DATE)
        sizes = (member.crc, member.size, member.size, len(name))
        parts.append(_CENTRAL.pack(b"PK\x01\x02", *stamp, *sizes, 0, 0, 0, 0, 0, member.header) + name)
    data = b"".join(parts)
    return data + _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(data), start, 0)


def _refusal(path: Path, reason: str) -> InputError:
    return InputError(_("{path} is no evidence bundle, or a damaged one: {reason}.").format(path=path, reason=reason))
