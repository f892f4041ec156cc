"""The table of formats: what stands in it once is offered everywhere, and a row is all that a new format takes."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Language
from incidentsim.exports import formats
from incidentsim.exports.format_types import ExportFormat, ExportOptions, RunSource
from incidentsim.exports.reports.sheets import sheet_named
from incidentsim.exports.reports.tables import ALL_TABLES, table_title
from incidentsim.messages import spoken
from incidentsim.service import Service
from tests.support.exporting import service_with_a_run


@pytest.fixture(scope="module")
def service() -> Service:
    return service_with_a_run()


def test_every_row_has_a_name_and_a_title_of_its_own() -> None:
    for told in (
        [row.name for row in formats.FORMATS],
        [row.title for row in formats.FORMATS],
        [row.saved_as for row in formats.FORMATS],
        [row.member for row in formats.FORMATS if row.member],
    ):
        assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_title_and_every_word_of_help_is_there_in_both_languages(language: Language) -> None:
    for row in formats.FORMATS:
        with spoken(language):
            assert row.say()
            assert (row.say() == row.title) == (language == "en")
            assert (row.say_help() == row.help) == (language == "en" or not row.help)


def test_every_format_of_the_command_is_named_in_its_help() -> None:
    helped = " ".join(row.help for row in formats.FORMATS)
    named = {row.id for row in formats.FORMATS if row.command == "export" and row.make is not None}
    assert {one for one in named if f"({one})" in helped} == named


def test_every_extra_is_one_of_the_package() -> None:
    told = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    extras = told["project"]["optional-dependencies"]
    assert {row.extra for row in formats.FORMATS} - {None} == {"docx", "pdf", "xlsx"}
    assert {row.extra for row in formats.FORMATS} - {None} <= extras.keys()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("table", ALL_TABLES)
def test_menus_call_a_table_what_the_workbook_calls_it(table: str, language: Language, service: Service) -> None:
    with spoken(language):
        told = table_title(table)
    assert sheet_named(table, service.exports.dossier("last"), languages=[language]).title == told


@pytest.mark.parametrize(
    "row", [row for row in formats.FORMATS if row.make and row.id != "pdf"], ids=lambda row: row.name
)
def test_every_format_can_be_made_of_a_run_and_is_the_same_each_time(row: ExportFormat, service: Service) -> None:
    made = [b"".join(row.blocks(service.exports.source("last"), ExportOptions(("zh",)))) for _time in range(2)]
    assert made[0] == made[1]
    assert made[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_folder_holds_all_that_needs_no_extra_and_every_table(language: Language, service: Service) -> None:
    made = formats.in_folder(service.exports.source("last"), language)
    wanted = {row.member for row in formats.FORMATS if row.extra is None and row.make is not None and not row.one_table}
    assert made.keys() == wanted | {f"{table}.csv" for table in ALL_TABLES}


def test_a_format_is_found_by_its_id_and_report() -> None:
    assert formats.find("html").name == "aar-html"
    assert formats.find("html", "audit").name == "audit-html"
    assert formats.find("csv", "audit").name == "csv"
    with pytest.raises(KeyError):
        formats.find("nonsense")


def test_what_is_not_installed_is_named_by_its_extra() -> None:
    def make(_source: RunSource, _options: ExportOptions) -> Iterable[bytes]:
        import module_that_nobody_has  # type: ignore[import-not-found]

        return [bytes(module_that_nobody_has)]

    nobody = cast("RunSource", None)
    with pytest.raises(InputError, match=r"pip install 'incidentsim\[gems\]'"):
        ExportFormat("gem", "Gem", make, "{run}.gem", extra="gems").blocks(nobody, ExportOptions())
    with pytest.raises(ModuleNotFoundError):
        ExportFormat("gem", "Gem", make, "{run}.gem").blocks(nobody, ExportOptions())
