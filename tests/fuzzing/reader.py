"""What the fuzzer knows of a reader: valid inputs to begin with, how it is called, and what it may raise."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from incidentsim.domain.errors import InputError
from tests.fuzzing.mutating import Mutation, mutate

Read = Callable[[bytes], str | None]
"""Reads an input; the answer says what is wrong though it was read, such as soundness that is none."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One way into the program for bytes that somebody else wrote.

    Attributes:
        name: what findings are kept under; also a folder's name.
        seeds: makes valid inputs, small ones first. The fuzzer draws the first more often.
        read: reads one.
        refusals: the exceptions that are sentences of the reader's own.
        spoil: how inputs are spoilt.
        share: how many inputs this reader gets for each of the cheapest one's hundred.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    read: Read
    refusals: tuple[type[Exception], ...] = (InputError,)
    spoil: Mutation = mutate
    share: int = 100


@cache
def scratch() -> Path:
    """A folder for inputs that are read from files, in memory where that can be; it goes when the process ends."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    folder = Path(tempfile.mkdtemp(prefix="incidentsim-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def in_file(data: bytes, name: str) -> Path:
    """The input as a file of this name."""
    path = scratch() / name
    path.write_bytes(data)
    return path
