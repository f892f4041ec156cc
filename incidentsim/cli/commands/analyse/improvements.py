"""`incidentsim improvements`: what earlier runs ask to be improved, carried over until a later run does it well."""

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say
from incidentsim.cli.paging import Paging, paging_options
from incidentsim.cli.progress import counted
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
    @click.option("--playbook", metavar=_("ID"), help=_("Only items of runs by this playbook."))
    @click.option("--owner", metavar=_("ROLE"), help=_("Only items that this role has to see to."))
    @click.option(
        "--anew", is_flag=True, help=_("Evaluate every run anew instead of reading what was kept of earlier times.")
    )
    @paging_options()
    @format_option()
    @click.pass_obj
    def improvements(
        frontend: Frontend,
        /,
        *,
        everything: bool,
        playbook: str | None,
        owner: str | None,
        anew: bool,
        limit: int | None,
        page: int,
        output_format: str,
    ) -> ExitCode:
        service = frontend.open_service(record=True)
        with counted() as on_run:
            carried_over = service.evaluations.improvements(on_run, anew=anew)
        asked = [
            carried
            for carried in carried_over.items
            if (everything or carried.closed_by is None)
            and playbook in (None, carried.playbook)
            and owner in (None, carried.item.owner)
        ]
        items = Paging(limit, page).cut(asked, for_people=output_format == "text")
        for run, reason in carried_over.unread:
            narrate(_("The run {run} is left out: {reason}").format(run=run, reason=reason))
        if output_format == "json":
            from incidentsim.exports.as_json.evaluation import improvements_json
            from incidentsim.exports.as_json.run import dumps

            say(dumps(improvements_json(items, carried_over.unread, total=len(asked))))
        elif items:
            from incidentsim.exports.text.comparison import improvements_lines

            say(improvements_lines(items, frontend.language))
        else:
            narrate(_("No corrective actions."))
        return ExitCode.POSITIVE

    return improvements
