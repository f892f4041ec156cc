"""A document as a Word file (DOCX), for those who go on writing it: real headings, lists and tables, no macro.

Foreign text stands in runs of text alone, where Word reads neither markup nor field codes, and nothing in the file
refers to anything outside of it. Every date in it is that of its subject.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Language
from incidentsim.exports.documents.model import Document
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from incidentsim.exports.documents.word.pieces import Pieces

_LANGUAGES: Final[dict[Language, str]] = {"en": "en-GB", "zh": "zh-CN"}
_DENSE: Final = {
    "Normal": (9.5, 1, 2),
    "Heading 1": (16, 0, 2),
    "Heading 2": (11, 7, 2),
    "Heading 3": (10, 5, 2),
    "Subtitle": (11, 0, 4),
    "List Bullet": (9.5, 0, 1),
    "Table Text": (8, 0.5, 0.5),
}
"""The styles of leaves, on which as much as possible is to fit: size, space before and after, in points."""
_BODY: Final = "word/document.xml"
_TITLE: Final = 255
"""As many characters as a property of the file may have."""


def render(paper: Document) -> bytes:
    """The document as a file.

    Raises:
        InputError: the extra `docx` is not installed.
    """
    check_word()
    from docx.shared import Pt

    from incidentsim.exports.documents.word.parts import shelf, write_part
    from incidentsim.exports.documents.word.template import empty

    made = empty()
    if any(part.leaf for part in paper.parts):
        for style, (size, before, after) in _DENSE.items():
            made.styles[style].font.size = Pt(size)
            layout = made.styles[style].paragraph_format
            layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    shared = shelf(made.part)
    spoken_once = len({part.language for part in paper.parts}) == len(paper.parts)
    for number, part in enumerate(paper.parts, start=1):
        name = part.language if spoken_once else f"{part.language}{number}"
        write_part(part, name, shared, last=number == len(paper.parts))
    _describe(made, paper)
    out = io.BytesIO()
    made.save(out)
    return _dated(out.getvalue(), paper.dated, shared.pieces)


def check_word() -> None:
    """Make sure that Word documents can be made here.

    Raises:
        InputError: the extra `docx` is not installed.
    """
    try:
        import docx  # noqa: F401 - asked for, not used
    except ImportError as error:
        message = _("A Word document needs the extra “docx”: pip install 'incidentsim[docx]'.")
        raise InputError(message) from error


def _describe(made: "WordDocument", paper: Document) -> None:
    """The properties of the file."""
    told, dated = made.core_properties, paper.dated.astimezone(UTC).replace(tzinfo=None)  # the format knows no zone
    told.title = visible(" · ".join(f"{part.title}: {part.subtitle}" for part in paper.parts))[:_TITLE]
    told.author = told.last_modified_by = "incidentsim"
    told.created = told.modified = dated
    told.language = ", ".join(dict.fromkeys(_LANGUAGES[part.language] for part in paper.parts))


def _dated(data: bytes, dated: datetime, pieces: "Pieces") -> bytes:
    """The same file with this date in place of the present one at each of its members, and what was written ahead."""
    out, moment = io.BytesIO(), dated.astimezone(UTC)
    stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in made.namelist():
            member = zipfile.ZipInfo(name, stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same wherever it is made
            with again.open(member, "w") as file:
                for piece in pieces.filled(made.read(name)) if name == _BODY else [made.read(name)]:
                    file.write(piece)
    return out.getvalue()
