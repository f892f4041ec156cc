"""`incidentsim rejudge`: an old run judged by another procedure, without touching its record."""

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.going_on import facilitator_option
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say, say_json
from incidentsim.cli.progress import reading
from incidentsim.composition import named
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Try what was done in a recorded run once more under another playbook, and print what would now be "
            "refused, late, or newly allowed. The record stays as it is. PATH is a bundle or an exported log, which is "
            "verified first.\n\n"
            "The exit code is 0 if nothing changes, 1 if something does."
        )
    )
    @click.argument("run", metavar=_("PATH|RUN"))
    @click.option("--playbook", required=True, metavar=_("PLAYBOOK"), help=_("The playbook to judge by (file or id)."))
    @facilitator_option()
    @format_option()
    @click.pass_obj
    def rejudge(frontend: Frontend, /, *, run: str, playbook: str, facilitator: bool, output_format: str) -> ExitCode:
        wanted = named(playbook) or playbook
        service, (recorded,) = frontend.open_records(run, facilitator=facilitator)
        with reading(service):
            view, other, rejudgement = service.evaluations.rejudge(recorded, wanted)
        if output_format == "json":
            from incidentsim.exports.as_json.evaluation import rejudgement_json

            say_json(rejudgement_json(view.report.run, rejudgement))
        else:
            from incidentsim.exports.text.comparison import rejudgement_lines

            say(rejudgement_lines(frontend.account(view), other, rejudgement))
        return ExitCode.NEGATIVE if rejudgement.changes or rejudgement.duties else ExitCode.POSITIVE

    return rejudge
