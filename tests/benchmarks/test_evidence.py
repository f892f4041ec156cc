"""How fast a long record is exported and verified completely, against the least that anybody could do.

pytest tests/benchmarks/test_evidence.py --benchmark-enable -s [-m slow: a million entries instead of 60,000]

Figures and ratios are printed, never asserted: see DEVELOPERS' rules on timing. Each pair is measured in turn, in the
same run, and the median of the ratios is shown.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import orjson
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from incidentsim import composition
from incidentsim.domain.facts import Fact
from incidentsim.evidence.bundle import Record, log_blocks, replacing, write_bundle
from incidentsim.evidence.logs import verify_log
from incidentsim.evidence.opened import Region
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.evidence import ROSTER, key
from tests.support.record import HEADER, PLAYBOOK, RECORDED, SCENARIO, Salts

if TYPE_CHECKING:
    from incidentsim.ledger.sealing import TextRecord

COUNTS = [pytest.param(60_000, id="60000"), pytest.param(1_000_000, id="1000000", marks=pytest.mark.slow)]


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
    return list(service.replay("number-masking-leak", record=False).facts)


class Made:
    """A record on disk: its lines in a file, its texts in memory."""

    def __init__(self, folder: Path, count: int) -> None:
        self.count, self.folder, self.path = count, folder, folder / "log.jsonl"
        self.texts: list[TextRecord] = []
        chain, salts = Chain("20260501-080000-1f2e3d4c"), Salts()
        with self.path.open("wb") as file:
            for fact in islice(cycle(facts()), count):
                header = HEADER if chain.head.size == 0 else None
                entry, texts = chain.record(fact, recorded=RECORDED, source="bot", salts=salts, header=header)
                file.write(entry.data + b"\n")
                self.texts.extend(texts)
        self.region = Region(self.path, 0, self.path.stat().st_size)

    def record(self, entries: Iterator[bytes]) -> Record:
        return Record("20260501-080000-1f2e3d4c", entries, PLAYBOOK, SCENARIO, self.texts, ROSTER)

    def entries(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for line in file:
                yield line[:-1]


@pytest.fixture(scope="module", params=COUNTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("log"), request.param)


def compare(what: str, ours: Callable[[], object], theirs: Callable[[], object], other: str, times: int = 5) -> None:
    ratios, seconds = [], []
    for _ in range(times):
        begun = time.perf_counter()
        theirs()
        between = time.perf_counter()
        ours()
        ended = time.perf_counter()
        seconds.append((ended - between, between - begun))
        ratios.append((ended - between) / (between - begun))
    ours_took, theirs_took = (median(column) for column in zip(*seconds, strict=True))
    told = f"{what}: {ours_took:.2f} s; {other}: {theirs_took:.2f} s; ratio {median(ratios):.2f}"
    print(f"\n{told} (from {min(ratios):.2f} to {max(ratios):.2f})")  # noqa: T201


def parse_and_hash(path: Path) -> None:
    """The least that anybody does who reads a log: one process, each line parsed and hashed once."""
    loads = orjson.loads
    with path.open("rb") as file:
        for line in file:
            loads(line)
            sha256(line).digest()


@pytest.mark.parametrize("processes", [1, 2])
def test_verifying_a_log(made: Made, processes: int, benchmark: BenchmarkFixture) -> None:
    """Parsing, canonical form, chain and tree."""

    def ours() -> None:
        assert verify_log(made.region, processes=processes).verdict.holds

    benchmark.pedantic(ours, rounds=1)  # type: ignore[no-untyped-call]
    title = f"verifying {made.count} entries by {processes} of {os.cpu_count()} processors"
    compare(title, ours, lambda: parse_and_hash(made.path), "parsing and hashing once")


@pytest.mark.parametrize("processes", [1, 2])
def test_verifying_a_bundle(made: Made, processes: int, benchmark: BenchmarkFixture) -> None:
    """All that and the signature, the manifest, the documents and every text."""
    path = made.folder / f"b{processes}.zip"
    write_bundle(path, made.record(made.entries()), key())

    def ours() -> None:
        assert verify_bundle(path, processes=processes).holds

    benchmark.pedantic(ours, rounds=1)  # type: ignore[no-untyped-call]
    title = f"verifying a bundle of {made.count} entries and {len(made.texts)} texts by {processes} processors"
    compare(title, ours, lambda: parse_and_hash(made.path), "parsing and hashing once")
    path.unlink()


def test_exporting(made: Made, benchmark: BenchmarkFixture) -> None:
    """From memory, so that only exporting is measured; both are on the disk at the end."""
    entries = list(made.entries())
    lines = [entry + b"\n" for entry in entries]

    def bare() -> None:
        with (made.folder / "bare").open("wb") as file:
            for line in lines:
                file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def as_log() -> None:
        with replacing(made.folder / "ours.jsonl") as file:
            file.writelines(log_blocks(entries))

    def as_bundle() -> None:
        (made.folder / "ours.zip").unlink(missing_ok=True)
        write_bundle(made.folder / "ours.zip", made.record(iter(entries)), key())

    benchmark.pedantic(as_log, rounds=1)  # type: ignore[no-untyped-call]
    compare(f"exporting {made.count} entries as jsonl", as_log, bare, "writing the same lines")
    compare(f"exporting {made.count} entries and the texts as a bundle", as_bundle, bare, "writing the same lines")


def test_memory(made: Made, benchmark: BenchmarkFixture) -> None:
    """The most memory that verifying takes, in a process of its own."""
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("there is no /proc here that tells the peak of one program alone")
    code = (
        "import sys; from pathlib import Path; from incidentsim.evidence.verifying import verify_log_file; "
        "assert verify_log_file(Path(sys.argv[1]), processes=1).holds; "
        "lines = Path('/proc/self/status').read_text().splitlines(); "
        "print(next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) // 1024)"
    )

    def ours() -> str:
        return subprocess.run(
            [sys.executable, "-c", code, str(made.path)], capture_output=True, check=True, encoding="utf-8"
        ).stdout.strip()

    found = benchmark.pedantic(ours, rounds=1)  # type: ignore[no-untyped-call]
    size = (made.region.end - made.region.start) >> 20
    print(f"\nverifying {made.count} entries ({size} MiB): {found} MiB of memory at most")  # noqa: T201
