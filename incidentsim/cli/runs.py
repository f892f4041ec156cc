"""`incidentsim runs`: the recorded runs, newest first."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.ledger.store import RunInfo


def command() -> click.Command:
    """Build the command."""

    @click.command(help=_("List the recorded runs, the newest first."))
    @format_option()
    @click.pass_obj
    def runs(frontend: Frontend, output_format: str) -> ExitCode:
        from incidentsim.exports.report_json import dumps, runs_json

        found = list(reversed(frontend.open_service(record=True).runs()))
        if output_format == "json":
            say(dumps(runs_json(found)))
        elif found:
            _print(found)
        else:
            narrate(_("No run is recorded yet."))
        return ExitCode.POSITIVE

    return runs


def _print(found: "list[RunInfo]") -> None:
    from incidentsim.exports.plain import columns, visible

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
        for info in found
    ]
    say(columns(rows))
