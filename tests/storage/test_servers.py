"""PostgreSQL servers as they are found: other encodings, other programs' tables, lost, silent, dripping."""

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url

from incidentsim.domain.errors import SurroundingsError
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import server
from tests.support.command_lines import environment, run_all
from tests.support.postgres import fresh_schema, server_address
from tests.support.proxies import Failure, failing_way
from tests.support.record import ENDED, Scribe, begin, record, some_facts

Opener = Callable[[str], LedgerStore]


@contextmanager
def database(*options: str) -> Iterator[str]:
    """The address of a new database, made with these options and dropped after."""
    import psycopg

    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server_address(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {' '.join(options)} TEMPLATE template0".encode())
    try:
        yield make_url(server_address()).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server_address(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def change(address: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def things(address: str) -> object:
    """What there is in the schema of an address."""
    import psycopg

    query = b"SELECT relname, relkind FROM pg_class WHERE relnamespace = current_schema()::regnamespace ORDER BY 1"
    with psycopg.connect(address) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII", pytest.param("EUC_CN", marks=pytest.mark.slow)])
def test_a_server_of_any_encoding_keeps_every_text(encoding: str, opening: Opener) -> None:
    with database("ENCODING", f"'{encoding}'") as address:
        store = opening(address)
        head = record(store, "r1", [*some_facts(4), ENDED])
        store.lay("r1", {"draft/a": "第一稿 – “é”\x00"})
        again = opening(address)
        assert verify_chain(again.entries("r1"), texts=again.texts("r1"), head=head).holds
        assert again.roster("r1")["p1"].name.zh == "林悦"
        assert again.desk("r1") == {"draft/a": "第一稿 – “é”\x00"}
        if encoding == "LATIN1":
            with pytest.raises(SurroundingsError, match=r"cannot keep these characters .* encoding UTF8"):
                store.lay("r1", {"稿": "x"})
        store.close()
        again.close()


VERSIONS = "CREATE TABLE alembic_version (version_num text)"
FOREIGN = {
    "tables": (
        ["CREATE TABLE runs (x int)", "CREATE TABLE desk (y int)"],
        "by names that incidentsim needs: desk, runs",
    ),
    "a view": (["CREATE VIEW entries AS SELECT 1 AS x"], "not those of incidentsim"),
    "a function": (
        ["CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"],
        "not those of incidentsim",
    ),
    "an index": (["CREATE TABLE other (x int)", "CREATE INDEX runs_id ON other (x)"], "not those of incidentsim"),
    "a version like ours": (
        ["CREATE TABLE users (x int)", VERSIONS, "INSERT INTO alembic_version VALUES ('0002')"],
        "not those of incidentsim",
    ),
    "a version of its own": (
        ["CREATE TABLE runs (x int)", VERSIONS, "INSERT INTO alembic_version VALUES ('ae1027a6acf')"],
        "not those of incidentsim",
    ),
    "two versions": (
        ["CREATE TABLE desk (x int)", VERSIONS, "INSERT INTO alembic_version VALUES ('0001'), ('0002')"],
        "not those of incidentsim",
    ),
}
"""What another program made in a schema, and what is said of it."""


@pytest.mark.postgres
@pytest.mark.parametrize("name", list(FOREIGN))
def test_what_another_program_made_is_named_and_left_alone(name: str, opening: Opener) -> None:
    statements, said = FOREIGN[name]
    with fresh_schema() as address:
        change(address, *statements)
        before = things(address)
        store = opening(address)
        with pytest.raises(SurroundingsError, match=said) as caught:
            begin(store, "r1")
        assert "LINE 1" not in str(caught.value)
        with suppress(SurroundingsError):
            assert store.runs() == ()
        assert things(address) == before
        store.close()


@pytest.mark.postgres
def test_tables_that_were_changed_are_told(opening: Opener) -> None:
    with fresh_schema() as address:
        record(opening(address), "r1", some_facts(2))
        change(address, "ALTER TABLE runs RENAME COLUMN scenario TO story")
        store = opening(address)
        with pytest.raises(SurroundingsError, match="another program, or was changed"):
            store.runs()
        store.close()


@pytest.mark.postgres
def test_a_schema_that_is_not_there_is_told(opening: Opener) -> None:
    store = opening(f"{server_address()}?options=-csearch_path%3Dnowhere")
    assert store.runs() == ()
    with pytest.raises(SurroundingsError, match="has no schema by the name"):
        begin(store, "r1")


@pytest.mark.postgres
@pytest.mark.parametrize("failure", Failure)
def test_a_server_that_is_lost_while_a_step_is_put_on_record_is_told_in_time(
    failure: Failure, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.5)
    with fresh_schema() as address, failing_way(address, failure, b"INSERT INTO entries", times=3) as way:
        store, beside = opening(way.address), opening(address)
        begin(store, "r1")
        scribe = Scribe("r1")
        with store.writer("r1") as writer:
            head = writer.append(*scribe.write(*some_facts(1)))
            head = writer.append(*scribe.write(*some_facts(1)))
            step = scribe.write(*some_facts(1))
            with pytest.raises(SurroundingsError, match="cannot be reached"):
                writer.append(*step)
        assert way.failures == 1
        assert verify_chain(list(beside.entries("r1"))[: head.size], head=head).holds
        with beside.writer("r1") as second:
            assert second.head().size in {head.size, head.size + 1}
        store.close()
        beside.close()


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("failure", Failure)
def test_a_run_on_a_lost_server_ends_in_one_sentence_and_goes_on_to_the_same_outcome(
    failure: Failure, tmp_path: Path
) -> None:
    with fresh_schema() as address:
        with failing_way(address, failure, b"INSERT INTO entries", times=2) as way:
            (lost,) = run_all([["replay", "false-alarm"]], environment(way.address), tmp_path)
        assert way.failures == 1
        assert (lost.code, lost.err.count("\n")) == (3, 1), lost
        assert lost.err.startswith("Error: The database server at ")
        json = ("--format", "json")
        calls = [["replay", "--resume", "last", *json], ["verify", "last"], ["replay", "false-alarm", *json]]
        resumed, verified, undisturbed = run_all(calls, environment(address), tmp_path)
    assert (resumed.code, verified.code) == (0, 0), resumed
    assert '"outcome_digest"' in resumed.out
    digests = [line for said in (resumed, undisturbed) for line in said.out.splitlines() if "outcome_digest" in line]
    assert len(digests) == 2
    assert digests[0] == digests[1]


@contextmanager
def dripping(begin_with: bytes) -> Iterator[int]:
    """The port of a server that sends byte after byte to whoever comes."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        with suppress(OSError), ExitStack() as held:
            client = held.enter_context(listener.accept()[0])
            client.sendall(begin_with)
            while not over.wait(0.02):
                client.sendall(b"x" if begin_with else b"")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = threading.Thread(target=serve, args=(listener,), daemon=True)
        serving.start()
        yield listener.getsockname()[1]
        over.set()
        serving.join()


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", b"N", b"NR\x00\x00\x7f\xff", b"NE\x00\x00\x7f\xff"])
def test_who_lets_nobody_in_meets_a_deadline(sent: bytes, opening: Opener) -> None:
    pytest.importorskip("psycopg")
    with dripping(sent) as port:
        store = opening(f"postgresql://lin:s3cret@127.0.0.1:{port}/runs?connect_timeout=2")
        with pytest.raises(SurroundingsError, match="cannot be reached") as caught:
            store.runs()
        assert "s3cret" not in str(caught.value)
