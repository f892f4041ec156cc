"""What went wrong with a file, in a sentence that names it and says why."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _

_CALL_IS_WRONG: Final = frozenset(
    {errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENXIO, errno.EBADF, errno.EINVAL}
)


class AlreadyThereError(InputError):
    """Another file stands where one should be written, and nobody asked for it to be replaced."""

    def __init__(self, path: Path) -> None:
        message = _("{path} is there already and holds something else; use --force to overwrite it.")
        super().__init__(message.format(path=path))


def reason(error: OSError) -> str:
    """Return why the system refused, in the current language, as the end of a sentence."""
    known = {
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk space that you may use is full"),
        errno.EFBIG: _("it would be larger than a file may be there"),
        errno.EACCES: _("permission is missing"),
        errno.EPERM: _("permission is missing"),
        errno.EROFS: _("the disk is read-only"),
        errno.EIO: _("the disk does not work as it should"),
        errno.EISDIR: _("it is a folder"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.ELOOP: _("the links lead in a circle"),
        errno.ENOTDIR: _("a part of the path is no folder"),
        errno.EEXIST: _("something else is there"),
        errno.EBADF: _("it is not open for writing"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def call_is_wrong(error: OSError) -> bool:
    """Return whether the path named in the call is at fault: it cannot be a file, whoever asks and wherever."""
    return error.errno in _CALL_IS_WRONG


def trouble(path: Path, error: OSError) -> InputError | SurroundingsError:
    """Return the error to raise for a file that could not be written: `InputError` if the path named is at fault."""
    message = _("{path} could not be written: {reason}.").format(path=path, reason=reason(error))
    return InputError(message) if call_is_wrong(error) else SurroundingsError(message)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell what the system refuses in a sentence that names the file as the user did."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise trouble(path, error) from None
