"""A database of any earlier version becomes one of today by itself, and one of tomorrow is left alone."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from incidentsim.domain.errors import SurroundingsError
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import schema, sqlite_file, tables
from incidentsim.storage.address import parse_address, url_of_file
from tests.support.record import begin, record, some_facts

Opener = Callable[[str], LedgerStore]
MIGRATIONS = Path(schema.__file__).parent / "migrations"


def test_the_steps_are_one_line_that_ends_today() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [schema.TODAY]
    assert [script.revision for script in scripts.walk_revisions()][-1] == "0001"


def test_the_steps_build_what_the_table_classes_declare(address: str, opening: Opener) -> None:
    begin(opening(address), "r1")
    assert tables.ENTRIES in SQLModel.metadata.sorted_tables
    engine = create_engine(parse_address(address))
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, SQLModel.metadata) == []
    finally:
        engine.dispose()


def test_reading_makes_no_database(file: Path, opening: Opener) -> None:
    assert opening(url_of_file(file)).runs() == ()
    assert not file.exists()


def test_an_empty_file_reads_like_no_database_and_becomes_one(file: Path, opening: Opener) -> None:
    file.touch()
    store = opening(url_of_file(file))
    assert store.runs() == ()
    assert file.stat().st_size == 0
    begin(store, "r1")
    assert [run.id for run in store.runs()] == ["r1"]


def set_version(file: Path, version: str) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [version])
    connection.close()


def test_a_database_of_a_newer_version_is_left_alone_with_a_sentence(file: Path, opening: Opener) -> None:
    store = opening(url_of_file(file))
    record(store, "r1", some_facts(2))
    store.close()
    set_version(file, "9999")
    kept = file.read_bytes()
    told = "tables of version 9999; this program knows them up to " + schema.TODAY
    with pytest.raises(SurroundingsError, match=told):
        opening(url_of_file(file)).runs()
    with pytest.raises(SurroundingsError, match=told):
        begin(opening(url_of_file(file)), "r2")
    assert file.read_bytes() == kept


VERSIONS = "CREATE TABLE alembic_version (version_num)"


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE bookmarks (url)"],
        ["CREATE VIEW runs AS SELECT 1 AS id"],
        ["PRAGMA user_version = 7"],
        ["PRAGMA application_id = 7"],
        [VERSIONS, "INSERT INTO alembic_version VALUES ('0002')", "CREATE TABLE users (name)"],
        [VERSIONS, "INSERT INTO alembic_version VALUES ('0001')", "CREATE TABLE runs (id)"],
        [VERSIONS, "INSERT INTO alembic_version VALUES ('ae1027a6acf')", "CREATE TABLE runs (id)"],
        [VERSIONS, "CREATE TABLE desk (drawer)"],
    ],
    ids=lambda statements: statements[-1],
)
def test_a_database_of_another_program_is_left_alone(statements: list[str], file: Path, opening: Opener) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    kept = file.read_bytes()
    told = "a database of another program|tables that are not those of incidentsim"
    with pytest.raises(SurroundingsError, match=told):
        opening(url_of_file(file)).runs()
    with pytest.raises(SurroundingsError, match=told):
        begin(opening(url_of_file(file)), "r1")
    assert file.read_bytes() == kept


TOMORROW = """
import sqlalchemy as sa
from alembic import op

revision = "tomorrow"
down_revision = "{today}"


def upgrade() -> None:
    op.add_column("runs", sa.Column("place", sa.String(), nullable=False, server_default="here"))
    {more}
"""


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this the program of tomorrow, whose tables have one more column."""

    def come(more: str) -> None:
        folder = tmp_path / "100% migrations"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "v9999_place.py").write_text(
            TOMORROW.format(today=schema.TODAY, more=more), encoding="utf-8"
        )
        monkeypatch.setattr(schema, "_MIGRATIONS", folder)
        monkeypatch.setattr(schema, "TODAY", "tomorrow")

    return come


@pytest.mark.parametrize("first", ["read", "write"])
def test_an_older_database_is_brought_up_to_date_with_all_it_holds(
    first: str, address: str, opening: Opener, tomorrow: Callable[[str], None]
) -> None:
    head = record(opening(address), "r1", some_facts(5))
    opening(address).close()
    tomorrow("")
    store = opening(address)
    if first == "write":
        begin(store, "r2")
    assert store.runs()[0].id == "r1"
    assert verify_chain(store.entries("r1"), texts=store.texts("r1"), head=head).holds
    assert opening(address).find("r1").entries == 5


def test_a_step_that_fails_leaves_the_database_as_it_was(
    address: str, opening: Opener, tomorrow: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(opening(address), "r1", some_facts(5))
    tomorrow("op.execute('SELECT nonsense FROM nowhere')")
    with pytest.raises(SurroundingsError, match=r"failed: .*nowhere"):
        opening(address).runs()
    monkeypatch.undo()  # back to the program of today
    assert opening(address).find("r1").entries == 5


def test_an_older_database_that_cannot_be_changed_is_told(
    file: Path, opening: Opener, tomorrow: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opening(url_of_file(file))
    record(store, "r1", some_facts(5))
    store.close()
    tomorrow("")
    monkeypatch.setattr(sqlite_file, "may_write", lambda _file: False)
    with pytest.raises(SurroundingsError, match="of an older version and cannot be brought up to date there"):
        opening(url_of_file(file)).runs()


CREATE = """
import sys
from incidentsim.storage import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for n in range(3):
    store.create(f"{sys.argv[2]}-{n}", created="2026-05-01T08:00:00.000Z", scenario="s", playbook="p", documents=[b"x"])
store.close()
"""


PROGRAMS = 3


@pytest.mark.slow
def test_many_programs_may_begin_on_one_new_database_at_once(address: str, opening: Opener) -> None:
    command = [sys.executable, "-W", "error", "-c", CREATE, address]
    programs = [
        subprocess.Popen([*command, f"p{n}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(PROGRAMS)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()
    assert [program.returncode for program in programs] == [0] * PROGRAMS
    assert len(opening(address).runs()) == 3 * PROGRAMS
