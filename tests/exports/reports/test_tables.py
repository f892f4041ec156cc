"""Spreadsheets: nothing in a cell is ever a formula, a link or a number that was a text."""

import csv
import io
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.exports import reports
from incidentsim.exports.cells import FORMULA
from incidentsim.exports.documents import csv_file, xlsx_file
from incidentsim.exports.documents.sheet import Sheet
from incidentsim.exports.reports import ALL_TABLES, TABLES, Kind
from tests.support.reporting import BOTH, CONTROLS, KINDS, PINS, hostile, shipped

ATTACKS = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "＝1",
    "\t=1",
    '"=1',
    "x;=1+1",
    'x;"=1+1',
    "x\n=1+1",
    "https://evil.invalid",
    "mailto:a@b.invalid",
    "00123",
    "1e5",
    "_x0041_",
]


MAY: Final = datetime(2026, 5, 1, tzinfo=UTC)


def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(words: str) -> Sheet:
    """A table in which every text is `words`."""
    return Sheet("x", "x", (words, words), ((words, 1), (f"{words}\n{words}", words)), (True, False), (10, 10))


def test_what_could_be_a_formula_stays_text_when_its_cell_is_edited() -> None:
    """Typed anew, `=1` is a formula to a spreadsheet unless the cell bears the mark of an apostrophe before it."""
    for words in (*ATTACKS, "plain", "a = b"):
        cells = [cell for sheet in book(xlsx_file.render([sheet_of(words)], MAY)) for row in sheet for cell in row]
        marked = {str(cell.value): bool(cell.quotePrefix) for cell in cells if cell.data_type == "s"}
        wanted = words.lstrip(' "').startswith(tuple("=+-@＝＋－＠")) or words.startswith(("\t", "\r", "\n"))
        assert set(marked.values()) == {wanted}, words
        assert all("'" not in value for value in marked if "'" not in words), "it says what it said"


@pytest.mark.parametrize("words", ATTACKS)
def test_in_a_workbook_every_foreign_text_is_a_plain_string(words: str) -> None:
    check_plain(xlsx_file.render([sheet_of(words)], MAY))


def test_in_a_whole_workbook_every_foreign_text_is_a_plain_string() -> None:
    words = " ".join(ATTACKS)
    data = reports.xlsx(hostile(words, provenance=PINS, controls=CONTROLS), kind="audit", languages=BOTH)
    check_plain(data)
    values = [str(cell.value) for sheet in book(data) for row in sheet.iter_rows() for cell in row]
    assert sum("mailto:a@b.invalid" in value for value in values) > 50


def check_plain(data: bytes) -> None:
    """Every cell is a string or a number."""
    cells = [cell for sheet in book(data) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_has_a_sheet_for_every_table_with_its_heading_frozen(kind: Kind) -> None:
    found = book(reports.xlsx(shipped("concealed-outage", provenance=PINS, controls=CONTROLS), kind=kind))
    titles = ["About", "Timeline", "Duties", "Escalations", "Refusals", "Facilitator", "Ratings", "Metrics"]
    assert [title for title in found.sheetnames if title in titles] == titles
    assert len(found.sheetnames) == len(TABLES[kind]) + 1
    for sheet in found:
        assert sheet.freeze_panes == "A2"
    facts = shipped("concealed-outage").account.facts
    assert [row[0].value for row in found["Timeline"].iter_rows(min_row=2)] == list(range(len(facts)))
    assert "does not prove" in "\n".join(str(row[1].value) for row in found["About"].iter_rows())


def test_in_a_spreadsheet_no_number_is_left_out() -> None:
    rows = rows_of(reports.csv(shipped("concealed-outage", controls=CONTROLS), table="controls"))
    assert rows[-1][5] == "#0 " + " ".join(f"#{number}" for number in range(7, 59, 2)) + " #59 #61–#63"


def test_columns_are_as_wide_as_chinese_needs() -> None:
    found = book(reports.xlsx(shipped("concealed-outage"), languages=["zh"]))
    sheet = found.worksheets[1]
    assert all(2 < sheet.column_dimensions[letter].width <= 82 for letter in "ABCDEFGHIJK")
    assert sheet.column_dimensions["J"].width > 70


def test_a_text_too_long_for_a_cell_is_cut_with_a_sign() -> None:
    found = book(xlsx_file.render([sheet_of("𒀀" * 20_000)], MAY))
    longest = max((str(cell.value) for sheet in found for row in sheet.iter_rows() for cell in row), key=len)
    assert longest.endswith("…")
    assert len(longest.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("table", ALL_TABLES)
def test_csv_is_rfc_4180_with_a_mark_for_spreadsheets(table: str) -> None:
    data = reports.csv(shipped("concealed-outage", controls=CONTROLS), languages=BOTH, table=table)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    rows = rows_of(data)
    assert {len(row) for row in rows} == {len(rows[0])}


def test_both_languages_stand_side_by_side_and_what_is_the_same_once() -> None:
    english = rows_of(reports.csv(shipped("false-alarm"), languages=["en"]))
    both = rows_of(reports.csv(shipped("false-alarm"), languages=BOTH))
    assert len(both) == len(english)
    assert [row[:8] for row in both[1:]] == [row[:8] for row in english[1:]]
    assert len(both[0]) == len(english[0]) + 2


@given(words=st.text(max_size=40) | st.sampled_from(ATTACKS), separator=st.sampled_from(",;"))
@example(words='";=1', separator=";")
@example(words="a\n-b", separator=";")
def test_whatever_separator_a_spreadsheet_takes_no_cell_begins_a_formula(words: str, separator: str) -> None:
    """A machine whose region has the semicolon cuts our cells at semicolons and line breaks."""
    data = csv_file.render(sheet_of(words)).decode("utf-8-sig")
    found = csv.reader(io.StringIO(data, newline=""), delimiter=separator)
    for row in found:
        assert not any(cell.startswith(FORMULA) for cell in row)


def test_an_unknown_table_is_named_with_those_that_there_are() -> None:
    with pytest.raises(UnknownNameError, match="no table nonsense; there are: timeline, duties"):
        reports.csv(shipped("false-alarm"), table="nonsense")


@pytest.mark.parametrize(
    ("module", "write"), [("xlsxwriter", reports.xlsx), ("docx", reports.docx), ("typst", reports.pdf)]
)
def test_a_missing_extra_is_named(module: str, write: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=r"needs the extra .*pip install"):
        write(shipped("false-alarm"))
