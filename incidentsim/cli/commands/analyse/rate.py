"""`incidentsim rate`: a facilitator's rating in place of the proposed one, on record with its reason."""

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import narrate
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Set the rating of a critical task in a finished run: P (performed without challenges), S (with some), M "
            "(with major challenges) or U (unable). The rating and its reason go on record; the proposal stays visible."
        )
    )
    @click.argument("run", metavar=_("RUN"))
    @click.argument("task", metavar=_("TASK"))
    @click.argument("rating", metavar=_("RATING"))
    @click.option("--reason", required=True, metavar=_("TEXT"), help=_("Why."))
    @click.pass_obj
    def rate(frontend: Frontend, run: str, task: str, rating: str, reason: str) -> ExitCode:
        view = frontend.open_service(record=True).evaluations.override_rating(run, task, rating.upper(), reason)
        message = _("On record in run {run}, as fact #{sequence}.")
        narrate(message.format(run=view.report.run, sequence=len(view.facts) - 1))
        return ExitCode.POSITIVE

    return rate
