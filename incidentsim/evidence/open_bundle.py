"""A bundle that is open for reading: a zip file as `bundle` writes it, or the folder that somebody unpacked it into."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self
from zlib import crc32

from incidentsim.definitions.foreign.content import beginning
from incidentsim.definitions.foreign.recognising import looks, with_looks
from incidentsim.domain.errors import InputError
from incidentsim.evidence import members
from incidentsim.evidence.container import blocks_of, check_name, read_container
from incidentsim.messages import gettext as _

_STREAMED: Final = (members.LOG, members.TEXTS, members.VIEWS)
"""Members that are read block by block, and may be as large as they like."""


_ZIPS: Final = ("bundle", "zip")
"""The shapes of which reading says more itself than what they look like."""

_NOTES: Final = "check"
_NOTED: Final = {"checkpoint.txt", "listed", "said", "signature", "signature.raw", "signatures"}
"""What earlier versions of VERIFY.md had its reader write into the folder of an unpacked bundle."""


@dataclass(frozen=True, slots=True)
class Region:
    """The place of a member's bytes: the file, the first byte, and the byte after the last."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hashed:
    """The SHA-256 digest (hexadecimal) and the CRC-32 of a member."""

    digest: str
    crc: int


def hashed(region: Region) -> Hashed:
    """Hash the bytes of a member, block by block.

    Raises:
        OSError: they cannot be read.
    """
    sha, crc = sha256(), 0
    with region.path.open("rb") as file:
        for block in blocks_of(file, region.start, region.end):
            sha.update(block)
            crc = crc32(block, crc)
    return Hashed(sha.hexdigest(), crc)


class OpenedBundle:
    """The members of a bundle. Nothing of it is written anywhere.

    `check_sums` are those (CRC-32) that a zip file says its members have; whoever reads a member compares them.
    `annotated` is whether it is a folder in which somebody followed VERIFY.md of an earlier version by hand.
    """

    def __init__(self, path: Path) -> None:
        """Open the bundle at `path`, a zip file or a folder.

        Raises:
            InputError: there is none, or it is none; the message says why.
            OSError: it cannot be read.
        """
        self.path = path
        self.packed = not path.is_dir()
        self.annotated = (path / _NOTES).is_dir()
        self.check_sums: dict[str, int] = {}
        self._held = ExitStack()
        self._files: dict[Path, BinaryIO] = {}
        try:
            self.regions = self._packed() if self.packed else dict(_unpacked(path))
            self._check()
        except BaseException:
            self._held.close()
            raise

    def __enter__(self) -> Self:
        """The bundle, until the context ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close its files."""
        self._held.close()

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self.regions

    def read(self, name: str) -> bytes:
        """The bytes of a member, which is neither the log nor the texts."""
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, block by block."""
        region = self.regions[name]
        return blocks_of(self._open(region.path), region.start, region.end)

    def _packed(self) -> dict[str, Region]:
        try:
            contents = read_container(self._open(self.path), self.path)
        except InputError:
            if looks(beginning(self.path), but=_ZIPS):
                sentence = _("{path} is no evidence bundle.").format(path=self.path)
                raise InputError(with_looks(sentence, self.path, but=_ZIPS)) from None
            raise
        names = [member.name for member in contents]
        if names != members.sorted_names(names):
            raise InputError(_("{path} holds its members in another order than a bundle does.").format(path=self.path))
        self.check_sums = {member.name: member.crc for member in contents}
        return {member.name: Region(self.path, member.start, member.start + member.size) for member in contents}

    def _open(self, path: Path) -> BinaryIO:
        if path not in self._files:
            try:
                self._files[path] = self._held.enter_context(path.open("rb"))
            except FileNotFoundError:
                raise InputError(_("There is no file {path}.").format(path=path)) from None
        return self._files[path]

    def _check(self) -> None:
        missing = [name for name in members.NEEDED if name not in self.regions]
        if missing:
            message = _("{path} is no evidence bundle: it lacks {names}.")
            raise InputError(message.format(path=self.path, names=", ".join(missing)))
        if len({name.lower() for name in self.regions}) != len(self.regions):
            raise InputError(_("{path} holds two members whose names differ in case alone.").format(path=self.path))
        for name, region in self.regions.items():
            if not members.is_known(name) or not _is_fit(name):
                message = _("{path} is no evidence bundle: it holds {name}, and no bundle does.")
                raise InputError(message.format(path=self.path, name=name))
            if not name.startswith(_STREAMED) and region.end - region.start > members.MAX_SMALL:
                message = _("{name} in {path} is larger than {limit} bytes, more than it can be in a bundle.")
                raise InputError(message.format(name=name, path=self.path, limit=members.MAX_SMALL))


def _unpacked(folder: Path) -> Iterator[tuple[str, Region]]:
    """The members in a folder. Nothing else may lie in it but what following VERIFY.md by hand once left there.

    Raises:
        InputError: there is a link, a folder or file that no bundle has, or something that is no file.
    """
    for path in sorted(folder.iterdir()):
        inside = f"{path.name}/"
        if path.is_symlink() or not path.is_dir():
            yield path.name, _region(path)
        elif path.name == _NOTES and {file.name for file in path.iterdir()} <= _NOTED:
            for file in path.iterdir():
                _region(file)
        elif inside in {members.KEYS, members.VIEWS}:
            for file in sorted(path.iterdir()):
                yield inside + file.name, _region(file)
        else:
            message = _("{path} is no evidence bundle: it holds {name}, and no bundle does.")
            raise InputError(message.format(path=folder, name=inside))


def _region(path: Path) -> Region:
    if path.is_symlink() or not path.is_file():
        message = _("{path} is a link or no file, and no member of a bundle is.")
        raise InputError(message.format(path=path))
    return Region(path, 0, path.stat().st_size)


def _is_fit(name: str) -> bool:
    try:
        check_name(name)
    except ValueError:
        return False
    return True
