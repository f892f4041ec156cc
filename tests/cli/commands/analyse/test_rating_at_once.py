"""Several people rate a run at the same moment: each is heard, one after the other."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_lines import environment, run_all

PEOPLE = 6


@pytest.mark.slow
def test_ratings_made_at_once_all_go_on_record(tmp_path: Path) -> None:
    env = environment(f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}")
    assert [outcome.code for outcome in run_all([["replay", "false-alarm"]], env, tmp_path)] == [0]
    rate = [sys.executable, "-m", "incidentsim", "rate", "last", "report-openly", "S", "--reason"]
    programs = [
        subprocess.Popen([*rate, f"as {n} saw it"], env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for n in range(PEOPLE)
    ]
    said = [program.communicate()[1] for program in programs]
    assert [program.returncode for program in programs] == [0] * PEOPLE, said
    verified, exported = run_all([["verify", "last"], ["export", "last", "--format", "jsonl"]], env, tmp_path)
    assert verified.code == 0
    kinds = [json.loads(line)["fact"]["fact"] for line in exported.out.splitlines()]
    assert kinds[-PEOPLE:] == ["rating_set"] * PEOPLE
