"""How fast a long record is exported and verified completely, against the least that anybody could do.

pytest tests/benchmarks/test_evidence.py --benchmark-enable -m slow -s -k hundred-thousand    two minutes
pytest tests/benchmarks/test_evidence.py --benchmark-enable -m slow -s -k million             a quarter of an hour

Figures and ratios are printed, never asserted: see DEVELOPERS' rules on timing. Each pair is measured in turn, in the
same run, and the medians of the ratios are shown: of the time that passed, which means something on a machine that
does nothing else; of the time of all processors; and, where this process waits for its helpers, of the longest way:
its own processor time and each helper's share, which is what passes if each has a processor to itself.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import orjson
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from incidentsim import composition
from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.evidence import members
from incidentsim.evidence.bundle import Record, log_blocks, write_bundle
from incidentsim.evidence.logs import verify_log
from incidentsim.evidence.open_bundle import Region
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.files import writing
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.entry import timestamp
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.benchmarks.results import Measured
from tests.support.evidence import key
from tests.support.peak import peak
from tests.support.record import HEADER, PLAYBOOK, ROSTER, SCENARIO, Salts

if TYPE_CHECKING:
    from incidentsim.ledger.sealing import TextRecord

COUNTS = [pytest.param(100_000, id="hundred-thousand"), pytest.param(1_000_000, id="million")]
FEW = 2_000
"""So many entries where it is only to be shown that the benchmarks run."""
RUN = "20260501-080000-1f2e3d4c"
BEGUN = datetime(2026, 5, 1, 8, tzinfo=UTC)


def facts() -> list[Fact]:
    """What is really recorded: the facts of a shipped scenario."""
    service = Service(
        library=composition.library(),
        store=MemoryStore(),
        now=composition.now,
        new_id=lambda: "r1",
        salts=bytes,
        program="benchmark",
    )
    return list(service.exercises.replay("number-masking-leak", record=False).facts)


class Made:
    """A record on disk: its lines in a file, its texts in memory. As in life, a step has several facts of one time."""

    def __init__(self, folder: Path, count: int, rounds: int) -> None:
        self.rounds, self.count, self.folder, self.path = rounds, count, folder, folder / "log.jsonl"
        self.texts: list[TextRecord] = []
        chain, salts, steps, at = Chain(RUN), Salts(), 0, -1
        with self.path.open("wb") as file:
            for fact in islice(cycle(facts()), count):
                steps, at = steps + (fact.at != at), fact.at
                entry, texts = chain.record(
                    fact,
                    recorded=timestamp(BEGUN + timedelta(milliseconds=977 * steps)),
                    source=DecisionSource.PERSON if fact.kind in {"step_taken", "refused"} else DecisionSource.ENGINE,
                    salts=salts,
                    header=HEADER if chain.head.size == 0 else None,
                )
                file.write(entry.data + b"\n")
                self.texts.extend(texts)
        self.region = Region(self.path, 0, self.path.stat().st_size)

    def bundle(self, name: str, *, pseudonymise: bool = False) -> Path:
        """A bundle of it, made anew."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        record = Record(RUN, self.entries(), PLAYBOOK, SCENARIO, self.texts, ROSTER)
        write_bundle(path, record, key(), pseudonymise=pseudonymise)
        return path

    def entries(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for line in file:
                yield line[:-1]


@pytest.fixture(scope="module", params=COUNTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    measured = request.config.getoption("benchmark_enable")
    return Made(tmp_path_factory.mktemp("log"), request.param if measured else FEW, rounds=5 if measured else 1)


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, in seconds: altogether, of this process, and of its helpers."""

    wall: float
    own: float
    helpers: float

    @classmethod
    def of(cls, work: Callable[[], object]) -> "Took":
        wall, own, before = time.perf_counter(), time.process_time(), os.times()
        work()
        after = os.times()
        helpers = after.children_user + after.children_system - before.children_user - before.children_system
        return cls(time.perf_counter() - wall, time.process_time() - own, helpers)


def compare(
    measured: Measured,
    what: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    other: str,
    *,
    rounds: int,
    processes: int = 0,
) -> None:
    pairs = [(Took.of(theirs), Took.of(ours)) for _ in range(rounds)]
    walls = [ours.wall / theirs.wall for theirs, ours in pairs]
    used = median((ours.own + ours.helpers) / theirs.own for theirs, ours in pairs)
    told = f"of processor time {used:.2f}"
    if processes:
        told += f", of the longest way {median((us.own + us.helpers / processes) / them.own for them, us in pairs):.2f}"
    seconds = [median(one.wall for one in column) for column in zip(*pairs, strict=True)]
    times = f"{seconds[1]:.2f} s, {seconds[0]:.2f} s; from {min(walls):.2f} to {max(walls):.2f} times, {told}"
    measured(what, other, median(walls), told=times)


def parse_and_hash(path: Path) -> None:
    """The least that anybody does who reads a log: one process, each line parsed and hashed once."""
    loads = orjson.loads
    with path.open("rb") as file:
        for line in file:
            loads(line)
            sha256(line).digest()


@pytest.mark.parametrize("processes", [1, 2])
def test_verifying_a_log(made: Made, processes: int, benchmark: BenchmarkFixture, measured: Measured) -> None:
    """Parsing, canonical form, chain and tree."""

    def ours() -> None:
        assert verify_log(made.region, processes=processes).verdict.holds

    benchmark.pedantic(ours, rounds=1)  # type: ignore[no-untyped-call]
    title = f"verifying a log of {made.count} entries by {processes} of {os.cpu_count()} processors"
    compare(
        measured,
        title,
        ours,
        lambda: parse_and_hash(made.path),
        "parsing and hashing once",
        rounds=made.rounds,
        processes=processes,
    )


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("pseudonymise", [True, False], ids=["without-texts", "with-texts"])
def test_verifying_a_bundle(
    made: Made, processes: int, pseudonymise: bool, benchmark: BenchmarkFixture, measured: Measured
) -> None:
    """All that and the signature, the manifest and the documents, and where they are there every text."""
    path = made.bundle(f"verified-{processes}.zip", pseudonymise=pseudonymise)

    def ours() -> None:
        assert verify_bundle(path, processes=processes).holds

    benchmark.pedantic(ours, rounds=1)  # type: ignore[no-untyped-call]
    beside = "no texts" if pseudonymise else f"{len(made.texts)} texts"
    title = f"verifying a bundle of {made.count} entries and {beside} by {processes} of {os.cpu_count()} processors"
    compare(
        measured,
        title,
        ours,
        lambda: parse_and_hash(made.path),
        "parsing and hashing once",
        rounds=made.rounds,
        processes=processes,
    )
    path.unlink()


def test_exporting(made: Made, benchmark: BenchmarkFixture, measured: Measured) -> None:
    """Entries come from a file, to all alike, and everything is on the disk at the end."""
    texts = list(members.write_texts(made.texts))

    def bare(beside: list[bytes]) -> None:
        with made.path.open("rb") as source, (made.folder / "bare").open("wb") as file:
            for lines in (source, beside):
                for line in lines:
                    file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def as_log() -> None:
        with writing(made.folder / "ours.jsonl", replace=True) as file:
            file.writelines(log_blocks(made.entries()))

    def only_hashed() -> None:
        for entry in made.entries():
            sha256(entry).digest()

    benchmark.pedantic(as_log, rounds=1)  # type: ignore[no-untyped-call]
    count, same = made.count, "writing the same lines"
    compare(measured, f"exporting {count} entries as jsonl", as_log, lambda: bare([]), same, rounds=made.rounds)
    for what, beside, pseudonymise in ((f"{len(texts)} texts", texts, False), ("no texts", [], True)):
        title = f"exporting {count} entries and {what} as a bundle"
        as_bundle = partial(made.bundle, "ours.zip", pseudonymise=pseudonymise)
        compare(measured, title, as_bundle, partial(bare, beside), same, rounds=made.rounds)
    compare(
        measured,
        "hashing each entry once and writing nothing",
        only_hashed,
        lambda: bare([]),
        same,
        rounds=made.rounds,
    )


def test_memory(made: Made, benchmark: BenchmarkFixture, measured: Measured) -> None:
    """The most memory that verifying takes, in processes of their own."""
    path = made.bundle("weighed.zip")
    size = path.stat().st_size >> 20
    alone, _none = benchmark.pedantic(peak, args=(path, 1), rounds=1)  # type: ignore[no-untyped-call]
    together, helper = peak(path, 2)
    measured(
        f"verifying a bundle of {made.count} entries, memory at most",
        "the size of the bundle",
        (alone >> 10) / max(size, 1),
        told=f"{alone >> 10} MiB, {size} MiB; by two processes {together >> 10} MiB and {helper >> 10} MiB each",
    )
    path.unlink()
