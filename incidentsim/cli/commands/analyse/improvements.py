"""`incidentsim improvements`: what earlier runs ask to be improved: listed, and by its subcommands changed."""

from datetime import date
from typing import TYPE_CHECKING

import click

from incidentsim.cli.commands.analyse import improvements_changing
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.group import Commands
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.paging import Paging, paging_options
from incidentsim.cli.progress import counted
from incidentsim.cli.value_types import Choice
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.cli.frontend import Frontend
    from incidentsim.exercise.afterwards.carrying import CarriedItem


def command() -> click.Command:
    """Build the command."""

    @click.group(
        cls=Commands,
        help=_(
            "List the open improvement items of all finished runs: what, whose, until when. A later run that performs "
            "the task closes an item that nobody has taken in hand; for any other it proposes that. The subcommands "
            "type items in, edit, assign and close them; every change goes on record in the run that asks for it."
        ),
        invoke_without_command=True,
        subcommand_metavar=_("[COMMAND]"),
    )
    @click.option(
        "--all", "everything", is_flag=True, help=_("List the closed ones too, with what each was closed with.")
    )
    @click.option("--playbook", metavar=_("ID"), help=_("Only items of runs by this playbook."))
    @click.option(
        "--owner",
        metavar=_("ROLE"),
        help=_("Only items that this role, or somebody with these words in their name, has to see to."),
    )
    @click.option("--overdue", is_flag=True, help=_("Only items that should be done by now."))
    @click.option(
        "--sort", type=Choice(["run", "due"]), default="run", help=_("Sort by run, oldest first, or by due date.")
    )
    @click.option(
        "--anew", is_flag=True, help=_("Evaluate every run anew instead of reading what was kept of earlier times.")
    )
    @paging_options()
    @format_option()
    @click.pass_context
    def improvements(
        context: click.Context,
        /,
        *,
        everything: bool,
        playbook: str | None,
        owner: str | None,
        overdue: bool,
        sort: str,
        anew: bool,
        limit: int | None,
        page: int,
        output_format: str,
    ) -> ExitCode:
        if context.invoked_subcommand is not None:
            return ExitCode.POSITIVE
        frontend: Frontend = context.obj
        service = frontend.open_service(record=True)
        today = service.improvements.today
        with counted() as on_run:
            carried_over = service.improvements.all(on_run, anew=anew)
        asked = [
            carried
            for carried in carried_over.items
            if (everything or carried.open)
            and playbook in (None, carried.playbook)
            and (owner is None or _is_owner(carried, owner))
            and (not overdue or carried.overdue(today))
        ]
        if sort == "due":
            asked.sort(key=lambda carried: (carried.due is None, carried.due or date.max))
        items = Paging(limit, page).cut(asked, for_people=output_format == "text")
        for run, reason in carried_over.unread:
            narrate(_("The run {run} is left out: {reason}").format(run=run, reason=reason))
        if output_format == "json":
            from incidentsim.exports.as_json.improvements import improvements_json

            say_json(improvements_json(items, carried_over.unread, total=len(asked), today=today))
        elif items:
            from incidentsim.exports.text.improvements import improvements_lines

            say(improvements_lines(items, frontend.language, today))
        else:
            narrate(_("No corrective actions."))
        return ExitCode.POSITIVE

    for each in improvements_changing.commands():
        improvements.add_command(each)
    return improvements


def _is_owner(carried: "CarriedItem", owner: str) -> bool:
    if not carried.changes and carried.proposal is not None and carried.proposal.owner == owner:
        return True
    named = (carried.owner.say("en"), carried.owner.say("zh"))
    return any(owner.casefold() in words.casefold() for words in named)
