"""What a database says when something fails, turned into a sentence for the person at the keyboard."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from incidentsim.domain.errors import SurroundingsError
from incidentsim.files.addresses import without
from incidentsim.messages import gettext as _

_DISK_FULL_STATE: Final = "53100"
_READ_ONLY_STATES: Final = ("25006", "42501")  # read_only_sql_transaction, insufficient_privilege


@contextmanager
def told_plainly(where: str, secrets: Collection[str] = ()) -> Iterator[None]:
    """Turn what the database throws into a `SurroundingsError` about `where` without `secrets`; its cause is kept."""
    try:
        yield
    except DBAPIError as error:
        raise SurroundingsError(_sentence(where, error.orig or error, secrets)) from error
    except sqlite3.Error as error:  # from a request that went past SQLAlchemy
        raise SurroundingsError(_sentence(where, error, secrets)) from error
    except UnicodeDecodeError as error:  # Python's driver stumbles over a message that quotes damaged bytes
        message = _("The database {where} is damaged ({reason}). Restore it from a copy.")
        raise SurroundingsError(message.format(where=where, reason=error.reason)) from error
    except SQLAlchemyError as error:
        raise SurroundingsError(_failed(where, without(secrets, str(error)))) from error
    except OSError as error:
        raise SurroundingsError(_failed(where, without(secrets, error.strerror or str(error)))) from error


def read_only(where: str) -> SurroundingsError:
    """The error for a write where only reading is possible."""
    return SurroundingsError(
        _(
            "The database {where} can only be read: the disk is read-only, or you may not write there. Name another "
            "one with INCIDENTSIM_DATABASE_URL."
        ).format(where=where)
    )


def _sentence(where: str, error: BaseException, secrets: Collection[str]) -> str:
    reason = " ".join(without(secrets, str(error)).split())
    code = getattr(error, "sqlite_errorname", "")
    state = getattr(error, "sqlstate", None)
    if code == "SQLITE_FULL" or state == _DISK_FULL_STATE:
        message = _("The disk that holds the database {where} is full. What was recorded before is kept.")
    elif code.startswith("SQLITE_READONLY") or state in _READ_ONLY_STATES:
        return str(read_only(where))
    elif code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        message = _("The database {where} is locked by another program; try again when that has ended.")
    elif code.startswith("SQLITE_CORRUPT"):
        message = _("The database {where} is damaged ({reason}). Restore it from a copy.")
    elif code == "SQLITE_NOTADB":
        message = _("The file {where} is not a database. Name another one with INCIDENTSIM_DATABASE_URL.")
    elif code.startswith("SQLITE_CANTOPEN"):
        message = _(
            "The database {where} cannot be opened: you may not read it, its folder is missing, or it lies with a -wal "
            "file beside it on a read-only disk (copy both elsewhere)."
        )
    elif code.startswith("SQLITE_IOERR"):
        message = _("The disk that holds the database {where} does not work as it should ({reason}).")
    elif _lost_server(error, state):
        message = _("The database server at {where} cannot be reached or does not let you in: {reason}")
    else:
        return _failed(where, reason)
    return message.format(where=where, reason=reason)


def _lost_server(error: BaseException, state: str | None) -> bool:
    """No connection was made, or it broke (SQLSTATE class 08, 28, 3D, 57P: connection, login, database, shutdown)."""
    if state:
        return state.startswith(("08", "28", "3D", "57P"))
    return type(error).__name__ == "OperationalError" and not isinstance(error, sqlite3.Error)


def _failed(where: str, reason: str) -> str:
    return _("The database {where} failed: {reason}").format(where=where, reason=reason)
