"""Whether screens can be compared with their snapshots: only with the release of Textual that drew these."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

_FILE = Path(__file__).parents[1] / "tui" / "snapshots.txt"
MADE_WITH = next(
    line.removeprefix("textual==")
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if line.startswith("textual==")
)
"""The release of Textual that drew the snapshots and the pictures."""


def skip_elsewhere(config: pytest.Config) -> None:
    """Skip a test that compares what is drawn, unless this is the Textual to compare with or snapshots are made anew.

    Other releases draw borders and scroll bars a little differently, which says nothing about this program.
    """
    here = version("textual")
    if here != MADE_WITH and not config.getoption("update_snapshots", default=False):
        pytest.skip(f"the snapshots were made with Textual {MADE_WITH}, and this is {here}")
    if find_spec("pytest_textual_snapshot") is None:
        pytest.skip("comparing snapshots needs: pip install -r tests/tui/snapshots.txt")
