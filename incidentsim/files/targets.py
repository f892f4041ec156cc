"""Where the bytes of a file go: into an ordinary file, or into whatever else its name leads to."""

import errno
import os
import re
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Protocol, cast

from incidentsim.domain.errors import InputError
from incidentsim.files import unfinished
from incidentsim.messages import gettext as _

_HELD_IN_MEMORY: Final = 1 << 26  # bytes; more on its way into a pipe or a device waits in a temporary file
_BLOCK: Final = 1 << 18
_MOST_LINKS: Final = 40  # as Linux counts (path_resolution(7))
STDOUT: Final = Path("/dev/stdout")
"""The program's own standard output, by the name that it has on Unix; here it is called so on every system."""

_OWN_STREAMS: Final = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_OWN_DESCRIPTOR: Final = re.compile(r"/(?:dev|proc/(self|thread-self|[0-9]+))/fd/([0-9]{1,9})")


class Target(Protocol):
    """A destination for bytes: `begin`, then `finish` if all went well, and `clean_up` in any case."""

    def begin(self, mode: int) -> IO[bytes]:
        """The file to write."""

    def finish(self, file: IO[bytes], *, replace: bool) -> bool:
        """Put all of it where it belongs; whether it is there, since something else may be that has to stay."""

    def clean_up(self) -> None:
        """Leave nothing behind."""


def target_of(path: Path) -> Target:
    """Choose the destination for a path that a user named: an ordinary file at the end of all links, or a stream.

    Raises:
        InputError: its folder does not exist.
        OSError: it can be no file, or it cannot be looked at.
    """
    if "\0" in str(path):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    descriptor = _own_descriptor(path)
    if descriptor is not None:
        return _Stream(path, descriptor)
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        kind = stat.S_IFREG
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(kind):
        return _Stream(path, None)
    end = Path(os.path.realpath(path))
    if not end.parent.is_dir():
        message = _("The folder {folder} does not exist; make it first, or name a file elsewhere.")
        raise InputError(message.format(folder=path.parent if not path.is_symlink() else end.parent))
    return Ordinary(end)


def _own_descriptor(path: Path) -> int | None:
    """The stream of our own that a path leads to. It may be an ordinary file, which is then written where it stands."""
    if path == STDOUT:  # also where no device is called so
        return _OWN_STREAMS[STDOUT.as_posix()]
    at = os.path.abspath(path)  # noqa: PTH100 - `resolve` would follow the link to whatever the stream is
    for _link in range(_MOST_LINKS):
        if at in _OWN_STREAMS:
            return _OWN_STREAMS[at]
        descriptor = _OWN_DESCRIPTOR.fullmatch(at)
        if descriptor is not None and (not (descriptor[1] or "").isdecimal() or int(descriptor[1]) == os.getpid()):
            return int(descriptor[2])
        try:
            at = os.path.normpath(Path(at).parent / Path(at).readlink())
        except (OSError, ValueError):
            return None
    return None


class _Stream:
    """A device, a pipe, or a stream of our own: what is made is copied into it when it is whole."""

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self._path = path
        self._descriptor = descriptor
        self._into: int | None = None

    def begin(self, mode: int) -> IO[bytes]:  # noqa: ARG002 - it has one already
        """Open it, which for a named pipe waits until somebody reads, and hand out something to go back in."""
        if self._descriptor is None:
            self._into = os.open(self._path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
        else:
            for stream in (sys.stdout, sys.stderr):  # what was said before comes before
                if stream is not None:
                    stream.flush()
            self._into = os.dup(self._descriptor)
        import tempfile

        return cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_HELD_IN_MEMORY))

    def finish(self, file: IO[bytes], *, replace: bool) -> bool:  # noqa: ARG002 - nothing is replaced
        """Copy all of it."""
        file.seek(0)
        if self._into is None:  # pragma: no cover - begun, then finished
            return False
        with os.fdopen(os.dup(self._into), "wb") as into:
            shutil.copyfileobj(file, into, _BLOCK)
        return True

    def clean_up(self) -> None:
        """Close it, so that whoever reads it comes to the end."""
        if self._into is not None:
            with suppress(OSError):
                os.close(self._into)
            self._into = None


class Ordinary:
    """An ordinary file, which is there or not. `path` is the end of all links."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._named: Path | None = None  # the unfinished file, where it has a name

    def begin(self, mode: int) -> IO[bytes]:
        """Open the unfinished file, and take away what killed programs left in the folder."""
        unfinished.sweep(self.path.parent)
        descriptor = unfinished.nameless(self.path.parent, mode)
        if descriptor is None:
            descriptor, self._named = unfinished.hidden(self.path.parent, mode)
        return os.fdopen(descriptor, "w+b")

    def finish(self, file: IO[bytes], *, replace: bool) -> bool:
        """Force it to the disk, then give it its name."""
        os.fsync(file.fileno())
        if not self._link(file.fileno(), self.path):
            if not replace:
                return _same(file, self.path)
            if self._named is None:
                self._named = unfinished.new_name(self.path.parent)
                unfinished.link_nameless(file.fileno(), self._named)
            self._named.replace(self.path)
            self._named = None
        self._sync_folder()
        return True

    def clean_up(self) -> None:
        """Take the unfinished file away."""
        if self._named is not None:
            with suppress(OSError):
                self._named.unlink()

    def _link(self, descriptor: int, path: Path) -> bool:
        """Give the file its name unless something has it. Renaming would replace that."""
        try:
            if self._named is None:
                unfinished.link_nameless(descriptor, path)
            else:
                path.hardlink_to(self._named)
        except FileExistsError:
            return False
        except OSError:
            if self._named is None:
                raise
            if os.path.lexists(path):
                return False
            self._named.replace(path)  # a file system without links
            self._named = None
        return True

    def _sync_folder(self) -> None:
        """Force the name to the disk as well, where the system can."""
        with suppress(OSError):
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _same(file: IO[bytes], path: Path) -> bool:
    """Whether a file that is there already holds the same bytes."""
    if not path.is_file() or path.stat().st_size != file.seek(0, os.SEEK_END):
        return False
    file.seek(0)
    with path.open("rb") as other:
        while block := file.read(_BLOCK):
            if block != other.read(len(block)):
                return False
    return True
