"""Databases damaged at random, by bytes and by SQL, and what the reading commands make of them.

What must hold: no traceback, an exit code of ours, and nothing that differs shown as sound. What differs is told here
by reading the tables with `sqlite3` alone and comparing them with those of the database as it was.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest import mock

from incidentsim import composition
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.service import Service
from incidentsim.session.seats import Seats
from incidentsim.storage.address import url_of_file
from tests.fuzzing import desk
from tests.fuzzing.mutating import mutate
from tests.fuzzing.reader import scratch

PAGE: Final = 4096
TABLES: Final = ("runs", "entries", "texts", "roster", "documents", "desk", "alembic_version")
RUNS: Final = ("run-1", "run-2", "run-3")
"""A run by script, one by bots, and one that a person plays; `run-3` is not finished."""

LISTS: Final = (
    ("runs",),
    ("runs", "--format", "json"),
    ("improvements",),
    ("improvements", "--all", "--format", "json"),
    ("compare", "last"),
    ("compare", "last", "--forecast", "--plays", "1"),
)
"""Calls that show many runs without verifying each; they may show what `verify` would find faulty."""

READS: Final = (
    *(("verify", "--format", "json"), ("show",), ("show", "--format", "json"), ("export", "--format", "md")),
    *(("export", "--format", "jsonl"), ("export", "--format", "csv", "--table", "timeline"), ("runs", "script")),
    *(("export", "--format", "controls"), ("export", "--format", "oscal"), ("export", "--format", "html")),
    *(("rejudge", "--playbook", "playbook.yaml"), ("compare", "run-1")),
    ("export", "--format", "bundle", "--key", "key.pem", "-o", "made.zip"),
)
"""Calls about one run, whose id is added; of each database all runs are verified and a few more are drawn."""


@dataclass(slots=True)
class Stored:
    """What a database holds of one run, as `sqlite3` reads it."""

    row: tuple[Any, ...]
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    texts: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict)
    roster: dict[Any, tuple[Any, ...]] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)


def stored(file: Path) -> dict[Any, Stored] | None:
    """All runs; `None` where `sqlite3` cannot read them."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            documents = dict(connection.execute("SELECT digest, data FROM documents"))
            found = {}
            for number, *row in connection.execute(
                "SELECT number, id, created, scenario, playbook FROM runs"
            ).fetchall():
                run = Stored(tuple(row))
                run.entries = connection.execute(
                    "SELECT seq, hash, data FROM entries WHERE run = ? ORDER BY seq", [number]
                ).fetchall()
                texts = "SELECT seq, pointer, salt, bilingual, words FROM texts WHERE run = ?"
                for seq, pointer, salt, bilingual, words in connection.execute(texts, [number]):
                    run.texts[seq, pointer] = (salt, bool(bilingual), _meaning(words) if bilingual else words)
                names = "SELECT pseudonym, name, salt FROM roster WHERE run = ?"
                for pseudonym, name, salt in connection.execute(names, [number]):
                    run.roster[pseudonym] = (_meaning(name), salt)
                run.documents = {name: data for name, data in documents.items() if _names(run.entries, name)}
                found[row[0]] = run
            return found
    except (sqlite3.Error, OverflowError, UnicodeDecodeError, ValueError):
        return None


def _meaning(data: Any) -> Any:
    """The text in two languages that these bytes are; the bytes where they are none. Spaces in it mean nothing."""
    try:
        return json.loads(data)
    except (ValueError, TypeError, RecursionError):
        return data


def _names(entries: list[tuple[Any, ...]], digest: Any) -> bool:
    return bool(entries) and isinstance(entries[0][2], bytes) and str(digest).encode() in entries[0][2]


def difference(was: Stored, now: Stored) -> str | None:
    """What differs and must be seen. What is gone may be told as a limit: texts, names, the end of the record."""
    if now.row != was.row:
        return "the row of the run"
    if now.entries != was.entries[: len(now.entries)]:
        return "an entry"
    if any(was.texts.get(place) != text for place, text in now.texts.items()):
        return "a text"
    if any(was.roster.get(who) != name for who, name in now.roster.items()):
        return "a name"
    others = any(now.documents.get(name) != data for name, data in was.documents.items())
    return "a document" if now.entries and others else None


def gone(was: Stored, now: Stored) -> bool:
    """Whether something of the run is gone that could be told as a limit."""
    parts = ((was.entries, now.entries), (was.texts, now.texts), (was.roster, now.roster))
    return any(len(before) != len(after) for before, after in parts)


