"""Benchmarks: they measure, and assert nothing about time. Without `--benchmark-enable` they only show they run."""

from pathlib import Path

import pytest

QUICK = {"test_bots", "test_evaluation_speed", "test_generation", "test_kernel_speed", "test_ledger_speed"}
"""What every run of the tests can afford to try."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long ones to CI (`-m slow`)."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem not in QUICK:
            item.add_marker(pytest.mark.slow)
