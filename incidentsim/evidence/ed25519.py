"""Ed25519 (RFC 8032) by the library `cryptography`; no other module knows it."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from incidentsim.definitions.foreign.recognising import with_looks
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

_BYTES: Final = 32
_RAW = serialization.Encoding.Raw
_PEM = serialization.Encoding.PEM

_NO_KEY: Final = (ValueError, UnsupportedAlgorithm, InternalError)
"""What the library raises for a file that holds no key: the last for one too short for its kind (X448 of 32 bytes)."""

_P: Final = 2**255 - 19
"""The prime of the field that the curve lies over (RFC 8032 section 5.1)."""

_D: Final = -121665 * pow(121666, -1, _P) % _P
_Y8: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL: Final = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})
"""The y of the eight points whose order divides eight. Under such a key, one signature is right for many messages."""


def is_key(key: bytes) -> bool:
    """Return whether these 32 bytes are the one form of a point that can be somebody's public key (RFC 8032).

    None is a point of small order (no private key leads there, and anybody can sign for it), a number not below the
    prime, which is a second form of another point, or a number that no point of the curve has.
    """
    number = int.from_bytes(key, "little") & (2**255 - 1)
    if len(key) != _BYTES or number >= _P or number in _SMALL:
        return False
    square = (number * number - 1) * pow(_D * number * number + 1, -1, _P) % _P
    return pow(square, (_P - 1) // 2, _P) == 1


def verify(key: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether this signature is right for this message under this public key; false under what is no key."""
    if not is_key(key):
        return False
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
    except _NO_KEY:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        message = _("{path} holds no private Ed25519 key in PEM form; “openssl genpkey -algorithm ed25519” makes one.")
        raise InputError(with_looks(message.format(path=path), path, but=("private-key",)))
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
    except _NO_KEY:
        return None
    return key.public_bytes(_RAW, serialization.PublicFormat.Raw) if isinstance(key, Ed25519PublicKey) else None
