"""The table of what the benchmarks came to: what was not measured again stays."""

import pytest

from tests.benchmarks import results
from tests.benchmarks.results import RATIO, Collector, Result, merged, read_table, table

OLD = Result("test_a.py", "a step", "a trigger", "1.90", "at most 3", "2026-01-01, 2 cores")
OTHER = Result("test_b.py", "a | b", "c", "12 %", "", "2026-01-01, 2 cores")


def test_a_table_is_read_back_as_it_was_written() -> None:
    written = table([OLD, OTHER])
    assert table(read_table(written)) == written
    assert read_table(written)[0] == OLD


def test_a_file_that_is_measured_again_replaces_its_own_figures_only() -> None:
    new = Result("test_a.py", "a step", "a trigger", "2.10", "at most 3", "2026-02-02, 2 cores")
    assert merged([OTHER, OLD], [new]) == [new, OTHER]


@pytest.mark.parametrize("when", ["setup", "call"])
def test_a_figure_is_gathered_once_from_the_report_of_its_test(when: str) -> None:
    collector = Collector("today")
    report = pytest.TestReport(
        nodeid="x",
        location=("tests/benchmarks/test_a.py", 1, "x"),
        keywords={},
        outcome="passed",
        longrepr=None,
        when=when,  # type: ignore[arg-type]  # one of the three phases
        user_properties=[(RATIO, ["a step", "a trigger", "1.90", "at most 3"]), ("other", "thing")],
    )
    collector.pytest_runtest_logreport(report)
    expected = Result("test_a.py", "a step", "a trigger", "1.90", "at most 3", "today")
    assert collector.results == ([expected] if when == "call" else [])


def test_what_is_committed_is_such_a_table() -> None:
    written = results.RESULTS.read_text(encoding="utf-8")
    assert table(read_table(written)) == written
