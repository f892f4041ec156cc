"""`incidentsim export`: a recorded run in another form."""

from pathlib import Path

import click

from incidentsim.cli.commands.record.export_bundle import write_bundle
from incidentsim.cli.commands.record.export_forms import FORMS, Request
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import check_folder, narrate, stdout_is_terminal
from incidentsim.domain.errors import InputError
from incidentsim.exports.reports.tables import ALL_TABLES
from incidentsim.messages import gettext as _

BUNDLE = "bundle"
"""The one form that is always a file, and is signed."""


def command() -> click.Command:
    """Build the command."""
    file = click.Path(dir_okay=False, path_type=Path)

    @click.command(
        help=_(
            "Write a recorded run in another form. RUN is a run's id, the beginning of it, or “last”.\n\n"
            "For people: a report as Markdown (md), as a page (html) or on paper (pdf), and its tables as a workbook "
            "(xlsx) or one of them as CSV (csv). For programs: the log (jsonl), which controls there is evidence for "
            "(controls), and the same as an OSCAL assessment result (oscal).\n\n"
            "For auditors: “bundle” is one signed file that holds the record and the reports, and is checked with "
            "tools that they already have; “incidentsim verify” checks it as well. With --pseudonymise, names and "
            "texts are left out of it, and it still verifies. RUN may then be a bundle too: the copy keeps all its "
            "signatures."
        )
    )
    @click.argument("run", metavar=_("RUN"))
    @click.option("--format", "form", type=click.Choice([*FORMS, BUNDLE]), required=True, help=_("The form to write."))
    @click.option("-o", "--output", type=file, metavar=_("FILE"), help=_("Write it to this file."))
    @click.option(
        "--report",
        "kind",
        type=click.Choice(["aar", "audit"]),
        help=_("Which report: after-action (aar) or audit; aar if left out."),
    )
    @click.option(
        "--in",
        "written_in",
        type=click.Choice(["en", "zh", "both"]),
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
    @click.pass_obj
    def export(frontend: Frontend, /, form: str, **given: object) -> ExitCode:
        request = Request(frontend, **given)  # type: ignore[arg-type]  # click gives them the declared types
        _check_options(request, form)
        if form == BUNDLE:
            write_bundle(request)
        else:
            _write(request, form)
        return ExitCode.POSITIVE

    return export


def _check_options(request: Request, form: str) -> None:
    """Refuse an option that would do nothing.

    Raises:
        click.UsageError: one of them does not belong to the form.
    """
    readable = [name for name, one in FORMS.items() if one.takes_languages]
    belongs = {
        "--report": (request.kind, [name for name, one in FORMS.items() if one.takes_kind]),
        "--in": (request.written_in, readable),
        "--table": (request.table, [name for name, one in FORMS.items() if one.takes_table]),
        "--key": (request.key, [BUNDLE]),
        "--pseudonymise": (request.pseudonymise, [BUNDLE]),
        "--timestamp": (request.authority, [BUNDLE]),
    }
    for option, (given, forms) in belongs.items():
        if given and form not in forms:
            message = _("{option} does not belong to the form {form}, but to: {forms}.")
            raise click.UsageError(message.format(option=option, form=form, forms=", ".join(forms)))


def _write(request: Request, name: str) -> None:
    from incidentsim.evidence.bundle import replacing

    form, target = FORMS[name], request.output
    if target is not None:
        check_folder(target)
    blocks = form.make(request)
    if target is None and form.binary and stdout_is_terminal():
        # not for a terminal: it goes into a file named after the run
        target = Path(f"incidentsim-{request.dossier.provenance.run}-{request.report}.{name}")
        if target.exists():
            message = _("{path} is there already. Name another file with -o.")
            raise InputError(message.format(path=target))
    if target is None:
        for block in blocks:
            click.echo(block, nl=False)
        return
    with replacing(target) as file:
        for block in blocks:
            file.write(block)
    if request.output is None:
        narrate(_("Written: {path}").format(path=target))
