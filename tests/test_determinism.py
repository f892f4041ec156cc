"""The same scenarios come to the same outcome whatever the surroundings."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from incidentsim.composition import shipped

SURROUNDINGS: dict[str, dict[str, str]] = {
    "Chinese, west of Greenwich": {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "INCIDENTSIM_LANG": "zh"},
    "another hash seed, zone and locale": {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    "optimised": {"PYTHONOPTIMIZE": "2", "PYTHONHASHSEED": "random"},
}
FIRST, *MORE = SURROUNDINGS
"""Each is a program that plays all that is shipped: one of them every time, the others in CI."""


def replay(folder: Path, *options: str, **environment: str) -> dict[str, Any]:
    """What `replay --format json` prints when it is started in `folder`."""
    env = {**os.environ, "INCIDENTSIM_DATABASE_URL": f"sqlite:///{(folder / 'runs.sqlite3').as_posix()}", **environment}
    done = subprocess.run(
        [sys.executable, "-m", "incidentsim", "replay", *options, "--format", "json"],
        cwd=folder,
        env=env,
        capture_output=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def outcomes(printed: dict[str, Any]) -> dict[str, tuple[str, int]]:
    return {run["scenario"]: (run["outcome_digest"], run["facts"]) for run in printed["runs"]}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The outcome in this process's surroundings."""
    return replay(tmp_path_factory.mktemp("here"), str(shipped("scenarios")))


def test_all_shipped_scenarios_pass(here: dict[str, Any]) -> None:
    assert here["failed"] == 0
    assert here["passed"] == len(here["runs"]) >= 5


@pytest.mark.parametrize("name", [FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in MORE)])
def test_the_outcome_digests_are_equal_in_other_surroundings(name: str, here: dict[str, Any], tmp_path: Path) -> None:
    """Hash seed, time zone, locale, language and working directory leave no trace in the facts."""
    there = replay(tmp_path, str(shipped("scenarios")), **SURROUNDINGS[name])
    assert outcomes(there) == outcomes(here)


@pytest.mark.slow
def test_bots_decide_the_same_in_other_surroundings(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    files = [str(shipped("scenarios") / "number-masking-leak.yaml"), "--bots", "--no-record"]
    one = replay(first, *files, PYTHONHASHSEED="3", TZ="Asia/Tokyo")
    two = replay(second, *files, PYTHONHASHSEED="4", TZ="UTC")
    assert outcomes(one) == outcomes(two)
