"""Every column is in the chain, or compared with it, or no part of the record; and of each it is known which.

A new column fails here until it says where it stands and, if it is compared, until somebody changes it below and the
change is found.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, event
from sqlmodel import SQLModel

from incidentsim import composition
from incidentsim.domain.errors import InputError
from incidentsim.exports import formats
from incidentsim.exports.format_types import ExportFormat, ExportOptions
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.roster import RosterName
from incidentsim.ledger.store import RunInfo
from incidentsim.service import Service, context
from incidentsim.storage import open_store, tables
from incidentsim.storage.address import url_of_file
from incidentsim.storage.tables import STANDING, Standing
from tests.support.evidence import failed, key
from tests.support.record import Salts

COLUMNS: list[Column[Any]] = [column for table in SQLModel.metadata.sorted_tables for column in table.columns]
KEY = {"run", "head", "version"}
"""What something derived is keyed by, beside what it is about."""

RUN, OTHER = "run-1", "run-2"


@dataclass(frozen=True)
class Change:
    """A change of what is stored of RUN, and how it is found.

    Attributes:
        sql: what is done to the database, with its guards off.
        checks: of the checks that fail, these do.
        run: the run in which it shows, as it is called after the change.
    """

    sql: str
    checks: frozenset[str]
    run: str = RUN


def change(sql: str, *checks: str, run: str = RUN) -> Change:
    return Change(sql, frozenset(checks), run)


def replaced(old: str, new: str, where: str) -> str:
    """The statement that puts other bytes into entries."""
    return (
        "UPDATE entries SET data = CAST(replace(data, 'OLD', 'NEW') AS BLOB) WHERE ".replace("OLD", old).replace(
            "NEW", new
        )
        + where
    )


NAMES = {
    "THIS": "run = (SELECT number FROM runs WHERE id = 'run-1')",
    "LAST": "THIS AND seq = (SELECT MAX(seq) FROM entries WHERE THIS)",
    "FIRST_TEXT": "rowid = (SELECT MIN(rowid) FROM texts WHERE THIS)",
    "PLAYBOOK": "CAST(data AS TEXT) LIKE '%incidentsim/playbook/1%'",
    "SCENARIO": "CAST(data AS TEXT) LIKE '%incidentsim/scenario/1%'",
    "NOTHING": "sha256:" + "0" * 64,
}
"""The words in capitals that stand for conditions in the statements below; each may hold those before it."""

CHANGES: dict[str, list[Change]] = {
    "runs.number": [change("UPDATE runs SET number = 99 WHERE id = 'run-1'", "sequence")],
    "runs.id": [
        change("UPDATE runs SET id = 'run-9' WHERE id = 'run-1'", "run", "listing", run="run-9"),
        change(
            "UPDATE runs SET id = 'x' WHERE id = 'run-1'; UPDATE runs SET id = 'run-1' WHERE id = 'run-2'",
            *("run", "listing"),
        ),
    ],
    "runs.created": [change("UPDATE runs SET created = '2025-03-04T05:06:08.000Z'", "listing")],
    "runs.scenario": [change("UPDATE runs SET scenario = 'site-cameras'", "listing")],
    "runs.playbook": [change("UPDATE runs SET playbook = 'incident-command'", "listing")],
    "entries.run": [
        change("UPDATE entries SET run = 99 WHERE THIS AND seq = 3", "chain", "sequence"),
        change(
            "UPDATE entries SET run = 9 WHERE run = 1; UPDATE entries SET run = 1 WHERE run = 2;"
            "UPDATE entries SET run = 2 WHERE run = 9",
            "run",
        ),
        change("UPDATE entries SET run = 2, seq = 1000 WHERE LAST", "rows", "run", run=OTHER),
    ],
    "entries.seq": [
        change("UPDATE entries SET seq = seq + 5 WHERE LAST", "rows"),
        change(
            "UPDATE entries SET seq = -seq WHERE THIS AND seq >= 7;"
            "UPDATE entries SET seq = 5 - seq WHERE THIS AND seq < 0",
            "rows",
        ),
        change("UPDATE entries SET seq = -1 WHERE THIS AND seq = 0", "rows"),
        change(
            "INSERT INTO entries SELECT run, -1, hash, data FROM entries WHERE THIS AND seq = 3", "rows", "sequence"
        ),
    ],
    "entries.hash": [
        change("UPDATE entries SET hash = 'NOTHING' WHERE THIS AND seq = 4", "rows"),
        change("UPDATE entries SET hash = '' WHERE LAST", "rows"),
    ],
    "entries.data": [
        change(replaced('"at":', '"at":1', "THIS AND seq = 5"), "chain", "rows"),
        change(replaced('"at":', '"at":1', "LAST"), "rows"),
        change(replaced("exercise_ended", "incident_raised", "LAST"), "rows"),
        change(replaced('"source":"engine"', '"source":"person"', "THIS AND seq = 1"), "chain", "rows"),
        change(replaced('"recorded":"2025', '"recorded":"2024', "THIS AND seq = 0"), "chain", "rows", "listing"),
    ],
    "texts.run": [change("UPDATE texts SET run = 2, pointer = pointer || 'x' WHERE FIRST_TEXT", "texts", run=OTHER)],
    "texts.seq": [
        change("UPDATE texts SET seq = 0 WHERE FIRST_TEXT", "texts"),
        change("UPDATE texts SET seq = -1 WHERE FIRST_TEXT", "texts"),
        change("UPDATE texts SET seq = 9999 WHERE FIRST_TEXT", "texts"),
        change("DELETE FROM entries WHERE THIS AND seq >= (SELECT MAX(seq) FROM texts WHERE THIS)", "texts"),
    ],
    "texts.pointer": [change("UPDATE texts SET pointer = pointer || 'x' WHERE FIRST_TEXT", "texts")],
    "texts.salt": [change("UPDATE texts SET salt = zeroblob(32) WHERE FIRST_TEXT", "texts")],
    "texts.bilingual": [change("UPDATE texts SET bilingual = 1 - bilingual WHERE FIRST_TEXT", "texts")],
    "texts.words": [
        change("UPDATE texts SET words = CAST('nothing happened' AS BLOB), bilingual = 0 WHERE FIRST_TEXT", "texts"),
        change("UPDATE texts SET words = 'text' WHERE FIRST_TEXT", "texts"),
    ],
    "roster.run": [
        change(
            "UPDATE roster SET run = 9 WHERE run = 1; UPDATE roster SET run = 1 WHERE run = 2;"
            "UPDATE roster SET run = 2 WHERE run = 9",
            "people",
        )
    ],
    "roster.pseudonym": [
        change(
            "UPDATE roster SET pseudonym = 'x' WHERE THIS AND pseudonym = 'p1';"
            "UPDATE roster SET pseudonym = 'p1' WHERE THIS AND pseudonym = 'p2';"
            "UPDATE roster SET pseudonym = 'p2' WHERE THIS AND pseudonym = 'x'",
            *("people", "cast"),
        ),
        change("UPDATE roster SET pseudonym = 'p99' WHERE THIS AND pseudonym = 'p1'", "people", "cast"),
    ],
    "roster.name": [
        change(
            "UPDATE roster SET name = (SELECT name FROM roster WHERE THIS AND pseudonym = 'p2')"
            " WHERE THIS AND pseudonym = 'p1'",
            *("people", "cast"),
        ),
        change("UPDATE roster SET name = CAST(name || ' ' AS BLOB) WHERE THIS", "people"),
    ],
    "roster.salt": [
        change("UPDATE roster SET salt = zeroblob(32) WHERE THIS AND pseudonym = 'p2'", "people"),
        change("UPDATE roster SET salt = NULL WHERE THIS AND pseudonym = 'p2'", "people"),
    ],
    "documents.digest": [change("UPDATE documents SET digest = 'NOTHING' WHERE SCENARIO", "scenario")],
    "documents.data": [
        change("UPDATE documents SET data = CAST(data || '#' AS BLOB) WHERE PLAYBOOK", "playbook"),
        change("UPDATE documents SET data = CAST(data || '#' AS BLOB) WHERE SCENARIO", "scenario"),
    ],
}
ALL = [pytest.param(one, id=f"{name}-{number}") for name, many in CHANGES.items() for number, one in enumerate(many)]

FIRST = [pytest.param(many[0], id=name) for name, many in CHANGES.items()]
"""One change of each column, where trying all of them is left to the slow tests."""


def service_on(file: Path) -> Service:
    numbers = count(1)
    return Service(
        library=composition.library(),
        store=open_store(url_of_file(file)),
        now=lambda: datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
        new_id=lambda: f"run-{next(numbers)}",
        salts=Salts(),
        program="incidentsim test",
    )


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two runs of one scenario whose guards are off, as for its owner."""
    file = tmp_path_factory.mktemp("sound") / "runs.sqlite3"
    service = service_on(file)
    for _ in (RUN, OTHER):
        service.exercises.replay("false-alarm")
    SOUND[:] = service.records.runs()
    service.records._context.store.close()
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("INSERT INTO desk SELECT number, 'draft', CAST('[1]' AS BLOB) FROM runs")
    connection.close()
    return file


