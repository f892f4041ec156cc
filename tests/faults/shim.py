"""The preloaded library that lets a chosen call fail: compiled here, and armed from within a process that has it.

`python -m tests.faults` starts itself anew with the library preloaded. SQLite and Python call the same functions of
the C library, so that one place sees every write of both.
"""

import ctypes
import enum
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("shim.c")
_VARIABLE: Final = "INCIDENTSIM_TEST_SHIM"


class FaultKind(enum.IntEnum):
    """What happens at the chosen call; the numbers are those of shim.c."""

    COUNT = 0
    """Nothing: calls are only counted."""
    KILL = 1
    """The process is killed before it."""
    TORN = 2
    """Half of what is written gets to the disk, and the process is killed. Any other call is as for `KILL`."""
    FULL = 3
    """The disk is full for this one call."""
    FULL_FOR_GOOD = 4
    """The disk is full from here on."""
    BROKEN = 5
    """The disk does not answer this one call (EIO)."""
    BROKEN_FOR_GOOD = 6
    """The disk does not answer any more."""

    @property
    def kills(self) -> bool:
        """Whether it ends the process."""
        return self in {FaultKind.KILL, FaultKind.TORN}


KINDS: Final = tuple(kind for kind in FaultKind if kind is not FaultKind.COUNT)


def why_not() -> str | None:
    """The reason why nothing can be preloaded here, for a test that is skipped aloud; `None` if it can be."""
    if sys.platform != "linux":
        return "only on Linux a library is preloaded like this"
    return None if shutil.which("gcc") or shutil.which("cc") else "there is no C compiler"


def compiled(folder: Path) -> Path:
    """The library, compiled into this folder.

    Raises:
        subprocess.CalledProcessError: the compiler does not take it.
    """
    library = folder / "shim.so"
    compiler = shutil.which("gcc") or "cc"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


def preloading(library: Path) -> dict[str, str]:
    """The environment for a process that has the library."""
    return {**os.environ, "LD_PRELOAD": str(library), _VARIABLE: str(library)}


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(os.environ[_VARIABLE])
    library.faults_arm.argtypes = (ctypes.c_int, ctypes.c_long)
    library.faults_calls.restype = ctypes.c_long
    library.faults_names.restype = ctypes.c_char_p
    return library


def is_loaded() -> bool:
    """Return whether this process has it."""
    return _VARIABLE in os.environ


def arm(kind: FaultKind, place: int) -> None:
    """From now on count the calls of this process, and have this happen at the one with this number, from 1."""
    _library().faults_arm(int(kind), place)


def calls() -> list[str]:
    """The names of the calls since then."""
    names: bytes = _library().faults_names()
    return names.decode().split()
