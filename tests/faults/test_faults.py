"""Faults at writes: killed, on a full disk, on a broken one, at any call of any command that writes.

    pytest -m slow tests/faults        a sample
    pytest -m long tests/faults        every kind at every call
    python -m tests.faults --faults 2000

What is acknowledged stays, what goes on comes to the same end, files are whole or absent, nothing lies about, and
exit code 3 comes with a sentence.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incidentsim.cli import command_table
from tests.faults import shim
from tests.faults.commands import COMMANDS
from tests.support import failing_io

READ_ONLY = frozenset(
    {"plan", "settings", "check", "explain", "schema", "glossary", "manual", "show", "verify", "compare", "rejudge"}
)
"""Commands that write nothing but to stdout."""

ELSEWHERE = {"demo": "the same as replay, of a shipped scenario"}
SAMPLE = 66
PARTS = 2

ROOT = Path(__file__).parents[2]


def disturbed(preloaded: Mapping[str, str], *argv: str) -> "subprocess.CompletedProcess[str]":
    """What `python -m tests.faults` says."""
    command = [sys.executable, "-m", "tests.faults", *argv]
    env = {**preloaded, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def preloaded() -> Mapping[str, str]:
    """The environment in which calls can be made to fail; the test is skipped where there is none."""
    reason = failing_io.why_not()
    if reason is not None:
        pytest.skip(f"no write can be disturbed: {reason}")
    return shim.preloading()


def test_every_command_that_writes_is_disturbed() -> None:
    disturbed_ones = {command.call[0] for command in COMMANDS} | ELSEWHERE.keys()
    assert disturbed_ones | READ_ONLY == set(command_table.names())
    assert not disturbed_ones & READ_ONLY


def test_every_row_says_how_what_it_writes_is_judged() -> None:
    for command in COMMANDS:
        written = command.targets or command.folder or command.goes_on or command.prepare or command.once
        assert written or command.call[0] in {"rate", "runs", "improvements", "hotwash"}, command.name
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_fault_at_a_write_loses_nothing(part: int, preloaded: Mapping[str, str]) -> None:
    seed = f"{part}/" + ("ci" if "CI" in os.environ else datetime.now(UTC).date().isoformat())
    names = [command.name for command in COMMANDS][part::PARTS]
    chosen = [word for name in names for word in ("--command", name)]
    done = disturbed(preloaded, *chosen, "--faults", str(SAMPLE), "--seed", seed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{SAMPLE} faults, 0 not withstood" in done.stdout


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_no_fault_at_any_write_loses_anything(name: str, preloaded: Mapping[str, str]) -> None:
    done = disturbed(preloaded, "--command", name, "--all")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_what_is_lost_or_half_written_is_found(preloaded: Mapping[str, str]) -> None:
    """With a program that acknowledges before it stores, and writes files in place."""
    chosen = ("--command", "rate", "--command", "diagram")
    done = disturbed({**preloaded, "INCIDENTSIM_TEST_PLANTED": "1"}, *chosen, "--faults", "40")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "entries were acknowledged, and" in done.stdout
    assert "that are not the" in done.stdout
