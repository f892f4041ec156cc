"""A screen looks the same wherever it is drawn: in another time zone, in another language's locale, by another hash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FEW = "test_the_table_at_work or test_a_form_filled_in or test_the_console_before_anything"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zone", "locale", "seed"), [("Pacific/Kiritimati", "C", "1"), ("America/St_Johns", "zh_CN.UTF-8", "4242")]
)
def test_snapshots_do_not_depend_on_where_they_are_taken(zone: str, locale: str, seed: str) -> None:
    environment = {**os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale, "PYTHONHASHSEED": seed, "NO_COLOR": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/tui/table/test_snapshots.py",
        "-m",
        "slow",  # as its conftest marks them
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        FEW,
    ]
    found = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert found.returncode == 0, found.stdout[-3_000:]
