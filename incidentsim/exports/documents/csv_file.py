"""A table as CSV after RFC 4180: comma, quotes doubled, CRLF, one heading line.

It begins with a byte-order mark: without one, the spreadsheet that most people have takes UTF-8 for the code page of
their machine and Chinese for noise; every reader that knows UTF-8 skips it (in Python `utf-8-sig`).
"""

import csv
import io

from incidentsim.exports.cells import safe_cell
from incidentsim.exports.documents.sheet import Sheet


def render(sheet: Sheet) -> bytes:
    """The table as a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (sheet.head, *sheet.rows):
        writer.writerow([value if isinstance(value, int) else safe_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")
