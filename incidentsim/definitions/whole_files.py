"""Reading a file whole or not at all: whoever reads one says what the most is, and nothing is ever cut.

It imports nothing that takes time, because every reader of files that people name is built on it.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

_BLOCK: Final = 1024 * 1024


class FileTooLargeError(InputError):
    """A file over the limit of its reader. `size` is what it has, in bytes; `None` where it has no size to ask for."""

    def __init__(self, path: Path, *, size: int | None, most: int) -> None:
        message = _("{path} has {size} bytes; {most} is the most that is read here.")
        if size is None:
            message = _("{path} gives more than {most} bytes, which is the most that is read here.")
        super().__init__(message.format(path=path, size=size, most=most))
        self.size = size
        self.most = most


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a file, all of them.

    Args:
        path: the file; a pipe is read to its end, or until it has given too much.
        most: how many bytes it may have.

    Raises:
        FileTooLargeError: it has more.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return read_open(file, path, most)


def read_open(file: BinaryIO, path: Path, most: int) -> bytes:
    """The same of a file that is open already and was not read from, for whoever looks at more than its bytes."""
    size = _size(file)
    if size is not None and size > most:
        raise FileTooLargeError(path, size=size, most=most)
    data = bytearray()
    while len(data) <= most:  # a file may grow while it is read
        block = file.read(min(_BLOCK, most + 1 - len(data)))
        if not block:
            return bytes(data)
        data += block
    raise FileTooLargeError(path, size=None, most=most)


def _size(file: BinaryIO) -> int | None:
    """The size of a regular file; pipes and devices have none."""
    status = os.fstat(file.fileno())
    return status.st_size if stat.S_ISREG(status.st_mode) else None
