"""What ails a disk: SQLite says only that something failed, so the program asks the disk itself.

Asked only where something failed already. A file without a name is written into the folder, and locked.
"""

import enum
import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

FULL_ERRORS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system says where no more can be written: the disk, the user's share of it, or the file is full."""

_AS_MUCH: Final = 65_536
"""The bytes that are written to see whether there is room: what SQLite needs beside a database to read it."""


class Ailment(enum.Enum):
    """Kinds of trouble with a disk."""

    FULL = enum.auto()
    READ_ONLY = enum.auto()
    BROKEN = enum.auto()
    NO_LOCKS = enum.auto()


_AILMENTS: Final = {errno.EROFS: Ailment.READ_ONLY, errno.EIO: Ailment.BROKEN}


def ailment_of(folder: Path) -> Ailment | None:
    """Return what ails the disk that holds a folder; `None` where it is none of these, or cannot be found out."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".incidentsim-") as file:
            file.write(b"\0" * _AS_MUCH)
            file.flush()
            os.fsync(file.fileno())
            return None if _can_be_locked(file.fileno()) else Ailment.NO_LOCKS
    except OSError as error:
        return Ailment.FULL if error.errno in FULL_ERRORS else _AILMENTS.get(error.errno or 0)


def _can_be_locked(descriptor: int) -> bool:
    """Whether the locks that SQLite uses (fcntl(2)) are to be had: nobody else knows this file."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
