"""Unfinished files: nobody sees them, and those that a killed program left are taken away."""

import errno
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

UNFINISHED: Final = re.compile(r"\.incidentsim-[0-9a-f]{16}\.tmp")
"""What an unfinished file is called where it needs a name."""

DESCRIPTORS: Final = Path("/proc/self/fd")
"""Where Linux shows the files that a program has open."""


def new_name(folder: Path) -> Path:
    """A name for an unfinished file, which no other has."""
    return folder / f".incidentsim-{secrets.token_hex(8)}.tmp"


def hidden(folder: Path, mode: int) -> tuple[int, Path]:
    """A new file with a name of its own, held so that nobody sweeps it away.

    Raises:
        OSError: it cannot be made.
    """
    while True:
        name = new_name(folder)
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        if _hold(descriptor) and not os.fstat(descriptor).st_nlink:
            os.close(descriptor)  # swept away before it was held
            continue
        return descriptor, name


def nameless(folder: Path, mode: int) -> int | None:
    """A new file in a folder that has no name yet; `None` where the system or the disk has no such thing."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not DESCRIPTORS.is_dir():
        return None
    try:
        descriptor = os.open(folder, flag | os.O_RDWR, mode)
    except OSError as error:
        if error.errno in {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL}:
            return None
        raise
    _hold(descriptor)  # it may get a name of the unfinished for a moment
    return descriptor


def link_nameless(descriptor: int, path: Path) -> None:
    """Give a file without a name one (linkat(2); Python follows the link in /proc only if a folder is given, too)."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def sweep(folder: Path) -> None:
    """Take away unfinished files of ours in a folder that no program holds: whoever wrote them was killed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for name in [entry.path for entry in entries if UNFINISHED.fullmatch(entry.name)]:
            with suppress(OSError):
                _sweep_one(Path(name))


def _sweep_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        found = os.fstat(descriptor)
        ours = stat.S_ISREG(found.st_mode) and (not hasattr(os, "geteuid") or found.st_uid == os.geteuid())
        if ours and _hold(descriptor):
            path.unlink()
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> bool:
    """Lock a file for as long as it is open; `False` if that cannot be, as somebody else holds it."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody else's, or a disk that locks nothing
        return False
    return True
