"""The empty Word document that everything is written into: its styles, numberings and settings are files beside this.

The template of python-docx is not used: it brings a picture, parts that nothing refers to, and the look of 2007.
"""

import io
import zipfile
from importlib import resources
from typing import Final

import docx
from docx.document import Document as WordDocument

_PARTS: Final = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_parts.xml",
    "word/_rels/document.xml.rels": "document_parts.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fonts.xml",
}
"""The parts of the file, and what they are called in the folder `template`."""


def empty() -> WordDocument:
    """A document without content."""
    folder = resources.files("incidentsim.exports.documents.word").joinpath("template")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for part, file in _PARTS.items():
            out.writestr(part, folder.joinpath(file).read_bytes())
    return docx.Document(packed)
