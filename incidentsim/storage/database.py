"""A database that is opened when it is first needed: connections, transactions, and whether it can be written.

Reading never creates anything: a file that is not there reads like an empty database, and where the disk is full or
read-only an SQLite file is opened in a way that needs no files beside it.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from incidentsim.domain.errors import SurroundingsError
from incidentsim.files import make_own_folder
from incidentsim.ledger.store import Trace
from incidentsim.messages import gettext as _
from incidentsim.storage import sqlite_file
from incidentsim.storage.address import secrets_of, shown
from incidentsim.storage.erasing import rewrite_file, rewrite_tables
from incidentsim.storage.lock import Taken, take_identity
from incidentsim.storage.schema import WRITES, State, bring_up_to_date, state_of
from incidentsim.storage.server import CHANGE_SECONDS, give_time, server_engine
from incidentsim.storage.sqlite_file import Stamp, Way
from incidentsim.storage.troubles import read_only, told_plainly


class Database:
    """One database, SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self.where: Final = shown(url)
        self._secrets: Final = tuple(secrets_of(url))
        backend = url.get_backend_name()
        self.file: Final = Path(os.path.realpath(str(url.database))) if backend == "sqlite" else None
        """The SQLite file, at the end of links; `None` for a server."""
        self._engine: Engine | None = None
        self._way = Way.USUAL
        self._stamp: Stamp = ()
        self._writable = False
        self._alone: ExitStack | None = None

    def told_plainly(self) -> AbstractContextManager[None]:
        """Turns what the database throws into a `SurroundingsError` that names it, without secrets of its address."""
        return told_plainly(self.where, self._secrets, self.file)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection for reading; `None` where there is nothing to read yet.

        Raises:
            SurroundingsError: the database cannot be opened or read.
        """
        with self.told_plainly():
            if self._engine is not None and self._has_changed():
                self.close()
            engine = self._engine or self._open_to_read()
            if engine is None:
                yield None
                return
            with engine.connect() as connection:
                yield connection
            if self._has_changed():
                message = _("The database {where} was written while it was read; try again.")
                raise SurroundingsError(message.format(where=self.where))

    def connect(self) -> Connection:
        """A connection for transactions that write, each begun and ended by the caller, who also closes it.

        Raises:
            SurroundingsError: the database cannot be opened or written.
        """
        with self.told_plainly():
            return self._open_to_write().connect().execution_options(**{WRITES: True})

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, durably done when the context ends without an error.

        Raises:
            SurroundingsError: the database cannot be opened or written.
        """
        with self.told_plainly(), self.connect() as connection, connection.begin():
            yield connection

    def rewrite(self, *, records: bool) -> tuple[Trace, ...]:
        """Write anew, without what was deleted, whatever may still hold it; where something may be found all the same.

        `records` says that whole runs were deleted, and not only what stands beside them.

        Raises:
            SurroundingsError: the database cannot be opened or written.
        """
        with self.told_plainly():
            engine = self._open_to_write()
            return rewrite_tables(engine, records=records) if self.file is None else rewrite_file(engine)

    def close(self) -> None:
        """Close all connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
            self._writable = False
        if self._alone is not None:
            self._alone.close()
            self._alone = None

    def _has_changed(self) -> bool:
        """Whether a file that is read as if it could not change has changed since it was opened."""
        return self._way is Way.UNCHANGING and self.file is not None and sqlite_file.stamp_of(self.file) != self._stamp

    def _open_to_read(self) -> Engine | None:
        """The engine, if there is something to read; older tables are brought up where that is possible."""
        file = self.file
        if file is None:
            return self._look_into(server_engine(self._url), Way.USUAL)
        if not file.exists():
            return None
        sqlite_file.refuse_folder(file, self.where)
        self._be_the_only_name(file, writing=False)
        first: DBAPIError | None = None
        for way in sqlite_file.ways_to_read(file):
            self._stamp = sqlite_file.stamp_of(file)
            try:
                return self._look_into(sqlite_file.engine_of(file, way), way)
            except DBAPIError as error:
                first = first or error
                if not sqlite_file.another_way_may_do(error, file):
                    break
        if first is None:
            raise AssertionError("there is a way to read every file")
        raise first

    def _look_into(self, engine: Engine, way: Way) -> Engine | None:
        """The engine, kept for later, if there is something to read by it."""
        try:
            with engine.connect() as connection:
                state = state_of(connection, self.where)
                connection.rollback()
            if state is State.OLDER:
                _refuse_change_where(self.where, fixed=way is not Way.USUAL)
                self._bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
        if state is State.EMPTY:
            engine.dispose()
            return None
        self._engine, self._way = engine, way
        return engine

    def _open_to_write(self) -> Engine:
        """The engine, with today's tables."""
        if self._engine is not None and self._writable:
            return self._engine
        file = self.file
        if file is not None:
            if file.exists():
                sqlite_file.refuse_folder(file, self.where)
            elif not file.parent.exists():
                make_own_folder(file.parent)
            if not sqlite_file.may_write(file):
                raise read_only(self.where)
            sqlite_file.make_private(file)
            self._be_the_only_name(file, writing=True)
        if self._engine is not None and self._way is not Way.USUAL:
            self._engine.dispose()
            self._engine = None
        engine = self._engine or (server_engine(self._url) if file is None else sqlite_file.engine_of(file, Way.USUAL))
        try:
            self._bring_up_to_date(engine)
            if file is not None:
                sqlite_file.let_readers_in(engine)
        except BaseException:
            engine.dispose()
            self._engine = None
            raise
        self._engine, self._way, self._writable = engine, Way.USUAL, True
        return engine

    def _be_the_only_name(self, file: Path, *, writing: bool) -> None:
        """Keep a file that has several names (hard links) to one program at a time.

        SQLite keeps a log by the name of the file: programs that know different names would not see what the others
        record, and the file would be damaged (sqlite.org/howtocorrupt.html, section 2.5).

        Raises:
            SurroundingsError: another program has it open, or it cannot be known whether one has and we are `writing`.
        """
        if self._alone or file.stat().st_nlink == 1:
            return
        message = _(
            "The database {where} has several names (hard links), so only one program at a time may have it open; wait "
            "until the other has ended, or copy the file instead of linking it."
        )
        with ExitStack() as held:
            try:
                known = take_identity(held, file, "")
            except Taken:
                raise SurroundingsError(message.format(where=self.where)) from None
            if not known and writing:
                raise SurroundingsError(message.format(where=self.where))
            if known:
                self._alone = held.pop_all()

    def _bring_up_to_date(self, engine: Engine) -> None:
        with engine.connect() as connection:
            if state_of(connection, self.where) is State.TODAY:
                return
            connection.rollback()
            give_time(connection, CHANGE_SECONDS)
            with connection.execution_options(**{WRITES: True}).begin():
                bring_up_to_date(connection, self.where)
            connection.detach()  # the next one has no more time for an answer than usual


def _refuse_change_where(where: str, *, fixed: bool) -> None:
    if fixed:
        message = _("The database {where} is of an older version and cannot be brought up to date there; copy it.")
        raise SurroundingsError(message.format(where=where))
