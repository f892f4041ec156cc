"""The database itself refuses to change what is on record, whoever asks and in whatever statement."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.domain.facts import PersonErased, TextErased
from incidentsim.ledger.digests import digest
from incidentsim.ledger.store import LedgerStore
from incidentsim.storage.address import url_of_file
from tests.support.postgres import fresh_schema
from tests.support.record import ENDED, PLAYBOOK, SCENARIO, Scribe, record, some_facts

OUTLINE = b"what is kept in the scenario's place"

NEXT = "(1, 3, 'sha256:0', x'00')"

ATTACKS = {
    "entries": [
        "UPDATE entries SET data = x'00' WHERE seq = 1",
        "UPDATE entries SET hash = 'sha256:0'",
        "UPDATE entries SET run = 2",
        "UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 2",
        "UPDATE OR IGNORE entries SET data = x'00'",
        "DELETE FROM entries WHERE seq = 2",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries VALUES (1, 1, 'sha256:0', x'00')",
        "INSERT OR REPLACE INTO entries VALUES (1, 2, 'sha256:0', x'00')",
        "REPLACE INTO entries VALUES (1, 0, 'sha256:0', x'00')",
        "REPLACE INTO entries (rowid, run, seq, hash, data) VALUES (1, 1, 7, 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (1, 1, 'sha256:0', x'00') ON CONFLICT DO UPDATE SET data = x'00'",
        "INSERT OR IGNORE INTO entries VALUES (1, 1, 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (1, 1, 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (1, 4, 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (1, -1, 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (1, NULL, 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (1, 'x', 'sha256:0', x'00')",
        "INSERT INTO entries VALUES (7, 1, 'sha256:0', x'00')",
    ],
    "runs": [
        "UPDATE runs SET scenario = 'other'",
        "DELETE FROM runs",
        "INSERT OR REPLACE INTO runs SELECT number, id, created, 'other', playbook FROM runs",
        "REPLACE INTO runs SELECT number + 1, id, created, 'other', playbook FROM runs",
        "REPLACE INTO runs SELECT number, 'r2', created, 'other', playbook FROM runs",
        "INSERT INTO runs SELECT * FROM runs WHERE TRUE ON CONFLICT DO UPDATE SET scenario = 'other'",
    ],
    "documents": [
        "UPDATE documents SET data = x'00'",
        "DELETE FROM documents",
        "REPLACE INTO documents SELECT digest, x'00' FROM documents",
        "INSERT INTO documents SELECT digest, x'00' FROM documents WHERE TRUE ON CONFLICT DO UPDATE SET data = x'00'",
    ],
}
ATTACKS["texts"] = [
    "UPDATE texts SET words = x'00'",
    "UPDATE texts SET salt = x'00' WHERE seq = 0",
    "UPDATE OR REPLACE texts SET pointer = '/with/scope'",
    "DELETE FROM texts",
    "DELETE FROM texts WHERE seq = 0 AND pointer = '/with/nature'",
    "REPLACE INTO texts SELECT run, seq, pointer, salt, bilingual, x'00' FROM texts",
    "INSERT INTO texts SELECT * FROM texts WHERE TRUE ON CONFLICT DO UPDATE SET words = x'00'",
]
ATTACKS["roster"] = [
    "UPDATE roster SET name = x'00'",
    "UPDATE roster SET pseudonym = 'p3' WHERE pseudonym = 'p1'",
    "DELETE FROM roster",
    "DELETE FROM roster WHERE pseudonym = 'p1'",
    "REPLACE INTO roster SELECT run, pseudonym, x'00', salt FROM roster",
    "INSERT INTO roster SELECT * FROM roster WHERE TRUE ON CONFLICT DO UPDATE SET name = x'00'",
]
SQLITE_ATTACKS = [statement for statements in ATTACKS.values() for statement in statements]


def everything(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ATTACKS]  # noqa: S608


@pytest.mark.parametrize("statement", SQLITE_ATTACKS)
def test_sqlite_refuses(statement: str, file: Path, opening: Callable[[str], LedgerStore]) -> None:
    record(opening(url_of_file(file)), "r1", some_facts(3))
    stranger = sqlite3.connect(file)
    try:
        before = everything(stranger)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(statement)
        stranger.commit()
        assert everything(stranger) == before
    finally:
        stranger.close()


def test_sqlite_takes_the_next_entry_and_only_that(file: Path, opening: Callable[[str], LedgerStore]) -> None:
    """So that the refusals above are about what is asked, not about everything."""
    record(opening(url_of_file(file)), "r1", some_facts(3))
    stranger = sqlite3.connect(file)
    try:
        stranger.execute(f"INSERT INTO entries VALUES {NEXT}")  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(f"INSERT INTO entries VALUES {NEXT}")  # noqa: S608
    finally:
        stranger.close()


POSTGRES_ATTACKS = [
    "UPDATE entries SET data = '' WHERE seq = 1",
    "UPDATE entries SET run = 2",
    "DELETE FROM entries WHERE seq = 2",
    "DELETE FROM entries",
    "TRUNCATE entries CASCADE",
    "TRUNCATE runs CASCADE",
    "TRUNCATE documents",
    "INSERT INTO entries VALUES (1, 1, 'x', '') ON CONFLICT (run, seq) DO UPDATE SET data = ''",
    "INSERT INTO entries VALUES (1, 1, 'x', '') ON CONFLICT DO NOTHING",
    "INSERT INTO entries VALUES (1, 4, 'x', '')",
    "INSERT INTO entries VALUES (1, 3, 'x', ''), (1, 5, 'x', '')",
    "INSERT INTO entries VALUES (1, -1, 'x', '')",
    "INSERT INTO entries VALUES (1, NULL, 'x', '')",
    "MERGE INTO entries USING (SELECT 1 AS seq) AS s ON entries.seq = s.seq WHEN MATCHED THEN DELETE",
    "UPDATE runs SET scenario = 'other'",
    "DELETE FROM runs",
    "INSERT INTO runs SELECT * FROM runs ON CONFLICT (number) DO UPDATE SET scenario = 'other'",
    "UPDATE documents SET data = ''",
    "DELETE FROM documents",
    "INSERT INTO documents SELECT * FROM documents ON CONFLICT (digest) DO UPDATE SET data = ''",
    "UPDATE texts SET words = ''",
    "DELETE FROM texts",
    "TRUNCATE texts",
    "INSERT INTO texts SELECT * FROM texts ON CONFLICT (run, seq, pointer) DO UPDATE SET words = ''",
    "UPDATE roster SET name = ''",
    "DELETE FROM roster",
    "TRUNCATE roster",
    "INSERT INTO roster SELECT * FROM roster ON CONFLICT (run, pseudonym) DO UPDATE SET name = ''",
]


@pytest.mark.postgres
def test_postgresql_refuses(opening: Callable[[str], LedgerStore]) -> None:
    import psycopg

    with fresh_schema() as address:
        store = opening(address)
        record(store, "r1", some_facts(3))
        with psycopg.connect(address, autocommit=True) as stranger:

            def everything_now() -> list[list[tuple[object, ...]]]:
                return [stranger.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ATTACKS]  # noqa: S608

            before = everything_now()
            for statement in POSTGRES_ATTACKS:
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                    stranger.execute(statement)
                assert everything_now() == before, statement
            stranger.execute("INSERT INTO entries VALUES (1, 3, 'x', '')")
        store.close()


ERASED = [
    "DELETE FROM texts WHERE seq = 0",
    "DELETE FROM roster WHERE pseudonym = 'p2'",
    f"DELETE FROM documents WHERE digest = '{digest(SCENARIO)}'",  # noqa: S608 - of our own making
]
"""What the run below says was erased may go."""

NOT_ERASED = [
    "DELETE FROM texts",
    "DELETE FROM texts WHERE seq = 3",
    "DELETE FROM roster",
    "DELETE FROM roster WHERE pseudonym = 'p1'",
    "DELETE FROM documents",
    f"DELETE FROM documents WHERE digest = '{digest(PLAYBOOK)}'",  # noqa: S608 - of our own making
    f"DELETE FROM documents WHERE digest = '{digest(OUTLINE)}'",  # noqa: S608 - of our own making
    "UPDATE texts SET words = x'00' WHERE seq = 0",
    "UPDATE roster SET name = x'00' WHERE pseudonym = 'p2'",
]


def say_that_it_was_erased(store: LedgerStore) -> None:
    """Two runs of one scenario; the first says that something was erased, and has not deleted it yet."""
    for run in ("r1", "r2"):
        record(store, run, some_facts(4), [ENDED])
    with store.writer("r1") as writer:
        scribe = Scribe("r1", writer.head())
        kept = digest(OUTLINE)
        writer.append(*scribe.write(TextErased(1, None, 0, kept), PersonErased(1, None, "p2", kept)))


def test_sqlite_lets_go_what_an_entry_says_was_erased_and_nothing_else(
    file: Path, opening: Callable[[str], LedgerStore]
) -> None:
    store = opening(url_of_file(file))
    say_that_it_was_erased(store)
    stranger = sqlite3.connect(file)
    try:
        stranger.execute("INSERT INTO documents VALUES (?, ?)", [digest(OUTLINE), OUTLINE])
        stranger.commit()
        before = everything(stranger)
        for statement in (*NOT_ERASED, ERASED[2]):  # the other run needs the scenario
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                stranger.execute(statement)
            stranger.rollback()
            assert everything(stranger) == before, statement
        for statement in ERASED[:2]:
            assert stranger.execute(f"{statement} AND run = 1").rowcount, statement
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                stranger.execute(f"{statement} AND run = 2")
        stranger.commit()
        with store.writer("r2") as writer:
            writer.append(*Scribe("r2", writer.head()).write(PersonErased(1, None, "p1", None)))
        assert stranger.execute(ERASED[2]).rowcount == 1
    finally:
        stranger.close()


@pytest.mark.postgres
def test_postgresql_lets_go_what_an_entry_says_was_erased_and_nothing_else(
    opening: Callable[[str], LedgerStore],
) -> None:
    import psycopg

    with fresh_schema() as address:
        store = opening(address)
        say_that_it_was_erased(store)
        with psycopg.connect(address, autocommit=True) as stranger:
            stranger.execute("INSERT INTO documents VALUES (%s, %s)", [digest(OUTLINE), OUTLINE])
            for statement in (*NOT_ERASED, ERASED[2]):
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                    stranger.execute(statement.replace("x'00'", "''"))
            for statement in ERASED[:2]:
                assert stranger.execute(f"{statement} AND run = 1").rowcount, statement
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                    stranger.execute(f"{statement} AND run = 2")
            with store.writer("r2") as writer:
                writer.append(*Scribe("r2", writer.head()).write(PersonErased(1, None, "p1", None)))
            assert stranger.execute(ERASED[2]).rowcount == 1
        store.close()


ANNOUNCED = "INSERT INTO removals VALUES (1)"
"""That the first run is being removed."""

OF_THE_OTHER = [
    "DELETE FROM entries WHERE run = 2",
    "DELETE FROM entries",
    "DELETE FROM texts WHERE run = 2",
    "DELETE FROM roster WHERE run = 2",
    "DELETE FROM runs WHERE number = 2",
    f"DELETE FROM documents WHERE digest = '{digest(PLAYBOOK)}'",  # noqa: S608 - of our own making
    "UPDATE entries SET data = x'00' WHERE run = 1",
    "UPDATE runs SET scenario = 'other' WHERE number = 1",
    "UPDATE removals SET run = 2",
]
"""What does not go with the first run."""

PARTS = [
    [],
    ["DELETE FROM texts WHERE run = 1"],
    ["DELETE FROM texts WHERE run = 1", "DELETE FROM entries WHERE run = 1 AND seq = 3"],
    ["DELETE FROM texts WHERE run = 1", "DELETE FROM roster WHERE run = 1", "DELETE FROM entries WHERE run = 1"],
]
"""What is less than a whole run, after which its removal cannot be ended."""


def test_sqlite_lets_a_run_go_as_a_whole_or_not_at_all(file: Path, opening: Callable[[str], LedgerStore]) -> None:
    for run in ("r1", "r2"):
        record(opening(url_of_file(file)), run, some_facts(4), [ENDED])
    stranger = sqlite3.connect(file)
    try:
        before = everything(stranger)
        for parts in PARTS:
            for statement in (ANNOUNCED, *parts):
                stranger.execute(statement)
            with pytest.raises(sqlite3.IntegrityError, match="the whole run goes"):
                stranger.execute("DELETE FROM removals")
            stranger.rollback()
            assert everything(stranger) == before, parts
        stranger.execute(ANNOUNCED)
        for statement in OF_THE_OTHER:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                stranger.execute(statement)
        for statement in (*PARTS[-1], "DELETE FROM runs WHERE number = 1", "DELETE FROM removals"):
            assert stranger.execute(statement).rowcount, statement
        stranger.commit()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute("DELETE FROM entries WHERE run = 2")
    finally:
        stranger.close()


@pytest.mark.postgres
def test_postgresql_lets_a_run_go_as_a_whole_or_not_at_all(opening: Callable[[str], LedgerStore]) -> None:
    import psycopg

    with fresh_schema() as address:
        store = opening(address)
        for run in ("r1", "r2"):
            record(store, run, some_facts(4), [ENDED])
        with psycopg.connect(address) as stranger:
            for parts in PARTS:
                for statement in (ANNOUNCED, *parts):
                    stranger.execute(statement)
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="the whole run goes"):
                    stranger.execute("DELETE FROM removals")
                stranger.rollback()
            for statement in (*OF_THE_OTHER, "TRUNCATE removals"):
                stranger.execute(ANNOUNCED)
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                    stranger.execute(statement.replace("x'00'", "''"))
                stranger.rollback()
            for statement in (ANNOUNCED, *PARTS[-1], "DELETE FROM runs WHERE number = 1", "DELETE FROM removals"):
                assert stranger.execute(statement).rowcount, statement
            stranger.commit()
        assert [info.id for info in store.runs()] == ["r2"]
        store.close()
