"""System calls that fail on chosen files of a program under test, by a library that is preloaded into it (Linux).

A disk that fills up, that does not work, that cannot lock or share memory: `Strike` says which calls on which files
fail with which error, and from which one on; or that the program is killed before one. The library is compiled by gcc
when it is first needed; where that cannot be, the test is skipped and says so.
"""

import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

_SOURCE: Final = Path(__file__).with_suffix(".c")

WRITES: Final = ("create", "write", "truncate", "sync", "mkdir")
"""The calls that a full disk refuses."""


@dataclass(frozen=True, slots=True)
class Strike:
    """Which calls are struck.

    Attributes:
        calls: some of create, open (for writing), write, truncate, sync, mmap, lock, unlink, rename, mkdir and read.
        path: what the file's path must hold somewhere; with `$` behind it, what it must end in.
        error: a number of `errno`; `None` kills the program instead, before the call is made.
        first: the first call that is struck, counted from 1 among those that match.
        last: the last one; `None` if all that follow are.
    """

    calls: tuple[str, ...]
    path: str
    error: int | None
    first: int = 1
    last: int | None = None

    def __str__(self) -> str:
        parts = (",".join(self.calls), self.path, "kill" if self.error is None else self.error, self.first)
        return "|".join(map(str, (*parts, self.last or 0)))


def environment(*strikes: Strike, log: Path | None = None) -> Mapping[str, str]:
    """The variables that have these calls fail in a program started with them; the test is skipped where none can.

    Each call that matches one of them, struck or not, adds a byte to the file `log`.
    """
    preloaded = {"LD_PRELOAD": str(_library()), "FAILING_IO": ";".join(map(str, strikes))}
    return preloaded | ({"FAILING_IO_LOG": str(log)} if log else {})


@functools.cache
def _library() -> Path:
    if sys.platform != "linux":
        pytest.skip("libraries are preloaded in this way on Linux only")
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler (gcc) that makes the library under which system calls fail")
    source = _SOURCE.read_bytes()
    made = Path(tempfile.gettempdir()) / f"failing_io-{os.getuid()}-{hashlib.sha256(source).hexdigest()[:16]}.so"
    if not made.exists():
        whole = made.with_suffix(f".{os.getpid()}")  # several processes of pytest may be at it
        command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(whole), str(_SOURCE), "-ldl"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            pytest.skip(f"the library under which system calls fail cannot be compiled: {done.stderr[-200:]}")
        whole.replace(made)
    return made
