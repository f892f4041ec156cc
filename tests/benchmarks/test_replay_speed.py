"""What recording costs: replaying the shipped scenarios with and without a record, and the bare commits in between.

Run with `pytest tests/benchmarks --benchmark-enable`; nothing here asserts a time. The ratio is reported.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import Engine, create_engine, text

from incidentsim.composition import library, now, shipped
from incidentsim.service import Service
from incidentsim.storage import open_store
from tests.benchmarks.results import Measured

ROUNDS = 7


def seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def bare_commits(engine: Engine, number: int) -> None:
    """So many durable commits of one small row each, on the same disk with the same settings."""
    with engine.connect() as connection:
        for n in range(number):
            connection.execute(text("INSERT INTO bare VALUES (:n)"), {"n": n})
            connection.commit()


def test_recording_is_dominated_by_commits(benchmark: BenchmarkFixture, tmp_path: Path, measured: Measured) -> None:
    """Of the time that recording adds to a replay, how much are the bare durable commits?"""
    numbers = iter(range(10_000))
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    service = Service(
        library=library(),
        store=open_store(f"sqlite:///{tmp_path / 'runs.sqlite3'}"),
        now=now,
        new_id=lambda: f"run-{next(numbers)}",
        salts=os.urandom,
        program="incidentsim benchmark",
    )
    files = service.library.scenarios([str(shipped("scenarios"))])
    engine = create_engine(f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(text("PRAGMA synchronous=FULL"))
        connection.execute(text("CREATE TABLE bare (n INTEGER)"))
        connection.commit()

    def replay(*, record: bool) -> None:
        for file in files:
            service.exercises.replay(file, record=record, on_step=count)

    replay(record=True)  # the database is made and everything is imported
    steps = 0
    replay(record=False)
    commits = steps + len(files)
    with_record, without, bare = [], [], []
    for _ in range(ROUNDS):
        without.append(seconds(lambda: replay(record=False)))
        with_record.append(seconds(lambda: replay(record=True)))
        bare.append(seconds(lambda: bare_commits(engine, commits)))
    added = [w - wo for w, wo in zip(with_record, without, strict=True)]
    told = ", ".join(
        f"{what} {1000 * median(times):.1f} ms"
        for what, times in {"without record": without, "with record": with_record, "bare commits": bare}.items()
    )
    ratio = median(a / b for a, b in zip(added, bare, strict=True))
    measured(f"recording a replay, {commits} commits", "the bare commits", ratio, told=told)
    benchmark(lambda: replay(record=True))
