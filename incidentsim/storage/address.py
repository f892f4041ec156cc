"""Database addresses: which are understood, and how they are told to a person without any secret."""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from incidentsim.domain.errors import InputError
from incidentsim.files.addresses import HIDDEN, scheme_of, unshown
from incidentsim.messages import gettext as _
from incidentsim.storage.file_address import SQLITE, names_file

_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")

_OPTIONS: Final = frozenset(
    {
        "application_name",
        "channel_binding",
        "client_encoding",
        "connect_timeout",
        "dbname",
        "fallback_application_name",
        "gssdelegation",
        "gssencmode",
        "gsslib",
        "host",
        "hostaddr",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "krbsrvname",
        "load_balance_hosts",
        "max_protocol_version",
        "min_protocol_version",
        "options",
        "passfile",
        "password",
        "port",
        "require_auth",
        "requirepeer",
        "service",
        "servicefile",
        "ssl_max_protocol_version",
        "ssl_min_protocol_version",
        "sslcert",
        "sslcertmode",
        "sslcompression",
        "sslcrl",
        "sslcrldir",
        "sslkey",
        "sslkeylogfile",
        "sslmode",
        "sslnegotiation",
        "sslpassword",
        "sslrootcert",
        "sslsni",
        "target_session_attrs",
        "tcp_user_timeout",
        "user",
    }
)
"""The options of a connection: PostgreSQL 18, 34.1.2 "Parameter Key Words", but replication and OAuth."""

_SWITCH: Final = re.compile("[01]")
_FEW_DIGITS: Final = re.compile("[0-9]{1,4}")
_TLS: Final = re.compile(r"TLSv1(\.[123])?")
_WISHED: Final = re.compile("disable|allow|prefer|require")
_SHOWN_VALUES: Final = {
    "sslmode": re.compile("disable|allow|prefer|require|verify-ca|verify-full"),
    "target_session_attrs": re.compile("any|read-write|read-only|primary|standby|prefer-standby"),
    "port": re.compile("[0-9]{1,5}"),
    **dict.fromkeys(("gssdelegation", "keepalives", "sslcompression", "sslsni"), _SWITCH),
    **dict.fromkeys(("connect_timeout", "keepalives_count", "keepalives_idle", "keepalives_interval"), _FEW_DIGITS),
    **dict.fromkeys(("ssl_max_protocol_version", "ssl_min_protocol_version"), _TLS),
    **dict.fromkeys(("channel_binding", "gssencmode", "sslcertmode"), _WISHED),
    "load_balance_hosts": re.compile("disable|random"),
    "sslnegotiation": re.compile("postgres|direct"),
}
"""The options whose values are shown, where they are as they should be; a secret may stand in any other.

What is not shown is looked for in every message about the database, and a "1" that is no secret stands in many of them.
"""

_NAME: Final = re.compile(r"[^@#?&]*")
"""What can be a host, a user or a database: an address with more in it is misspelled, and part of it is a password."""


def url_of_file(path: Path) -> str:
    """The address of an SQLite file."""
    return SQLITE + path.as_posix()


def parse_address(address: str) -> URL:
    """The URL that SQLAlchemy is given for `address`, with the driver that this program uses.

    Raises:
        InputError: the address is not one, or of a database that this program does not know, or an option of it is.
    """
    if address.startswith("sqlite:"):
        # What follows is a path as it is: `?` and `%` may stand in one, which a URL would read otherwise.
        if not names_file(address):
            message = _("The database address {address} names no file. Write sqlite:///FILE.")
            raise InputError(message.format(address="sqlite:…"))
        return URL.create("sqlite+pysqlite", database=address.removeprefix(SQLITE))
    url = _url_of(address)
    if url is None or url.drivername not in _POSTGRESQL or any(_dropped(address)):
        raise InputError(_not_understood(address))
    _refuse_unknown_options(url)
    return url.set(drivername="postgresql+psycopg")


def _url_of(address: str) -> URL | None:
    """The parts of an address; `None` where it is none, or no UTF-8, in which no part of one could be sent."""
    try:
        address.encode()
        return make_url(address)
    except (ArgumentError, ValueError):  # ValueError: bytes that are no text, or a port that is no number
        return None


def _dropped(address: str) -> list[str]:
    """The options without a value, which SQLAlchemy drops; one may be the end of a password with "?" or "&" in it."""
    return [part for part in address.partition("?")[2].split("&") if part and "=" not in part]


def _refuse_unknown_options(url: URL) -> None:
    """An unknown option is told by its place: its name may be the end of a password with an "&" in it."""
    for number, name in enumerate(url.query, start=1):
        if name not in _OPTIONS:
            nearest = difflib.get_close_matches(name, sorted(_OPTIONS), n=1)
            message = _("Option {number} of the database address {address} is not known.")
            said = message.format(number=number, address=shown(url))
            raise InputError(said + (_(" Did you mean {name}?").format(name=nearest[0]) if nearest else ""))


def _not_understood(address: str) -> str:
    # Where an address is misspelled, a password may stand anywhere after the scheme: no more of it is repeated.
    message = _(
        "The database address {address} is not understood. Write sqlite:///FILE, or "
        "postgresql://USER:PASSWORD@HOST:PORT/DATABASE."
    )
    return message.format(address=scheme_of(address))


def shown(url: URL) -> str:
    """Return the name of a database for messages: the file, or the server's address without anything secret."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    # With "/" or "?" in it, what was taken for a password may be host and options before a password with an "@" in it.
    password = str(url.password or "")
    # So may the host be, where an "@" comes after it.
    misspelled = bool(set("/?#") & set(password)) or any("@" in f"{name}{said}" for name, said in url.query.items())
    parts = [part for part in (url.username, url.host, url.database) if part]
    repeated = password and any(password in part for part in (*parts, str(url.port)))
    if misspelled or repeated or not all(map(_NAME.fullmatch, parts)):
        return "postgresql://…"
    query = {name: _shown_value(name, value) for name, value in url.query.items() if name in _OPTIONS}
    said = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    options = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
    return f"{said}?{options}" if options else said


def _shown_value(name: str, value: str | tuple[str, ...]) -> str:
    pattern = _SHOWN_VALUES.get(name)
    return value if pattern is not None and isinstance(value, str) and pattern.fullmatch(value) else HIDDEN


def secrets_of(url: URL) -> Iterator[str]:
    """Return the parts of an address that are not shown, for errors of libraries that repeat it."""
    if url.get_backend_name() == "sqlite":
        return
    if url.password:
        yield str(url.password)
    if shown(url).endswith("…"):
        yield from (part for part in (url.username, url.host, url.database) if part)
    for name, value in url.query.items():
        if name not in _OPTIONS:
            yield name
        for said in (value,) if isinstance(value, str) else value:
            if _shown_value(name, said) == HIDDEN and name not in {"host", "hostaddr", "user", "dbname"}:
                yield said


def secrets_of_address(address: str) -> tuple[str, ...]:
    """The same for an address as it is written, whether or not it is understood."""
    if address.startswith("sqlite:///"):
        return ()
    rest = tuple(unshown(address))
    url = _url_of(address)
    dropped = _dropped(address)
    if url is None or url.drivername not in _POSTGRESQL or dropped:
        return (*rest, *dropped)
    return (*secrets_of(url), *(rest if shown(url).endswith("…") else ()))
