"""How fast the record is made. Figures and ratios are printed, never asserted: see DEVELOPERS' rules on timing.

pytest tests/benchmarks/test_ledger_speed.py --benchmark-enable -s
"""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import orjson
import pytest
import rfc8785
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import insert
from sqlmodel import Session, create_engine

from incidentsim.domain.facts import DecisionSource
from incidentsim.ledger.canonical import canonical
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.entry import Entry
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import open_store
from incidentsim.storage.address import parse_address, url_of_file
from incidentsim.storage.tables import ENTRIES, EntryRow
from tests.benchmarks.results import Measured
from tests.support.record import HEADER, RECORDED, Scribe, begin, plain, some_facts, step_taken

Show = Callable[[str, float, float, str], None]

FACT = step_taken(3, nature=plain("phones in the clear"), scope=plain("one shop"))
VALUE = orjson.loads(Scribe("r1").write(FACT)[0][0].data)


def seconds(work: Callable[[], object], times: int) -> float:
    """The median time of one call."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)


@pytest.fixture
def show(measured: Measured) -> Show:
    """`show(what, ours, theirs, other)`: how many times as long the first takes; both in seconds."""

    def report(what: str, ours: float, theirs: float, other: str) -> None:
        measured(what, other, ours / theirs, told=f"{ours * 1e6:.1f} µs, {theirs * 1e6:.1f} µs")

    return report


def test_canonical_bytes_of_one_entry(benchmark: BenchmarkFixture, show: Show) -> None:
    benchmark(canonical, VALUE)
    show("canonical()", seconds(lambda: canonical(VALUE), 500), seconds(lambda: rfc8785.dumps(VALUE), 500), "rfc8785")


def test_recording_one_fact_with_two_texts(benchmark: BenchmarkFixture) -> None:
    chain = Chain("r1")
    chain.record(FACT, recorded=RECORDED, source=DecisionSource.SCRIPT, salts=secrets.token_bytes, header=HEADER)
    benchmark(lambda: chain.record(FACT, recorded=RECORDED, source=DecisionSource.SCRIPT, salts=secrets.token_bytes))


def test_verifying_an_entry(benchmark: BenchmarkFixture, show: Show) -> None:
    lines = [entry.data for entry in Scribe("r1").write(*some_facts(2_000))[0]]
    benchmark(verify_chain, lines)

    def only_parse_and_hash() -> None:
        from hashlib import sha256

        for line in lines:
            orjson.loads(line)
            sha256(line).digest()

    ours = seconds(lambda: verify_chain(lines), 5) / len(lines)
    show("verify_chain() per entry", ours, seconds(only_parse_and_hash, 5) / len(lines), "parse and hash only")


STEP = 5


def steps(count: int) -> Iterator[tuple[list[Entry], list[TextRecord]]]:
    scribe = Scribe("r1")
    for _ in range(count):
        yield scribe.write(*some_facts(STEP))


def test_a_durable_step_of_five_facts(benchmark: BenchmarkFixture, tmp_path: Path, show: Show) -> None:
    store = open_store(url_of_file(tmp_path / "ours.sqlite3"))
    begin(store, "r1")
    prepared = steps(400)
    with store.writer("r1") as writer:
        benchmark.pedantic(lambda: writer.append(*next(prepared)), rounds=100)  # type: ignore[no-untyped-call]
        ours = seconds(lambda: writer.append(*next(prepared)), 100)
    store.close()

    bare = sqlite3.connect(tmp_path / "bare.sqlite3", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE entries (run, seq, hash, data, PRIMARY KEY (run, seq))")
    rows = iter([(1, entry.seq, entry.hash, entry.data) for entry in entries] for entries, _texts in steps(200))

    def transaction() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO entries VALUES (?, ?, ?, ?)", next(rows))
        bare.execute("COMMIT")

    show("append() of 5 facts", ours, seconds(transaction, 100), "the bare SQLite transaction")
    bare.close()

    sync = getattr(os, "fdatasync", os.fsync)
    with (tmp_path / "bare").open("wb", buffering=0) as file:

        def write_through() -> None:
            file.write(b"x" * 4096)
            sync(file.fileno())

        show("append() of 5 facts", ours, seconds(write_through, 100), "the bare sync of 4 KiB")


def test_rows_by_core_and_by_orm(benchmark: BenchmarkFixture, tmp_path: Path, show: Show) -> None:
    """Without a commit each time: what Python costs for one row."""
    (entries, _texts) = Scribe("r1").write(*some_facts(1_000))
    begin(store := open_store(url_of_file(tmp_path / "runs.sqlite3")), "r1")
    store.close()
    engine = create_engine(parse_address(url_of_file(tmp_path / "runs.sqlite3")))

    def by_core() -> None:
        with engine.connect() as connection:
            rows = [{"run": 1, "seq": e.seq, "hash": e.hash, "data": e.data} for e in entries]
            connection.execute(insert(ENTRIES), rows)
            connection.rollback()

    def by_orm() -> None:
        with Session(engine) as session:
            session.add_all([EntryRow(run=1, seq=e.seq, hash=e.hash, data=e.data) for e in entries])
            session.flush()
            session.rollback()

    benchmark(by_core)
    show("a row by Core", seconds(by_core, 5) / len(entries), seconds(by_orm, 5) / len(entries), "a row by ORM objects")
    engine.dispose()


@pytest.mark.slow
def test_reading_and_verifying_a_long_run(benchmark: BenchmarkFixture, tmp_path: Path, show: Show) -> None:
    store = open_store(url_of_file(tmp_path / "runs.sqlite3"))
    begin(store, "r1")
    count = 50_000
    with store.writer("r1") as writer:
        writer.append(*Scribe("r1").write(*some_facts(count)))
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: verify_chain(store.entries("r1"), texts=store.texts("r1")), rounds=1
    )
    reading = seconds(lambda: sum(map(len, store.entries("r1"))), 1) / count
    both = seconds(lambda: verify_chain(store.entries("r1")), 1) / count
    show("reading an entry from SQLite", reading, both, "reading and verifying it")
    store.close()
