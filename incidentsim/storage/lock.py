"""One writer a run, across processes: held by the operating system or the server, so that it ends with its holder."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from incidentsim.domain.errors import RunBusyError, SurroundingsError
from incidentsim.messages import gettext as _

# One server's database can hold several schemas, and other programs' locks: the key is made of all that is ours.
_KEY: Final = "hashtextextended('incidentsim/' || current_schema() || '/' || :run, 0)"
_TAKE: Final = text(f"SELECT pg_try_advisory_lock({_KEY})")
_LET_GO: Final = text(f"SELECT pg_advisory_unlock({_KEY})")


@contextmanager
def file_lock(database: Path, run_id: str) -> Iterator[Path]:
    """Hold the lock of a run in an SQLite file; yields the lock's file.

    Lock files stay in a folder beside the database while a run can go on: to delete one that another process has
    just opened would let two processes hold it.

    Raises:
        RunBusyError: somebody holds it.
        OSError: the lock's file cannot be made.
    """
    folder = database.with_name(f"{database.name}-locks")
    folder.mkdir(exist_ok=True)
    path = folder / f"{run_id}.lock"
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise busy(run_id) from None
    except NotImplementedError as error:
        message = _("The disk that holds {where} cannot lock files, so a run cannot be kept to one writer there.")
        raise SurroundingsError(message.format(where=database)) from error
    try:
        yield path
    finally:
        lock.release()


@contextmanager
def server_lock(connection: Connection, run_id: str) -> Iterator[None]:
    """Hold the lock of a run on a PostgreSQL server, for as long as `connection` lives.

    The writer writes through the same connection: if it breaks, the lock and the writer end together.

    Raises:
        RunBusyError: somebody holds it.
    """
    taken = connection.execute(_TAKE, {"run": run_id}).scalar_one()
    connection.rollback()  # the lock is the session's and stays
    if not taken:
        raise busy(run_id)
    try:
        yield
    finally:
        # Where the connection is broken there is nothing to let go, and what broke it must be heard instead.
        with suppress(DBAPIError):
            connection.rollback()
            connection.execute(_LET_GO, {"run": run_id})
            connection.rollback()


def busy(run_id: str) -> RunBusyError:
    """The error for a run that is being written."""
    message = _("The run {run} is being written by another program; wait until that has ended.")
    return RunBusyError(message.format(run=run_id))
