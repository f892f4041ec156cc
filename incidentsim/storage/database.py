"""A database that is opened when it is first needed: connections, transactions, and whether it can be written.

Reading never creates anything: a file that is not there reads like an empty database, and where the disk is
read-only an SQLite file is opened in a way that needs no files beside it.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from incidentsim.domain.errors import SurroundingsError
from incidentsim.files import PRIVATE, make_own_folder
from incidentsim.messages import gettext as _
from incidentsim.storage.address import secrets_of, shown
from incidentsim.storage.schema import State, bring_up_to_date, state_of
from incidentsim.storage.troubles import read_only, told_plainly

BUSY_SECONDS: Final = 10
"""The seconds a write waits for another program's write to end; one takes about a thousandth of a second."""

_CONNECT_SECONDS: Final = 10
_WRITES: Final = "incidentsim_writes"


class Database:
    """One database, SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self.where: Final = shown(url)
        self._secrets: Final = tuple(secrets_of(url))
        self._engine: Engine | None = None
        self._writable = False

    @property
    def file(self) -> Path | None:
        """The SQLite file; `None` for a server."""
        return Path(str(self._url.database)) if self._url.get_backend_name() == "sqlite" else None

    def told_plainly(self) -> AbstractContextManager[None]:
        """Turns what the database throws into a `SurroundingsError` that names it, without secrets of its address."""
        return told_plainly(self.where, self._secrets)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection for reading; `None` where there is nothing to read yet.

        Raises:
            SurroundingsError: the database cannot be opened or read.
        """
        with self.told_plainly():
            engine = self._engine or self._open_to_read()
            if engine is None:
                yield None
                return
            with engine.connect() as connection:
                yield connection

    def connect(self) -> Connection:
        """A connection for transactions that write, each begun and ended by the caller, who also closes it.

        Raises:
            SurroundingsError: the database cannot be opened or written.
        """
        with self.told_plainly():
            return self._open_to_write().connect().execution_options(**{_WRITES: True})

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, durably done when the context ends without an error.

        Raises:
            SurroundingsError: the database cannot be opened or written.
        """
        with self.told_plainly(), self.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
            self._writable = False

    def _open_to_read(self) -> Engine | None:
        """The engine, if there is something to read; older tables are brought up where that is possible."""
        file = self.file
        if file is not None:
            if not file.exists():
                return None
            _refuse_directory(file)
        writable = file is None or _may_write(file)
        engine = self._server_engine() if file is None else _file_engine(file, writable=writable)
        try:
            with engine.connect() as connection:
                state = state_of(connection, self.where)
                connection.rollback()
            if state is State.OLDER:
                _refuse_change_where(self.where, fixed=not writable)
                self._bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
        if state is State.EMPTY:
            engine.dispose()
            return None
        self._engine = engine
        return engine

    def _open_to_write(self) -> Engine:
        """The engine, with today's tables."""
        if self._engine is not None and self._writable:
            return self._engine
        file = self.file
        if file is not None:
            if file.exists():
                _refuse_directory(file)
            elif not file.parent.exists():
                make_own_folder(file.parent)
            if not _may_write(file):
                raise read_only(self.where)
            _make_private(file)
        engine = self._engine or (self._server_engine() if file is None else _file_engine(file, writable=True))
        try:
            self._bring_up_to_date(engine)
            if file is not None:
                _let_readers_in(engine)
        except BaseException:
            engine.dispose()
            self._engine = None
            raise
        self._engine, self._writable = engine, True
        return engine

    def _bring_up_to_date(self, engine: Engine) -> None:
        with engine.connect() as connection:
            if state_of(connection, self.where) is State.TODAY:
                return
            connection.rollback()
            with connection.execution_options(**{_WRITES: True}).begin():
                bring_up_to_date(connection, self.where)

    def _server_engine(self) -> Engine:
        try:
            engine = create_engine(self._url, connect_args={"connect_timeout": _CONNECT_SECONDS})
        except ModuleNotFoundError as error:
            message = _('PostgreSQL needs one more package: pip install "incidentsim[postgres]"')
            raise SurroundingsError(message) from error
        event.listen(engine, "connect", _make_server_durable)
        return engine


def _make_private(file: Path) -> None:
    """Make the file, if it is not there, readable by its owner alone; SQLite gives its other files the same mode.

    An empty file is an empty database. One that is there keeps the mode that its owner gave it.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))


def _file_engine(file: Path, *, writable: bool) -> Engine:
    """An engine for an SQLite file. Transactions are begun by us, since `sqlite3` begins them late or not at all."""
    if writable:
        url = URL.create("sqlite+pysqlite", database=str(file))
    else:
        # Without `immutable`, reading makes files beside the database, which a read-only disk forbids. Where its log
        # is there, somebody is writing it or was killed at it, and it is the log that must be read.
        flags = {"uri": "true", "mode": "ro"} | ({} if _has_log(file) else {"immutable": "1"})
        url = URL.create("sqlite+pysqlite", database=file.absolute().as_uri(), query=flags)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_file if writable else _take_over_transactions)
    event.listen(engine, "begin", _begin)
    return engine


def _take_over_transactions(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    connection.isolation_level = None


def _prepare_file(connection: Any, record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Set what holds for one connection only: durable at each commit, references checked."""
    _take_over_transactions(connection, record)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _let_readers_in(engine: Engine) -> None:
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


def _begin(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: one that starts by reading could not wait for it."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_server_durable(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Where the server was told not to wait for its disk, wait for it all the same: acknowledged means kept."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        if cursor.fetchone()[0] == "off":
            cursor.execute("SET SESSION synchronous_commit TO on")
    connection.commit()


def _refuse_change_where(where: str, *, fixed: bool) -> None:
    if fixed:
        message = _("The database {where} is of an older version and cannot be brought up to date there; copy it.")
        raise SurroundingsError(message.format(where=where))


def _refuse_directory(file: Path) -> None:
    if file.is_dir():
        message = _("The database {where} is a folder. Name a file in it, such as {example}.")
        raise SurroundingsError(message.format(where=file, example=file / "runs.sqlite3"))


def _may_write(file: Path) -> bool:
    """Whether the file, or if there is none its folder, can be written; SQLite needs the folder too."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def _has_log(file: Path) -> bool:
    """Whether there is a write-ahead log, which the last one to close the database takes away."""
    return file.with_name(f"{file.name}-wal").exists()
