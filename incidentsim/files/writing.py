"""Writing a file that a user named, and making the folder for it."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from incidentsim.files.targets import Ordinary, target_of
from incidentsim.files.telling import AlreadyThereError, told
from incidentsim.files.unfinished import DESCRIPTORS

PRIVATE: Final = 0o600
"""The mode of a file that names people or holds their words: reports, scripts, bundles, databases."""

OPEN: Final = 0o644
"""The mode of any other file, less what the user's umask takes away."""

PRIVATE_FOLDER: Final = 0o700


def check_place(path: Path) -> None:
    """Make sure that a file can be put there, before the work for it is done; one that is there is no matter.

    Raises:
        InputError: its folder does not exist, it is a folder itself, or it can have no such name.
        SurroundingsError: it cannot be looked at.
    """
    with told(path):
        target_of(path)


def check_free(path: Path) -> None:
    """The same, where long work would be lost if another file stood there.

    Raises:
        AlreadyThereError: an ordinary file is there.
        InputError: as for `check_place`.
        SurroundingsError: it cannot be looked at.
    """
    with told(path):
        target = target_of(path)
        if isinstance(target, Ordinary) and target.path.exists():
            raise AlreadyThereError(path)


def write_file(path: Path, data: bytes, *, mode: int = OPEN, replace: bool = False) -> None:
    """Write a file at once; see `writing`."""
    with writing(path, mode=mode, replace=replace) as file:
        file.write(data)


@contextmanager
def writing(path: Path, *, mode: int = OPEN, replace: bool = False) -> Iterator[BinaryIO]:
    """A file to write, read and go back in, which stands at `path` when the context ends well; else all is as before.

    Args:
        path: a file that is there or not, a device, a pipe, a stream of our own, or a link to any of them.
        mode: permissions of an ordinary file, `PRIVATE` or `OPEN`.
        replace: put it in the place of an ordinary file. Without, one with the same bytes is left as it is.

    Raises:
        AlreadyThereError: another file is there, and `replace` does not say that it may go.
        InputError: its folder does not exist, it is a folder itself, or it can have no such name.
        SurroundingsError: it cannot be written.
        BrokenPipeError: whoever read the pipe went away.
    """
    with told(path):
        target = target_of(path)
        file = target.begin(mode)
        try:
            with file:
                yield cast("BinaryIO", file)
                file.flush()
                if not target.finish(file, replace=replace):
                    raise AlreadyThereError(path)
        finally:
            target.clean_up()


def make_folder(folder: Path, *, mode: int = PRIVATE_FOLDER) -> None:
    """Make a folder, and those above it that are missing, with this mode (XDG Base Directory Specification: 0700).

    Raises:
        InputError: something else is in the way, or it can have no such name.
        SurroundingsError: it cannot be made.
    """
    with told(folder):
        make_own_folder(folder, mode=mode)


def make_own_folder(folder: Path, *, mode: int = PRIVATE_FOLDER) -> None:
    """The same for a folder that no user named: whoever needs it says in their own words what failed.

    Raises:
        OSError: it cannot be made.
    """
    missing = []
    for above in (folder, *folder.parents):
        if above.is_dir():
            break
        missing.append(above)
    for each in reversed(missing):
        each.mkdir(mode=mode, exist_ok=True)


def keep_mode(file: BinaryIO, like: Path) -> None:
    """Give a file that is being written the mode of another, whatever the umask says; the same where there are none.

    Raises:
        OSError: it cannot be done.
    """
    if hasattr(os, "fchmod"):
        os.fchmod(file.fileno(), stat.S_IMODE(like.stat().st_mode))


def path_for_others(file: BinaryIO) -> Path | None:
    """A path by which other processes can read an open file, also one without a name; `None` if there is none."""
    name = getattr(file, "name", None)
    if isinstance(name, str | Path):
        return Path(name)
    if isinstance(name, int) and DESCRIPTORS.is_dir():
        return Path(f"/proc/{os.getpid()}/fd/{name}")
    return None
