"""Whatever fails around the program is told in a sentence, and nothing acknowledged is lost by it."""

import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import IncidentsimError, SurroundingsError
from incidentsim.ledger.digests import digest
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import open_store, sqlite_file
from incidentsim.storage.address import url_of_file
from incidentsim.storage.writer import SqlRunWriter
from tests.support.examples import examples
from tests.support.postgres import fresh_schema, server_address
from tests.support.record import PLAYBOOK, SCENARIO, Scribe, begin, record, some_facts

Opener = Callable[[str], LedgerStore]


def told(error: pytest.ExceptionInfo[SurroundingsError]) -> str:
    """What a person reads: one sentence or two on one line, with nothing of the libraries in it."""
    words = str(error.value)
    assert words[-1] in ".]" or ": " in words
    assert "\n" not in words
    assert not any(name in words for name in ("sqlalche.me", "Traceback", "(sqlite3", "(psycopg", "SELECT"))
    return words


def test_a_folder_is_no_database(tmp_path: Path, opening: Opener) -> None:
    store = opening(url_of_file(tmp_path))
    with pytest.raises(SurroundingsError) as reading:
        store.runs()
    with pytest.raises(SurroundingsError) as writing:
        begin(store, "r1")
    assert told(reading) == told(writing)
    assert "is a folder. Name a file in it, such as" in told(reading)


def test_a_file_cannot_be_a_folder(tmp_path: Path, opening: Opener) -> None:
    (tmp_path / "file").touch()
    store = opening(url_of_file(tmp_path / "file" / "runs.sqlite3"))
    with pytest.raises(SurroundingsError) as caught:
        begin(store, "r1")
    assert "runs.sqlite3" in told(caught)


@pytest.mark.parametrize("data", [b"just a text\n" * 500, b"\x00" * 5000, b"PK\x03\x04" + b"\xff" * 3000])
def test_another_kind_of_file_is_no_database(data: bytes, file: Path, opening: Opener) -> None:
    file.write_bytes(data)
    with pytest.raises(SurroundingsError) as caught:
        opening(url_of_file(file)).runs()
    assert "is not a database" in told(caught)
    with pytest.raises(SurroundingsError):
        begin(opening(url_of_file(file)), "r1")
    assert file.read_bytes() == data


def test_a_full_disk_is_told_and_the_log_is_as_before(file: Path, opening: Opener) -> None:
    store = opening(url_of_file(file))
    begin(store, "r1")
    scribe = Scribe("r1")
    with store.writer("r1") as writer:
        head = writer.append(*scribe.write(*some_facts(3)))
        assert isinstance(writer, SqlRunWriter)
        connection = writer._connection
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite makes that the pages it has
        connection.rollback()
        with pytest.raises(SurroundingsError) as caught:
            writer.append(*scribe.write(*some_facts(2_000)))
        assert "is full. What was recorded before is kept." in told(caught)
        assert writer.head() == head
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.rollback()
        scribe = Scribe("r1", head)
        head = writer.append(*scribe.write(*some_facts(2)))
    assert verify_chain(store.entries("r1"), head=head).holds


def test_a_step_that_cannot_be_stored_whole_is_not_stored_at_all(address: str, opening: Opener) -> None:
    """The entries are in, then the second of three texts fails."""
    store = opening(address)
    begin(store, "r1")
    with store.writer("r1") as writer:
        scribe = Scribe("r1")
        head = writer.append(*scribe.write(*some_facts(1)))
        entries, texts = scribe.write(*some_facts(4))
        with pytest.raises(SurroundingsError):
            writer.append(entries, [texts[0], texts[1], texts[1], texts[2]])
        assert writer.head() == head
        assert store.find("r1").entries == 1
        assert len(list(store.texts("r1"))) == 2
        assert writer.append(entries, texts).size == 5


