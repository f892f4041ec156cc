"""One writer a run, across processes, by whatever name the database is reached.

A lock is held by the operating system or the server, so that it ends with its holder. Whoever finds it taken waits for
a while: most writers have done in a moment.
"""

import errno
import hashlib
import os
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from incidentsim.domain.errors import RunBusyError
from incidentsim.messages import gettext as _
from incidentsim.storage.troubles import no_locks

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# One server's database can hold several schemas, and other programs' locks: the key is made of all that is ours.
_KEY: Final = "hashtextextended('incidentsim/' || current_schema() || '/' || :run, 0)"
_TAKE: Final = text(f"SELECT pg_try_advisory_lock({_KEY})")
_LET_GO: Final = text(f"SELECT pg_advisory_unlock({_KEY})")

_PAUSE: Final = 0.02
"""Seconds between two attempts to take a lock."""

_TAKEN: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
"""What a system says of a lock that somebody else holds."""


class Taken(Exception):  # noqa: N818 - no error that reaches anybody
    """Somebody else holds the lock."""


@contextmanager
def file_lock(database: Path, run_id: str, patience: float) -> Iterator[Path]:
    """Hold the lock of a run in an SQLite file; yields the lock's file.

    The file lies beside the database, at the end of links, in a folder that every name of that folder leads to. On
    Linux the database's identity (device and inode) is locked as well, which hard links and a file that is mounted
    elsewhere share. Whoever finishes a run deletes the file while the lock is held; whoever waited for a deleted file
    tries anew.

    Args:
        database: the SQLite file, which is there.
        run_id: the run's id.
        patience: the seconds to wait for somebody else to end.

    Raises:
        RunBusyError: somebody holds it all the while.
        SurroundingsError: the disk cannot lock files.
        OSError: the lock's file cannot be made.
    """
    real = Path(os.path.realpath(database))
    mode = stat.S_IMODE(real.stat().st_mode) & 0o660 | 0o600  # who shares the database shares its locks
    folder = real.with_name(f"{real.name}-locks")
    _make_folder(folder, mode | (mode & 0o440) >> 2)
    path = folder / f"{run_id}.lock"

    def take() -> ExitStack:
        with ExitStack() as held:
            _take_file(held, path, mode, database)
            take_identity(held, database, run_id)
            return held.pop_all()

    with _in_time(take, run_id, patience):
        yield path


@contextmanager
def server_lock(connection: Connection, run_id: str, patience: float) -> Iterator[None]:
    """Hold the lock of a run on a PostgreSQL server, for as long as `connection` lives.

    The writer writes through the same connection: if it breaks, the lock and the writer end together. The lock belongs
    to the database on the server, so it does not matter by which address that is reached.

    Raises:
        RunBusyError: somebody holds it for longer than `patience` (seconds).
    """

    def take() -> ExitStack:
        taken = connection.execute(_TAKE, {"run": run_id}).scalar_one()
        connection.rollback()  # the lock is the session's and stays
        if not taken:
            raise Taken
        held = ExitStack()
        held.callback(_let_go, connection, run_id)
        return held

    with _in_time(take, run_id, patience):
        yield


def busy(run_id: str) -> RunBusyError:
    """The error for a run that is being written."""
    message = _("The run {run} is being written by another program; wait until that has ended.")
    return RunBusyError(message.format(run=run_id))


def take_identity(held: ExitStack, database: Path, purpose: str) -> bool:
    """Lock the identity of a file for a purpose, for as long as `held` is; whether the system has such locks.

    It is a name in the abstract namespace of Unix sockets (unix(7)), which the kernel frees when its holder ends. It
    reaches as far as a network namespace.

    Raises:
        Taken: somebody holds it.
        OSError: the file is not there.
    """
    if sys.platform != "linux":
        return False
    there = os.stat(database)  # noqa: PTH116 - of whatever the links lead to
    name = f"{there.st_dev}/{there.st_ino}/{purpose}"
    digest = hashlib.sha256(name.encode()).hexdigest()[:40]
    try:
        endpoint = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    except OSError:  # forbidden here
        return False
    held.callback(endpoint.close)
    try:
        endpoint.bind(f"\0incidentsim/{digest}")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Taken from None
        return False
    return True


@contextmanager
def _in_time(take: Callable[[], ExitStack], run_id: str, patience: float) -> Iterator[None]:
    until = time.monotonic() + patience
    while True:
        try:
            held = take()
        except Taken:
            if time.monotonic() >= until:
                raise busy(run_id) from None
            time.sleep(_PAUSE)
        else:
            break
    with held:
        yield


def _let_go(connection: Connection, run_id: str) -> None:
    # Where the connection is broken there is nothing to let go, and what broke it must be heard instead.
    with suppress(DBAPIError):
        connection.rollback()
        connection.execute(_LET_GO, {"run": run_id})
        connection.rollback()


def _make_folder(folder: Path, mode: int) -> None:
    with suppress(FileExistsError):
        folder.mkdir()
        folder.chmod(mode)


def _take_file(held: ExitStack, path: Path, mode: int, database: Path) -> None:
    """Open the lock's file and lock it for as long as `held` is."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, mode)
        if hasattr(os, "fchmod"):
            with suppress(PermissionError):  # it is somebody else's, who has given it its mode
                os.fchmod(descriptor, mode)
    except PermissionError:  # made by somebody else with the same rights to the database: to lock it, reading is enough
        if not path.exists():
            raise
        descriptor = os.open(path, os.O_RDONLY)
    held.callback(os.close, descriptor)
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _TAKEN:
            raise Taken from None
        raise no_locks(str(database)) from error
    held.callback(_unlock, descriptor)
    if not os.fstat(descriptor).st_nlink and sys.platform != "win32":  # deleted by whoever held it before
        raise Taken


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(descriptor: int) -> None:
    """Unlock a file before it is closed: a child that was forked meanwhile holds it open, too."""
    with suppress(OSError):
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
