"""The lines of a page of the procedure, as wide as there is room."""

from collections.abc import Iterable

from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.session.procedure.page import Block, Row
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import lines

_LEAST = 20
"""However narrow the screen, a row has so many columns."""


def drawn(blocks: Iterable[Block], columns: int) -> list[Line]:
    """The lines of these blocks; every line has a name, so that all can be read with the cursor."""
    page: list[Line] = []
    for rows in blocks:
        if page:
            page.append(line("", name=str(len(page))))
        for row in rows:
            page += _row_lines(row, columns, len(page))
    return page


def _row_lines(row: Row, columns: int, place: int) -> list[Line]:
    margin = " " * row.indent
    hanging = width(row.head) if width(row.head) <= columns // 3 else 2
    broken = lines(row.words, max(columns - row.indent - hanging, _LEAST))
    first_room = max(columns - row.indent - width(row.head), _LEAST)
    if hanging != width(row.head):  # a long head: its words begin on the next line where they do not fit behind it
        behind = lines(row.words, first_room)
        broken = behind if len(behind) == 1 else ["", *broken]
    made = []
    for number, words in enumerate(broken):
        head = row.head if number == 0 else pad("", hanging)
        made.append(line(margin, Piece(head, row.head_style), Piece(words, row.style), name=str(place + number)))
    return made
