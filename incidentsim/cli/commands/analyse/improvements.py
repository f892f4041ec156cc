"""`incidentsim improvements`: what earlier runs ask to be improved, carried over until a later run does it well."""

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "List the open improvement items of all finished runs: what, whose, until when. A later run that performs "
            "the task closes the item."
        )
    )
    @click.option(
        "--all", "everything", is_flag=True, help=_("List the closed ones too, with the run that closed each.")
    )
    @format_option()
    @click.pass_obj
    def improvements(frontend: Frontend, everything: bool, output_format: str) -> ExitCode:
        carried_over = frontend.open_service(record=True).evaluations.improvements()
        items = [one for one in carried_over.items if everything or one.closed_by is None]
        for run, reason in carried_over.unread:
            narrate(_("The run {run} is left out: {reason}").format(run=run, reason=reason))
        if output_format == "json":
            from incidentsim.exports.as_json.evaluation import improvements_json
            from incidentsim.exports.as_json.run import dumps

            say(dumps(improvements_json(items, carried_over.unread)))
        elif items:
            from incidentsim.exports.text.comparison import improvements_lines

            say(improvements_lines(items, frontend.language))
        else:
            narrate(_("Nothing is to be improved."))
        return ExitCode.POSITIVE

    return improvements
