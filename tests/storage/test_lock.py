"""A run has one writer, by whatever name its database is reached; and who finds it taken waits a while."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from incidentsim.domain.errors import RunBusyError, SurroundingsError
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import lock, open_store
from incidentsim.storage import store as stores
from incidentsim.storage.address import url_of_file
from tests.support.postgres import fresh_schema
from tests.support.record import ENDED, Scribe, begin, record, some_facts

Opener = Callable[[str], LedgerStore]

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need privileges there")
needs_identities = pytest.mark.skipif(sys.platform != "linux", reason="a file's identity is locked on Linux only")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a database in it, which has an unfinished run."""
    folder = tmp_path / "home"
    folder.mkdir()
    store = open_store(url_of_file(folder / "runs.sqlite3"))
    record(store, "r1", some_facts(3))
    store.close()
    return folder


def link(path: Path, to: Path) -> Path:
    path.symlink_to(to)
    return path


NAMES: dict[str, Callable[[Path], str]] = {
    "the same": lambda home: url_of_file(home / "runs.sqlite3"),
    "through its own folder": lambda home: url_of_file(home / ".." / "home" / "." / "runs.sqlite3"),
    "with more slashes": lambda home: f"sqlite:///{home.as_posix()}//runs.sqlite3",
    "relative": lambda home: f"sqlite:///{Path(os.path.relpath(home / 'runs.sqlite3')).as_posix()}",
    "a link to the file": lambda home: url_of_file(link(home.parent / "other.sqlite3", home / "runs.sqlite3")),
    "a link beside it": lambda home: url_of_file(link(home / "other.sqlite3", Path("runs.sqlite3"))),
    "a link to its folder": lambda home: url_of_file(link(home.parent / "elsewhere", home) / "runs.sqlite3"),
    "a link to a link": lambda home: url_of_file(
        link(home.parent / "again", link(home.parent / "other", home / "runs.sqlite3"))
    ),
}


@needs_links
@pytest.mark.parametrize("name", list(NAMES))
def test_a_run_has_one_writer_by_whatever_name_its_database_is_reached(name: str, home: Path, opening: Opener) -> None:
    first, second = opening(url_of_file(home / "runs.sqlite3")), opening(NAMES[name](home))
    for holder, other in ((first, second), (second, first)):
        with holder.writer("r1"), pytest.raises(RunBusyError), other.writer("r1", patience=0):
            pass
    with second.writer("r1") as writer:
        assert writer.head().size == 3


@needs_identities
@pytest.mark.parametrize("place", ["home/other.sqlite3", "other.sqlite3"])
def test_a_file_that_gets_a_second_name_still_has_one_writer_a_run(place: str, home: Path, opening: Opener) -> None:
    first = opening(url_of_file(home / "runs.sqlite3"))
    with first.writer("r1"):
        (home.parent / place).hardlink_to(home / "runs.sqlite3")
        second = opening(url_of_file(home.parent / place))
        with pytest.raises(RunBusyError), second.writer("r1", patience=0):
            pass


@needs_identities
def test_a_file_with_several_names_is_open_in_one_program_at_a_time(home: Path, opening: Opener) -> None:
    """SQLite keeps a log by the name of the file, so two names would damage it."""
    other = home.parent / "other.sqlite3"
    other.hardlink_to(home / "runs.sqlite3")
    first, second = opening(url_of_file(home / "runs.sqlite3")), opening(url_of_file(other))
    assert first.find("r1").entries == 3
    for ask in (second.runs, lambda: begin(second, "r2")):
        with pytest.raises(SurroundingsError, match=r"has several names \(hard links\)"):
            ask()
    begin(first, "r2")
    first.close()
    assert [info.id for info in second.runs()] == ["r1", "r2"]
    with second.writer("r1") as writer:
        writer.append(*Scribe("r1", writer.head()).write(*some_facts(1)))


@needs_links
def test_a_file_with_several_names_is_not_written_where_names_cannot_be_told_apart(
    home: Path, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "other.sqlite3").hardlink_to(home / "runs.sqlite3")
    monkeypatch.setattr(sys, "platform", "some other")
    store = opening(url_of_file(home / "runs.sqlite3"))
    assert store.find("r1").entries == 3
    with pytest.raises(SurroundingsError, match="several names"), store.writer("r1"):
        pass


