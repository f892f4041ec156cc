"""A PostgreSQL server: how it is reached, and how long it may take to answer.

The driver waits for an answer for ever, and a network that is cut says nothing; so every answer has an overall
deadline, however slowly it drips in. After it the connection is shut, and with it ends what waits.
"""

import functools
import logging
import os
import socket
import threading
import time
import weakref
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from incidentsim.domain.errors import SurroundingsError
from incidentsim.messages import gettext as _

CONNECT_SECONDS: Final = 10
"""The seconds in which each of the server's addresses must have let us in, unless the address says otherwise."""

ANSWER_SECONDS: Final = 60
"""The seconds that one answer may take, such as a page of rows."""

CHANGE_SECONDS: Final = 3600
"""The seconds that one answer may take while the tables are brought up to date."""


def server_engine(url: URL) -> Engine:
    """Make an engine for the server at this address.

    Raises:
        SurroundingsError: the driver is not installed.
    """
    # Whatever the server keeps texts in, we speak UTF-8 with it: by default the driver speaks what the server does.
    arguments: dict[str, object] = {"client_encoding": "utf8"}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = CONNECT_SECONDS
    _hush()
    try:
        engine = create_engine(url, connect_args=arguments)
    except ModuleNotFoundError as error:
        message = _('PostgreSQL needs one more package: pip install "incidentsim[postgres]"')
        raise SurroundingsError(message) from error
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _make_durable)
    return engine


def give_time(connection: Connection, seconds: float) -> None:
    """Have a connection wait so long for each answer. On an SQLite file nothing happens."""
    driver: Any = connection.connection.driver_connection
    if hasattr(driver, "answer_seconds"):
        driver.answer_seconds = seconds


def _connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:  # noqa: ANN401 - a driver's connection
    return _patient_connection().connect(*arguments, **options)


@functools.cache
def _patient_connection() -> Any:  # noqa: ANN401 - a class of the driver, which need not be installed
    """The driver's connection, with a deadline for each answer."""
    import psycopg

    class PatientConnection(psycopg.Connection[Any]):
        answer_seconds: float | None = None
        until: float | None = None  # the moment until which an answer is waited for, if one is
        late = False
        watched = False

        def wait(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the driver hands over
            seconds = self.answer_seconds or ANSWER_SECONDS
            if not self.watched:
                self.watched = True
                pause = min(seconds / 5, 1)
                threading.Thread(target=_watch, args=(weakref.ref(self), pause), daemon=True).start()
            self.until = time.monotonic() + seconds
            try:
                return super().wait(*arguments, **options)
            except psycopg.Error as error:
                if not self.late:
                    raise
                message = _("it did not answer within {seconds} seconds")
                raise psycopg.OperationalError(message.format(seconds=round(seconds))) from error
            finally:
                self.until = None

    return PatientConnection


def _watch(reference: "weakref.ref[Any]", pause: float) -> None:
    """Look every now and then whether a connection waits for too long; to be told of each wait would cost as much."""
    while True:
        time.sleep(pause)
        connection = reference()
        if connection is None or connection.closed:
            return
        until = connection.until
        if until is not None and time.monotonic() > until:
            connection.late = True
            _shut(connection.fileno())
            return
        del connection


def _shut(descriptor: int) -> None:
    """Shut a connection under whoever waits for it: there is nothing more to read then."""
    with suppress(OSError):
        if os.name == "nt":
            endpoint = socket.fromfd(descriptor, socket.AF_INET, socket.SOCK_STREAM)
        else:
            endpoint = socket.socket(fileno=os.dup(descriptor))
        with endpoint:
            endpoint.shutdown(socket.SHUT_RDWR)


def _make_durable(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    """Where the server was told not to wait for its disk, wait for it all the same: acknowledged means kept."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        if cursor.fetchone()[0] == "off":
            cursor.execute("SET SESSION synchronous_commit TO on")
    connection.commit()


def _hush() -> None:
    """Have the libraries write nothing to stderr: what fails is told once, by us, without secrets.

    A program that sets up logging itself still gets their records.
    """
    for name in ("psycopg", "sqlalchemy", "alembic"):
        library = logging.getLogger(name)
        if not library.handlers:
            library.addHandler(logging.NullHandler())
