"""`incidentsim export`: a recorded run in another form."""

from collections.abc import Iterable
from pathlib import Path

import click

from incidentsim.cli.commands.record.export_bundle import write_bundle
from incidentsim.cli.commands.record.export_request import Request
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.going_on import facilitator_option
from incidentsim.cli.options import OutputFile, force_option
from incidentsim.cli.output import narrate, stdout_is_terminal
from incidentsim.cli.progress import reading
from incidentsim.cli.value_types import Choice
from incidentsim.exports import formats
from incidentsim.exports.format_types import Audience, ExportFormat
from incidentsim.exports.reports.tables import ALL_TABLES
from incidentsim.files import OPEN, PRIVATE, check_place, writing
from incidentsim.messages import gettext as _

OWN_COMMAND = "export"
"""The name of this command in the table of formats, in the rows that it writes."""


def offered() -> list[ExportFormat]:
    """The formats that this command writes."""
    return [row for row in formats.FORMATS if row.command == OWN_COMMAND]


def _ids(rows: Iterable[ExportFormat]) -> list[str]:
    return list(dict.fromkeys(row.id for row in rows))


def _named(audience: Audience) -> str:
    """How the help names the formats for somebody: the words of the rows that have some."""
    phrases = [row.say_help() for row in offered() if row.audience is audience]
    return _(", ").join(phrase for phrase in phrases if phrase)


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Write a recorded run in another form. RUN is a run's id, the beginning of it, or “last”; PATH is a bundle "
            "(packed or unpacked) or an exported log (.jsonl). The record is verified first, and a faulty one refused."
            "\n\n"
            "For people: {people}. For programs: {programs}.\n\n"
            "For auditors: “bundle” is one signed file that holds the record and the reports, and is checked with "
            "tools that they already have; “incidentsim verify” checks it as well. With --pseudonymise, names and "
            "texts are left out of it, and it still verifies; the copy of a bundle keeps all its signatures."
        ).format(people=_named(Audience.PEOPLE), programs=_named(Audience.PROGRAMS))
    )
    @click.argument("run", metavar=_("PATH|RUN"))
    @click.option("--format", "form", type=Choice(_ids(offered())), required=True, help=_("The form to write."))
    @click.option("-o", "--output", type=OutputFile(), metavar=_("FILE"), help=_("Write it to this file."))
    @force_option()
    @click.option(
        "--report",
        "kind",
        type=Choice(["aar", "audit"]),
        help=_("Which report: after-action (aar) or audit; aar if left out."),
    )
    @click.option(
        "--in",
        "written_in",
        type=Choice(["en", "zh", "both"]),
        help=_("The language of reports and tables; the one spoken if left out."),
    )
    @click.option(
        "--table",
        metavar=_("NAME"),
        help=_("Which table, for csv: {tables}. The first if left out.").format(tables=", ".join(ALL_TABLES)),
    )
    @click.option(
        "--key",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        help=_("Sign with this private key instead of your own, which is made when it is first needed."),
    )
    @click.option("--pseudonymise", is_flag=True, help=_("Leave out what names people or holds their words."))
    @click.option(
        "--timestamp",
        "authority",
        metavar=_("URL"),
        help=_("Have the checkpoint stamped by this authority (RFC 3161)."),
    )
    @facilitator_option()
    @click.pass_obj
    def export(frontend: Frontend, /, form: str, **given: object) -> ExitCode:
        request = Request(frontend, **given)  # type: ignore[arg-type]  # click gives them the declared types
        _check_options(request, form)
        row = request.format(form)
        if row.make is None:
            write_bundle(request)
        else:
            _write(request, row)
        return ExitCode.POSITIVE

    return export


def _check_options(request: Request, form: str) -> None:
    """Refuse an option that would do nothing.

    Raises:
        click.UsageError: one of them does not belong to the form.
    """
    rows = offered()
    signed = _ids(row for row in rows if row.make is None)
    belongs = {
        "--report": (request.kind, _ids(row for row in rows if row.report is not None)),
        "--in": (request.written_in, _ids(row for row in rows if row.languages)),
        "--table": (request.table, _ids(row for row in rows if row.one_table)),
        "--key": (request.key, signed),
        "--pseudonymise": (request.pseudonymise, signed),
        "--timestamp": (request.authority, signed),
    }
    for option, (given, forms) in belongs.items():
        if given and form not in forms:
            message = _("{option} does not belong to the form {form}, but to: {forms}.")
            raise click.UsageError(message.format(option=option, form=form, forms=", ".join(forms)))
    if request.format(form).languages == 1 and len(request.languages) > 1:
        raise click.UsageError(_("The form {form} is written in one language; choose en or zh.").format(form=form))


def _write(request: Request, row: ExportFormat) -> None:
    target = request.output
    if target is not None:
        check_place(target)
    with reading(request.service):
        blocks = row.blocks(request.source, request.options)
    if target is None and row.binary and stdout_is_terminal():
        # not for a terminal: it goes into a file named after the run
        target = Path(f"incidentsim-{request.source.dossier.provenance.run}-{request.report}.{row.id}")
    if target is None:
        for block in blocks:
            click.echo(block, nl=False)
        return
    with writing(target, mode=PRIVATE if row.private else OPEN, replace=request.force) as file:
        for block in blocks:
            file.write(block)
    if request.output is None:
        narrate(_("Written: {path}").format(path=target))
