"""The fuzzer: draws inputs by a seed, hands each to its reader, and says what was found.

A finding is an exception that is no sentence of the product's own, more than `MOST_SECONDS` of CPU or `MOST_BYTES` of
memory for one input, or what the reader itself complains of: an exit code that is none, soundness that is none.
"""

import re
import resource
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Final

from tests.fuzzing.reader import Reader

MOST_SECONDS: Final = 6.0
_STATUS: Final = Path("/proc/self/status")
_PAGES: Final = Path("/proc/self/statm")
MOST_BYTES: Final = 500_000_000
KEPT: Final = Path(__file__).parent / "kept"
"""Inputs that once were findings, a folder for each reader; a fast test hands all of them to their readers."""


_VARIABLE: Final = re.compile(r"[0-9]+|“[^”]*”")


class TooSlowError(BaseException):
    """An input took more CPU than any may. No `Exception`: nobody who catches those shall swallow it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be: which reader, the input, and in a line or several what happened."""

    reader: str
    data: bytes
    what: str

    @property
    def kind(self) -> str:
        """What findings have in common that are told once: the place in the package, and what is said."""
        lines = [line.strip() for line in self.what.splitlines() if line.strip()]
        places = [
            line for line in lines if line.startswith("File ") and "/incidentsim/" in line and "/tests/" not in line
        ]
        said = _VARIABLE.sub("…", lines[-1].partition(":")[0] if places else self.what)[:80]
        return f"{self.reader}: {places[-1].rpartition('/')[2] if places else ''} {said}"


@dataclass(slots=True)
class Count:
    """How many inputs a reader was given: how many it read, and how many it refused."""

    read: int = 0
    refused: int = 0

    @property
    def inputs(self) -> int:
        """All of them."""
        return self.read + self.refused


@cache
def seeds_of(reader: Reader) -> tuple[bytes, ...]:
    """The valid inputs that a reader begins with."""
    return tuple(reader.seeds())


def spoilt(reader: Reader, seed: str, number: int) -> bytes:
    """The input with this number: always the same for the same seed."""
    random = Random(f"{seed}/{reader.name}/{number}")  # noqa: S311 - inputs, no secrets
    seeds = seeds_of(reader)
    # The first, which are small, more often than the others: so many more inputs fit into the same time.
    data, other = (seeds[min(int(random.expovariate(1.2)), len(seeds) - 1)] for _time in range(2))
    return reader.spoil(data, other, random)


def examine(reader: Reader, data: bytes, count: Count | None = None) -> Finding | None:
    """Hand one input to its reader; `None` if all is well."""
    memory = _Memory()
    begun = time.process_time()
    refused = False
    try:
        with _limited():
            complaint = reader.read(data)
    except reader.refusals as error:
        refused = True
        complaint = None if str(error).strip() or not isinstance(error, Exception) else "it is refused without a word"
    except TooSlowError:
        complaint = f"more than {MOST_SECONDS} s CPU\n{traceback.format_exc(limit=-6)}"
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - whatever it is, it is a finding
        complaint = traceback.format_exc()
    if complaint is None and time.process_time() - begun > MOST_SECONDS:
        complaint = f"{time.process_time() - begun:.1f} s CPU"
    if complaint is None and (taken := memory.taken()) > MOST_BYTES:
        complaint = f"{taken // 1_000_000} MB of memory"
    if count is not None:
        count.refused += refused
        count.read += not refused
    return None if complaint is None else Finding(reader.name, data, complaint)


def keep(finding: Finding, name: str) -> Path:
    """Put the input of a finding among those that are tried in every fast run."""
    folder = KEPT / finding.reader
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(finding.data)
    return path


def kept() -> list[tuple[str, Path]]:
    """The inputs that were kept, each with the name of its reader."""
    return [(path.parent.name, path) for path in sorted(KEPT.glob("*/*"))]


class _Memory:
    """The memory that an input takes.

    Most inputs take next to none, which two cheap questions tell: so the peak is put back, which is dear, only where
    what was the peak before would hide what an input takes.
    """

    def __init__(self) -> None:
        self._before = _now()
        if _highest() - self._before > HIDDEN:
            _forget_peak()

    def taken(self) -> int:
        """By how many bytes the most that this process has had since is above what it had then."""
        roughly = _highest() - self._before
        return roughly if roughly <= MOST_BYTES else _peak() - self._before


HIDDEN: Final = 100_000_000
"""So much of what an input takes (bytes) may go unnoticed behind an earlier peak: far less than any may take."""


def _now() -> int:
    """The memory that this process has now, in bytes."""
    if not _PAGES.exists():
        return _highest()
    return int(_PAGES.read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def _highest() -> int:
    """The most that it has had, in bytes, or more: what started it counts, too. Linux counts it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _peak() -> int:
    """The most that it has had, in bytes."""
    if _STATUS.exists():
        peak = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) * 1024
    return _highest()


def _forget_peak() -> None:
    """Have the peak count from here, where the system can do that: another input may have taken more before."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_bytes(b"5")  # proc(5)


@contextmanager
def _limited() -> Iterator[None]:
    """Raise `TooSlowError` where an input goes on and on. A library in C is heard of only when it comes back."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
