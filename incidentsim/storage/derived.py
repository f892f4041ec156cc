"""Reading and keeping results derived from records, in a table that can be emptied at any time."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from incidentsim.ledger.derived import Derived
from incidentsim.storage.tables import DERIVED, RUNS

_AT_ONCE: Final = 500
"""So many runs are named in one query; SQLite has a limit."""


def read_derived(connection: Connection, kind: str) -> dict[str, Derived]:
    """Read the results of this kind, by run id; what a damaged table holds beside such rows is left out."""
    columns = (RUNS.c.id, DERIVED.c.head, DERIVED.c.version, DERIVED.c.data)
    query = select(*columns).join_from(DERIVED, RUNS, DERIVED.c.run == RUNS.c.number).where(DERIVED.c.kind == kind)
    return {
        run: Derived(head, version, data)
        for run, head, version, data in connection.execute(query)
        if isinstance(run, str) and isinstance(head, str) and isinstance(version, str) and isinstance(data, bytes)
    }


def write_derived(connection: Connection, kind: str, results: Mapping[str, Derived]) -> None:
    """Put results in the place of those that were kept of these runs, within the transaction that is open."""
    for ids in _parted(results):
        query = select(RUNS.c.id, RUNS.c.number).where(RUNS.c.id.in_(ids))
        numbers = {str(run): int(number) for run, number in connection.execute(query)}
        connection.execute(delete(DERIVED).where(DERIVED.c.kind == kind, DERIVED.c.run.in_(list(numbers.values()))))
        rows = [
            {"run": number, "kind": kind, "head": kept.head, "version": kept.version, "data": kept.data}
            for run, number in numbers.items()
            for kept in (results[run],)
        ]
        if rows:
            connection.execute(insert(DERIVED), rows)


def _parted(names: Iterable[str]) -> list[list[str]]:
    listed = list(names)
    return [listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE)]
