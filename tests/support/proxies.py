"""A way to a server that lets everything through until it sees something, and then fails in one of several ways."""

import enum
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit


class Failure(enum.Enum):
    """Ways in which a way to a server fails."""

    CUT = "cut"
    """Both ends are closed."""
    SILENT = "silent"
    """Nothing comes back any more, and nobody says so."""
    DRIPPING = "dripping"
    """Answers come back byte by byte, and never to their end."""


@dataclass(slots=True)
class Proxy:
    """The way to a server.

    Attributes:
        address: of the database, by this way.
        failures: how often it has failed.
    """

    address: str
    failures: int = 0


@contextmanager
def failing_way(address: str, failure: Failure, seen: bytes, *, times: int = 1) -> Iterator[Proxy]:
    """A way to the database at `address` that fails when a client has sent `seen` so many times; once, but no more."""
    parts = urlsplit(address)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        place = f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{port}"
        proxy = Proxy(urlunsplit(parts._replace(netloc=place)))
        target = (parts.hostname or "", parts.port or 5432)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _address = server.accept()
                    behind = socket.create_connection(target)
                    threading.Thread(target=carry, args=(client, behind), daemon=True).start()

        def carry(client: socket.socket, behind: socket.socket) -> None:
            asked, fails = 0, False
            with client, behind, selectors.DefaultSelector() as ready, suppress(OSError):
                ready.register(client, selectors.EVENT_READ)
                ready.register(behind, selectors.EVENT_READ)
                while not over.is_set():
                    for key, _events in ready.select(0.02):
                        data = bytes(key.fileobj.recv(65_536))  # type: ignore[union-attr]  # both are sockets
                        if not data:
                            return
                        asked += data.count(seen) if key.fileobj is client else 0
                        if asked >= times and not fails and not proxy.failures:
                            fails, proxy.failures = True, 1
                        if not fails:
                            (behind if key.fileobj is client else client).sendall(data)
                        elif failure is Failure.CUT:
                            return
                    if fails and failure is Failure.DRIPPING:
                        client.sendall(b"D\x7f\xff\xff\xff"[:1] if asked == times else b"\x7f")
                        asked += 1

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield proxy
        finally:
            over.set()