@pytest.fixture
def file(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "runs.sqlite3"))


@pytest.fixture
def service(file: Path) -> Iterator[Service]:
    service = service_on(file)
    yield service
    service.records._context.store.close()


def do(file: Path, sql: str) -> None:
    for name, meaning in reversed(NAMES.items()):
        sql = sql.replace(name, meaning)
    connection = sqlite3.connect(file)
    connection.executescript("PRAGMA synchronous = OFF;" + sql)
    connection.commit()
    assert connection.total_changes
    connection.close()


def standing(column: Column[Any]) -> Standing | None:
    return column.info.get(STANDING)


def name_of(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"


def test_every_column_says_where_it_stands() -> None:
    assert [name_of(column) for column in COLUMNS if standing(column) not in set(Standing)] == []


def test_every_column_that_is_compared_is_changed_here() -> None:
    held = {name_of(column) for column in COLUMNS if standing(column) in {Standing.CHAIN, Standing.COMPARED}}
    assert set(CHANGES) == held
    assert all(CHANGES.values())


def test_what_is_derived_is_keyed_by_run_head_and_version_and_stands_alone() -> None:
    for table in SQLModel.metadata.sorted_tables:
        if Standing.DERIVED in {standing(column) for column in table.columns}:
            assert {standing(column) for column in table.columns} == {Standing.DERIVED}, table.name
            assert {column.name for column in table.primary_key} >= KEY, table.name
    for table in (tables.DESK, tables.LABELS, tables.REMOVALS):
        assert {tables.Standing.OWN} == {standing(column) for column in table.columns}, table.name


@pytest.mark.parametrize("run", [RUN, OTHER])
def test_what_nobody_changed_holds(run: str, service: Service) -> None:
    findings = service.records.verify(run)
    assert findings.holds
    assert {"listing", "rows", "people", "cast", "playbook", "scenario", "texts"} <= {c.name for c in findings.checks}
    assert "run-1" in b"".join(service.exports.source(RUN).log()).decode()


@pytest.mark.parametrize("changed", ALL)
def test_a_change_of_any_column_is_found_and_located(changed: Change, file: Path, service: Service) -> None:
    do(file, changed.sql)
    findings = service.records.verify(changed.run)
    assert failed(findings) >= changed.checks
    for check in findings.checks:
        if check.name in {"listing", "rows"} and not check.holds:
            table, _dot, column = check.expected.partition("  ")[0].partition(".")
            assert (table, column) == (check.found.partition("  ")[0].partition(".")[::2])
            assert column in SQLModel.metadata.tables[table].columns
            assert check.seq is not None or table == "runs"


def test_whatever_the_list_of_runs_shows_is_among_them(sound: Path, tmp_path: Path) -> None:
    """A damaged or changed line of the list would otherwise be shown as sound, and nothing would tell."""
    seen = set[str]()
    for number, changed in enumerate(changed for many in CHANGES.values() for changed in many):
        file = Path(shutil.copy(sound, tmp_path / f"{number}.sqlite3"))
        do(file, changed.sql)
        with closing(open_store(url_of_file(file))) as store:
            lines = store.runs()
        seen |= {part.name for part in fields(RunInfo) for line in lines if unlike(line, part.name)}
    assert seen == {part.name for part in fields(RunInfo)}


SOUND: list[RunInfo] = []
"""The list of runs before anything is changed."""


def unlike(line: RunInfo, part: str) -> bool:
    """Whether a line of the list shows in one part what no sound line shows there."""
    values = [asdict(known)[part] for known in SOUND]
    return asdict(line)[part] not in values


def refused(row: ExportFormat, service: Service, run: str) -> bool:
    """Whether a run is not written in a format; nothing but an error for people is taken for that."""
    try:
        blocks = row.blocks(service.exports.source(run), ExportOptions())
        return not b"".join(blocks)
    except (RecordFaultError, InputError):
        return True


WAYS = ("script", "jsonl", "aar-md")
"""Formats that are made in different ways from a record; all others are made in one of these."""


@pytest.mark.parametrize("changed", FIRST)
def test_no_export_is_made_of_a_record_that_contradicts_itself(
    changed: Change, file: Path, service: Service, tmp_path: Path
) -> None:
    do(file, changed.sql)
    ways = [row for row in formats.FORMATS if row.name in WAYS]
    assert len(ways) == len(WAYS)
    assert [row.name for row in ways if not refused(row, service, changed.run)] == []
    with pytest.raises((RecordFaultError, InputError)):
        service.records.show(changed.run)
    with pytest.raises((RecordFaultError, InputError)):
        service.exports.bundle(changed.run, tmp_path / "b.zip", key())
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.slow
@pytest.mark.parametrize("changed", ALL)
def test_nor_in_any_other_format(changed: Change, file: Path, service: Service, tmp_path: Path) -> None:
    do(file, changed.sql)
    with pytest.raises((RecordFaultError, InputError)):
        service.records.show(changed.run)
    with pytest.raises((RecordFaultError, InputError)):
        service.exports.bundle(changed.run, tmp_path / "b.zip", key())
    assert [row.name for row in formats.FORMATS if row.make and not refused(row, service, changed.run)] == []


def test_a_roster_of_an_earlier_version_is_compared_with_the_scenario(
    file: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its names are not pinned; the scenario is. So an exchange is found, and no export is made."""
    monkeypatch.setattr(context, "pins_of", lambda _roster: {})
    monkeypatch.setattr(context, "salted", lambda names, _salts: {who: RosterName(name) for who, name in names.items()})
    do(file, "DELETE FROM desk; DELETE FROM texts; DELETE FROM roster; DELETE FROM entries; DELETE FROM runs")
    service.exercises.replay("false-alarm")
    findings = service.records.verify(RUN)
    assert findings.holds
    assert "people" in findings.not_checked
    do(file, CHANGES["roster.pseudonym"][0].sql)
    assert failed(service.records.verify(RUN)) == {"cast"}
    do(file, CHANGES["roster.pseudonym"][0].sql)
    assert service.records.verify(RUN).holds  # back in its place
    do(file, "DELETE FROM roster WHERE pseudonym = 'p2'")
    assert failed(service.records.verify(RUN)) == {"cast"}
    do(file, "UPDATE roster SET pseudonym = 'p2' WHERE pseudonym = 'p1'")
    with pytest.raises(RecordFaultError, match=r"roster\.name holds for p2"):
        service.records.show(RUN)
    assert all(refused(row, service, RUN) for row in formats.FORMATS if row.name in WAYS)


def test_a_name_that_is_missing_among_others_is_found_and_a_whole_roster_left_out_is_told(
    file: Path, service: Service
) -> None:
    do(file, "DELETE FROM roster WHERE THIS AND pseudonym = 'p2'")
    assert "cast" in failed(service.records.verify(RUN))
    do(file, "DELETE FROM roster WHERE THIS")
    findings = service.records.verify(RUN)
    assert not findings.holds or "roster" in findings.not_checked


@contextmanager
def asked() -> Iterator[list[str]]:
    """The statements that databases are asked meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def beside_the_record(statements: list[str]) -> set[str]:
    """The tables among those asked for that hold what is derived or people's own."""
    hidden = {column.table.name for column in COLUMNS if standing(column) in {Standing.OWN, Standing.DERIVED}}
    words = {word.strip('"(),') for statement in statements for word in statement.replace(".", " ").split()}
    assert "desk" in hidden
    assert "entries" in words
    return words & hidden


def test_neither_what_is_derived_nor_what_people_keep_for_themselves_is_ever_read(
    service: Service, tmp_path: Path
) -> None:
    """Seen at the database: whatever verifies, shows, exports, bundles or evaluates a run asks no such table."""
    with asked() as statements:
        assert service.records.verify(RUN).holds
        service.records.show(RUN)
        service.exports.bundle(RUN, tmp_path / "b.zip", key())
        service.evaluations.evaluate(RUN)
        for row in formats.FORMATS:
            if row.name in WAYS:
                assert not refused(row, service, RUN)
    assert beside_the_record(statements) == set()


@pytest.mark.slow
def test_nor_is_it_read_for_any_other_format_or_comparison(service: Service) -> None:
    with asked() as statements:
        assert [row.name for row in formats.FORMATS if row.make and refused(row, service, RUN)] == []
        service.evaluations.compare(RUN, OTHER)
    assert beside_the_record(statements) == set()


def test_reading_one_of_them_would_be_seen(service: Service) -> None:
    with asked() as statements:
        service.records.verify(RUN)
        service.records._context.store.desk(RUN)
        service.evaluations.improvements()
    assert beside_the_record(statements) == {"desk", "derived"}


def test_a_run_is_understood_from_what_is_stored_with_it_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are stored resolved: nothing that a run rests on is looked up elsewhere afterwards."""
    whole = service_on(file)
    told = whole.records.show(RUN)

    def gone(*_given: object, **_more: object) -> None:
        raise AssertionError("the library is asked for a definition")

    for name in ("playbook", "scenario"):
        monkeypatch.setattr(type(whole.records._context.library), name, gone)
    alone = service_on(file)
    assert alone.records.show(RUN) == told
    assert alone.exercises.resume(RUN).report == told.report
    assert alone.records.verify(RUN).holds
    for store in (whole, alone):
        store.records._context.store.close()
