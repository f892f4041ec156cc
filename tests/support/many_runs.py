"""Databases of the size that a company has after years: thousands of runs, and a run of a hundred thousand facts.

They are made by copying what was really recorded: rows of runs under new ids with their chains made anew, and the
facts of a run told about ever more incidents. Both are sound records: they verify, fold, and are evaluated.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

from incidentsim.composition import library
from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.domain.text import Text
from incidentsim.ledger.chain import Chain, Head
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import timestamp
from incidentsim.ledger.sealing import text_bytes
from incidentsim.service import Service
from incidentsim.storage import open_store
from tests.support.facts import a_fact, on_record
from tests.support.record import Salts

MANY: Final = 5_000
LONG: Final = 100_000

STORIES: Final = ("number-masking-leak", "concealed-outage", "false-alarm", "sms-account-hijack", "two-fires")
BEGUN: Final = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


def service_on(database: Path, new_id: str | None = None) -> Service:
    """A service whose records are in this file; its first run is called `new_id`, or all as `run_id` numbers them."""
    numbers = count()
    return Service(
        library=library(),
        store=open_store(f"sqlite:///{database.as_posix()}"),
        now=lambda: BEGUN,
        new_id=lambda: new_id or run_id(next(numbers)),
        salts=Salts(),
        program="incidentsim 0.0.0",
    )


def run_id(number: int) -> str:
    """The id of the run with this number, as long for every number below a million."""
    return f"run-{number:06}"


def many_runs(database: Path, runs: int = MANY, stories: tuple[str, ...] = STORIES) -> None:
    """Put so many runs into a new database: each story once, then copies of these in turn, an hour between them."""
    service = service_on(database)
    for story in stories[:runs]:
        service.exercises.replay(story)
    service.records.runs()
    with _rows_of(database) as rows:
        for number in range(len(stories), runs):
            _copy(rows, 1 + number % len(stories), run_id(number), timestamp(BEGUN + timedelta(hours=number)))


def long_run(database: Path, folder: Path, facts: int = LONG, story: str = "number-masking-leak") -> str:
    """Put a run of at least so many facts into a database, new or not; its id.

    The story is told about one incident after the other at the same time: each fact of it comes once for each. The
    scenario is written into `folder`.
    """
    path = library().scenario(story)[0]
    told = service_on(database).exercises.replay(path, record=False).facts
    copies = max(-(-(facts - 2) // len(told[1:-1])), 1)
    file = folder / f"{story}-{copies}.yaml"
    file.write_text(with_incidents(path.read_text(encoding="utf-8"), copies), encoding="utf-8")
    if (files := path.with_suffix("")).is_dir():  # what is attached to its messages
        shutil.copytree(files, folder / files.name, dirs_exist_ok=True)
    template, long = (f"{name}-{facts:06}" for name in ("template", "long"))
    service_on(database, template).exercises.replay(file)
    with _rows_of(database) as rows:
        number = rows.execute("SELECT number FROM runs WHERE id = ?", (template,)).fetchone()[0]
        _copy(rows, number, long, timestamp(BEGUN), entries=1)
        number = rows.execute("SELECT number FROM runs WHERE id = ?", (long,)).fetchone()[0]
        first = rows.execute("SELECT hash FROM entries WHERE run = ?", (number,)).fetchone()[0]
        chain, salts, recorded_at = Chain(long, Head(1, first)), Salts(), timestamp(BEGUN)
        for fact in multiplied(told, copies):
            entry, texts = chain.record(fact, recorded=recorded_at, source=DecisionSource.SCRIPT, salts=salts)
            rows.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (number, entry.seq, entry.hash, entry.data))
            for text in texts:
                bilingual = isinstance(text.text.value, Text)
                rows.execute(
                    "INSERT INTO texts (run, seq, pointer, salt, bilingual, words) VALUES (?, ?, ?, ?, ?, ?)",
                    (number, text.seq, text.pointer, text.salt, bilingual, text_bytes(text.text)),
                )
    return long


def with_incidents(scenario: str, copies: int) -> str:
    """The scenario with more incidents, each like the first, and without what is expected of the first."""
    head, _incidents, rest = scenario.partition("\nincidents:\n")
    name = rest.strip().partition(":")[0]
    numbers = range(1, copies)
    more = "".join(
        f"  {name}-{number}:\n    title: {{en: One more, zh: 又一起}}\n"
        "    truth: {incident: true, level: 3, why: [{measure: personal_records, is: 1000}], unlawful: true,\n"
        "      cause: x, scope: {en: x, zh: x}, loss: {en: x, zh: x}, flags: {crime: true, at_fault: true}}\n"
        for number in numbers
    )
    raised = "".join(
        f"  - {{id: alarm-{number}, at: 29d, to: [lin], channel: alert, raises: {name}-{number},\n"
        "      body: {en: x, zh: x}}\n"
        for number in numbers
    )
    incidents, _injects, rest = rest.partition("\ninjects:\n")
    return f"{head}\nincidents:\n{more}{incidents}\ninjects:\n{raised}{rest}"


def multiplied(facts: tuple[Fact, ...], copies: int) -> Iterator[Fact]:
    """The facts between the first and the last once for each copy, then the last; what they refer to moves along."""
    for fact in facts[1:-1]:
        parts = on_record(fact)
        for copy in range(copies):
            data: dict[str, Any] = dict(parts)
            for key in ("because", "planned"):
                if isinstance(data.get(key), int):
                    data[key] = _moved(data[key], copy, copies)
            if isinstance(data.get("number"), int):
                data["number"] = (data["number"] - 1) * copies + copy + 1
            incident = fact.incident if copy == 0 or fact.incident is None else f"{fact.incident}-{copy}"
            yield a_fact(fact.at, fact.kind, incident, data)
    yield facts[-1]


def _moved(sequence: int, copy: int, copies: int) -> int:
    return 0 if sequence == 0 else 1 + (sequence - 1) * copies + copy


@contextmanager
def _rows_of(database: Path) -> Iterator[sqlite3.Connection]:
    """The tables as they are, in one transaction that need not be durable."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def _copy(rows: sqlite3.Connection, old: int, new_id: str, created: str, entries: int | None = None) -> None:
    """Copy a run, with all its entries or the first few, and whatever other tables hold about these."""
    columns = {table: _columns(rows, table) for table in _tables(rows)}
    info = dict(
        zip(columns["runs"], rows.execute("SELECT * FROM runs WHERE number = ?", (old,)).fetchone(), strict=True)
    )
    old_id, old_created = info["id"], info["created"]
    new = rows.execute("SELECT MAX(number) + 1 FROM runs").fetchone()[0]
    info.update(number=new, id=new_id, created=created)
    places = ", ".join("?" * len(info))
    rows.execute(f"INSERT INTO runs ({', '.join(info)}) VALUES ({places})", tuple(info.values()))  # noqa: S608 - ours
    prev, old_prev = ZERO, ZERO
    until = -1 if entries is None else entries
    copied = []
    for seq, data in rows.execute("SELECT seq, data FROM entries WHERE run = ? ORDER BY seq LIMIT ?", (old, until)):
        changed = data.replace(f'"run":"{old_id}"'.encode(), f'"run":"{new_id}"'.encode())
        changed = changed.replace(f'"recorded":"{old_created}"'.encode(), f'"recorded":"{created}"'.encode())
        changed = changed.replace(f'"prev":"{old_prev}"'.encode(), f'"prev":"{prev}"'.encode())
        prev, old_prev = digest(changed), digest(data)
        copied.append((new, seq, prev, changed))
    rows.executemany("INSERT INTO entries (run, seq, hash, data) VALUES (?, ?, ?, ?)", copied)
    for table, names in columns.items():
        if table in {"runs", "entries"} or "run" not in names:
            continue
        others = [name for name in names if name != "run"]
        few = f" AND seq < {entries}" if entries is not None and "seq" in names else ""
        listed = "".join(f", {name}" for name in others)
        copying = f"INSERT INTO {table} (run{listed}) SELECT ?{listed} FROM {table} WHERE run = ?{few}"  # noqa: S608 - ours
        rows.execute(copying, (new, old))


def _tables(rows: sqlite3.Connection) -> list[str]:
    return [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _columns(rows: sqlite3.Connection, table: str) -> list[str]:
    return [name for (_number, name, *_rest) in rows.execute(f"PRAGMA table_info({table})")]
