"""A program that is killed in the middle of writing: what it had acknowledged is there, whole, and can go on."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from incidentsim.domain.errors import RunBusyError
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from tests.support.record import Scribe, begin, some_facts

Opener = Callable[[str], LedgerStore]

STEP = 4

WRITER = f"""
import sys
sys.path.insert(0, "")
from incidentsim.storage import open_store
from tests.support.record import Scribe, some_facts
store = open_store(sys.argv[1])
with store.writer("r1") as writer:
    scribe = Scribe("r1", writer.head())
    print(writer.head().size, flush=True)
    while True:
        head = writer.append(*scribe.write(*some_facts({STEP})))
        print(head.size, head.hash, flush=True)
"""


@contextmanager
def writing(address: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that writes on and on; it has begun when this yields."""
    program = subprocess.Popen([sys.executable, "-c", WRITER, address], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    try:
        assert program.stdout.readline()
        yield program
    finally:
        program.kill()
        program.wait()
        program.stdout.close()


@pytest.mark.parametrize(
    "pauses", [(0.01, 0.03), pytest.param((0.0, 0.003, 0.01, 0.017, 0.03), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_what_a_killed_program_acknowledged_is_there_and_the_run_goes_on(
    pauses: tuple[float, ...], address: str, opening: Opener
) -> None:
    store = opening(address)
    begin(store, "r1")
    for pause in pauses:
        with writing(address) as program:
            time.sleep(pause)
            program.kill()
            assert program.stdout is not None
            told = program.stdout.read().splitlines()
        found = list(store.entries("r1"))
        verdict = verify_chain(found, run="r1", texts=store.texts("r1"))
        assert verdict.holds or not found
        assert verdict.sealed == 0
        assert len(found) % STEP == 0  # no half step
        acknowledged = [line.split() for line in told if len(line.split()) == 2 and len(line.split()[1]) == 71]
        if acknowledged:
            size, last = int(acknowledged[-1][0]), acknowledged[-1][1]
            assert len(found) >= size
            assert verify_chain(found[:size]).head.hash == last
        with store.writer("r1") as writer:  # a server notices with delay that the one before is gone
            scribe = Scribe("r1", writer.head())
            assert writer.append(*scribe.write(*some_facts(STEP))) == scribe.chain.head
    assert verify_chain(store.entries("r1"), run="r1", texts=store.texts("r1")).holds


def test_a_run_that_another_program_writes_is_busy_but_can_be_read(address: str, opening: Opener) -> None:
    store = opening(address)
    begin(store, "r1")
    begin(store, "r2")
    with writing(address) as program:
        with (
            pytest.raises(RunBusyError, match="The run r1 is being written by another program"),
            store.writer("r1", patience=0),
        ):
            pass
        with store.writer("r2") as writer:
            writer.append(*Scribe("r2").write(*some_facts(2)))
        seen = 0
        for _ in range(5):
            found = list(store.entries("r1"))
            assert len(found) >= seen
            assert verify_chain(found).holds or not found
            seen = len(found)
        assert program.poll() is None
