"""What starting the program costs beside the bare interpreter with its command-line library.

Run with `pytest tests/benchmarks --benchmark-enable`; nothing here asserts a time. The ratio is reported.
"""

import subprocess
import sys
import time
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from incidentsim import composition
from tests.benchmarks.results import Measured

ROUNDS = 9
ROOT = Path(composition.__file__).parent.parent


def seconds(*argv: str) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, *argv], cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - begin


def test_the_overview_starts_fast(benchmark: BenchmarkFixture, measured: Measured) -> None:
    """The best of several of each, taken in turn."""

    def both() -> list[tuple[float, float]]:
        return [(seconds("-m", "incidentsim", "--help"), seconds("-c", "import click")) for _ in range(ROUNDS)]

    pairs = benchmark.pedantic(both, rounds=1, iterations=1)  # type: ignore[no-untyped-call]  # has no types
    ratio = min(ours for ours, _ in pairs) / min(bare for _, bare in pairs)
    measured("incidentsim --help", "the bare interpreter importing click", ratio, aim="at most 1.5")
