"""Every command that opens the database, in surroundings that fail: it says what is wrong, and what is there is read.

Disks that are full, broken or read-only, and drives without locks or shared memory, are made by a library under which
the system calls of the program fail.
"""

import errno
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.support.command_lines import Outcome, environment, run_all
from tests.support.failing_io import WRITES, Strike
from tests.support.failing_io import environment as failing

pytestmark = pytest.mark.slow

FOLDER: Final = "the data"
LOGGED: Final = "the same with a log"

READING: Final = (
    ["runs", "--all"],
    ["runs", "--format", "json"],
    ["runs", "script", "DONE"],
    ["show", "DONE"],
    ["show", "OPEN", "--facilitator"],
    ["verify", "DONE", "--format", "json"],
    ["compare", "DONE", "OPEN", "--facilitator"],
    ["compare", "DONE"],
    ["rejudge", "DONE", "--playbook", "platform-incidents"],
    ["improvements"],
    ["replay", "--resume", "DONE"],
    *(["export", "DONE", "--format", name] for name in ("md", "csv", "jsonl", "controls", "html")),
)
"""Calls that only read, DONE being a finished run and OPEN one that is not."""

WRITING: Final = (
    ["replay", "false-alarm"],
    ["play", "--plain", "false-alarm"],
    ["play", "--plain", "--resume", "OPEN"],
    ["rate", "DONE", "TASK", "S", "--reason", "as seen"],
)
"""Calls that write."""


@dataclass(frozen=True)
class Surroundings:
    """Where a database lies.

    Attributes:
        strikes: what fails there.
        reads: whether records can be read.
        said: what is said by those who cannot do what they should.
        log: what was recorded last is only in the log beside it, as after a kill.
    """

    strikes: tuple[Strike, ...]
    reads: bool
    said: str
    log: bool = False


ELSEWHERE: Final = "INCIDENTSIM_DATABASE_URL"
SURROUNDINGS: Final = {
    "full": Surroundings((Strike(WRITES, FOLDER, errno.ENOSPC),), reads=True, said="is full"),
    "full but for names": Surroundings(
        (Strike(("write", "truncate"), FOLDER, errno.ENOSPC),), reads=True, said="is full"
    ),
    "the user's share is full": Surroundings((Strike(WRITES, FOLDER, errno.EDQUOT),), reads=True, said="is full"),
    "broken for writing": Surroundings(
        (Strike(WRITES, FOLDER, errno.EIO),), reads=True, said="does not work as it should"
    ),
    "full, and with a log": Surroundings((Strike(WRITES, FOLDER, errno.ENOSPC),), reads=True, said="is full", log=True),
    "no shared memory, and with a log": Surroundings(
        (Strike(("mmap",), "-shm$", errno.ENODEV),), reads=True, said=f"share memory there.*{ELSEWHERE}", log=True
    ),
    "broken": Surroundings(
        (Strike(("read", *WRITES), FOLDER, errno.EIO),), reads=False, said="does not work as it should"
    ),
    "read-only": Surroundings(
        (Strike(("create", "open", "mkdir", "unlink"), FOLDER, errno.EROFS),), reads=True, said="can only be read"
    ),
    "no shared memory": Surroundings(
        (Strike(("mmap",), "-shm$", errno.ENODEV),), reads=True, said=f"share memory there.*{ELSEWHERE}"
    ),
    "no locks": Surroundings(
        (Strike(("lock",), FOLDER, errno.ENOLCK),), reads=True, said=f"cannot be locked.*{ELSEWHERE}"
    ),
    "no such locks": Surroundings(
        (Strike(("lock",), FOLDER, errno.EOPNOTSUPP),), reads=True, said=f"cannot be locked.*{ELSEWHERE}"
    ),
    "no locks of whole files": Surroundings(
        (Strike(("lock",), ".lock$", errno.ENOLCK),), reads=True, said=f"cannot be locked.*{ELSEWHERE}"
    ),
}


@dataclass(frozen=True)
class Recorded:
    """A folder with a database in it, and what its calls come to where nothing fails."""

    folder: Path
    calls: dict[str, str]
    usual: list[Outcome]

    def filled(self, calls: tuple[list[str], ...]) -> list[list[str]]:
        return [[self.calls.get(part, part) for part in call] for call in calls]


def address(folder: Path) -> str:
    return f"sqlite:///{(folder / FOLDER / 'runs.sqlite3').as_posix()}"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("recorded")
    env = environment(address(folder))
    made = run_all([["replay", "false-alarm"]], env, folder)
    with closing(sqlite3.connect(folder / FOLDER / "runs.sqlite3")) as other:  # who has it open keeps the log there
        other.execute("SELECT * FROM runs").fetchall()
        made += run_all([["play", "--plain", "false-alarm"], ["runs", "--all"]], env, folder)
        shutil.copytree(folder / FOLDER, folder / LOGGED, ignore=shutil.ignore_patterns("*-shm"))
    assert (folder / LOGGED / "runs.sqlite3-wal").stat().st_size
    assert [outcome.code for outcome in made] == [0, 0, 0], made
    (unfinished, finished) = re.findall(r"^\d{8}-\S+", made[2].out, re.MULTILINE)
    names = {"DONE": finished, "OPEN": unfinished, "TASK": "report-openly"}
    usual = run_all(Recorded(folder, names, []).filled(READING), env, folder)
    assert {outcome.code for outcome in usual} <= {0, 1}, usual
    return Recorded(folder, names, usual)


@pytest.mark.parametrize("name", list(SURROUNDINGS))
def test_what_is_on_record_is_read_and_what_fails_is_named(name: str, recorded: Recorded, tmp_path: Path) -> None:
    where = SURROUNDINGS[name]
    shutil.copytree(recorded.folder / (LOGGED if where.log else FOLDER), tmp_path / FOLDER)
    env = environment(address(tmp_path), **failing(*where.strikes))
    outcomes = run_all(recorded.filled((*READING, *WRITING)), env, tmp_path)
    reading, writing = outcomes[: len(READING)], outcomes[len(READING) :]
    if where.reads:
        assert reading == recorded.usual
    for outcome in writing if where.reads else outcomes:
        assert outcome.code == 3, outcome
        assert re.search(where.said, outcome.err), outcome
        assert str(tmp_path / FOLDER / "runs.sqlite3") in outcome.err
    after = run_all(recorded.filled(READING), environment(address(tmp_path)), tmp_path)
    assert after == recorded.usual
