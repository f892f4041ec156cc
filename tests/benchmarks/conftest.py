"""Benchmarks: they measure, and assert nothing about time. Without `--benchmark-enable` they only show they run."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.results import RATIO, Measured

QUICK = {
    "test_evaluation_speed",
    "test_generation",
    "test_kernel_speed",
    "test_ledger_speed",
    "test_results",
}
"""What every run of the tests can afford to try."""
TIMEOUT = 3_600
"""Seconds for one benchmark that measures in earnest; the limit for tests is for tests."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long ones to CI (`-m slow`), and give them time where they measure in earnest."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            if item.path.stem not in QUICK:
                item.add_marker(pytest.mark.slow)
            if config.getoption("benchmark_enable"):
                item.add_marker(pytest.mark.timeout(TIMEOUT), append=False)


@pytest.fixture
def measured(
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
) -> Measured:
    """Reports a figure that means the same on every machine: `measured(what, beside, figure, aim=…, told=…)`.

    Prints it, past pytest's capture, with what else is `told` of this machine, and keeps it for the table of results.
    Where benchmarks only show that they run, what they come to means nothing, and is not reported.
    """

    def report(what: str, beside: str, figure: float | str, *, aim: str = "", told: str = "") -> None:
        if not request.config.getoption("benchmark_enable"):
            return
        shown = figure if isinstance(figure, str) else f"{figure:.2f}"
        record_property(RATIO, [what, beside, shown, aim])
        wanted = f" (aim: {aim})" if aim else ""
        with capsys.disabled():
            sys.stdout.write(f"\n{what}, beside {beside}{wanted}: {shown}{'; ' if told else ''}{told}\n")

    return report
