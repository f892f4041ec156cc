"""Signed notes (C2SP signed-note, c2sp.org/signed-note): a text, an empty line, and a line for each signature.

Only bytes are made and read here. Who signs is handed in, and so is whoever can tell whether a signature is right.
Every form that says the same in other bytes is refused, so that a changed byte never goes unnoticed.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from incidentsim.messages import gettext as _

ED25519: Final = b"\x01"
"""The kind of key that signs with Ed25519 (RFC 8032)."""

MAX_BYTES: Final = 1_000_000
MAX_SIGNATURES: Final = 100

_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_NAME: Final = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_VKEY: Final = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether, under this public key, this signature is right for this message."""


class NoteError(ValueError):
    """Bytes that are no signed note, or text that is no key of one; the message says why."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A verifier key (C2SP signed-note): the holder of the private half of `key` (32 bytes) signs as `name`."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell which key a signature is by; nothing more rests on them."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """The key in one line, as other programs for signed notes take it."""
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.key).decode()}"


class Signer(Protocol):
    """Signs under a name."""

    @property
    def public(self) -> PublicKey:
        """The key that others check its signatures with."""

    def sign(self, message: bytes) -> bytes:
        """The signature of `message`, 64 bytes."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: under which name, by the key with which id, and the signature itself.

    By an Ed25519 key it has 64 bytes. Those of other kinds of keys are kept as they are, and right for no key here.
    """

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> bytes:
        """The line, with its line feed."""
        return f"\u2014 {self.name} {b64encode(self.key_id + self.signature).decode()}\n".encode()

    def is_by(self, key: PublicKey) -> bool:
        """Return whether name and key id are those of this key. The signature itself is not verified."""
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in a line feed, and its signatures."""

    text: bytes
    signatures: tuple[Signature, ...] = ()

    def to_bytes(self) -> bytes:
        """The note as it is kept and sent."""
        return self.text + b"\n" + b"".join(signature.line() for signature in self.signatures)

    def signed(self, signer: Signer) -> "Note":
        """The note with one more signature."""
        key = signer.public
        return Note(self.text, (*self.signatures, Signature(key.name, key.id, signer.sign(self.text))))

    def signature_by(self, key: PublicKey) -> Signature | None:
        """The signature that claims to be by this key."""
        return next((signature for signature in self.signatures if signature.is_by(key)), None)

    def is_signed_by(self, key: PublicKey, verify: Verify) -> bool:
        """Return whether the note bears a signature by this key that `verify` accepts for its text."""
        found = self.signature_by(key)
        return found is not None and verify(key.key, found.signature, self.text)


def read_note(data: bytes) -> Note:
    """The note that these bytes are.

    Raises:
        NoteError: they are none.
    """
    if len(data) > MAX_BYTES:
        raise NoteError(_("A signed note has at most {limit} bytes.").format(limit=MAX_BYTES))
    try:
        words = data.decode()
    except UnicodeDecodeError:
        raise NoteError(_("A signed note is UTF-8 text, and this is not.")) from None
    if any(ord(character) < ord(" ") and character != "\n" for character in words):
        raise NoteError(_("A signed note holds no control characters, and this one does."))
    text, separator, signatures = words.rpartition("\n\n")
    if not separator or not text or not signatures.endswith("\n"):
        raise NoteError(_("A signed note is a text, an empty line and signature lines; something of it is missing."))
    lines = signatures[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError(_("A signed note has at most {limit} signatures.").format(limit=MAX_SIGNATURES))
    return Note((text + "\n").encode(), tuple(map(_read_signature, lines)))


def read_key(line: str) -> PublicKey:
    """The public key in a line such as `name+0123abcd+AQ…`, as other programs for signed notes write it.

    Raises:
        NoteError: it is none, or not one for Ed25519.
    """
    parsed = _VKEY.fullmatch(line.strip())
    if parsed is None:
        raise NoteError(_("A key of signed notes reads name+0123abcd+AQ…, and this does not."))
    name, key_id, encoded = parsed.groups()
    data = _from_base64(encoded)
    if data is None or len(data) != 1 + _KEY_BYTES or data[:1] != ED25519:
        raise NoteError(_("The key {name} is not an Ed25519 key.").format(name=name))
    key = PublicKey(name, data[1:])
    if key.id.hex() != key_id:
        message = _("The key {name} has the id {found}, and its line says {said}.")
        raise NoteError(message.format(name=name, found=key.id.hex(), said=key_id))
    return key


def check_name(name: str) -> None:
    """Check that somebody can sign under this name.

    Raises:
        NoteError: it is empty, or holds a space, a plus sign or a control character.
    """
    if not _NAME.fullmatch(name):
        message = _("“{name}” cannot be the name of a key: at least one character, no spaces and no plus signs.")
        raise NoteError(message.format(name=name))


def _read_signature(line: str) -> Signature:
    dash, _space, rest = line.partition(" ")
    name, _space, encoded = rest.partition(" ")
    data = _from_base64(encoded)
    if dash != "\u2014" or not _NAME.fullmatch(name) or data is None or len(data) <= _ID_BYTES:
        raise NoteError(_("“{line}” is not a signature line: a dash, a name and a signature.").format(line=line[:100]))
    return Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])


def _from_base64(encoded: str) -> bytes | None:
    """The bytes; `None` where the text is no Base64, or not the one text for these bytes (RFC 4648 section 3.5)."""
    try:
        data = b64decode(encoded, validate=True)
    except (Base64Error, ValueError):
        return None
    return data if b64encode(data).decode() == encoded else None
