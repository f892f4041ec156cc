"""Deleting beside the record, and overwriting what was deleted.

What may be deleted, the database itself decides: its guards let go only what an entry of the run says was erased.
"""

import sqlite3
from typing import Final

from sqlalchemy import Connection, Engine, column, delete, exists, insert, select, table, text
from sqlalchemy.exc import DBAPIError

from incidentsim.ledger.digests import digest
from incidentsim.ledger.store import Deletions, Trace
from incidentsim.storage.server import CHANGE_SECONDS, give_time
from incidentsim.storage.tables import DERIVED, DESK, DOCUMENTS, ENTRIES, LABELS, ROSTER, RUNS, TEXTS

DOCUMENTS_IN_USE: Final = table("documents_in_use", column("digest"))
"""A view: the documents that some run needs, see `migrations`."""

_BESIDE: Final = (TEXTS, ROSTER, DOCUMENTS, DESK, DERIVED)
_RECORDS: Final = (ENTRIES, RUNS, LABELS)
"""The tables from which something goes only with a whole run."""
_LOCK_MS: Final = 10_000
"""The milliseconds that a server waits for others before it gives up writing a table anew."""

_OURS: Final = text(
    "SELECT pg_has_role(tableowner, 'USAGE') FROM pg_tables WHERE schemaname = current_schema() AND tablename = :name"
)


def delete_beside(connection: Connection, number: int, deletions: Deletions) -> None:
    """Delete what the entries of the run with this number say was erased, within the transaction that is open.

    Its desk is cleared, and what was derived from it: drafts and summaries may hold the same words. A scenario that
    other runs need stays for them.
    """
    if deletions.texts:
        connection.execute(delete(TEXTS).where(TEXTS.c.run == number, TEXTS.c.seq.in_(list(deletions.texts))))
    if deletions.people:
        who = ROSTER.c.pseudonym.in_(list(deletions.people))
        connection.execute(delete(ROSTER).where(ROSTER.c.run == number, who))
    for beside in (DESK, DERIVED):
        connection.execute(delete(beside).where(beside.c.run == number))
    if deletions.outline is not None:
        row = {"digest": digest(deletions.outline), "data": deletions.outline}
        if not connection.execute(select(DOCUMENTS.c.digest).where(DOCUMENTS.c.digest == row["digest"])).first():
            connection.execute(insert(DOCUMENTS), row)
    if deletions.scenario is not None:
        needed = exists().where(DOCUMENTS_IN_USE.c.digest == deletions.scenario)
        connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.digest == deletions.scenario, ~needed))


def rewrite_file(engine: Engine) -> tuple[Trace, ...]:
    """Write an SQLite file anew without what was deleted, and empty its log; where something may still be found."""
    traces: list[Trace] = []
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        try:
            cursor.execute("VACUUM")
        except sqlite3.OperationalError:  # another program is at it, or the disk is full
            traces.append(Trace.FILE)
        try:
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            busy = True
        if busy:
            traces.append(Trace.LOG)
    finally:
        connection.close()
    return tuple(traces)


def rewrite_tables(engine: Engine, *, records: bool) -> tuple[Trace, ...]:
    """Have a server write its tables anew without what was deleted; where something may still be found.

    Those of the `records` themselves are the biggest, and are written anew only where a run was deleted.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {_LOCK_MS}")
        give_time(connection, CHANGE_SECONDS)
        rewritten = [_rewritten(connection, one.name) for one in (*_BESIDE, *(_RECORDS if records else ()))]
        connection.detach()  # the next one waits as usual
    return (Trace.SERVER,) if all(rewritten) else (Trace.TABLE, Trace.SERVER)


def _rewritten(connection: Connection, name: str) -> bool:
    """Whether a table could be written anew; where others hold it, its deleted rows are at least let go.

    A server only warns where it does not do so for somebody who does not own the table.
    """
    if not connection.execute(_OURS, {"name": name}).scalar_one_or_none():
        return False
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {name}")  # statistics hold values too
    except DBAPIError:
        connection.exec_driver_sql(f"VACUUM (ANALYZE) {name}")
        return False
    return True