@contextmanager
def opened(file: Path) -> Iterator[Service]:
    """The real service on a database in a file."""
    with mock.patch.dict(os.environ, {"INCIDENTSIM_DATABASE_URL": url_of_file(file)}):
        service = composition.service()
        try:
            yield service
        finally:
            service._context.store.close()


@cache
def sound() -> bytes:
    """A database with runs, as a file that nobody has open."""
    file = scratch() / "sound.sqlite3"
    numbers = iter(range(1, 10))
    with desk.at_desk(), opened(file) as service:
        service._context.new_id = lambda: f"run-{next(numbers)}"
        service._context.now = lambda: desk.WHEN
        scenario = desk.folder() / "scenario.yaml"
        service.exercises.replay(scenario)
        service.exercises.replay(scenario, bots=True)
        first = next(iter(service.library.playable(scenario).scenario.people.values()))
        service.exercises.open_session(scenario, Seats(frozenset({first.pseudonym}))).close()
    return file.read_bytes()


@cache
def stored_sound() -> Mapping[Any, Stored]:
    """What it holds."""
    file = scratch() / "sound-read.sqlite3"
    file.write_bytes(sound())
    found = stored(file)
    assert found is not None
    return found


@cache
def usual(call: tuple[str, ...]) -> desk.Ended:
    """How a call ends on the sound database."""
    file = scratch() / "usual.sqlite3"
    file.write_bytes(sound())
    return _called(call, file)


def _called(call: tuple[str, ...], file: Path) -> desk.Ended:
    with desk.at_desk(), desk.tidied(), opened(file) as service:
        return desk.call(list(call), "", service)


# Ways to damage

Damage = Callable[[Path, Random], None]


def _bytes(change: Callable[[bytes, Random], bytes]) -> Damage:
    def damage(file: Path, random: Random) -> None:
        file.write_bytes(change(file.read_bytes(), random))

    return damage


def _flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _time in range(random.choice((1, 1, 2, 8, 64))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _header(data: bytes, random: Random) -> bytes:
    place = random.randrange(100)
    return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]


