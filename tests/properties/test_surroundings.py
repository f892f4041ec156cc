"""The same inputs give the same facts under any hash seed, time zone, locale and working directory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import hashlib, json
from tests.support.play import play_with_bots
from tests.support.procedures import NAMES, exercise_of, flags_of, playbook, scenario_for, truth_for

digest = hashlib.sha256()
for name in NAMES:
    book = playbook(name)
    for seed in range(6):
        truth = truth_for(book, dict.fromkeys(flags_of(book), seed % 3 != 1), 1 + seed % 3)
        novices = {role: 20 * seed for role in book.roles}
        exercise = exercise_of(name, scenario_for(book, [truth, truth], seed=seed, proficiency=novices))
        for fact in play_with_bots(exercise):
            digest.update(json.dumps(fact.to_json()).encode())  # the order of keys counts
print(digest.hexdigest())
"""

SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/New_York", "PYTHONUTF8": "0", "PYTHONOPTIMIZE": "1"},
]


def facts_under(surroundings: dict[str, str], folder: Path) -> str:
    env = {**os.environ, **surroundings, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def here() -> str:
    """The digest of the facts in the first surroundings."""
    return facts_under(SURROUNDINGS[0], ROOT)


@pytest.mark.slow
@pytest.mark.parametrize(
    "surroundings",
    [pytest.param(SURROUNDINGS[1], marks=pytest.mark.slow), SURROUNDINGS[2]],
    ids=lambda surroundings: surroundings["TZ"],
)
def test_the_facts_do_not_depend_on_where_they_came_about(
    surroundings: dict[str, str], here: str, tmp_path: Path
) -> None:
    assert len(here) == 64
    assert facts_under(surroundings, tmp_path) == here
