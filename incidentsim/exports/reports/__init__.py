"""Reports of a run: the after-action report and the audit report, each from one content model, in several formats.

Every format is a function of the same arguments to the bytes of a file; identical arguments give identical bytes.
What a format needs besides Python is imported when it is asked for.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.text import Language
from incidentsim.exports.reports.dossier import Dossier
from incidentsim.exports.reports.provenance import Check, Provenance
from incidentsim.exports.reports.tables import ALL_TABLES, TABLES, Kind, check_table

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "ALL_TABLES",
    "TABLES",
    "Check",
    "Dossier",
    "Kind",
    "Provenance",
    "check_table",
    "csv",
    "docx",
    "html",
    "markdown",
    "pdf",
    "xlsx",
]


def markdown(dossier: Dossier, *, kind: Kind = "aar", languages: Sequence[Language] = ("en",)) -> bytes:
    """The report as Markdown (UTF-8)."""
    from incidentsim.exports.documents import markdown_page
    from incidentsim.exports.reports.compose import compose

    return markdown_page.render(compose(dossier, kind=kind, languages=languages))


def html(dossier: Dossier, *, kind: Kind = "aar", languages: Sequence[Language] = ("en",)) -> bytes:
    """The report as one HTML file."""
    from incidentsim.exports.documents import html_page
    from incidentsim.exports.reports.compose import compose

    return html_page.render(compose(dossier, kind=kind, languages=languages))


def docx(dossier: Dossier, *, kind: Kind = "aar", languages: Sequence[Language] = ("en",)) -> bytes:
    """The report as a Word document, to be edited.

    Raises:
        InputError: the extra `docx` is not installed.
    """
    from incidentsim.exports.documents import docx_file
    from incidentsim.exports.reports.compose import compose

    return docx_file.render(compose(dossier, kind=kind, languages=languages))


def pdf(
    dossier: Dossier,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    fonts: "Sequence[Path] | None" = None,
) -> bytes:
    """The report as PDF, for archives (PDF/A-2a) and accessible (PDF/UA-1).

    `fonts` are folders to take fonts from, instead of those that the system has.

    Raises:
        InputError: the extra `pdf` is not installed, or no font has a character that the report needs.
    """
    from incidentsim.exports.documents import pdf_file
    from incidentsim.exports.reports.compose import compose

    return pdf_file.render(compose(dossier, kind=kind, languages=languages), fonts)


def xlsx(dossier: Dossier, *, kind: Kind = "aar", languages: Sequence[Language] = ("en",)) -> bytes:
    """The tables of the report as a workbook; every cell is a plain text or a whole number.

    Raises:
        InputError: the extra `xlsx` is not installed, or the record has more rows than a sheet can hold.
    """
    from incidentsim.exports.documents import xlsx_file
    from incidentsim.exports.reports.compose import dated
    from incidentsim.exports.reports.sheets import all_sheets

    return xlsx_file.render(all_sheets(dossier, kind=kind, languages=languages), dated(dossier))


def csv(dossier: Dossier, *, languages: Sequence[Language] = ("en",), table: str = "timeline") -> bytes:
    """One table of the run as CSV (RFC 4180), such as `timeline` or `duties`; `ALL_TABLES` has their names.

    Raises:
        UnknownNameError: there is no such table.
    """
    from incidentsim.exports.documents import csv_file
    from incidentsim.exports.reports.sheets import sheet_named

    return csv_file.render(sheet_named(table, dossier, languages=languages))
