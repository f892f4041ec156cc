"""Whatever is done with a store, in any order: what was appended is there, in order, and nothing else."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from incidentsim.domain.errors import RunBusyError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.store import LedgerStore, RunWriter
from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import open_store
from incidentsim.storage.address import url_of_file
from tests.support.examples import examples
from tests.support.postgres import fresh_schema, server_address
from tests.support.record import Scribe, begin, some_facts

RUNS = ("r1", "r2")


class History(RuleBasedStateMachine):
    """Two runs in one store, and what should be in them."""

    def __init__(self) -> None:
        super().__init__()
        self.place = ExitStack()
        self.start()
        self.store = self.open()
        self.expected: dict[str, list[bytes]] = {}
        self.scribes: dict[str, Scribe] = {}
        self.writers: dict[str, tuple[ExitStack, RunWriter]] = {}

    def start(self) -> None:
        """Make an empty place."""
        self.memory = MemoryStore()

    def open(self) -> LedgerStore:
        """Open the store in that place."""
        return self.memory

    def kill(self) -> None:
        """End the process, as far as the store can tell, without a word to it. In memory, all would be lost."""
        self.leave()

    @rule(run=st.sampled_from(RUNS))
    def create(self, run: str) -> None:
        if run not in self.expected:
            begin(self.store, run)
            self.expected[run] = []
            self.scribes[run] = Scribe(run)

    @precondition(lambda self: bool(set(self.expected) - set(self.writers)))
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(sorted(set(self.expected) - set(self.writers))))
        held = ExitStack()
        writer = held.enter_context(self.store.writer(run))
        assert writer.head() == self.scribes[run].chain.head
        self.writers[run] = (held, writer)

    @precondition(lambda self: bool(self.writers))
    @rule(data=st.data(), count=st.integers(1, 7))
    def append(self, data: st.DataObject, count: int) -> None:
        run = data.draw(st.sampled_from(sorted(self.writers)))
        entries, texts = self.scribes[run].write(*some_facts(count))
        assert self.writers[run][1].append(entries, texts) == self.scribes[run].chain.head
        self.expected[run].extend(entry.data for entry in entries)

    @precondition(lambda self: bool(self.writers))
    @rule(data=st.data())
    def append_what_does_not_follow(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(sorted(self.writers)))
        size = len(self.expected[run])
        entries, _texts = Scribe(run).write(*some_facts(size + 2))
        with pytest.raises(ValueError, match="does not follow"):
            self.writers[run][1].append(entries[size + 1 :])

    @precondition(lambda self: bool(self.writers))
    @rule(data=st.data())
    def take_twice(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(sorted(self.writers)))
        with pytest.raises(RunBusyError), self.store.writer(run, patience=0):
            pass

    @precondition(lambda self: bool(self.writers))
    @rule(data=st.data())
    def let_go(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(sorted(self.writers)))
        self.writers.pop(run)[0].close()

    @rule()
    def reopen(self) -> None:
        self.leave()
        self.store.close()
        self.store = self.open()

    @rule()
    def be_killed(self) -> None:
        self.kill()

    @invariant()
    def all_that_was_appended_is_there(self) -> None:
        assert {run.id: run.entries for run in self.store.runs()} == {
            run: len(lines) for run, lines in self.expected.items()
        }
        for run, lines in self.expected.items():
            found = list(self.store.entries(run))
            assert found == lines
            if lines:
                verdict = verify_chain(found, run=run, texts=self.store.texts(run), head=self.scribes[run].chain.head)
                assert verdict.holds
                assert verdict.sealed == 0

    def leave(self) -> None:
        for held, _writer in self.writers.values():
            held.close()
        self.writers.clear()

    def teardown(self) -> None:
        self.leave()
        self.store.close()
        self.place.close()


class SqliteHistory(History):
    def start(self) -> None:
        # Hundreds of durable commits: what a disk does about them is no matter of this test.
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - only a place for a unique folder
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True, dir=memory)
        self.folder = Path(self.place.enter_context(folder))
        self.lives = 0

    def open(self) -> LedgerStore:
        return open_store(url_of_file(self.folder / f"life {self.lives}" / "runs.sqlite3"))

    def kill(self) -> None:
        """Go on with the files as they lie there at this moment, their write-ahead log included."""
        here, there = (self.folder / f"life {life}" for life in (self.lives, self.lives + 1))
        if here.exists():
            there.mkdir()
            for file in here.glob("runs.sqlite3*"):
                if file.is_file() and not file.name.endswith("-shm"):  # memory shared by the living
                    shutil.copy(file, there)
        self.leave()
        self.store.close()
        self.lives += 1
        self.store = self.open()


class PostgresHistory(History):
    def start(self) -> None:
        self.address = self.place.enter_context(fresh_schema())

    def open(self) -> LedgerStore:
        return open_store(self.address)

    def kill(self) -> None:
        """Let the server end all our connections, whatever they are doing."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND application_name = current_setting('application_name')"
            )
        self.leave()
        self.store.close()
        self.store = self.open()


pytestmark = pytest.mark.hypothesis  # CI tries its properties with many examples; these it would not know for such


def run(history: type[History], many: int) -> None:
    run_state_machine_as_test(history, settings=examples(many, stateful_step_count=20))


def test_in_memory() -> None:
    run(History, 60)


def test_in_an_sqlite_file() -> None:
    run(SqliteHistory, 25)


@pytest.mark.postgres
def test_on_a_postgresql_server() -> None:
    server_address()
    run(PostgresHistory, 15)
