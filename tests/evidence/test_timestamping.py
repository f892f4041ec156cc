"""A time stamp is asked for by digest alone, kept as it came, and about the checkpoint. The authority here is ours."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence import timestamping
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.rfc3161 import request_for
from incidentsim.evidence.timestamping import stamp
from incidentsim.evidence.verifying import verify_bundle
from tests.support.authorities import Authority, needs_openssl, openssl
from tests.support.evidence import key, members_of, record


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


Serve = Callable[[Callable[[bytes], bytes]], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a web server that answers as told, and gives its address."""
    servers: list[HTTPServer] = []

    def start(answer: Callable[[bytes], bytes]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer(asked))

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@needs_openssl
def test_a_stamped_bundle_verifies_and_openssl_agrees(authority: Authority, serve: Serve, tmp_path: Path) -> None:
    address = serve(authority.reply)
    write_bundle(tmp_path / "b.zip", record(), key(), stamp=lambda text: stamp(text, address))
    findings = verify_bundle(tmp_path / "b.zip")
    assert findings.holds
    assert "stamp" in {check.name for check in findings.checks}
    assert any("openssl ts -verify" in said for said in findings.limits())
    parts = members_of(tmp_path / "b.zip")
    text = parts["checkpoint"].partition(b"\n\n")[0] + b"\n"
    (authority.folder / "checkpoint.txt").write_bytes(text)
    (authority.folder / "checkpoint.tsr").write_bytes(parts["checkpoint.tsr"])
    command = ("-data", "checkpoint.txt", "-in", "checkpoint.tsr", "-CAfile", authority.roots.name)
    openssl(authority.folder, "ts", "-verify", *command)


def test_an_authority_that_does_not_stamp_is_told_and_nothing_is_written(serve: Serve, tmp_path: Path) -> None:
    address = serve(lambda _asked: b"sorry")
    with pytest.raises(SurroundingsError, match="did not stamp"):
        write_bundle(tmp_path / "b.zip", record(), key(), stamp=lambda text: stamp(text, address))
    assert list(tmp_path.iterdir()) == []


def test_an_authority_that_is_not_there_is_told() -> None:
    with pytest.raises(SurroundingsError, match="cannot be reached"):
        stamp(b"text", "http://127.0.0.1:1/")
    for address in ("http://127.0.0.1:99999/", "http://127.0.0.1:port/", "http://127.0.0.1:1/a b"):
        with pytest.raises(SurroundingsError, match="cannot be reached"):
            stamp(b"text", address)
    for address in ("file:///etc/passwd", "ftp://x", "nonsense", "", "http://", "https:///x", "http://[::1", "-o"):
        with pytest.raises(InputError, match="no address"):
            stamp(b"text", address)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"])
def test_an_authority_that_speaks_no_http_is_told(answer: bytes) -> None:
    def speak(server: socket.socket) -> None:
        with server.accept()[0] as connection:
            connection.recv(100_000)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=speak, args=(server,), daemon=True).start()
        with pytest.raises(SurroundingsError, match=r"cannot be reached|did not stamp"):
            stamp(b"text", f"http://127.0.0.1:{server.getsockname()[1]}/")


@pytest.mark.parametrize(
    "begin",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n"],
    ids=["silent", "head", "body"],
)
def test_an_authority_that_drips_for_ever_meets_a_deadline(begin: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, and the whole would never be there."""
    monkeypatch.setattr(timestamping, "TIMEOUT", 0.3)
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        with server.accept()[0] as connection, suppress(OSError):
            connection.recv(100_000)
            connection.sendall(begin)
            while not over.wait(0.02):
                connection.sendall(b"x" if begin else b"")

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip, args=(server,), daemon=True)
        dripping.start()
        with pytest.raises(SurroundingsError, match="cannot be reached: it did not answer within"):
            stamp(b"text", f"http://127.0.0.1:{server.getsockname()[1]}/")
        over.set()
        dripping.join()


def test_the_password_of_a_proxy_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    for proxy in ("http://lin:s3cret@127.0.0.1:1", "lin:s3cret@127.0.0.1:1", "http://lin:s3cret@", "ftp://s3cret@x"):
        monkeypatch.setenv("http_proxy", proxy)
        with pytest.raises(SurroundingsError) as caught:
            stamp(b"text", "http://nowhere.invalid/")
        assert "s3cret" not in str(caught.value)


def test_an_authority_that_does_not_stop_is_told(serve: Serve) -> None:
    address = serve(lambda _asked: b"\x30" * (2 << 20))
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", address)


@needs_openssl
def test_a_stamp_on_something_else_and_a_refusal_are_told(authority: Authority, serve: Serve) -> None:
    other = serve(lambda _asked: authority.reply(request_for(b"another").data))
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", other)
    sha256 = bytes.fromhex("0609608648016503040201")
    refusal = serve(lambda asked: authority.reply(asked.replace(sha256, sha256[:-1] + b"\x09")))
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", refusal)


@needs_openssl
def test_a_stamp_given_to_an_earlier_question_is_told(authority: Authority, serve: Serve) -> None:
    """It is about the same text, but somebody kept it and plays it again: the nonce is another."""
    kept = authority.reply(request_for(b"text").data)
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", serve(lambda _asked: kept))


def test_without_the_extra_the_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(InputError, match=re.escape("pip install 'incidentsim[timestamp]'")):
        stamp(b"text", "http://127.0.0.1:1/")


@needs_openssl
def test_the_guide_tells_how_to_check_a_stamp(authority: Authority, serve: Serve, tmp_path: Path) -> None:
    """Its command as it is written, after its other commands for the checkpoint's text."""
    address = serve(authority.reply)
    write_bundle(tmp_path / "b.zip", record(), key(), stamp=lambda text: stamp(text, address))
    folder = tmp_path / "unpacked"
    shutil.unpack_archive(tmp_path / "b.zip", folder, "zip")
    (command,) = re.findall(
        r"^openssl ts -verify .*$", (folder / "VERIFY.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    check = tmp_path / "check"
    check.mkdir()
    text = (folder / "checkpoint").read_bytes().partition(b"\n\n")[0] + b"\n"
    (check / "checkpoint.txt").write_bytes(text)
    shutil.copy(authority.roots, folder / "AUTHORITY.pem")
    surroundings = {**os.environ, "check": str(check)}
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=surroundings, capture_output=True, check=False)
    assert (done.returncode, b"Verification: OK" in done.stdout) == (0, True)
    (check / "checkpoint.txt").write_bytes(text + b"\n")
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=surroundings, capture_output=True, check=False)
    assert done.returncode != 0
