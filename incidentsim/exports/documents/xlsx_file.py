"""Tables as a workbook. Every cell is a text or a whole number: never a formula, a link or a guess at a number.

A text that a spreadsheet could take for a formula stays text when somebody edits its cell: it bears the mark that an
apostrophe before it leaves (`quotePrefix`), and says what it said.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.exports.cells import may_act
from incidentsim.exports.documents.sheet import Sheet
from incidentsim.exports.wording.plain_text import lines_of, visible, width
from incidentsim.messages import gettext as _

_MOST_ROWS: Final = 1_048_575
_MOST_CHARACTERS: Final = 32_767
_WIDEST: Final = 80
_TITLE: Final = 31
"""Limits of the format: rows below the heading, UTF-16 units in a cell, characters of a sheet's title."""

_BODY: Final = {"text_wrap": True, "valign": "top"}
_HEAD: Final = {**_BODY, "bold": True, "bottom": 1}


def render(sheets: Sequence[Sheet], dated: datetime) -> bytes:
    """The tables as a file; it says that it was made at `dated`.

    Raises:
        InputError: the extra `xlsx` is not installed, or a table has more rows than a sheet can hold.
    """
    check_workbooks()
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        # the format knows no time zone
        book.set_properties({"created": dated.astimezone(UTC).replace(tzinfo=None), "author": "incidentsim"})
        head = book.add_format(_HEAD)
        body = book.add_format(_BODY)
        guarded = {
            plain: book.add_format({**look, "quote_prefix": True}) for plain, look in ((head, _HEAD), (body, _BODY))
        }
        for sheet in sheets:
            if len(sheet.rows) > _MOST_ROWS:
                message = _("The table “{title}” has {n} rows, more than a sheet of a workbook can hold.")
                raise InputError(message.format(title=sheet.title, n=len(sheet.rows)))
            page = book.add_worksheet(_title(sheet.title))
            for column, title in enumerate(sheet.head):
                page.write_string(0, column, _text(title), guarded[head] if may_act(title) else head)
                page.set_column(column, column, _column_width(sheet, column))
            for line, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, int):
                        page.write_number(line, column, value, body)
                    else:
                        page.write_string(line, column, _text(value), guarded[body] if may_act(value) else body)
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
    return out.getvalue()


def check_workbooks() -> None:
    """Make sure that workbooks can be made here.

    Raises:
        InputError: the extra `xlsx` is not installed.
    """
    try:
        import xlsxwriter  # noqa: F401 - asked for, not used
    except ImportError as error:
        message = _("An XLSX workbook needs the extra “xlsx”: pip install 'incidentsim[xlsx]'.")
        raise InputError(message) from error


def _title(title: str) -> str:
    return "".join(" " if character in "[]:*?/\\'" else character for character in title)[:_TITLE]


def _text(value: str) -> str:
    """A text as it fits into a cell: control characters visible, cut where the format ends, with a sign of that."""
    words = "\n".join(visible(line) for line in lines_of(value))
    if len(words.encode("utf-16-le")) // 2 <= _MOST_CHARACTERS:
        return words
    cut = words.encode("utf-16-le")[: 2 * (_MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore")
    return cut + "…"


def _column_width(sheet: Sheet, column: int) -> int:
    """As wide as its longest line, in columns of a terminal (a Chinese character takes two), within limits."""
    cells = [sheet.head[column], *(str(row[column]) for row in sheet.rows)]
    longest = max(width(visible(line[: 2 * _WIDEST])) for cell in cells for line in lines_of(cell))
    return min(longest + 2, max(sheet.wide[column], 8), _WIDEST)