def test_a_database_locked_by_another_program_is_told(
    file: Path, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    store = opening(url_of_file(file))
    begin(store, "r1")
    stranger = sqlite3.connect(file, isolation_level=None)
    try:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(SurroundingsError) as caught:
            begin(store, "r2")
        assert "is locked by another program" in told(caught)
        assert [run.id for run in store.runs()] == ["r1"]
        stranger.execute("COMMIT")
        begin(store, "r2")
    finally:
        stranger.close()


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may write everywhere, so root becomes somebody else for a while."""
    if not hasattr(os, "setresuid"):
        pytest.skip("this system cannot take permissions away from a process for a while")
    if os.geteuid() != 0:
        yield
        return
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others can reach too; pytest's own are closed to them."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("mode", [0o755, 0o555], ids=["folder of another", "read-only folder"])
def test_a_record_that_may_not_be_written_can_still_be_read(mode: int, open_folder: Path, opening: Opener) -> None:
    file = open_folder / "runs.sqlite3"
    first = open_store(url_of_file(file))
    head = record(first, "r1", some_facts(5))
    first.close()
    file.chmod(0o644)  # its owner lets others read it
    if os.geteuid() != 0:
        file.chmod(0o444)
        mode = 0o555
    open_folder.chmod(mode)
    with without_privileges():
        store = opening(url_of_file(file))
        assert store.find("r1").entries == 5
        assert verify_chain(store.entries("r1"), texts=store.texts("r1"), head=head).holds
        assert store.document(digest(PLAYBOOK)) == PLAYBOOK
        with pytest.raises(SurroundingsError) as creating:
            begin(store, "r2")
        assert "can only be read" in told(creating)
        with pytest.raises(SurroundingsError) as writing, store.writer("r1"):
            pass
        assert "can only be read" in told(writing)
        store.close()
    assert not list(open_folder.glob("runs.sqlite3-[ws]*"))


def test_a_database_that_may_not_be_read_is_told(open_folder: Path, opening: Opener) -> None:
    file = open_folder / "runs.sqlite3"
    first = open_store(url_of_file(file))
    record(first, "r1", some_facts(2))
    first.close()
    file.chmod(0)
    with without_privileges(), pytest.raises(SurroundingsError) as caught:
        opening(url_of_file(file)).runs()
    assert "cannot be opened" in told(caught)


def test_a_new_database_where_nothing_may_be_made_is_told(open_folder: Path, opening: Opener) -> None:
    open_folder.chmod(0o555)
    with without_privileges():
        for file in (open_folder / "runs.sqlite3", open_folder / "deeper" / "runs.sqlite3"):
            store = opening(url_of_file(file))
            assert store.runs() == ()
            with pytest.raises(SurroundingsError) as caught:
                begin(store, "r1")
            assert str(file) in told(caught)


def test_a_server_that_is_not_there_is_told_without_the_password(opening: Opener) -> None:
    pytest.importorskip("psycopg")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        port = taken.getsockname()[1]
        store = opening(f"postgresql://lin:s3cret@127.0.0.1:{port}/runs")
        with pytest.raises(SurroundingsError) as caught:
            store.runs()
        assert f"The database server at postgresql://lin:***@127.0.0.1:{port}/runs cannot be reached" in told(caught)
        assert "s3cret" not in told(caught)


def test_a_missing_driver_is_told_with_what_to_install(opening: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SurroundingsError, match=r'pip install "incidentsim\[postgres\]"'):
        opening("postgresql://lin@127.0.0.1/runs").runs()


@pytest.mark.postgres
def test_a_wrong_password_or_database_is_told(opening: Opener) -> None:
    from sqlalchemy import make_url

    url = make_url(server_address())
    for wrong in (url.set(password="s3" + "cret"), url.set(database="nowhere")):
        with pytest.raises(SurroundingsError) as caught:
            opening(wrong.render_as_string(hide_password=False)).runs()
        assert "cannot be reached or does not let you in" in told(caught)
        assert "s3cret" not in told(caught)


@pytest.mark.postgres
def test_a_lost_server_is_told_and_the_run_goes_on_later(opening: Opener) -> None:
    import psycopg

    with fresh_schema() as address:
        store = opening(address)
        begin(store, "r1")
        scribe = Scribe("r1")
        with store.writer("r1") as writer:
            head = writer.append(*scribe.write(*some_facts(3)))
            with psycopg.connect(address, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                    "AND application_name = current_setting('application_name')"
                )
            step = scribe.write(*some_facts(2))
            with pytest.raises(SurroundingsError) as lost:
                writer.append(*step)
            assert "cannot be reached" in told(lost)
            # The connection that held the lock is gone, and another one must not write in its place.
            with pytest.raises(SurroundingsError) as still:
                writer.append(*step)
            assert "was lost. Go on with the run by its id." in told(still)
            with opening(address).writer("r1") as second:
                assert second.head() == head
        store.close()


def test_a_changed_document_is_found(file: Path, opening: Opener) -> None:
    record(opening(url_of_file(file)), "r1", some_facts(2))
    stranger = sqlite3.connect(file)
    with stranger:
        stranger.execute("DROP TRIGGER documents_no_update")
        stranger.execute("UPDATE documents SET data = x'00' WHERE digest = ?", [digest(SCENARIO)])
    stranger.close()
    with pytest.raises(RecordFaultError, match="is another one now"):
        opening(url_of_file(file)).document(digest(SCENARIO))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a sound database."""
    file = tmp_path_factory.mktemp("pristine") / "runs.sqlite3"
    store = open_store(url_of_file(file))
    record(store, "r1", some_facts(6), some_facts(3))
    store.close()
    return file.read_bytes()


@examples(40)
@given(data=st.data())
def test_a_damaged_file_is_told_and_never_crashes(data: st.DataObject, pristine: bytes) -> None:
    """Bytes changed anywhere, or the end missing: never anything but an error of our own."""
    damaged = bytearray(pristine)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del damaged[data.draw(st.integers(0, len(damaged))) :]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "runs.sqlite3"
        file.write_bytes(damaged)
        store = open_store(url_of_file(file))
        for ask in (
            store.runs,
            lambda: store.find("r1"),
            lambda: verify_chain(store.entries("r1"), texts=store.texts("r1")),
            lambda: store.roster("r1"),
            lambda: store.document(digest(PLAYBOOK)),
            lambda: write_on(store),
        ):
            with suppress(IncidentsimError):
                ask()
        store.close()


def write_on(store: LedgerStore) -> None:
    with store.writer("r1") as writer:
        writer.append(*Scribe("r1", writer.head()).write(*some_facts(2)))
