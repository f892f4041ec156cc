"""Time stamps (RFC 3161): an authority that the user names vouches that a checkpoint existed at a moment.

Only the digest of the checkpoint's text goes to the authority. Its answer is kept as it came; checking the
authority's signature is left to `openssl ts`, because it rests on certificates that the user must choose.
"""

import re
from hashlib import sha256
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _

TIMEOUT: Final = 30
"""Seconds to wait for an authority."""

_MOST: Final = 1 << 20
_SHA256: Final = bytes.fromhex("0609608648016503040201")  # its object identifier (RFC 5754 section 2.2)
_IMPRINT: Final = re.compile(re.escape(_SHA256) + rb"(?:\x05\x00)?\x04\x20(.{32})", re.DOTALL)
_GRANTED: Final = (0, 1)


def request_for(text: bytes) -> bytes:
    """What is asked of the authority: a stamp on this text's SHA-256, with its certificates (section 2.4.1)."""
    imprint = _der(0x30, _der(0x30, _SHA256 + b"\x05\x00") + _der(0x04, sha256(text).digest()))
    return _der(0x30, b"\x02\x01\x01" + imprint + b"\x01\x01\xff")


def stamp(text: bytes, authority: str) -> bytes:
    """Have a text stamped by the authority at this address, and give its answer.

    Raises:
        InputError: the address is none for the web.
        SurroundingsError: the authority cannot be reached, or does not stamp.
    """
    if not _is_for_the_web(authority):
        message = _("{address} is no address of a time-stamping authority; one begins with https:// or http://.")
        raise InputError(message.format(address=authority))
    asked = Request(  # noqa: S310 - the scheme was looked at above
        authority, data=request_for(text), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310 - the same
            found: bytes = answer.read(_MOST + 1)
    except (OSError, HTTPException, ValueError, OverflowError) as error:  # the last: no such port
        message = _("The time-stamping authority {address} cannot be reached: {reason}.")
        raise SurroundingsError(message.format(address=authority, reason=error)) from None
    if len(found) > _MOST or stamped_digest(found) != sha256(text).hexdigest():
        message = _("The time-stamping authority {address} did not stamp the checkpoint; its answer is of no use.")
        raise SurroundingsError(message.format(address=authority))
    return found


def _is_for_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def stamped_digest(answer: bytes) -> str | None:
    """The SHA-256 (hexadecimal) that an authority's answer is about; `None` where it did not stamp one."""
    if _status(answer) not in _GRANTED:
        return None
    found = _IMPRINT.search(answer)
    return found[1].hex() if found else None


def _status(answer: bytes) -> int | None:
    """The status in an answer (section 2.4.2): the first number in its first part."""
    inner = _inside(answer)
    status = _inside(inner) if inner is not None else None
    return status[2] if status is not None and status[:2] == b"\x02\x01" and len(status) > 2 else None  # noqa: PLR2004


def _inside(data: bytes) -> bytes | None:
    """What follows the head of a DER sequence (X.690 section 8.1.3), to the end of `data`."""
    if len(data) < 2 or data[0] != 0x30:  # noqa: PLR2004 - a tag and a length
        return None
    return data[2:] if data[1] < 0x80 else data[2 + (data[1] & 0x7F) :]  # noqa: PLR2004 - the long form


def _der(tag: int, content: bytes) -> bytes:
    """A DER value of fewer than 128 bytes."""
    return bytes((tag, len(content))) + content
