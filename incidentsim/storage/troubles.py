"""What a database says when something fails, turned into a sentence for the person at the keyboard."""

import errno
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from incidentsim.domain.errors import SurroundingsError
from incidentsim.files import reason as reason_of
from incidentsim.files.addresses import without
from incidentsim.messages import gettext as _
from incidentsim.storage.probe import FULL_ERRORS, Ailment, ailment_of

_FULL_STATE: Final = "53100"  # disk_full
_READ_ONLY_STATES: Final = ("25006", "42501")  # read_only_sql_transaction, insufficient_privilege
_OTHER_TABLES_STATES: Final = ("42P01", "42703", "42883")  # undefined table, column, function
_OCCUPIED_STATES: Final = ("42P07", "42P16", "42710", "42723")  # a table, object or function of that name is there
_NO_SCHEMA_STATE: Final = "3F000"  # invalid_schema_name
_ENCODING_STATES: Final = ("22P05", "22021")  # untranslatable_character, character_not_in_repertoire


@contextmanager
def told_plainly(where: str, secrets: Collection[str] = (), file: Path | None = None) -> Iterator[None]:
    """Turn what the database throws into a `SurroundingsError`; its cause is kept.

    Args:
        where: the name of the database.
        secrets: what must not be repeated of its address.
        file: the SQLite file; what its disk suffers from is then found out, where that is worth asking.
    """
    try:
        yield
    except DBAPIError as error:
        raise SurroundingsError(_sentence(where, error.orig or error, secrets, file)) from error
    except sqlite3.Error as error:  # from a request that went past SQLAlchemy
        raise SurroundingsError(_sentence(where, error, secrets, file)) from error
    except UnicodeDecodeError as error:  # Python's driver stumbles over a message that quotes damaged bytes
        message = _("The database {where} is damaged ({reason}). Restore it from a copy.")
        raise SurroundingsError(message.format(where=where, reason=error.reason)) from error
    except SQLAlchemyError as error:
        raise SurroundingsError(_failed(where, without(secrets, str(error)))) from error
    except OSError as error:
        raise _of_the_system(where, error, secrets) from error


def read_only(where: str) -> SurroundingsError:
    """The error for a write where only reading is possible."""
    return SurroundingsError(
        _(
            "The database {where} can only be read: the disk is read-only, or you may not write there. Name another "
            "one with INCIDENTSIM_DATABASE_URL."
        ).format(where=where)
    )


def full(where: str) -> SurroundingsError:
    """The error for a write where no more can be written."""
    message = _("The disk that holds the database {where} is full. What was recorded before is kept.")
    return SurroundingsError(message.format(where=where))


def no_locks(where: str) -> SurroundingsError:
    """The error for a database on a drive that cannot lock files."""
    message = _(
        "The database {where} cannot lie on this drive: files cannot be locked there, as on many network drives. Name "
        "one on a disk of this machine, or on a PostgreSQL server, with INCIDENTSIM_DATABASE_URL."
    )
    return SurroundingsError(message.format(where=where))


def no_shared_memory(where: str) -> SurroundingsError:
    """The error for a database on a drive where programs cannot share memory (`mmap` of a file)."""
    message = _(
        "The database {where} cannot lie on this drive: programs cannot share memory there, which its write-ahead log "
        "needs, as on many network drives. Name one on a disk of this machine, or on a PostgreSQL server, with "
        "INCIDENTSIM_DATABASE_URL."
    )
    return SurroundingsError(message.format(where=where))


def foreign(where: str) -> SurroundingsError:
    """The error for a database in which the tables of another program are in the way."""
    message = _(
        "The database {where} holds tables that are not those of incidentsim: it belongs to another program, or was "
        "changed. Name another one with INCIDENTSIM_DATABASE_URL."
    )
    return SurroundingsError(message.format(where=where))


def _sentence(where: str, error: BaseException, secrets: Collection[str], file: Path | None) -> str:
    reason = " ".join(without(secrets, str(error)).split())
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(where, getattr(error, "sqlite_errorname", ""), reason, file)
    state = getattr(error, "sqlstate", None)
    if state == _FULL_STATE:
        return str(full(where))
    if state in _READ_ONLY_STATES:
        return str(read_only(where))
    if state in _OTHER_TABLES_STATES or state in _OCCUPIED_STATES:
        return _other_tables(where, reason)
    if state == _NO_SCHEMA_STATE:
        message = _("The database {where} has no schema by the name that its options give; make it first.")
    elif state in _ENCODING_STATES:
        message = _("The database {where} cannot keep these characters ({reason}). Make one with the encoding UTF8.")
    elif _lost_server(error, state):
        message = _("The database server at {where} cannot be reached or does not let you in: {reason}")
    else:
        return _failed(where, reason)
    return message.format(where=where, reason=reason)


def _of_sqlite(where: str, code: str, reason: str, file: Path | None) -> str:
    asked = code.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PERM"))
    ailment = ailment_of(file.parent) if asked and file is not None else None
    if code == "SQLITE_FULL" or (ailment is Ailment.FULL and not code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))):
        return str(full(where))
    if ailment is Ailment.NO_LOCKS:
        return str(no_locks(where))
    if code.startswith("SQLITE_IOERR_SHM"):
        return str(no_shared_memory(where))
    if code.startswith("SQLITE_READONLY") or ailment is Ailment.READ_ONLY:
        return str(read_only(where))
    if code == "SQLITE_ERROR" and reason.startswith(("no such table", "no such column", "table ")):
        return _other_tables(where, reason)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        message = _("The database {where} is locked by another program; try again when that has ended.")
    elif code.startswith("SQLITE_CORRUPT"):
        message = _("The database {where} is damaged ({reason}). Restore it from a copy.")
    elif code == "SQLITE_NOTADB":
        message = _("The file {where} is not a database. Name another one with INCIDENTSIM_DATABASE_URL.")
    elif code.startswith("SQLITE_IOERR") or ailment is Ailment.BROKEN:
        message = _("The disk that holds the database {where} does not work as it should ({reason}).")
    elif code.startswith("SQLITE_CANTOPEN"):
        message = _(
            "The database {where} cannot be opened: you may not read it, its folder is missing, or it lies with a -wal "
            "file beside it on a read-only disk (copy both elsewhere)."
        )
    else:
        return _failed(where, reason)
    return message.format(where=where, reason=reason)


def _of_the_system(where: str, error: OSError, secrets: Collection[str]) -> SurroundingsError:
    if error.errno in FULL_ERRORS:
        return full(where)
    if error.errno == errno.EROFS:
        return read_only(where)
    if error.errno == errno.EIO:
        message = _("The disk that holds the database {where} does not work as it should ({reason}).")
        return SurroundingsError(message.format(where=where, reason=error.strerror))
    return SurroundingsError(_failed(where, without(secrets, reason_of(error))))


def _lost_server(error: BaseException, state: str | None) -> bool:
    """No connection was made, or it broke (SQLSTATE class 08, 28, 3D, 57P: connection, login, database, shutdown)."""
    if state:
        return state.startswith(("08", "28", "3D", "57P"))
    return type(error).__name__ in {"OperationalError", "InterfaceError", "ConnectionTimeout"}


def _other_tables(where: str, reason: str) -> str:
    message = _(
        "The database {where} failed: {reason}. Its tables are not those of incidentsim: it belongs to another "
        "program, or was changed. Name another one with INCIDENTSIM_DATABASE_URL."
    )
    return message.format(where=where, reason=reason)


def _failed(where: str, reason: str) -> str:
    return _("The database {where} failed: {reason}").format(where=where, reason=reason)
