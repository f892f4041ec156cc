"""Reports of a run: the after-action report and the audit report, each from one content model, in several formats.

Every format is a function of the same arguments to the bytes of a file; identical arguments give identical bytes.
What a format needs besides Python is imported when it is asked for.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.text import Language
from incidentsim.exports.account import Account
from incidentsim.exports.reports.composed import Clocks, Kind, compose, dated
from incidentsim.exports.reports.pins import Check, ControlFinding, Pins

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.exercise.evaluation.evaluate import Evaluation

__all__ = ["Check", "Clocks", "ControlFinding", "Kind", "Pins", "csv", "html", "markdown", "pdf", "xlsx"]


def markdown(
    account: Account,
    evaluation: "Evaluation",
    clocks: Clocks,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    pins: Pins | None = None,
    controls: Sequence[ControlFinding] | None = None,
) -> bytes:
    """The report as Markdown (UTF-8)."""
    from incidentsim.exports.reports import markdown_page

    return markdown_page.render(
        compose(account, evaluation, clocks, kind=kind, languages=languages, pins=pins, controls=controls)
    )


def html(
    account: Account,
    evaluation: "Evaluation",
    clocks: Clocks,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    pins: Pins | None = None,
    controls: Sequence[ControlFinding] | None = None,
) -> bytes:
    """The report as one HTML file."""
    from incidentsim.exports.reports import html_page

    return html_page.render(
        compose(account, evaluation, clocks, kind=kind, languages=languages, pins=pins, controls=controls)
    )


def pdf(
    account: Account,
    evaluation: "Evaluation",
    clocks: Clocks,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    pins: Pins | None = None,
    controls: Sequence[ControlFinding] | None = None,
    fonts: "Sequence[Path] | None" = None,
) -> bytes:
    """The report as PDF, for archives (PDF/A-2a) and accessible (PDF/UA-1).

    `fonts` are folders to take fonts from, instead of those that the system has.

    Raises:
        InputError: the extra `pdf` is not installed, or no font has a character that the report needs.
    """
    from incidentsim.exports.reports import pdf_file

    return pdf_file.render(
        compose(account, evaluation, clocks, kind=kind, languages=languages, pins=pins, controls=controls), fonts
    )


def xlsx(
    account: Account,
    evaluation: "Evaluation",
    clocks: Clocks,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    pins: Pins | None = None,
    controls: Sequence[ControlFinding] | None = None,
) -> bytes:
    """The tables of the report as a workbook; every cell is a plain text or a whole number.

    Raises:
        InputError: the extra `xlsx` is not installed, or the record has more rows than a sheet can hold.
    """
    from incidentsim.exports.reports import xlsx_file
    from incidentsim.exports.reports.sheets import all_sheets

    found = all_sheets(account, evaluation, clocks, kind=kind, languages=languages, pins=pins, controls=controls)
    return xlsx_file.render(found, dated(account, pins))


def csv(
    account: Account,
    evaluation: "Evaluation",
    clocks: Clocks,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    pins: Pins | None = None,
    controls: Sequence[ControlFinding] | None = None,
    table: str = "timeline",
) -> bytes:
    """One table of the report as CSV (RFC 4180), such as `timeline` or `duties`; `sheets.TABLES` has them all.

    Raises:
        UnknownNameError: the report has no such table.
    """
    from incidentsim.exports.reports import csv_file
    from incidentsim.exports.reports.sheets import sheet_named

    found = sheet_named(
        table, account, evaluation, clocks, kind=kind, languages=languages, pins=pins, controls=controls
    )
    return csv_file.render(found)
