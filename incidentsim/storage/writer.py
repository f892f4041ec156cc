"""Appending to a run: one durable transaction for each call."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.text import Text
from incidentsim.ledger.chain import Head, check_follows
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Entry, last_fact
from incidentsim.ledger.sealing import TextRecord, text_bytes
from incidentsim.ledger.store import Deletions, ends
from incidentsim.messages import gettext as _
from incidentsim.storage.erasing import delete_beside
from incidentsim.storage.lock import busy
from incidentsim.storage.removing import remove_run
from incidentsim.storage.tables import ENTRIES, TEXTS

_ADD_ENTRIES = insert(ENTRIES)
_ADD_TEXTS = insert(TEXTS)


class SqlRunWriter:
    """The `RunWriter` of a run in a database, made by the store while it holds the run's lock."""

    def __init__(
        self,
        connection: Connection,
        where: str,
        told_plainly: Callable[[], AbstractContextManager[None]],
        run_id: str,
        number: int,
    ) -> None:
        self._connection = connection
        self._where = where
        self._told_plainly = told_plainly
        self._run_id = run_id
        self._number = number
        self._removed = False
        query = (
            select(ENTRIES.c.seq, ENTRIES.c.data).where(ENTRIES.c.run == number).order_by(ENTRIES.c.seq.desc()).limit(1)
        )
        last = connection.execute(query).first()
        connection.rollback()
        self._last = sound_bytes(last.data) if last else b""
        self._head = Head(last.seq + 1, digest(self._last)) if last else Head()

    @property
    def finished(self) -> bool:
        """True if the last entry ends the exercise, or the run was removed: nobody goes on with it."""
        return self._removed or ends(last_fact(self._last)[0])

    def head(self) -> Head:
        """Return the size of the stored log and the hash of its last entry."""
        return self._head

    def append(self, entries: Sequence[Entry], texts: Sequence[TextRecord] = ()) -> Head:
        """Store entries and their texts: durably when this returns, wholly or not at all whatever happens."""
        check_follows(self._run_id, self._head, entries, texts)
        if not entries:
            return self._head
        return self._keep(entries, texts, None)

    def erase(self, entries: Sequence[Entry], deletions: Deletions) -> Head:
        """Store entries that say that something was erased, and delete it: both durably, or neither."""
        check_follows(self._run_id, self._head, entries, ())
        return self._keep(entries, (), deletions)

    def remove(self) -> None:
        """Delete the whole run, with everything beside it: durably when this returns, or not at all."""
        self._check_lock()
        with self._told_plainly(), self._connection.begin():
            remove_run(self._connection, self._number)
        self._removed = True

    def _check_lock(self) -> None:
        """Make sure that the connection is still the one that holds the lock."""
        if self._connection.invalidated:  # it would be made anew, without the lock that the old one held
            message = _("The connection to the database {where} was lost. Go on with the run by its id.")
            raise SurroundingsError(message.format(where=self._where))

    def _keep(self, entries: Sequence[Entry], texts: Sequence[TextRecord], deletions: Deletions | None) -> Head:
        self._check_lock()
        try:
            with self._told_plainly(), self._connection.begin():
                add_entries(self._connection, self._number, entries, texts)
                if deletions is not None:
                    delete_beside(self._connection, self._number, deletions)
        except SurroundingsError as error:
            if isinstance(error.__cause__, IntegrityError) and self._is_overtaken():
                raise busy(self._run_id) from error
            raise
        self._last = entries[-1].data
        self._head = Head(entries[-1].seq + 1, entries[-1].hash)
        return self._head

    def _is_overtaken(self) -> bool:
        """Whether the log goes further than we wrote it: our lock did not keep others out, but the tables do."""
        query = select(func.max(ENTRIES.c.seq)).where(ENTRIES.c.run == self._number)
        with self._told_plainly(), self._connection.begin():
            last = self._connection.execute(query).scalar_one()
        return isinstance(last, int) and last >= self._head.size


def sound_bytes(value: object) -> bytes:
    """Bytes as they are, and none for anything else: a damaged SQLite file may hold any type in any column."""
    return value if isinstance(value, bytes) else b""


def add_entries(connection: Connection, number: int, entries: Sequence[Entry], texts: Sequence[TextRecord]) -> None:
    """Add entries and their texts to the run with this number, within the transaction that is open."""
    if entries:
        rows = [{"run": number, "seq": entry.seq, "hash": entry.hash, "data": entry.data} for entry in entries]
        connection.execute(_ADD_ENTRIES, rows)
    if texts:
        connection.execute(_ADD_TEXTS, [_text_row(number, text) for text in texts])


def _text_row(number: int, text: TextRecord) -> dict[str, object]:
    return {
        "run": number,
        "seq": text.seq,
        "pointer": text.pointer,
        "salt": text.salt,
        "bilingual": isinstance(text.text.value, Text),
        "words": text_bytes(text.text),
    }
