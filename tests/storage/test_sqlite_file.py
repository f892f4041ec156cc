"""Records are read where SQLite cannot open the file in the usual way, and nothing is read half."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.domain.errors import SurroundingsError
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import sqlite_file
from incidentsim.storage.address import parse_address, url_of_file
from incidentsim.storage.database import Database
from incidentsim.storage.sqlite_file import Way
from tests.support.record import Scribe, begin, record, some_facts

Opener = Callable[[str], LedgerStore]


@pytest.fixture
def unusual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disks on which nothing is read in the usual way."""
    usual = sqlite_file.ways_to_read
    monkeypatch.setattr(sqlite_file, "ways_to_read", lambda file: [way for way in usual(file) if way is not Way.USUAL])


def beside(file: Path) -> set[str]:
    return {path.name for path in file.parent.iterdir() if path.is_file()}


@pytest.mark.usefixtures("unusual")
def test_a_file_without_a_log_is_read_as_if_it_could_not_change(file: Path, opening: Opener) -> None:
    first = opening(url_of_file(file))
    head = record(first, "r1", some_facts(5))
    first.close()
    store = opening(url_of_file(file))
    assert verify_chain(store.entries("r1"), texts=store.texts("r1"), head=head).holds
    assert beside(file) == {file.name}


@pytest.mark.usefixtures("unusual")
def test_a_file_with_a_log_is_read_with_it(file: Path, tmp_path: Path, opening: Opener) -> None:
    """As after a kill: what was recorded last is only in the log."""
    first = opening(url_of_file(file))
    record(first, "r1", some_facts(5))
    first.close()
    with first.writer("r1") as writer:
        head = writer.append(*Scribe("r1", writer.head()).write(*some_facts(3)))
        copy = tmp_path / "copy" / file.name
        copy.parent.mkdir()
        for end in ("", "-wal"):
            shutil.copy(f"{file}{end}", f"{copy}{end}")
    store = opening(url_of_file(copy))
    assert verify_chain(store.entries("r1"), texts=store.texts("r1"), head=head).holds
    assert f"{copy.name}-shm" not in beside(copy)
    again = opening(url_of_file(copy))  # while the first is open: it keeps nobody out once it has read
    assert again.find("r1").entries == 8


@pytest.mark.usefixtures("unusual")
def test_what_changes_after_all_is_read_anew(file: Path, opening: Opener) -> None:
    writing, reading = opening(url_of_file(file)), opening(url_of_file(file))
    record(writing, "r1", some_facts(2))
    writing.close()
    assert [info.id for info in reading.runs()] == ["r1"]
    begin(writing, "r2")
    writing.close()
    assert [info.id for info in reading.runs()] == ["r1", "r2"]


@pytest.mark.usefixtures("unusual")
def test_what_changes_while_it_is_read_is_told(file: Path, opening: Opener) -> None:
    writing, reading = opening(url_of_file(file)), Database(parse_address(url_of_file(file)))
    record(writing, "r1", some_facts(2))
    writing.close()
    with pytest.raises(SurroundingsError, match="was written while it was read"), reading.reading():
        begin(writing, "r2")
    reading.close()


def test_a_database_that_another_program_has_to_itself_is_told_and_not_read_past_its_lock(
    file: Path, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    first = opening(url_of_file(file))
    record(first, "r1", some_facts(2))
    first.close()
    stranger = sqlite3.connect(file, isolation_level=None)
    try:
        stranger.execute("PRAGMA locking_mode = EXCLUSIVE")
        stranger.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SurroundingsError, match="is locked by another program"):
            opening(url_of_file(file)).runs()
    finally:
        stranger.close()
    assert opening(url_of_file(file)).find("r1").entries == 2
