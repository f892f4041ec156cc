"""The rows of long tables, written ahead: as elements they take 13 KB each, packed a hundredth of that.

In the document stands a mark in their place, which no text can be: texts bear no markup.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from incidentsim.exports.documents.word.elements import Element

_MARK: Final = re.compile(rb"<\?rows (\d+)\?>")
_ROW, _END = b"<w:tr>", b"</w:tbl>"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The rows of one file that were written ahead."""

    packed: list[bytes] = field(default_factory=list)

    def begin(self, table: Element) -> Element:
        """Return an element like this table, for rows that are written ahead."""
        scratch: Element = table.makeelement(table.tag, nsmap=table.nsmap)
        return scratch

    def put(self, table: Element, scratch: Element) -> None:
        """Write the rows of `scratch` ahead, and put their mark into the table."""
        written = serialize_part_xml(scratch)
        rows = written[written.index(_ROW) : written.rindex(_END)]
        table.append(parse_xml(f"<x><?rows {len(self.packed)}?></x>")[0])
        self.packed.append(zlib.compress(rows))

    def filled(self, document: bytes) -> Iterator[bytes]:
        """The document in pieces, with the rows in the place of their marks."""
        for place, piece in enumerate(_MARK.split(document)):
            yield zlib.decompress(self.packed[int(piece)]) if place % 2 else piece
