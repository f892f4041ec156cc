"""Tables of a Word document: the heading is repeated on every page, and a row stays on one where it can."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.exports.documents.model import Cell, Numbers, Row, Table, shown, words_of
from incidentsim.exports.documents.word.elements import Element, Pen, add, paragraph
from incidentsim.exports.documents.word.marks import Marks
from incidentsim.exports.documents.word.pieces import Pieces

_MOST_ROWS: Final = 32_000
"""Word opens no table with more than 32,767 rows; a longer one is written as several."""
_AHEAD: Final = 500
"""The rows of a table with more are written ahead, so many at a time."""
_LINE: Final = 260
"""The height of a line in a table that is to be filled in, in twentieths of a point."""
_LONG: Final = 1500
"""From so many characters on, a row may be parted between pages: it might not fit on any."""
_EDGE: Final[dict[str, str | int]] = {"val": "single", "sz": 24, "space": 0, "color": "1B1F24"}
"""The thick edge of a row that is marked."""


@dataclass(frozen=True, slots=True)
class TableWriter:
    """A writer of tables into one part of a document, `width` wide (twentieths of a point)."""

    pen: Pen
    marks: Marks
    pieces: Pieces
    width: int

    def write(self, to: Element, table: Table) -> None:
        """Write a table, as several with an empty paragraph between where it has more rows than Word opens."""
        for first in range(0, max(len(table.rows), 1), _MOST_ROWS):
            if first:
                paragraph(to, "TableText")
            self._table(to, table, table.rows[first : first + _MOST_ROWS])

    def _table(self, to: Element, table: Table, rows: tuple[Row, ...]) -> None:
        made, widths = add(to, "w:tbl"), self._widths(table)
        look = add(made, "w:tblPr")
        add(look, "w:tblStyle", val="TableGrid")
        add(look, "w:tblW", w=sum(widths), type="dxa")
        add(look, "w:tblLayout", type="fixed")
        add(look, "w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
        grid = add(made, "w:tblGrid")
        for wide in widths:
            add(grid, "w:gridCol", w=wide)
        self._head(made, table, widths)
        for first in range(0, len(rows), _AHEAD):
            into = self.pieces.begin(made) if len(rows) > _AHEAD else made
            for row in rows[first : first + _AHEAD]:
                self._row(into, row, widths, table.room)
            if into is not made:
                self.pieces.put(made, into)

    def _widths(self, table: Table) -> list[int]:
        total = sum(table.widths)
        return [self.width * wide // total for wide in table.widths]

    def _head(self, to: Element, table: Table, widths: list[int]) -> None:
        row = add(to, "w:tr")
        look = add(row, "w:trPr")
        add(look, "w:cantSplit")
        add(look, "w:tblHeader")
        for title, wide in zip(table.head, widths, strict=True):
            cell = add(row, "w:tc")
            add(add(cell, "w:tcPr"), "w:tcW", w=wide, type="dxa")
            self.pen.write(paragraph(cell, "TableHeading"), title)

    def _row(self, to: Element, row: Row, widths: list[int], room: int) -> None:
        made, cells = add(to, "w:tr"), shown(row)
        self._row_look(made, cells, room)
        for place, cell in enumerate(cells):
            last = place == len(cells) - 1
            reach = widths[place:] if last else widths[place : place + 1]
            box = add(made, "w:tc")
            self._cell_look(box, row, reach, first=place == 0)
            inside = paragraph(box, "TableText")
            if row.tone == "group":
                add(inside[0], "w:keepNext")
            bold = row.tone == "group" or (row.tone == "late" and last)
            for piece, anchor in self._pieces(cell, row):
                struck = row.tone == "undone" and place > 0
                if anchor:
                    self.pen.link(inside, piece, anchor, struck=struck)
                else:
                    self.pen.write(inside, piece, bold=bold, struck=struck)
            if place == 0 and row.fact is not None:
                self.marks.put(inside, self.marks.of_fact(row.fact))

    @staticmethod
    def _row_look(row: Element, cells: tuple[Cell, ...], room: int) -> None:
        whole = sum(len(words_of(cell)) for cell in cells) <= _LONG
        if not whole and room == 1:
            return
        look = add(row, "w:trPr")
        if whole:
            add(look, "w:cantSplit")
        if room > 1:
            add(look, "w:trHeight", val=room * _LINE, hRule="atLeast")

    @staticmethod
    def _cell_look(cell: Element, row: Row, reach: list[int], *, first: bool) -> None:
        look = add(cell, "w:tcPr")
        add(look, "w:tcW", w=sum(reach), type="dxa")
        if len(reach) > 1:
            add(look, "w:gridSpan", val=len(reach))
        if first and row.tone in {"late", "refused"}:
            add(add(look, "w:tcBorders"), "w:left", **_EDGE)
        if row.tone == "group":
            add(look, "w:shd", val="clear", color="auto", fill="F5F5F5")

    def _pieces(self, cell: Cell, row: Row) -> Iterator[tuple[str, str]]:
        """The words of a cell in pieces, each with the bookmark that it leads to, or with none."""
        if not isinstance(cell, Numbers):
            yield words_of(cell), ""
            return
        for piece in cell.pieces():
            if isinstance(piece, str):
                yield piece, ""
            else:
                leads = piece in self.marks.facts and piece != row.fact
                yield f"#{piece}", self.marks.of_fact(piece) if leads else ""
