"""The store on a database: a `LedgerStore` whose every row is written and read as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, tuple_

from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger.canonical import canonical
from incidentsim.ledger.chain import Head, check_follows
from incidentsim.ledger.derived import Derived
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.digests import digest as digest_of
from incidentsim.ledger.entry import Entry, last_fact
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.labels import LAST, RunLabel, check_name
from incidentsim.ledger.lookup import check_run_id, find_id, latest, unknown_document, unknown_run
from incidentsim.ledger.roster import Roster, RosterName
from incidentsim.ledger.sealing import TextRecord, text_of_bytes
from incidentsim.ledger.store import PATIENCE, KeptEntry, RunInfo, Trace
from incidentsim.messages import gettext as _
from incidentsim.storage.address import parse_address
from incidentsim.storage.database import Database
from incidentsim.storage.derived import read_derived, write_derived
from incidentsim.storage.lock import file_lock, server_lock
from incidentsim.storage.removing import labels_or_none, read_labels, write_label
from incidentsim.storage.tables import DESK, DOCUMENTS, ENTRIES, ROSTER, RUNS, TEXTS
from incidentsim.storage.writer import SqlRunWriter, add_entries, sound_bytes

_PAGE: Final = 2000
"""The number of rows that are read at once: no transaction stays open between, and memory stays bounded."""

_FIRST_PAGE: Final = 100
"""So many entries are read first: who asks for the beginning of many runs needs no more."""

_IDS: Final = select(RUNS.c.id).order_by(RUNS.c.number)


def _infos() -> Select[Any]:
    """The query for the lines of the list of runs, oldest first."""
    inner = ENTRIES.alias()
    last = select(func.max(inner.c.seq)).where(inner.c.run == RUNS.c.number).scalar_subquery()
    return (
        select(RUNS.c.id, RUNS.c.created, RUNS.c.scenario, RUNS.c.playbook, ENTRIES.c.seq, ENTRIES.c.data)
        .join_from(RUNS, ENTRIES, and_(ENTRIES.c.run == RUNS.c.number, ENTRIES.c.seq == last), isouter=True)
        .order_by(RUNS.c.number)
    )


_RUN_INFOS: Final = _infos()


class SqlLedgerStore:
    """Records in an SQLite file or on a PostgreSQL server. Nothing is opened before it is needed."""

    def __init__(self, address: str) -> None:
        """Take the database at `address`.

        Args:
            address: `sqlite:///FILE` or `postgresql://…`.

        Raises:
            InputError: the address is not one of these.
        """
        self._database = Database(parse_address(address))

    def runs(self) -> Sequence[RunInfo]:
        """All runs, oldest first."""
        return tuple(map(_run_info, self._read(_RUN_INFOS)))

    def find(self, wanted: str) -> RunInfo:
        """The run whose id or name is `wanted`, or whose id begins so; `last` is the latest."""
        if wanted == LAST and (runs := self.runs()):
            return latest(runs)
        known = self._known_ids()
        labels = {} if wanted in known else self.labels()  # whoever says the id needs nothing that people put there
        run_id = find_id(known, wanted, labels)
        rows = self._read(_RUN_INFOS.where(RUNS.c.id == run_id))
        if not rows:
            raise unknown_run(wanted, known, labels)
        return _run_info(rows[0])

    def create(
        self,
        run_id: str,
        *,
        created: str,
        scenario: str,
        playbook: str,
        documents: Iterable[bytes] = (),
        roster: Roster | None = None,
        entries: Sequence[Entry] = (),
        texts: Sequence[TextRecord] = (),
    ) -> None:
        """Begin a run, with its first entries."""
        check_run_id(run_id)
        check_follows(run_id, Head(), entries, texts)
        with self._database.writing() as connection, self._only_tried(run_id):
            if connection.execute(select(RUNS.c.number).where(RUNS.c.id == run_id)).first():
                raise ValueError(f"there is a run {run_id} already")
            for data in documents:
                _keep_document(connection, data)
            row = {"id": run_id, "created": created, "scenario": scenario, "playbook": playbook}
            number = connection.execute(insert(RUNS).returning(RUNS.c.number), row).scalar_one()
            if roster:
                connection.execute(insert(ROSTER), [_roster_row(number, *named) for named in roster.items()])
            add_entries(connection, number, entries, texts)

    @contextmanager
    def writer(self, run_id: str, *, patience: float = PATIENCE) -> Iterator[SqlRunWriter]:
        """Open a run for appending, until the context ends."""
        number = self._number(run_id)
        with ExitStack() as held:
            with self._database.told_plainly():
                connection = held.enter_context(self._database.connect())
                file = self._database.file
                lock = held.enter_context(file_lock(file, run_id, patience)) if file else None
                if lock is None:
                    held.enter_context(server_lock(connection, run_id, patience))
                writer = SqlRunWriter(connection, self._database.where, self._database.told_plainly, run_id, number)
            yield writer
            if lock and writer.finished:
                with suppress(OSError):  # nobody goes on with a finished run, and an empty file more does no harm
                    lock.unlink()

    def entries(self, run_id: str, start: int = 0) -> Iterator[bytes]:
        """The bytes of the entries from `start` on."""
        return self._entries(self._number(run_id), start)

    def kept_entries(self, run_id: str) -> Iterator[KeptEntry]:
        """The entries with their numbers and hashes as they are stored."""
        return self._kept_entries(self._number(run_id), 0)

    def texts(self, run_id: str, start: int = 0) -> Iterator[TextRecord]:
        """The texts of the entries from `start` on."""
        return self._texts(self._number(run_id), start)

    def roster(self, run_id: str) -> dict[str, RosterName]:
        """Names by pseudonym."""
        number = self._number(run_id)
        columns = (ROSTER.c.pseudonym, ROSTER.c.name, ROSTER.c.salt)
        rows = self._read(select(*columns).where(ROSTER.c.run == number).order_by(ROSTER.c.pseudonym))
        return {str(pseudonym): _roster_name(name, salt) for pseudonym, name, salt in rows}

    def document(self, digest: str) -> bytes:
        """The document with this digest."""
        rows = self._read(select(DOCUMENTS.c.data).where(DOCUMENTS.c.digest == digest))
        if not rows:
            raise unknown_document(digest)
        data = sound_bytes(rows[0][0])
        if digest_of(data) != digest:
            message = _("The document stored under {digest} is another one now: it has the digest {found}.")
            raise RecordFaultError(message.format(digest=digest, found=digest_of(data)))
        return data

    def lay(self, run_id: str, things: Mapping[str, str | None]) -> None:
        """Lay things on the desk of a run."""
        number = self._number(run_id)
        rows = [
            {"run": number, "name": name, "thing": thing.encode("utf-8", "surrogatepass")}
            for name, thing in things.items()
            if thing is not None
        ]
        with self._database.writing() as connection:
            connection.execute(delete(DESK).where(DESK.c.run == number, DESK.c.name.in_(list(things))))
            if rows:
                connection.execute(insert(DESK), rows)

    def desk(self, run_id: str) -> dict[str, str]:
        """Return the things on the desk of a run, such as drafts, by name."""
        query = select(DESK.c.name, DESK.c.thing).where(DESK.c.run == self._number(run_id)).order_by(DESK.c.name)
        return {str(name): bytes(thing).decode("utf-8", "surrogatepass") for name, thing in self._read(query)}

    def derived(self, kind: str) -> Mapping[str, Derived]:
        """Return the results of this kind that were derived from records and kept, by run id."""
        with self._database.reading() as connection:
            return read_derived(connection, kind) if connection else {}

    def keep_derived(self, kind: str, results: Mapping[str, Derived]) -> None:
        """Keep results of this kind, by run id, in place of earlier ones."""
        with self._database.writing() as connection:
            write_derived(connection, kind, results)

    def labels(self) -> Mapping[str, RunLabel]:
        """Return what people put on runs for themselves, by run id."""
        with self._database.reading() as connection:
            return labels_or_none(connection)

    def label(self, run_id: str, label: RunLabel) -> None:
        """Put this on a run, in place of what was there."""
        number = self._number(run_id)
        with self._database.writing() as connection:
            check_name(label.name, run_id, read_labels(connection))
            write_label(connection, number, label)

    def wipe(self, *, records: bool = False) -> tuple[Trace, ...]:
        """Overwrite what is left of deleted things; where some of it may still be found."""
        return self._database.rewrite(records=records)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    @contextmanager
    def _only_tried(self, run_id: str) -> Iterator[None]:
        """Begin no run where nobody could write it after: the lock that its writer will need is tried first."""
        file = self._database.file
        if file is None:
            yield
            return
        with file_lock(file, run_id, PATIENCE) as lock:
            yield
            with suppress(OSError):
                lock.unlink()

    def _number(self, run_id: str) -> int:
        rows = self._read(select(RUNS.c.number).where(RUNS.c.id == run_id))
        if not rows:
            raise unknown_run(run_id, self._known_ids())
        return int(rows[0][0])

    def _known_ids(self) -> list[str]:
        # In a damaged database an id may be no text.
        return [str(row.id) for row in self._read(_IDS)]

    def _entries(self, number: int, start: int) -> Iterator[bytes]:
        return (entry.data for entry in self._kept_entries(number, start))

    def _kept_entries(self, number: int, start: int) -> Iterator[KeptEntry]:
        columns = (ENTRIES.c.seq, ENTRIES.c.hash, ENTRIES.c.data)
        query, page = select(*columns).where(ENTRIES.c.run == number).order_by(ENTRIES.c.seq), _FIRST_PAGE
        following = (
            query.where(ENTRIES.c.seq >= start) if start else query
        )  # whoever reads all sees also what lies before
        while True:
            rows = self._read(following.limit(page))
            for seq, hashed, data in rows:
                yield KeptEntry(seq, hashed, sound_bytes(data))
            if len(rows) < page:
                return
            start, page = _further(rows[-1].seq, start) + 1, _PAGE
            following = query.where(ENTRIES.c.seq >= start)

    def _texts(self, number: int, start: int) -> Iterator[TextRecord]:
        columns = (TEXTS.c.seq, TEXTS.c.pointer, TEXTS.c.salt, TEXTS.c.bilingual, TEXTS.c.words)
        query = select(*columns).where(TEXTS.c.run == number).order_by(TEXTS.c.seq, TEXTS.c.pointer).limit(_PAGE)
        rows = self._read(query.where(TEXTS.c.seq >= start) if start else query)
        while True:
            for row in rows:
                yield _text_record(*row)
            if len(rows) < _PAGE:
                return
            start = _further(rows[-1].seq, start)
            rows = self._read(query.where(tuple_(TEXTS.c.seq, TEXTS.c.pointer) > (start, rows[-1].pointer)))

    def _read(self, query: Select[Any]) -> Sequence[Any]:
        with self._database.reading() as connection:
            return connection.execute(query).all() if connection else ()


def _run_info(row: Any) -> RunInfo:  # noqa: ANN401 - a row of the query above
    data = sound_bytes(row.data)
    kind, at = last_fact(data)
    entries = row.seq + 1 if isinstance(row.seq, int) else 0
    head = digest_of(data) if entries else ZERO
    return RunInfo(str(row.id), str(row.created), str(row.scenario), str(row.playbook), entries, kind, at, head)


def _keep_document(connection: Connection, data: bytes) -> None:
    """Keep a document once. On a server another process may be doing the same at this moment."""
    row = {"digest": digest_of(data), "data": data}
    if connection.execute(select(DOCUMENTS.c.digest).where(DOCUMENTS.c.digest == row["digest"])).first():
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # only here: on SQLite it would be read at every start for nothing

        connection.execute(postgresql.insert(DOCUMENTS).on_conflict_do_nothing(), row)
    else:
        connection.execute(insert(DOCUMENTS), row)


def _further(seq: object, start: int) -> int:
    """The last number of a page, which a damaged index could make go round in a circle."""
    if not isinstance(seq, int) or seq < start:
        raise RecordFaultError(_("The entries are not in order; the database is damaged."))
    return seq


def _roster_row(number: int, pseudonym: str, named: RosterName) -> dict[str, object]:
    name = canonical({"en": named.name.en, "zh": named.name.zh})
    return {"run": number, "pseudonym": pseudonym, "name": name, "salt": named.salt}


def _roster_name(name: object, salt: object) -> RosterName:
    if salt is None or isinstance(salt, bytes):
        return RosterName(_name_from(sound_bytes(name)), salt)
    raise RecordFaultError(_("A name kept beside the log is damaged: roster.salt holds none."))


def _text_record(seq: object, pointer: object, salt: object, bilingual: object, words: object) -> TextRecord:
    if isinstance(seq, int) and isinstance(pointer, str) and isinstance(salt, bytes) and isinstance(words, bytes):
        text = _free_text_from(words)
        if isinstance(text.value, Text) == bilingual:
            return TextRecord(seq, pointer, salt, text)
        message = _("A text kept beside entry {seq} is damaged: texts.bilingual is {found}, its words say otherwise.")
        raise RecordFaultError(message.format(seq=seq, found=bilingual), seq=seq)
    raise RecordFaultError(_("A text kept beside the log is damaged."))


def _free_text_from(words: bytes) -> FreeText:
    try:
        return text_of_bytes(words)
    except ValueError:
        raise RecordFaultError(_("A text kept beside the log is damaged.")) from None


def _name_from(data: bytes) -> Text:
    """The name that these bytes write: the canonical JSON of a text in two languages, and nothing else."""
    text = _free_text_from(data).value
    if isinstance(text, Text):
        return text
    raise RecordFaultError(_("A name kept beside the log is damaged: roster.name does not hold one in both languages."))
