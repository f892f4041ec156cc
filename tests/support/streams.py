"""Calls of the command line in all states that its standard streams can be in: many calls in one process, POSIX only.

Run as a program it reads `[[arguments, state], …]` as JSON from the file that is named, and writes what each call came
to, a line each, into another. Every call is made in a fork of a process that has everything imported already, whose
streams are then what Python makes of such ones at its start, and ends as a process does.
"""

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple


@dataclass
class Standing:
    """What the streams are connected to in one call."""

    out: Path
    err: Path
    encoding: str = "utf-8"

    def opened(self) -> None:
        """Connect them as usual: nothing to read, and files to write into."""
        _connect(0, os.open(os.devnull, os.O_RDONLY))
        _connect(1, os.open(self.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
        _connect(2, os.open(self.err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))


def _connect(descriptor: int, other: int) -> None:
    if other != descriptor:
        os.dup2(other, descriptor)
        os.close(other)


def _close(*descriptors: int) -> Callable[[Standing], None]:
    def close(_standing: Standing) -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    return close


def _full(*descriptors: int) -> Callable[[Standing], None]:
    def full(_standing: Standing) -> None:
        for descriptor in descriptors:
            _connect(descriptor, os.open("/dev/full", os.O_WRONLY))

    return full


def _abandoned(*descriptors: int) -> Callable[[Standing], None]:
    def abandon(_standing: Standing) -> None:
        for descriptor in descriptors:
            reader, writer = os.pipe()
            os.close(reader)
            _connect(descriptor, writer)

    return abandon


def _for_reading(*descriptors: int) -> Callable[[Standing], None]:
    def connect(_standing: Standing) -> None:
        for descriptor in descriptors:
            _connect(descriptor, os.open(os.devnull, os.O_RDONLY))

    return connect


def _encoded(encoding: str) -> Callable[[Standing], None]:
    def encode(standing: Standing) -> None:
        standing.encoding = encoding

    return encode


class State(NamedTuple):
    """One state: how it comes about, and the exit code that data which goes nowhere leads to, if it matters."""

    prepare: Callable[[Standing], None]
    lost: int | None = None


STATES: Final = {
    "as usual": State(lambda _standing: None),
    "stdout closed": State(_close(1)),
    "stderr closed": State(_close(2)),
    "stdin closed": State(_close(0)),
    "all closed": State(_close(0, 1, 2)),
    "stdout full": State(_full(1), lost=3),
    "stderr full": State(_full(2)),
    "both full": State(_full(1, 2), lost=3),
    "stdout abandoned": State(_abandoned(1), lost=141),
    "stderr abandoned": State(_abandoned(2)),
    "stdout for reading": State(_for_reading(1), lost=3),
    "stderr for reading": State(_for_reading(2)),
    "ASCII": State(_encoded("ascii")),
    "Latin-1": State(_encoded("latin-1")),
}


@dataclass(frozen=True)
class Ended:
    """How a call ended: its exit code (negative: by this signal), and what could be written."""

    code: int
    out: bytes
    err: bytes


def python_stream(descriptor: int, encoding: str) -> Any:
    """What Python makes of a descriptor at its start: nothing, or a text stream (`Python/pylifecycle.c`)."""
    try:
        os.fstat(descriptor)
    except OSError:
        return None
    raw = io.FileIO(descriptor, "wb" if descriptor else "rb", closefd=False)
    buffer = io.BufferedWriter(raw) if descriptor else io.BufferedReader(raw)
    errors = "backslashreplace" if descriptor == 2 else "strict"
    return io.TextIOWrapper(buffer, encoding, errors, newline="\n", line_buffering=descriptor == 2)


def _child(argv: Sequence[str], state: str, standing: Standing) -> None:
    """Become a process with such streams, and make the call; it ends with `SystemExit`."""
    from incidentsim.cli.main import main

    standing.opened()
    STATES[state].prepare(standing)
    sys.stdin = sys.__stdin__ = python_stream(0, standing.encoding)  # type: ignore[misc]  # as Python does
    sys.stdout = sys.__stdout__ = python_stream(1, standing.encoding)  # type: ignore[misc]  # the same
    sys.stderr = sys.__stderr__ = python_stream(2, standing.encoding)  # type: ignore[misc]  # the same
    main(list(argv))


def _all(calls: Path, ends: Path) -> None:
    wanted = json.loads(calls.read_text(encoding="utf-8"))
    _warm_up([argv for argv, _state in wanted])
    gc.freeze()  # what has been loaded by now stays: no fork need look through it when it ends
    with ends.open("w", encoding="utf-8") as file:
        for argv, state in wanted:
            standing = Standing(ends.with_suffix(".out"), ends.with_suffix(".err"))
            for path in (standing.out, standing.err):
                path.write_bytes(b"")
            child = os.fork()
            if child == 0:
                _child(argv, state, standing)
            _pid, status = os.waitpid(child, 0)
            texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in (standing.out, standing.err)]
            file.write(json.dumps([os.waitstatus_to_exitcode(status), *texts]) + "\n")
            file.flush()


def _warm_up(calls: Sequence[Sequence[str]]) -> None:
    """Import whatever these calls import, by making each once; what they write is lost."""
    from incidentsim.cli.main import run

    made = set()
    for argv in calls:
        if tuple(argv) not in made:
            made.add(tuple(argv))
            run(argv)


if __name__ == "__main__":
    _all(Path(sys.argv[1]), Path(sys.argv[2]))
