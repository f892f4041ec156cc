"""Digests as the record writes them: `sha256:` and 64 lower-case hexadecimal digits (FIPS 180-4)."""

import re
from hashlib import sha256
from typing import Final

PREFIX: Final = "sha256:"
ZERO: Final = PREFIX + "0" * 64
"""What stands for the entry before the first one."""

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


def digest(data: bytes) -> str:
    """The SHA-256 of `data`."""
    return PREFIX + sha256(data).hexdigest()


def is_digest(value: object) -> bool:
    """Return whether `value` is a digest in the record's only form: `sha256:` and 64 lower-case hexadecimal digits."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None
