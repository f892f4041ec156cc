"""`incidentsim runs`: the recorded runs, newest first."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import OutputFile, force_option, format_option
from incidentsim.cli.output import narrate, say
from incidentsim.files import PRIVATE, check_place, write_file
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.ledger.store import RunInfo


def command() -> click.Command:
    """Build the command."""

    @click.group(
        help=_("List the recorded runs, the newest first; or write one down as a script."),
        invoke_without_command=True,
        subcommand_metavar=_("[COMMAND]"),
    )
    @format_option()
    @click.pass_context
    def runs(context: click.Context, output_format: str) -> ExitCode:
        if context.invoked_subcommand is not None:
            return ExitCode.POSITIVE
        frontend: Frontend = context.obj
        from incidentsim.exports.as_json.run import dumps, runs_json

        infos = list(reversed(frontend.open_service(record=True).records.runs()))
        if output_format == "json":
            say(dumps(runs_json(infos)))
        elif infos:
            _print(infos)
        else:
            narrate(_("No run is recorded yet."))
        return ExitCode.POSITIVE

    runs.add_command(_script())
    return runs


def _script() -> click.Command:
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
    @click.pass_obj
    def script(frontend: Frontend, /, *, run: str, output: "Path | None", force: bool) -> ExitCode:
        if output is not None:
            check_place(output)
        service, (named,) = frontend.open_records(run)
        data = service.exports.script(named)
        if output is None:
            click.echo(data, nl=False)
        else:
            write_file(output, data, mode=PRIVATE, replace=force)
        return ExitCode.POSITIVE

    return script


def _print(infos: "list[RunInfo]") -> None:
    from incidentsim.exports.wording.plain_text import columns, visible

    rows = [[_("Run"), _("Begun (UTC)"), _("Facts"), _("State"), _("Scenario"), _("Playbook")]]
    rows += [
        [
            info.id,
            info.created[:19].replace("T", " "),
            str(info.entries),
            _("finished") if info.finished else _("unfinished"),
            visible(info.scenario),
            visible(info.playbook),
        ]
        for info in infos
    ]
    say(columns(rows))
