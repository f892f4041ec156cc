"""What is said of files that come with a message: name, kind and size; and what a text among them holds."""

from typing import Final

from incidentsim.domain.attachments import AttachedFile, AttachmentKind
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

_ON_PAPER: Final = 60
"""So many lines of a text stand on paper; the file itself has all of them."""


def file_words(file: AttachedFile) -> str:
    """The name of a file, with what it is and how large."""
    return _("{file} ({kind}, {size})").format(file=file.name, kind=_kind_words(file), size=size_words(len(file.data)))


def size_words(size: int) -> str:
    """So many bytes."""
    return ngettext("{size} byte", "{size} bytes", size).format(size=f"{size:,}")


def paper_words(file: AttachedFile) -> str:
    """The first lines of a text, and how many follow; of any other file, that it is handed out beside the paper."""
    if file.text is None:
        return _("Hand this file out beside the paper: {digest}").format(digest=file.digest)
    lines = file.text.rstrip("\n").split("\n")
    rest = len(lines) - _ON_PAPER
    if rest <= 0:
        return "\n".join(lines)
    more = ngettext("… and {n} more line in the file", "… and {n} more lines in the file", rest).format(n=rest)
    return "\n".join([*lines[:_ON_PAPER], more])


def content_words(file: AttachedFile) -> str:
    """Return what a text says; of any other file, that it can only be looked at with another program."""
    if file.text is not None:
        return file.text.rstrip("\n")
    message = _("This is no text. Save it, and look at it with a program that you trust. Its digest is {digest}.")
    return message.format(digest=file.digest)


def _kind_words(file: AttachedFile) -> str:
    match file.kind:
        case AttachmentKind.TEXT:
            return _("text")
        case AttachmentKind.PNG:
            width, height = file.pixels or (0, 0)
            return _("PNG picture, {width} × {height} pixels").format(width=width, height=height)
        case AttachmentKind.PDF:
            return _("PDF")
