"""Every format in which a recorded run can be had: one table.

The choices and the help of `incidentsim export`, the export menus of the debrief and of the home, the folder that they
fill and the readable members of an evidence bundle are filters of this table. A new format is a maker and a row in
`FORMATS`; nothing else names it.

Nothing heavy is imported here, because help texts are made from the table: a maker imports what it needs.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import Final

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports import reports
from incidentsim.exports.format_types import Audience, ExportFormat, ExportOptions, Maker, RunSource
from incidentsim.exports.reports.tables import ALL_TABLES, Kind
from incidentsim.messages import N_, spoken


def find(format_id: str, report: Kind = "aar") -> ExportFormat:
    """The format of this id; where there are two reports in it, this one.

    Raises:
        KeyError: there is none.
    """
    for row in FORMATS:
        if row.id == format_id and row.report in (None, report):
            return row
    raise KeyError(format_id)


def in_bundle(source: RunSource) -> dict[str, bytes]:
    """Make the readable members of a run's bundle, by name below `views/`."""
    return {
        row.member: b"".join(row.blocks(source, ExportOptions(LANGUAGES[: row.languages], members="../")))
        for row in FORMATS
        if row.in_bundle and row.make is not None
    }


def in_folder(source: RunSource, language: Language) -> dict[str, bytes]:
    """The run in every format that needs no extra, and every table, by the name of the file."""
    return {
        row.member.format(table=table): b"".join(row.blocks(source, ExportOptions((language,), table)))
        for row in FORMATS
        if row.make is not None and row.member and row.extra is None
        for table in (ALL_TABLES if row.one_table else ALL_TABLES[:1])
    }


def _text(source: RunSource, options: ExportOptions) -> Iterable[bytes]:
    from incidentsim.definitions.clocks.read import shipped_packs
    from incidentsim.exports.text.run import run_text

    found, language = source.evaluated, options.languages[0]
    with spoken(language):
        told = replace(found.account, language=language)
        lines = run_text(told, source.report, found.evaluation, found.clocks, shipped_packs())
    return [("\n".join(lines) + "\n").encode()]


def _json(source: RunSource, _options: ExportOptions) -> Iterable[bytes]:
    from incidentsim.exports.as_json.evaluation import evaluated_run_json
    from incidentsim.exports.as_json.pieces import blocks

    found = source.evaluated
    local = found.account.scenario.local_time
    shown = evaluated_run_json(source.report, found.account.facts, found.evaluation, found.clocks, local)
    return (block.encode() for block in chain(blocks(shown), ("\n",)))


def _script(source: RunSource, _options: ExportOptions) -> Iterable[bytes]:
    return [source.script()]


def _jsonl(source: RunSource, _options: ExportOptions) -> Iterable[bytes]:
    return source.log()


def _markdown(report: Kind) -> Maker:
    return lambda source, options: [reports.markdown(source.dossier, kind=report, languages=options.languages)]


def _html(report: Kind) -> Maker:
    return lambda source, options: [reports.html(source.dossier, kind=report, languages=options.languages)]


def _docx(report: Kind) -> Maker:
    return lambda source, options: [reports.docx(source.dossier, kind=report, languages=options.languages)]


def _pdf(report: Kind) -> Maker:
    return lambda source, options: [reports.pdf(source.dossier, kind=report, languages=options.languages)]


def _xlsx(report: Kind) -> Maker:
    return lambda source, options: [reports.xlsx(source.dossier, kind=report, languages=options.languages)]


def _csv(source: RunSource, options: ExportOptions) -> Iterable[bytes]:
    reports.check_table(options.table)  # before the work for it is done
    return [reports.csv(source.dossier, table=options.table, languages=options.languages)]


def _controls(source: RunSource, _options: ExportOptions) -> Iterable[bytes]:
    from incidentsim.exports.as_json.controls import controls_json
    from incidentsim.exports.as_json.pieces import blocks

    return (block.encode() for block in chain(blocks(controls_json(source.dossier)), ("\n",)))


def _oscal(source: RunSource, options: ExportOptions) -> Iterable[bytes]:
    from incidentsim.exports.oscal import oscal

    return [oscal(source.dossier, language=options.languages[0], members=options.members)]


_ALL_LANGUAGES: Final = len(LANGUAGES)

FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat(
        "text",
        N_("The account and the evaluation, to be read (text)"),
        _text,
        "{run}.txt",
        "evaluation.txt",
        languages=1,
        command="show",
    ),
    ExportFormat(
        "json",
        N_("The same for programs (JSON)"),
        _json,
        "{run}.json",
        "evaluation.json",
        audience=Audience.PROGRAMS,
        command="show",
    ),
    ExportFormat(
        "script",
        N_("A script: a scenario that replays this run (YAML)"),
        _script,
        "{run}.yaml",
        "script.yaml",
        audience=Audience.PROGRAMS,
        command="runs",
    ),
    ExportFormat(
        "jsonl",
        N_("The log as it is stored, an entry a line (JSON Lines)"),
        _jsonl,
        "{run}.jsonl",
        "log.jsonl",
        audience=Audience.PROGRAMS,
        help=N_("the log (jsonl)"),
        private=False,  # pseudonyms, and commitments in place of texts
    ),
    ExportFormat(
        "md",
        N_("After-action report (Markdown)"),
        _markdown("aar"),
        "{run}-aar.md",
        "after-action-report.md",
        help=N_("a report as Markdown (md)"),
        report="aar",
        languages=_ALL_LANGUAGES,
        in_bundle=True,
    ),
    ExportFormat(
        "html",
        N_("After-action report (HTML page)"),
        _html("aar"),
        "{run}-aar.html",
        "after-action-report.html",
        help=N_("as a page (html)"),
        report="aar",
        languages=_ALL_LANGUAGES,
        in_bundle=True,
    ),
    ExportFormat(
        "docx",
        N_("After-action report (Word document)"),
        _docx("aar"),
        "{run}-aar.docx",
        "after-action-report.docx",
        help=N_("to be edited (docx)"),
        report="aar",
        languages=_ALL_LANGUAGES,
        binary=True,
        extra="docx",
    ),
    ExportFormat(
        "pdf",
        N_("After-action report (PDF)"),
        _pdf("aar"),
        "{run}-aar.pdf",
        "after-action-report.pdf",
        help=N_("on paper (pdf)"),
        report="aar",
        languages=_ALL_LANGUAGES,
        binary=True,
        extra="pdf",
    ),
    ExportFormat(
        "md",
        N_("Audit report (Markdown)"),
        _markdown("audit"),
        "{run}-audit.md",
        "audit-report.md",
        audience=Audience.AUDITORS,
        report="audit",
        languages=_ALL_LANGUAGES,
        in_bundle=True,
    ),
    ExportFormat(
        "html",
        N_("Audit report (HTML page)"),
        _html("audit"),
        "{run}-audit.html",
        "audit-report.html",
        audience=Audience.AUDITORS,
        report="audit",
        languages=_ALL_LANGUAGES,
        in_bundle=True,
    ),
    ExportFormat(
        "docx",
        N_("Audit report (Word document)"),
        _docx("audit"),
        "{run}-audit.docx",
        "audit-report.docx",
        audience=Audience.AUDITORS,
        report="audit",
        languages=_ALL_LANGUAGES,
        binary=True,
        extra="docx",
    ),
    ExportFormat(
        "pdf",
        N_("Audit report (PDF)"),
        _pdf("audit"),
        "{run}-audit.pdf",
        "audit-report.pdf",
        audience=Audience.AUDITORS,
        report="audit",
        languages=_ALL_LANGUAGES,
        binary=True,
        extra="pdf",
    ),
    ExportFormat(
        "xlsx",
        N_("All tables (XLSX workbook)"),
        _xlsx("aar"),
        "{run}-aar.xlsx",
        "after-action-tables.xlsx",
        help=N_("its tables as a workbook (xlsx)"),
        report="aar",
        languages=_ALL_LANGUAGES,
        binary=True,
        extra="xlsx",
    ),
    ExportFormat(
        "xlsx",
        N_("The tables of the audit report (XLSX workbook)"),
        _xlsx("audit"),
        "{run}-audit.xlsx",
        "audit-tables.xlsx",
        audience=Audience.AUDITORS,
        report="audit",
        languages=_ALL_LANGUAGES,
        binary=True,
        extra="xlsx",
    ),
    ExportFormat(
        "csv",
        N_("One of the tables (CSV)"),
        _csv,
        "{run}-{table}.csv",
        "{table}.csv",
        help=N_("one of them as CSV (csv)"),
        languages=_ALL_LANGUAGES,
        one_table=True,
    ),
    ExportFormat(
        "controls",
        N_("Which controls there is evidence for (JSON)"),
        _controls,
        "{run}-controls.json",
        "controls.json",
        audience=Audience.PROGRAMS,
        help=N_("which controls there is evidence for (controls)"),
        in_bundle=True,
    ),
    ExportFormat(
        "oscal",
        N_("The same as an OSCAL assessment result (JSON)"),
        _oscal,
        "{run}-oscal.json",
        "oscal-assessment-results.json",
        audience=Audience.PROGRAMS,
        help=N_("the same as an OSCAL assessment result (oscal)"),
        languages=1,
        in_bundle=True,
    ),
    ExportFormat(
        "bundle",
        N_("Evidence bundle: the record, signed, with the reports (ZIP)"),
        None,
        "incidentsim-{run}.zip",
        audience=Audience.AUDITORS,
        binary=True,
    ),
)
"""All formats, in the order in which they are offered."""
