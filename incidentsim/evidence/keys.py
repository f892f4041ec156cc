"""Signing keys: made on first use in a folder of the user's, readable by nobody else, and never copied anywhere.

A key file is a PEM file as `openssl genpkey -algorithm ed25519` makes it.
"""

import hmac
import os
import re
import stat
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

from incidentsim.definitions.foreign.recognising import with_looks
from incidentsim.definitions.whole_files import read_open, read_whole
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence import ed25519
from incidentsim.files import PRIVATE, AlreadyThereError, make_own_folder, reason, write_file
from incidentsim.ledger.note import NoteError, PublicKey, check_name, read_key
from incidentsim.messages import gettext as _

FILE: Final = "signing-key.pem"
"""The key that is used where the user names no other, in the folder of the program's settings."""

MAX_BYTES: Final = 100_000


class Key:
    """A private key that signs under one name or another."""

    def __init__(self, data: bytes, path: Path) -> None:
        """Read a key from the bytes of a PEM file; `path` is named where they are none.

        Raises:
            InputError: they hold no private Ed25519 key.
        """
        self._key = ed25519.read_private(data, path)
        self.public_bytes = ed25519.public_bytes(self._key)

    def signer(self, name: str) -> "NamedKey":
        """The key, signing under this name.

        Raises:
            InputError: nobody can sign under it.
        """
        try:
            check_name(name)
        except NoteError as error:
            raise InputError(str(error)) from None
        return NamedKey(self, name)

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self._key.sign(message)

    def secret(self, purpose: str) -> bytes:
        """32 bytes that only this key's holder can make, always the same for the same purpose (RFC 2104)."""
        return hmac.new(ed25519.secret_bytes(self._key), b"incidentsim/" + purpose.encode(), sha256).digest()


class NamedKey:
    """A key that signs under a name: the signer of a note."""

    def __init__(self, key: Key, name: str) -> None:
        self._key = key
        self.public = PublicKey(name, key.public_bytes)

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self._key.sign(message)


def default_key(folder: Path) -> tuple[Key, bool]:
    """The key in the folder of the program's settings, and whether it was made just now.

    Raises:
        SurroundingsError: it can neither be read nor made.
        InputError: what is there is no key, or others can read it.
    """
    path = folder / FILE
    try:
        made = not path.exists() and _make(path)
        return load_key(path), made
    except OSError as error:
        message = _("The signing key {path} can neither be read nor made: {reason}.")
        raise SurroundingsError(message.format(path=path, reason=reason(error))) from None


def load_key(path: Path) -> Key:
    """The key in a file.

    Raises:
        InputError: it is not there, holds no key, is far larger than one, or others can read it.
        OSError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            data = read_open(file, path, MAX_BYTES)
    except FileNotFoundError:
        message = _("There is no key file {path}; “openssl genpkey -algorithm ed25519 -out FILE” makes one.")
        raise InputError(message.format(path=path)) from None
    except IsADirectoryError:
        raise InputError(_("{path} is a folder; name the key file in it.").format(path=path)) from None
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = _("Others can read or change the private key {path}. Make it yours alone first: chmod 600 {path}")
        raise InputError(message.format(path=path))
    return Key(data, path)


def read_public_key(path: Path) -> PublicKey:
    """A public key from a PEM file, or from a file with the line that notes use; one from PEM has no name.

    Raises:
        InputError: the file is not there, or holds no such key.
        OSError: it cannot be read.
    """
    try:
        data = read_whole(path, MAX_BYTES)
    except FileNotFoundError:
        raise InputError(_("There is no file {path}.").format(path=path)) from None
    except IsADirectoryError:
        raise InputError(_("{path} is a folder; name the key file in it.").format(path=path)) from None
    raw = ed25519.read_public_pem(data)
    try:
        key = PublicKey("", raw) if raw is not None else read_key(data.decode())
    except ValueError:
        message = _("{path} holds no public Ed25519 key, neither in PEM form nor as a key of signed notes.")
        raise InputError(with_looks(message.format(path=path), path, but=("public-key",))) from None
    if not ed25519.is_key(key.key):
        message = _("What {path} holds is nobody's key: anybody could sign for it, or nobody can.")
        raise InputError(message.format(path=path))
    return key


def name_from(path: Path) -> str:
    """A name to sign under, from the name of a key file."""
    return re.sub(r"[\s+\x00-\x1f\x7f]+", "-", path.stem).strip("-") or "cosigner"


def _make(path: Path) -> bool:
    """Make a key file whole or not at all; `False` if another process was faster."""
    make_own_folder(path.parent)
    try:
        write_file(path, ed25519.new_private(), mode=PRIVATE)
    except AlreadyThereError:
        return False
    return True
