"""Several command lines run by one program of its own, so that they can be run in surroundings that no test has."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from incidentsim import composition

ROOT: Final = Path(composition.__file__).parent.parent

_PROGRAM: Final = """
import io, json, sys
from incidentsim.cli.main import run
from incidentsim.storage import server, sqlite_file

sqlite_file.BUSY_SECONDS = 0.2
server.ANSWER_SECONDS = 0.5
real = sys.stdout
for argv in json.loads(sys.argv[1]):
    sys.stdin = io.StringIO("")
    sys.stdout, sys.stderr = streams = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2)]
    code = run(argv)
    told = []
    for stream in streams:
        stream.flush()
        told.append(stream.buffer.getvalue().decode())
    print(json.dumps([code, *told]), file=real)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command line came to."""

    code: int
    out: str
    err: str


def environment(database: str, **more: str) -> dict[str, str]:
    """The test's environment, speaking English, with a database at this address."""
    foreign = ("INCIDENTSIM_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "PYTHONPATH": str(ROOT), "INCIDENTSIM_DATABASE_URL": database, **more}


def run_all(calls: Sequence[Sequence[str]], env: Mapping[str, str], cwd: Path) -> list[Outcome]:
    """Run command lines one after the other in one program; beside them it writes nothing to its real streams."""
    command = [sys.executable, "-c", _PROGRAM, json.dumps(list(calls))]
    done = subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    return [Outcome(*json.loads(line)) for line in done.stdout.splitlines()]
