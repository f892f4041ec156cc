"""System calls that fail on chosen files of a program under test, by a library that is preloaded into it (Linux).

A disk that fills up, that does not work, that cannot lock or share memory: `Strike` says which calls on which files
fail with which error, and from which one on; or that the program is killed before one. The library is compiled by gcc
when it is first needed; where that cannot be, the test is skipped and says so. `tests.faults.shim` arms the same
library from within a process, to disturb one call after the other.
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
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    preloaded = {"LD_PRELOAD": str(library()), "FAILING_IO": ";".join(map(str, strikes))}
    return preloaded | ({"FAILING_IO_LOG": str(log)} if log else {})


@functools.cache
def why_not() -> str | None:
    """The reason why nothing can be preloaded here, for a test that is skipped aloud; `None` if it can be."""
    if sys.platform != "linux":
        return "libraries are preloaded in this way on Linux only"
    if _compiler() is None:
        return "no C compiler (gcc) that makes the library under which system calls fail"
    try:
        library()
    except subprocess.CalledProcessError as error:
        return f"the library under which system calls fail cannot be compiled: {error.stderr[-200:]}"
    return None


@functools.cache
def library() -> Path:
    """The library, compiled where it is not there yet.

    Raises:
        subprocess.CalledProcessError: the compiler does not take it.
    """
    source = _SOURCE.read_bytes()
    made = Path(tempfile.gettempdir()) / f"failing_io-{os.getuid()}-{hashlib.sha256(source).hexdigest()[:16]}.so"
    if not made.exists():
        whole = made.with_suffix(f".{os.getpid()}")  # several processes of pytest may be at it
        command = [_compiler() or "cc", "-O1", "-shared", "-fPIC", "-o", str(whole), str(_SOURCE), "-ldl"]
        subprocess.run(command, capture_output=True, text=True, check=True)
        whole.replace(made)
    return made


def _compiler() -> str | None:
    return shutil.which("gcc") or shutil.which("cc")
