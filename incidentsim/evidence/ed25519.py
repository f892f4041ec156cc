"""Ed25519 (RFC 8032) by the library `cryptography`; no other module knows it."""

from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

_RAW = serialization.Encoding.Raw
_PEM = serialization.Encoding.PEM


def verify(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether, under this public key, this signature is right for this message."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_private() -> bytes:
    """A new private key as a PEM file without a password (RFC 8410, PKCS #8)."""
    return Ed25519PrivateKey.generate().private_bytes(
        _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_private(data: bytes, path: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file.

    Raises:
        InputError: it holds none, one of another kind, or one that a password protects.
    """
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except TypeError:
        message = _("The key in {path} is protected by a password, which incidentsim does not ask for.")
        raise InputError(message.format(path=path)) from None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        message = _("{path} holds no private Ed25519 key in PEM form; “openssl genpkey -algorithm ed25519” makes one.")
        raise InputError(message.format(path=path))
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half of a private key, 32 bytes."""
    return key.public_key().public_bytes(_RAW, serialization.PublicFormat.Raw)


def secret_bytes(key: Ed25519PrivateKey) -> bytes:
    """The private key, 32 bytes."""
    return key.private_bytes(_RAW, serialization.PrivateFormat.Raw, serialization.NoEncryption())


def public_pem(key: bytes) -> bytes:
    """A public key as a PEM file (RFC 8410), as `openssl` reads it."""
    return Ed25519PublicKey.from_public_bytes(key).public_bytes(_PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: bytes) -> str:
    """The digest of a public key as people compare it: over its DER form, as `openssl pkey -outform DER` writes it."""
    found = Ed25519PublicKey.from_public_bytes(key)
    der = found.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return "sha256:" + sha256(der).hexdigest()


def read_public_pem(data: bytes) -> bytes | None:
    """The public key in a PEM file; `None` if it is no Ed25519 key."""
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes(_RAW, serialization.PublicFormat.Raw) if isinstance(key, Ed25519PublicKey) else None
