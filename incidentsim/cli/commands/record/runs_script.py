"""`incidentsim runs script`: a recorded run written down as a scenario whose script repeats it."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.going_on import facilitator_option
from incidentsim.cli.options import OutputFile, force_option
from incidentsim.cli.output import narrate
from incidentsim.cli.progress import reading
from incidentsim.files import PRIVATE, check_place, write_file
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from pathlib import Path


def subcommand() -> click.Command:
    """Build the command."""

    @click.command(
        name="script",
        help=_(
            "Write a run down as a scenario whose script repeats every decision of it: “incidentsim replay FILE” then "
            "leads to the same outcome digest."
        ),
        short_help=_("Write a run down as a scenario with a script."),
    )
    @click.argument("run", metavar=_("PATH|RUN"))
    @click.option(
        "-o", "--output", type=OutputFile(), metavar=_("FILE"), help=_("Write it there instead of printing it.")
    )
    @force_option()
    @facilitator_option()
    @click.pass_obj
    def script(frontend: Frontend, /, *, run: str, output: "Path | None", force: bool, facilitator: bool) -> ExitCode:
        if output is not None:
            check_place(output)
        service, (named,) = frontend.open_records(run, facilitator=facilitator)
        with reading(service):
            source = service.exports.source(named)
            data = source.script()
        if source.erased_texts:
            narrate(_("Texts of this run were erased; its replay comes to another outcome digest."))
        elif source.report.outcome_digest is None:
            narrate(_("Texts of this run are not in this copy; its replay comes to another outcome digest."))
        if output is None:
            click.echo(data, nl=False)
        else:
            write_file(output, data, mode=PRIVATE, replace=force)
        return ExitCode.POSITIVE

    return script
