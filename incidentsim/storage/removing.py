"""Labels on runs, and deleting a run as a whole: the only way on which an entry ever goes."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, column, delete, exists, insert, select, table

from incidentsim.ledger.entry import documents_in
from incidentsim.ledger.labels import RunLabel
from incidentsim.storage.erasing import DOCUMENTS_IN_USE
from incidentsim.storage.tables import (
    DERIVED,
    DESK,
    DOCUMENTS,
    ENTRIES,
    LABELS,
    REMOVALS,
    ROSTER,
    RUNS,
    TEXTS,
)

_PINNED: Final = table("documents_pinned", column("digest"))
_HEADERS: Final = table("headers", column("run"), column("playbook"))
_ERASURES: Final = table("erasures", column("run"), column("outline"))
"""Views, see `migrations`."""


def read_labels(connection: Connection) -> dict[str, RunLabel]:
    """Read the labels of all runs, by run id; what a damaged table holds beside such rows is left out."""
    columns = (RUNS.c.id, LABELS.c.name, LABELS.c.hidden)
    rows = connection.execute(select(*columns).join_from(LABELS, RUNS, LABELS.c.run == RUNS.c.number))
    sound = [row for row in rows if isinstance(row.id, str) and isinstance(row.name, str)]
    return {row.id: RunLabel(row.name, bool(row.hidden)) for row in sound}


def write_label(connection: Connection, number: int, label: RunLabel) -> None:
    """Put a label in the place of that of the run with this number, within the transaction that is open."""
    connection.execute(delete(LABELS).where(LABELS.c.run == number))
    if label != RunLabel():
        connection.execute(insert(LABELS), {"run": number, "name": label.name, "hidden": label.hidden})


def remove_run(connection: Connection, number: int) -> None:
    """Delete the run with this number and everything of it, within the transaction that is open.

    A document goes with it where no other run needs it. Where the beginning of another run cannot be read, nobody knows
    what it needs, and documents stay.
    """
    named = _documents_of(connection, number)
    connection.execute(insert(REMOVALS), {"run": number})
    for beside in (TEXTS, ROSTER, DESK, DERIVED, LABELS, ENTRIES):
        connection.execute(delete(beside).where(beside.c.run == number))
    connection.execute(delete(RUNS).where(RUNS.c.number == number))
    if named and not connection.execute(select(exists().where(_HEADERS.c.playbook.is_(None)))).scalar_one():
        used = exists().where(DOCUMENTS_IN_USE.c.digest == DOCUMENTS.c.digest)
        pinned = exists().where(_PINNED.c.digest == DOCUMENTS.c.digest)
        connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.digest.in_(named), ~used, ~pinned))
    connection.execute(delete(REMOVALS).where(REMOVALS.c.run == number))


def _documents_of(connection: Connection, number: int) -> list[str]:
    """The digests of the documents that a run may have used: those that its beginning names, and its outlines."""
    first = connection.execute(select(ENTRIES.c.data).where(ENTRIES.c.run == number, ENTRIES.c.seq == 0)).scalar()
    outlines = connection.execute(select(_ERASURES.c.outline).where(_ERASURES.c.run == number)).scalars()
    named = documents_in([first] if isinstance(first, bytes) else [])
    return sorted(named | {outline for outline in outlines if isinstance(outline, str)})


def labels_or_none(connection: Connection | None) -> Mapping[str, RunLabel]:
    """Read the labels of all runs; none where there is no database yet."""
    return {} if connection is None else read_labels(connection)
