"""Database addresses: which are understood, and how they are told to a person without the password."""

from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

_SQLITE: Final = "sqlite:///"
_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")


def url_of_file(path: Path) -> str:
    """The address of an SQLite file."""
    return _SQLITE + path.as_posix()


def parse_address(address: str) -> URL:
    """The URL that SQLAlchemy is given for `address`, with the driver that this program uses.

    Raises:
        InputError: the address is not one, or of a database that this program does not know.
    """
    if address.startswith("sqlite:"):
        # What follows is a path as it is: `?` and `%` may stand in one, which a URL would read otherwise.
        path = address.removeprefix(_SQLITE)
        if path in (address, "", ":memory:"):
            message = _("The database address {address} names no file. Write sqlite:///FILE.")
            raise InputError(message.format(address=address))
        return URL.create("sqlite+pysqlite", database=path)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        url = None
    if url is None or url.drivername not in _POSTGRESQL:
        raise InputError(_not_understood(address))
    return url.set(drivername="postgresql+psycopg")


def _not_understood(address: str) -> str:
    # Where an address is misspelled, a password may stand anywhere after the scheme: no more of it is repeated.
    scheme, colon, _rest = address.partition("://")
    message = _(
        "The database address {address} is not understood. Write sqlite:///FILE, or "
        "postgresql://USER:PASSWORD@HOST:PORT/DATABASE."
    )
    return message.format(address=f"{scheme}{colon}…" if colon else "…")


def shown(url: URL) -> str:
    """Return the name of a database for messages: the file, or the server's address without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)
