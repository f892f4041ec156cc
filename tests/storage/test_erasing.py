"""What was erased is gone from the files of a database, and where it may still be found is told."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.domain.facts import PersonErased, TextErased
from incidentsim.ledger.digests import digest
from incidentsim.ledger.store import Deletions, LedgerStore, Trace
from incidentsim.storage import sqlite_file
from incidentsim.storage.address import url_of_file
from tests.support.postgres import fresh_schema
from tests.support.record import ENDED, ROSTER, SCENARIO, Scribe, plain, record, step_taken

WORDS = "a needle that is found nowhere else"
NAME = ROSTER["p2"].name
OUTLINE = b"an outline"

Opener = Callable[[str], LedgerStore]


def with_words(store: LedgerStore, run: str = "r1") -> None:
    """A finished run that holds the words as a text, and held them in drafts that are long gone."""
    record(store, run, [step_taken(0, nature=plain(WORDS)), step_taken(1, nature=plain("this stays"))], [ENDED])
    for draft in range(40):
        store.lay(run, {"draft": f"{WORDS} {draft}" * 40})
    store.lay(run, {"draft": WORDS})


def erase(store: LedgerStore, run: str = "r1") -> None:
    with store.writer(run) as writer:
        entries, _ = Scribe(run, writer.head()).write(
            TextErased(1, None, 0, digest(OUTLINE)), PersonErased(1, None, "p2", digest(OUTLINE))
        )
        writer.erase(entries, Deletions(texts=(0,), people=("p2",), scenario=digest(SCENARIO), outline=OUTLINE))


def found(file: Path) -> dict[str, list[str]]:
    """Which of the things that were to be erased stand in which of the files of a database."""
    wanted = {"words": WORDS.encode(), "name": NAME.en.encode(), "Chinese": NAME.zh.encode(), "scenario": SCENARIO}
    files = [path for path in file.parent.rglob("*") if path.is_file()]
    assert file in files
    held = {name: [path.name for path in files if what in path.read_bytes()] for name, what in wanted.items()}
    return {name: places for name, places in held.items() if places}


def test_no_byte_of_it_is_left_in_any_file_of_the_database(file: Path, opening: Opener) -> None:
    store = opening(url_of_file(file))
    with_words(store)
    assert found(file).keys() == {"words", "name", "Chinese", "scenario"}
    erase(store)
    assert store.wipe() == ()
    assert found(file) == {}
    assert [text.seq for text in store.texts("r1")] == [1]
    assert store.roster("r1").keys() == ROSTER.keys() - {"p2"}
    assert store.desk("r1") == {}
    assert store.document(digest(OUTLINE)) == OUTLINE
    store.close()
    assert found(file) == {}


def test_it_is_not_gone_without_that(file: Path, opening: Opener) -> None:
    """So that the search above is one that finds something."""
    store = opening(url_of_file(file))
    with_words(store)
    erase(store)
    assert "words" in found(file)


def test_another_program_that_reads_keeps_it_in_reach_and_that_is_told(
    file: Path, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opening(url_of_file(file))
    with_words(store)
    reader = sqlite3.connect(file, isolation_level=None)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM texts").fetchall()
        erase(store)
        with monkeypatch.context() as impatient:
            impatient.setattr(sqlite_file, "BUSY_SECONDS", 0)
            assert Trace.LOG in opening(url_of_file(file)).wipe()
    finally:
        reader.close()
    assert store.wipe() == ()
    assert found(file) == {}


@pytest.mark.postgres
def test_a_server_is_asked_to_write_its_tables_anew(opening: Opener) -> None:
    import psycopg

    with fresh_schema() as address:
        store = opening(address)
        with_words(store)
        erase(store)
        assert store.wipe() == (Trace.SERVER,)
        with psycopg.connect(address, autocommit=True) as stranger:
            for table in ("texts", "roster", "documents", "desk"):
                path = stranger.execute("SELECT pg_relation_filepath(%s)", [table]).fetchone()
                data = stranger.execute("SELECT pg_read_binary_file(%s)", path).fetchone()
                assert data is not None
                for gone in (WORDS.encode(), NAME.en.encode(), SCENARIO):
                    assert gone not in bytes(data[0]), table
        store.close()


@pytest.mark.postgres
def test_whoever_does_not_own_the_tables_is_told_what_stays(opening: Opener) -> None:
    import psycopg
    from psycopg import sql

    with fresh_schema() as address:
        store = opening(address)
        with_words(store)
        erase(store)
        with psycopg.connect(address, autocommit=True) as owner:
            schema = owner.execute("SELECT current_schema()").fetchone()
            assert schema is not None
            role = sql.Identifier(f"{schema[0]}_writer")
            owner.execute(sql.SQL("CREATE ROLE {}").format(role))
            try:
                owner.execute(sql.SQL("ALTER TABLE texts OWNER TO {}").format(role))
                assert store.wipe() in {(Trace.SERVER,), (Trace.TABLE, Trace.SERVER)}  # a superuser owns everything
            finally:
                owner.execute(sql.SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(role))
                owner.execute(sql.SQL("DROP ROLE {}").format(role))
        store.close()