def _page(data: bytes, random: Random) -> bytes:
    """A page zeroed, filled with anything, or with another page."""
    place, other = (random.randrange(len(data) // PAGE) * PAGE for _time in range(2))
    page = random.choice((bytes(PAGE), random.randbytes(PAGE), data[other : other + PAGE]))
    return data[:place] + page + data[place + PAGE :]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.choice((random.randrange(len(data)), random.randrange(len(data) // PAGE) * PAGE))]


def _record_bytes(data: bytes, random: Random) -> bytes:
    """Bytes within what an entry, a name or a text says: the file stays sound, its content does not."""
    word = random.choice((b'"at":', b'"en":', b'"by":', b"sha256:", b"2025-03-04T", b"tiny", b"run-", b"Bob", b"red"))
    places = [place for place in range(len(data)) if data.startswith(word, place)]
    if not places:
        return data
    place = random.choice(places) + random.randrange(len(word) + 6)
    return data[:place] + random.choice((b"0", b"9", b"x", b" ", b'"')) + data[place + 1 :]


def _log_beside(file: Path, random: Random) -> None:
    """A write-ahead log or a journal of nobody's beside it."""
    beside = file.with_name(file.name + random.choice(("-wal", "-journal", "-shm")))
    beside.write_bytes(random.choice((b"", random.randbytes(3000), file.read_bytes()[:5000])))


def _sql(file: Path, random: Random) -> None:
    """Change, take or add rows by SQL, the guards being taken away first."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for _time in range(random.choice((1, 1, 1, 2, 3))):
            try:
                _statement(connection, random)
            except (sqlite3.IntegrityError, sqlite3.OperationalError):
                continue


def _statement(connection: sqlite3.Connection, random: Random) -> None:
    table = random.choice((*TABLES[:5], *TABLES[:4], *TABLES[1:4], TABLES[5], TABLES[6]))
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    rows = connection.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608 - our own table
    if not rows:
        return
    row, other = random.choice(rows), random.choice(rows)
    column = random.randrange(len(columns))
    kind = random.randrange(8)
    if kind == 0:
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", [row[0]])  # noqa: S608 - the same
    elif kind == 1:
        connection.execute(f"DELETE FROM {table} WHERE rowid >= ?", [row[0]])  # noqa: S608 - the same
    elif kind == 2:
        given = [*row[1:]]
        given[column] = _another(given[column], other[1 + column], random)
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", given)  # noqa: S608 - the same
    elif kind == 3 and random.random() < 0.3:
        connection.execute(random.choice((f"DROP TABLE {table}", f"ALTER TABLE {table} RENAME TO lost")))
    else:
        value = _another(row[1 + column], other[1 + column], random)
        query = f"UPDATE {table} SET {columns[column]} = ? WHERE rowid = ?"  # noqa: S608 - the same
        connection.execute(query, [value, row[0]])


def _another(value: Any, other: Any, random: Random) -> Any:
    """Another value: of another row, of another type, or the same one spoilt."""
    kind = random.randrange(4)
    if kind == 0:
        return other
    if kind == 1:
        return random.choice((None, 0, -1, 2**62, 1.5, "", b"", "x", b"\xff", "\x00", "2025-02-30T00:00:00.000Z"))
    if isinstance(value, bytes):
        return mutate(value, other if isinstance(other, bytes) else b"", random)
    if isinstance(value, str):
        return mutate(value.encode(), str(other).encode(), random).decode("utf-8", "replace")
    return value + random.choice((-1, 1, 7)) if isinstance(value, int) else other


DAMAGES: Final[tuple[Damage, ...]] = (
    *(_bytes(_flipped),) * 3,
    *(_bytes(_header), _bytes(_page), _bytes(_page), _bytes(_cut), _bytes(_record_bytes), _bytes(_record_bytes)),
    *(_log_beside,),
    *(_sql,) * 8,
)


def damaged(seed: str, number: int) -> Path:
    """The damaged database with this number: always the same for the same seed."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - damage, no secrets
    file = scratch() / "damaged.sqlite3"
    for beside in scratch().glob("damaged.sqlite3*"):
        if beside.is_file():
            beside.unlink()
    file.write_bytes(sound())
    random.choice(DAMAGES)(file, random)
    return file


def faults(seed: str, number: int, most_calls: int = 12) -> list[str]:
    """What is wrong with what the commands make of the damaged database with this number."""
    random = Random(f"{seed}/calls/{number}")  # noqa: S311 - a sample, no secrets
    file = damaged(seed, number)
    kept = {path.name: path.read_bytes() for path in scratch().glob("damaged.sqlite3*") if path.is_file()}
    now = stored(file)
    told: list[str] = []
    calls = [(*READS[0], run) for run in RUNS]
    calls += random.sample([(*call, run) for call in READS[1:] for run in RUNS] + list(LISTS), most_calls - len(RUNS))
    for call in calls:
        for name, data in kept.items():  # whoever reads may bring a database in order
            (scratch() / name).write_bytes(data)
        try:
            ended = _called(call, file)
            wrong = desk.complaint(ended)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            import traceback

            wrong = "".join(traceback.format_exception(error))
        else:
            wrong = wrong or _unsound(call, ended, now)
        if wrong:
            told.append(f"{' '.join(call)}: {wrong}")
    return told


def _unsound(call: tuple[str, ...], ended: desk.Ended, now: Mapping[Any, Stored] | None) -> str | None:
    """What differs and is shown as sound by this call; `None` if nothing does."""
    if ended.code != ExitCode.POSITIVE or call in LISTS:
        return None
    name = call[-1]
    was = stored_sound()[name]
    if now is None or name not in now:  # `sqlite3` cannot say what differs, so nothing may
        return None if _same(call, ended) else "it shows something else, and the tables cannot be read"
    if call[0] == "compare" and "run-1" in now:
        was_differs = [
            difference(stored_sound()[run], now[run]) or gone(stored_sound()[run], now[run]) for run in (name, "run-1")
        ]
        return None if any(was_differs) or _same(call, ended) else "it shows something else, though nothing differs"
    differs = difference(was, now[name])
    if call[0] == "verify":
        return f"{differs} differs, and it holds" if differs else None
    if _same(call, ended):
        return None
    if differs == "a document" and _only_clocks_are_gone(was, now[name]):
        differs = None  # that of today does where its digest is the one that the record pins
    if differs:
        return f"{differs} differs, and it is shown"
    return None if gone(was, now[name]) else "it shows something else, though nothing differs"


def _only_clocks_are_gone(was: Stored, now: Stored) -> bool:
    """Whether of the documents nothing is lacking but tables of the changes of the clocks, and none is another."""
    others = {name: data for name, data in was.documents.items() if now.documents.get(name) != data}
    return all(name not in now.documents and b"/offsets" in data for name, data in others.items())


def _same(call: tuple[str, ...], ended: desk.Ended) -> bool:
    """Whether it prints what it prints of the sound database; of a verdict, whether it is about the same record."""
    if call[0] == "verify":
        roots = [json.loads(one.out)["root"] for one in (ended, usual(call))]
        return bool(roots[0] == roots[1])
    return ended.out == usual(call).out
