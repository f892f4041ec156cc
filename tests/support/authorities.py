"""Time-stamping authorities of the tests' own: certificates by `cryptography`, stamps by `openssl ts`."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

SETTINGS = """
[stamping]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""
DAY = timedelta(days=1)
_PEM = serialization.Encoding.PEM
_DER = serialization.Encoding.DER


def openssl(folder: Path, *argv: str) -> bytes:
    """What the command line of OpenSSL says, run in this folder."""
    return subprocess.run(["openssl", *argv], cwd=folder, capture_output=True, check=True).stdout


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Authority:
    """An authority with a root of its own; its certificate is valid between these times, counted from now."""

    def __init__(
        self, folder: Path, *, root: str = "invented root", begins: timedelta = -DAY, ends: timedelta = DAY
    ) -> None:
        self.folder = folder
        self._root = root
        self._root_key = ed25519.Ed25519PrivateKey.generate()  # its signatures are all of one length
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._begins, self._ends = begins, ends
        own = self._builder(root, 1, self._root_key.public_key(), -100 * DAY, 100 * DAY)
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self._certificate = self._for(ExtendedKeyUsageOID.TIME_STAMPING)
        root_certificate = own.sign(self._root_key, None)
        self.chain = (self._certificate.public_bytes(_DER), root_certificate.public_bytes(_DER))
        self.roots = folder / "root.pem"
        self.roots.write_bytes(root_certificate.public_bytes(_PEM))
        (folder / "tsa.pem").write_bytes(self._certificate.public_bytes(_PEM))
        (folder / "tsa.key").write_bytes(
            self._key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        (folder / "settings").write_text(SETTINGS, encoding="utf-8")

    def _builder(
        self,
        name: str,
        serial: int,
        key: ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey,
        begins: timedelta,
        ends: timedelta,
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        found = x509.CertificateBuilder().subject_name(_named(name)).issuer_name(_named(self._root))
        found = found.public_key(key).serial_number(serial)
        return found.not_valid_before(now + begins).not_valid_after(now + ends)

    def _for(self, purpose: x509.ObjectIdentifier) -> x509.Certificate:
        """A certificate of the authority's key for this purpose."""
        found = self._builder("invented authority", 2, self._key.public_key(), self._begins, self._ends)
        found = found.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return found.sign(self._root_key, None)

    def reply(self, query: bytes, *, chain: bool = False) -> bytes:
        """The answer to a query, with the authority's certificate, and with its root if `chain`."""
        (self.folder / "query.tsq").write_bytes(query)
        with_root = ("-chain", "root.pem") if chain else ()
        made = ("-reply", "-config", "settings", "-section", "stamping", "-queryfile", "query.tsq", *with_root)
        return openssl(self.folder, "ts", *made)

    def reply_with_a_certificate_for_clients(self, query: bytes) -> bytes:
        """The answer, signed by the same key, with a certificate for another purpose in it."""
        old, new = self._certificate, self._for(ExtendedKeyUsageOID.CLIENT_AUTH)
        answer = self.reply(query)
        assert old.public_bytes(_DER) in answer
        return answer.replace(old.public_bytes(_DER), new.public_bytes(_DER))
