"""The preloaded library that lets a chosen call fail (`tests/support/failing_io.c`), armed from within a process.

`python -m tests.faults` starts itself anew with the library preloaded. SQLite and Python call the same functions of
the C library, so that one place sees every write of both.
"""

import ctypes
import enum
import os
from functools import cache
from typing import Final

from tests.support import failing_io

_VARIABLE: Final = "INCIDENTSIM_TEST_SHIM"


class FaultKind(enum.IntEnum):
    """What happens at the chosen call; the numbers are those of failing_io.c."""

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


def preloading() -> dict[str, str]:
    """The environment for a process that has the library; `failing_io.why_not` says where none can be made."""
    return {**os.environ, "LD_PRELOAD": str(failing_io.library()), _VARIABLE: str(failing_io.library())}


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
