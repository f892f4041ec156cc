"""Whatever another program reads: every time in it has an offset. Times are found by their shape, in every export."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from incidentsim.domain.text import LANGUAGES
from incidentsim.exports.documents import csv_file
from incidentsim.exports.format_types import Audience, ExportFormat, ExportOptions
from incidentsim.exports.formats import FORMATS
from incidentsim.exports.junit import junit
from incidentsim.exports.preparation.msel import msel_sheet
from incidentsim.exports.reports.tables import ALL_TABLES
from incidentsim.exports.wording.account import Account
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.forecasts import leak
from tests.support.long_nights import NIGHTS, story
from tests.support.screens import service_on

INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
LOCAL: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)?[T ]?(?P<time>\d\d:\d\d(:\d\d)?)?(?P<offset>Z|[+-]\d\d:\d\d)?(?P<more>\n.*)?", re.DOTALL
)
READ_BY_PROGRAMS: Final = frozenset({"csv", "xlsx"})
"""Formats for people that programs read as well; the others say for whom they are made."""
DATES: Final = frozenset({"as_of", "since", "published", "last-modified"})
"""Keys of dates that are of no exercise: of laws, standards and files."""


class LonelyTimeError(AssertionError):
    """A time without an offset."""


def check(value: object, beside: Iterable[object], where: str) -> None:
    """A time or date has an offset, or an instant beside it that shows the same.

    Raises:
        LonelyTimeError: it has none.
    """
    if not isinstance(value, str) or not value or INSTANT.fullmatch(value):
        return
    found = LOCAL.fullmatch(value)
    if found is None or (found["day"] is None and found["time"] is None) or where.rpartition(".")[2] in DATES:
        return
    instants = [one for one in beside if isinstance(one, str) and INSTANT.fullmatch(one)]
    for one in instants:
        if (found["day"] or one[:10]) == one[:10] and one[11:].startswith(found["time"] or one[11:13]):
            return
    raise LonelyTimeError(f"{where}: {value!r}")


def check_json(value: Any, where: str = "$") -> None:
    if isinstance(value, Mapping):
        for key, part in value.items():
            check(part, value.values(), f"{where}.{key}")
            check_json(part, f"{where}.{key}")
    elif isinstance(value, list):
        for part in value:
            check(part, (), where)
            check_json(part, where)


def check_table(rows: Iterable[Iterable[object]]) -> None:
    for number, row in enumerate(rows):
        cells = list(row)
        for cell in cells:
            check(cell, cells, f"row {number}")


def check_export(row: ExportFormat, data: bytes) -> None:
    """Read an export as another program would."""
    match row.id:
        case "csv":
            check_table(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        case "xlsx":
            for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
                check_table(sheet.iter_rows(values_only=True))
        case "jsonl":
            for line in data.splitlines():
                check_json(json.loads(line))
        case "script":
            for words in data.decode().splitlines():
                check(words.partition(": ")[2].strip('"'), (), words)
        case "json" | "controls" | "oscal":
            check_json(json.loads(data))
        case _other:
            raise NotImplementedError(f"how does another program read {row.id}?")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    found = service_on(MemoryStore())
    found.exercises.replay(story(tmp_path_factory.mktemp("story"), *NIGHTS[0]), bots=True)
    return found


FOR_PROGRAMS: Final = [
    (row, table)
    for row in FORMATS
    if row.make is not None and (row.audience is Audience.PROGRAMS or row.id in READ_BY_PROGRAMS)
    for table in (ALL_TABLES if row.one_table else ALL_TABLES[:1])
]


@pytest.mark.parametrize(("row", "table"), FOR_PROGRAMS, ids=lambda one: one if isinstance(one, str) else one.id)
def test_every_time_in_an_export_has_an_offset(row: ExportFormat, table: str, service: Service) -> None:
    source = service.exports.source("run-0001", in_bundle=True)
    data = b"".join(row.blocks(source, ExportOptions(LANGUAGES[: row.languages], table)))
    check_export(row, data)


def test_so_has_every_time_in_the_list_of_events() -> None:
    data = csv_file.render(msel_sheet(leak(), LANGUAGES))
    check_table(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_junit_holds_no_time_of_day_as_an_attribute(service: Service) -> None:
    view = service.records.show("run-0001")
    data = junit([(view.report, Account(view.facts, view.playbook, view.scenario, "en"))])
    for element in ET.fromstring(data).iter():  # noqa: S314 - what we wrote ourselves
        for name, value in element.attrib.items():
            check(value, (), name)


@pytest.mark.parametrize(
    ("value", "beside"),
    [
        ("2026-10-25 08:00", ()),
        ("2026-10-25T08:00:00", ()),
        ("08:00", ()),
        ("08:00:00", ("2026-10-25T09:00:00+01:00",)),
        ("2026-10-25", ("2026-10-24T08:00:00+01:00",)),
        ("2026-10-25 08:00\n+13:00", ()),
    ],
)
def test_a_time_without_an_offset_is_found(value: str, beside: tuple[str, ...]) -> None:
    with pytest.raises(LonelyTimeError):
        check(value, beside, "planted")
    with pytest.raises(LonelyTimeError):
        check_json({"planted": [{"time": value, "others": list(beside)}]})
