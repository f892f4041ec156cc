"""Runs the benchmarks and writes what they came to into RESULTS.md: ratios, which mean the same on every machine.

    python -m tests.benchmarks.results                       all of them, which takes an hour or so
    python -m tests.benchmarks.results test_kernel_speed.py  those of some files; the others' figures stay

Let the machine do nothing else meanwhile.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "RESULTS.md"
RATIO = "ratio"
"""Under this name a benchmark reports what it measured, as [what, beside what, figure, aim]."""
Measured = Callable[..., None]
"""The fixture that reports: `measured(what, beside, figure, aim=…, told=…)`."""

HEAD = """# What the benchmarks came to

Written by `python -m tests.benchmarks.results`; not by hand. Each figure is how many times as long (or as much) the
first takes as the second, both measured in turn in the same run, unless it says something else. No time is promised:
times depend on the machine, these figures hardly.

| benchmark | what | beside | figure | aim | measured |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the table. `measured` names day and machine."""

    file: str
    what: str
    beside: str
    figure: str
    aim: str
    measured: str

    def row(self) -> str:
        """As a row of a Markdown table."""
        parts = (self.file, self.what, self.beside, self.figure, self.aim or "–", self.measured)
        return "| " + " | ".join(part.replace("|", "/") for part in parts) + " |"

    @classmethod
    def of_row(cls, row: str) -> "Result | None":
        """The result that a row says; nothing where it is the head or no row at all."""
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if len(cells) != 6 or not cells[0].endswith(".py"):
            return None
        return cls(*cells)


class Collector:
    """A plugin of pytest that gathers what the benchmarks report with the fixture `measured`."""

    def __init__(self, measured: str) -> None:
        self.results: list[Result] = []
        self._measured = measured

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a test's figures."""
        if report.when == "call":
            file = Path(report.location[0]).name
            for name, value in report.user_properties:
                if name == RATIO:
                    assert isinstance(value, list), "as the fixture `measured` made it"
                    what, beside, figure, aim = map(str, value)
                    self.results.append(Result(file, what, beside, figure, aim, self._measured))


def machine() -> str:
    """What the figures were taken on."""
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {system}"


def merged(before: Iterable[Result], now: Iterable[Result]) -> list[Result]:
    """All results by file; of the files that were measured again, only what they came to now."""
    now = list(now)
    again = {result.file for result in now}
    return sorted([*(old for old in before if old.file not in again), *now], key=lambda result: result.file)


def read_table(text: str) -> list[Result]:
    """The results that a table holds."""
    return [result for line in text.splitlines() if (result := Result.of_row(line)) is not None]


def table(results: Iterable[Result]) -> str:
    """The whole file."""
    return HEAD + "".join(f"{result.row()}\n" for result in results)


def main(files: list[str]) -> int:
    """Run the benchmarks of these files, or all, and write the table; pytest's exit code."""
    collector = Collector(f"{datetime.now(UTC):%Y-%m-%d}, {machine()}")
    chosen = [str(FOLDER / file) for file in files] or [str(FOLDER)]
    options = ["-m", "slow or not slow", "--benchmark-enable", "-q", "-p", "no:cacheprovider"]
    code = pytest.main([*chosen, *options], plugins=[collector])
    before = read_table(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    RESULTS.write_text(table(merged(before, collector.results)), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
