"""A time stamp is asked for by digest alone, kept as it came, and about the checkpoint. The authority here is ours."""

import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.timestamping import request_for, stamp, stamped_digest
from incidentsim.evidence.verifying import verify_bundle
from tests.support.evidence import key, members_of, pack, record

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

SETTINGS = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:TRUE
[tsa]
extendedKeyUsage = critical, timeStamping
[stamping]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *argv: str) -> bytes:
    return subprocess.run(["openssl", *argv], cwd=folder, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a time-stamping authority with its certificates."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "settings").write_text(SETTINGS, encoding="utf-8")
    ca = (
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "2",
    )
    openssl(folder, "req", *ca, "-subj", "/CN=invented root", "-config", "settings", "-extensions", "ca")
    new = (
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
        "-subj",
        "/CN=invented authority",
    )
    openssl(folder, "req", *new, "-config", "settings")
    sign = ("-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem")
    openssl(folder, "x509", *sign, "-days", "2", "-extfile", "settings", "-extensions", "tsa")
    return folder


def reply(folder: Path, asked: bytes) -> bytes:
    (folder / "query.tsq").write_bytes(asked)
    return openssl(folder, "ts", "-reply", "-config", "settings", "-section", "stamping", "-queryfile", "query.tsq")


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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@needs_openssl
def test_openssl_reads_the_request(authority: Path) -> None:
    (authority / "q").write_bytes(request_for(b"text\n"))
    said = openssl(authority, "ts", "-query", "-in", "q", "-text").decode()
    assert "Hash Algorithm: sha256" in said
    assert "Certificate required: yes" in said
    (authority / "text").write_bytes(b"text\n")
    made = ("-data", "text", "-sha256", "-cert", "-no_nonce")
    assert openssl(authority, "ts", "-query", *made) == request_for(b"text\n")


@needs_openssl
def test_a_stamped_bundle_verifies_and_openssl_agrees(authority: Path, serve: Serve, tmp_path: Path) -> None:
    address = serve(lambda asked: reply(authority, asked))
    write_bundle(tmp_path / "b.zip", record(), key(), stamp=lambda text: stamp(text, address))
    findings = verify_bundle(tmp_path / "b.zip")
    assert findings.holds
    assert "stamp" in {check.name for check in findings.checks}
    assert any("openssl ts -verify" in said for said in findings.limits())
    parts = members_of(tmp_path / "b.zip")
    text = parts["checkpoint"].partition(b"\n\n")[0] + b"\n"
    (authority / "checkpoint.txt").write_bytes(text)
    (authority / "checkpoint.tsr").write_bytes(parts["checkpoint.tsr"])
    command = ("-data", "checkpoint.txt", "-in", "checkpoint.tsr", "-CAfile", "ca.pem")
    openssl(authority, "ts", "-verify", *command)
    other = {**parts, "checkpoint.tsr": reply(authority, request_for(b"another"))}
    failed = {check.name for check in verify_bundle(pack(tmp_path / "c.zip", other)).checks if not check.holds}
    assert failed == {"stamp"}
    none = {**parts, "checkpoint.tsr": b"\x30\x03\x02\x01\x02"}
    assert not verify_bundle(pack(tmp_path / "d.zip", none)).holds


@needs_openssl
def test_the_digest_in_an_answer_is_found(authority: Path) -> None:
    assert stamped_digest(reply(authority, request_for(b"text"))) == sha256(b"text").hexdigest()


@pytest.mark.parametrize("answer", [b"", b"no", bytes.fromhex("30053003020102"), b"\x30\x80", b"\x30", b"\xff" * 100])
def test_what_is_no_stamp_is_none(answer: bytes) -> None:
    assert stamped_digest(answer) is None


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


def test_an_authority_that_does_not_stop_is_told(serve: Serve) -> None:
    address = serve(lambda _asked: b"\x30" * (2 << 20))
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", address)


@needs_openssl
def test_a_stamp_on_something_else_and_a_refusal_are_told(authority: Path, serve: Serve) -> None:
    other = serve(lambda _asked: reply(authority, request_for(b"another")))
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", other)
    no_such_digest = request_for(b"text").replace(
        bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040209")
    )
    refusal = serve(lambda _asked: reply(authority, no_such_digest))
    with pytest.raises(SurroundingsError, match="did not stamp"):
        stamp(b"text", refusal)


@needs_openssl
def test_the_guide_tells_how_to_check_a_stamp(authority: Path, serve: Serve, tmp_path: Path) -> None:
    """Its command as it is written, after its other commands for the checkpoint's text."""
    address = serve(lambda asked: reply(authority, asked))
    write_bundle(tmp_path / "b.zip", record(), key(), stamp=lambda text: stamp(text, address))
    folder = tmp_path / "unpacked"
    shutil.unpack_archive(tmp_path / "b.zip", folder, "zip")
    (command,) = re.findall(
        r"^openssl ts -verify .*$", (folder / "VERIFY.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    (folder / "check").mkdir()
    text = (folder / "checkpoint").read_bytes().partition(b"\n\n")[0] + b"\n"
    (folder / "check" / "checkpoint.txt").write_bytes(text)
    shutil.copy(authority / "ca.pem", folder / "AUTHORITY.pem")
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, check=False)
    assert (done.returncode, b"Verification: OK" in done.stdout) == (0, True)
    (folder / "check" / "checkpoint.txt").write_bytes(text + b"\n")
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, check=False)
    assert done.returncode != 0
