"""What a seat sees of files that came with messages: frozen, of plain values only, as the rest of its view."""

from base64 import b64decode
from dataclasses import dataclass

from incidentsim.domain.attachments import AttachmentKind


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file that came with a message: its name, its kind, its size in bytes and its digest; `words` says all of it."""

    name: str
    kind: AttachmentKind
    size: int
    digest: str
    words: str


@dataclass(frozen=True, slots=True)
class AttachedContent:
    """A file that came with a message: `told` is its text, or what is to be known of it; `base64` holds its bytes."""

    view: AttachmentView
    told: str
    base64: str

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return b64decode(self.base64)
