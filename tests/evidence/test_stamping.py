"""A time stamp is asked for by digest alone, kept as it came, and about the checkpoint. The authority here is ours."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.stamping import request_for, stamp, stamped_digest
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
    ca = ("-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2")
    openssl(folder, "req", *ca, "-subj", "/CN=invented root", "-config", "settings", "-extensions", "ca")
    new = ("-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=invented authority")
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
    for address in ("file:///etc/passwd", "ftp://x", "nonsense"):
        with pytest.raises(InputError, match="no address"):
            stamp(b"text", address)
