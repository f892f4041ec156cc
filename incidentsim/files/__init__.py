"""The one careful way to write a file that a user named; every command and every screen writes through here.

- What is no ordinary file is written into: devices, named pipes, and the program's own streams (`/dev/stdout`).
- An ordinary file comes whole or not at all, at the end of links: it is written where nobody sees it, forced to the
  disk (`fsync`), and only then gets its name. What is there stays unless its replacement was asked for.
- Nothing unfinished stays behind. On Linux a file is without a name until it is whole (`O_TMPFILE`, open(2)), so that
  a killed program leaves nothing; elsewhere it is hidden and locked, and the next write into the folder takes away
  what nobody holds any more.
- Trouble is told in a sentence that names the file: `InputError` if another call would have helped (a folder, a name
  that is too long, something is there already), `SurroundingsError` if not (the disk is full, permission is missing).

What reads a pipe may go away: that stays the `BrokenPipeError` that it is.
"""

from incidentsim.files.targets import STDOUT
from incidentsim.files.telling import AlreadyThereError, call_is_wrong, reason, trouble
from incidentsim.files.writing import (
    OPEN,
    PRIVATE,
    check_free,
    check_place,
    keep_mode,
    make_folder,
    make_own_folder,
    path_for_others,
    write_file,
    writing,
)

__all__ = [
    "OPEN",
    "PRIVATE",
    "STDOUT",
    "AlreadyThereError",
    "call_is_wrong",
    "check_free",
    "check_place",
    "keep_mode",
    "make_folder",
    "make_own_folder",
    "path_for_others",
    "reason",
    "trouble",
    "write_file",
    "writing",
]
