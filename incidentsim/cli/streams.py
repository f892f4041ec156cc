"""The standard streams, whatever they are: missing, closed, full, abandoned, of another encoding.

Whoever starts a program may have closed any of them (cron, daemons, `>&-`). Then the next file that is opened, such
as a database, gets the stream's number, and whatever is written to the stream goes into it. So closed ones are opened
first thing, on the null device. After that:

- stdout speaks UTF-8. If it cannot be written, that is an `OutputError`: data is lost, and somebody wants to know.
- stderr speaks UTF-8, and what it cannot take is dropped: narration never changes how the program ends.
- stdin is read as UTF-8; what is none comes as its bytes' numbers instead of as an error.
"""

import io
import os
import sys
from contextlib import suppress
from typing import Final, TextIO

_STDOUT: Final = 1
_WAYS: Final = (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)  # how stdin, stdout and stderr are opened


class ClosedOutputError(Exception):
    """The reader of our output has gone away. No `OSError`: click ends with 1 on that, which would be a verdict."""


class OutputError(OSError):
    """Raised where output could not be written to stdout: a full disk, a broken device."""


class _Output(io.FileIO):
    """stdout: its errors are told from those of other files, and it waits where it is not to be waited for."""

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]  # as wide as the base
        try:
            while (written := super().write(data)) is None:  # a pipe that somebody else made non-blocking
                _wait_for(self.fileno())
        except BrokenPipeError:
            raise ClosedOutputError from None
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from None
        return written


class _Narration(io.FileIO):
    """stderr: what it cannot take is dropped."""

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]  # as wide as the base
        try:
            while (written := super().write(data)) is None:
                _wait_for(self.fileno())
        except OSError:
            return memoryview(data).nbytes
        return written


def prepare_streams() -> None:
    """Open what is closed, and have all three as this module says. Only the way into the process calls this."""
    for descriptor, way in enumerate(_WAYS):
        _open_if_closed(descriptor, way)
    missing = (sys.stdin is None, sys.stdout is None, sys.stderr is None)
    sys.stdin, sys.stdout, sys.stderr = _stream(0, sys.stdin), _stream(1, sys.stdout), _stream(2, sys.stderr)
    if missing[0]:
        sys.__stdin__ = sys.stdin  # type: ignore[assignment, misc]  # Python has none either
    if missing[1]:
        sys.__stdout__ = sys.stdout  # type: ignore[assignment, misc]  # the same
    if missing[2]:
        sys.__stderr__ = sys.stderr  # type: ignore[assignment, misc]  # the same


def forget_output() -> None:
    """Have what waits to be written to stdout go nowhere: Python tries once more when it ends, and says so."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, _STDOUT)
        os.close(null)
    with suppress(OSError, ClosedOutputError):
        sys.stdout.flush()


def _open_if_closed(descriptor: int, flags: int) -> None:
    try:
        os.fstat(descriptor)
    except OSError:
        with suppress(OSError):  # a system without a null device
            null = os.open(os.devnull, flags)
            if null != descriptor:
                os.dup2(null, descriptor)
                os.close(null)


def _stream(descriptor: int, given: TextIO | None) -> TextIO:
    """The stream over a descriptor, in place of the one that Python made, if it is of the usual make."""
    buffer = getattr(given, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # with PYTHONUNBUFFERED there is nothing between the two
    usual = isinstance(given, io.TextIOWrapper) and type(raw) is io.FileIO
    if given is not None and not usual:  # a Windows console, or what somebody put in its place
        if isinstance(given, io.TextIOWrapper):
            given.reconfigure(encoding="utf-8", errors="backslashreplace")
        return given
    if descriptor == 0:
        if isinstance(given, io.TextIOWrapper):
            given.reconfigure(encoding="utf-8", errors="backslashreplace")
            return given
        return io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "rb", closefd=False)), "utf-8", "backslashreplace")
    if isinstance(given, io.TextIOWrapper):
        given.flush()
    kind: type[io.FileIO] = _Output if descriptor == _STDOUT else _Narration
    try:
        made = kind(descriptor, "wb", closefd=False)
    except OSError:  # open, and a folder
        made = kind(os.open(os.devnull, os.O_WRONLY), "wb")
    return io.TextIOWrapper(
        io.BufferedWriter(made),
        "utf-8",
        "backslashreplace",
        newline=None if os.name == "nt" else "\n",
        line_buffering=descriptor != _STDOUT or made.isatty(),
        write_through=given is not None and getattr(given, "write_through", False),
    )


def _wait_for(descriptor: int) -> None:
    import select

    select.select([], [descriptor], [])
