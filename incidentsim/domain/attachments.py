"""Files that come with a message of the story: what they are, and in which language. Nothing here opens a file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from incidentsim.domain.text import Language

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SIZE: Final = slice(16, 24)
"""Where a PNG file says how wide and how high it is, after its signature and the name of its first part (ISO/IEC 15948,
IHDR)."""


class AttachmentKind(StrEnum):
    """A kind of file that may be attached."""

    TEXT = "text"
    PNG = "png"
    PDF = "pdf"


ENDINGS: Final = {
    "txt": AttachmentKind.TEXT,
    "log": AttachmentKind.TEXT,
    "csv": AttachmentKind.TEXT,
    "eml": AttachmentKind.TEXT,
    "json": AttachmentKind.TEXT,
    "png": AttachmentKind.PNG,
    "pdf": AttachmentKind.PDF,
}
"""The kind of a file by the ending of its name."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that is attached: its name without folders, its kind, its digest (`sha256:…`) and its bytes."""

    name: str
    kind: AttachmentKind
    digest: str
    data: bytes

    @property
    def text(self) -> str | None:
        """The words of a text; `None` for any other kind."""
        return text_of(self.data) if self.kind is AttachmentKind.TEXT else None

    @property
    def pixels(self) -> tuple[int, int] | None:
        """The width and the height of a picture; `None` for any other kind."""
        return pixels_of(self.data) if self.kind is AttachmentKind.PNG else None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with an inject, in each language; where it has no words of its own, the same twice."""

    en: AttachedFile
    zh: AttachedFile

    def say(self, language: Language) -> AttachedFile:
        """The file for people who read `language`."""
        return self.zh if language == "zh" else self.en


def text_of(data: bytes) -> str | None:
    """Return the words in these bytes; `None` where they are no UTF-8 text.

    What is a control character stays one: whoever shows the words makes it visible.
    """
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in words else words.replace("\r\n", "\n")


def pixels_of(data: bytes) -> tuple[int, int] | None:
    """Return the width and the height of a PNG picture in pixels; `None` where these bytes do not begin as one does."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < _SIZE.stop:
        return None
    size = data[_SIZE]
    return int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")


def is_of(kind: AttachmentKind, data: bytes) -> bool:
    """Return whether these bytes are what a file of this kind holds, as far as its beginning tells."""
    match kind:
        case AttachmentKind.TEXT:
            return text_of(data) is not None
        case AttachmentKind.PNG:
            return pixels_of(data) is not None
        case AttachmentKind.PDF:
            return data.startswith(b"%PDF-")