@contextmanager
def mounted(source: Path, target: Path) -> Iterator[None]:
    """A file or folder that is seen in a second place, where this process may do that."""
    done = subprocess.run(["mount", "--bind", source, target], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", target], check=True)


@pytest.mark.slow
@needs_identities
@pytest.mark.parametrize("whole", [False, True], ids=["the file", "its folder"])
def test_a_database_that_is_mounted_elsewhere_has_one_writer_a_run(whole: bool, home: Path, opening: Opener) -> None:
    target = home.parent / "elsewhere"
    if whole:
        target.mkdir()
    else:
        target.touch()
    with ExitStack() as held:
        held.enter_context(mounted(home if whole else home / "runs.sqlite3", target))
        first = opening(url_of_file(home / "runs.sqlite3"))
        second = opening(url_of_file(target / "runs.sqlite3" if whole else target))
        with first.writer("r1"), pytest.raises(RunBusyError), second.writer("r1", patience=0):
            pass
        first.close()
        second.close()


@pytest.mark.postgres
def test_a_run_on_a_server_has_one_writer_by_whatever_address(opening: Opener) -> None:
    with fresh_schema() as address:
        first = opening(address)
        begin(first, "r1")
        others = (
            address.replace("127.0.0.1", "localhost"),
            address.replace("127.0.0.1", "somewhere") + "&hostaddr=127.0.0.1",
            address.replace("postgresql://", "postgres://"),
            address.replace("csearch_path%3D", "c%20search_path%3D%22$user%22,"),
        )
        with first.writer("r1"):
            for other in map(opening, others):
                assert other.find("r1").entries == 0
                with pytest.raises(RunBusyError), other.writer("r1", patience=0):
                    pass
                other.close()
        first.close()


def test_who_waits_for_a_writer_follows_it(address: str, opening: Opener) -> None:
    store, other = opening(address), opening(address)
    begin(store, "r1")
    seen: list[int] = []

    def follow() -> None:
        with other.writer("r1", patience=60) as writer:
            seen.append(writer.head().size)

    waiting = threading.Thread(target=follow)
    with store.writer("r1") as writer:
        waiting.start()
        writer.append(*Scribe("r1").write(*some_facts(4), ENDED))
    waiting.join(60)
    assert seen == [5]


def test_a_lock_whose_file_was_deleted_meanwhile_is_none(
    home: Path, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who finished the run deletes the file between our opening it and our locking it."""
    attempts: list[int] = []
    real = lock._lock

    def delete_first(descriptor: int) -> None:
        attempts.append(descriptor)
        if len(attempts) == 1:
            (home / "runs.sqlite3-locks" / "r1.lock").unlink()
        real(descriptor)

    monkeypatch.setattr(lock, "_lock", delete_first)
    store = opening(url_of_file(home / "runs.sqlite3"))
    with store.writer("r1"):
        assert len(attempts) == 2
        assert (home / "runs.sqlite3-locks" / "r1.lock").exists()


def test_two_writers_that_no_lock_keeps_apart_do_not_mix_their_steps(
    address: str, opening: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def unlocked(*_arguments: object) -> Iterator[None]:
        yield

    store, other = opening(address), opening(address)
    begin(store, "r1")
    monkeypatch.setattr(stores, "file_lock", unlocked)
    monkeypatch.setattr(stores, "server_lock", unlocked)
    with store.writer("r1") as writer, other.writer("r1") as second:
        head = writer.append(*Scribe("r1").write(*some_facts(3)))
        with pytest.raises(RunBusyError):
            second.append(*Scribe("r1").write(*some_facts(2)))
    assert verify_chain(store.entries("r1"), texts=store.texts("r1"), head=head).holds


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_who_shares_a_database_shares_its_locks(home: Path, opening: Opener) -> None:
    file = home / "runs.sqlite3"
    for mode, folder in ((0o600, 0o700), (0o660, 0o770), (0o640, 0o750)):
        file.chmod(mode)
        with opening(url_of_file(file)).writer("r1"):
            locks = home / "runs.sqlite3-locks"
            assert locks.stat().st_mode & 0o777 == folder
            (made,) = locks.iterdir()
            assert made.stat().st_mode & 0o777 == mode
        made.unlink()
        locks.rmdir()
