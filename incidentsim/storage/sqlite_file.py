"""An SQLite file: how it is opened, and how its records are read where it cannot be opened in the usual way.

The usual way keeps a log and shared memory beside the file, even for reading. On a disk that is full or read-only,
or on a drive without shared memory, these cannot be made; a record that is there must be readable all the same:

- Where no log lies beside the file, it is whole, and is read as if it could not change (`immutable`). Whether it did
  is looked at before and after each reading.
- Where one does, it holds what was recorded last and must be read with the file: alone, so that no memory is shared.
"""

import enum
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from incidentsim.domain.errors import SurroundingsError
from incidentsim.files import PRIVATE
from incidentsim.messages import gettext as _
from incidentsim.storage.probe import Ailment, ailment_of
from incidentsim.storage.schema import WRITES

BUSY_SECONDS: Final = 10
"""The seconds a write waits for another program's write to end; one takes about a thousandth of a second."""

_NO_WAY: Final = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_PERM")
"""What SQLite says where the file may still be read in another way."""

Stamp = tuple[tuple[int, int, int, int], ...]
"""What changes when a file or what lies beside it is written: device, inode, size and time (ns) of each."""


class Way(enum.Enum):
    """Ways to open an SQLite file."""

    USUAL = enum.auto()
    """To be read and written, by several programs."""
    READ_ONLY = enum.auto()
    """To be read only, with the log beside it, where nothing can be made."""
    UNCHANGING = enum.auto()
    """To be read as if nobody wrote it: nothing is made, locked or shared."""
    ALONE = enum.auto()
    """To be read with its log, while no other program may have it open."""


def ways_to_read(file: Path) -> list[Way]:
    """Return the ways to read a file, in the order in which they are tried."""
    usual = [Way.USUAL] if may_write(file) else []
    if not _has_log(file):
        return [*usual, Way.UNCHANGING]
    return [*usual, Way.ALONE] if usual else [Way.READ_ONLY]


def another_way_may_do(error: DBAPIError, file: Path) -> bool:
    """Return whether it is worth trying to read a file in another way, after this error."""
    code: str = getattr(error.orig, "sqlite_errorname", "")
    if code.startswith("SQLITE_BUSY"):  # what SQLite also says where nothing can be locked
        return ailment_of(file.parent) is Ailment.NO_LOCKS
    return code.startswith(_NO_WAY)


def engine_of(file: Path, way: Way) -> Engine:
    """An engine for a file. Transactions are begun by us, since `sqlite3` begins them late or not at all."""
    if way in (Way.USUAL, Way.ALONE):
        url = URL.create("sqlite+pysqlite", database=str(file))
    else:
        flags = {"uri": "true", "mode": "ro"} | ({"immutable": "1"} if way is Way.UNCHANGING else {})
        url = URL.create("sqlite+pysqlite", database=file.as_uri(), query=flags)
    # Who reads alone keeps others out for as long as the connection is open, so that is one reading only.
    pool = NullPool if way is Way.ALONE else None
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, poolclass=pool)
    prepare = {Way.USUAL: _prepare, Way.ALONE: _prepare_alone}.get(way, _take_over_transactions)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def stamp_of(file: Path) -> Stamp:
    """The stamp of a file and of the logs beside it."""
    found = []
    for path in (file, *_logs(file)):
        with suppress(OSError):
            there = path.stat()
            found.append((there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns))
    return tuple(found)


def let_readers_in(engine: Engine) -> None:
    """Have the file write ahead, so that it can be read while it is written. It stays so.

    SQLite does not wait for others with this one request, so it is we who do: on a new database, several programs
    may be at it.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                    raise
                time.sleep(0.01)
            else:
                return
    finally:
        connection.close()


def make_private(file: Path) -> None:
    """Make the file, if it is not there, readable by its owner alone; SQLite gives its other files the same mode.

    An empty file is an empty database. One that is there keeps the mode that its owner gave it.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))


def refuse_folder(file: Path, where: str) -> None:
    """Refuse a folder in the place of a file, which is called `where` in the error.

    Raises:
        SurroundingsError: the path is a folder.
    """
    if file.is_dir():
        message = _("The database {where} is a folder. Name a file in it, such as {example}.")
        raise SurroundingsError(message.format(where=where, example=Path(where) / "runs.sqlite3"))


def may_write(file: Path) -> bool:
    """Return whether the file, or if there is none its folder, can be written; SQLite needs the folder too."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def _take_over_transactions(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    connection.isolation_level = None


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Set what holds for one connection only: durable at each commit, references checked, deleted bytes overwritten."""
    _take_over_transactions(connection, record)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _prepare_alone(connection: Any, record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Keep the index of the log in this program's own memory (sqlite.org/wal.html#noshm), and change nothing."""
    _take_over_transactions(connection, record)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: one that starts by reading could not wait for it."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _logs(file: Path) -> tuple[Path, ...]:
    return tuple(file.with_name(f"{file.name}{end}") for end in ("-wal", "-journal"))


def _has_log(file: Path) -> bool:
    """Whether a log holds something that is not in the file yet; the last one to close the database takes it away."""
    return any(path.exists() and path.stat().st_size for path in _logs(file))
