"""Files to attach, and a scenario that has one."""

import struct
import zlib
from pathlib import Path
from typing import Final

from incidentsim.ledger.digests import digest

LOG: Final = b"09:10 user ann read 250 rows\n09:11 user ann left\n"
PDF: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def png(width: int = 3, height: int = 2) -> bytes:
    """A white picture."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def attached(file: str, data: bytes) -> str:
    """One attachment as it is written in a scenario."""
    return f'{{file: {file}, digest: "{digest(data)}"}}'


def with_attachments(text: str, *attachments: str) -> str:
    """The small scenario of the tests, whose first inject comes with these."""
    listed = f"    attachments: [{', '.join(attachments)}]\n"
    before, hint, after = text.partition("    hint: {en: Ask who saw it.")
    assert hint
    return before + listed + hint + after


def put(folder: Path, file: str, data: bytes) -> str:
    """Write a file below a folder, and give the attachment that names it."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return attached(file, data)
