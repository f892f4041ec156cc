"""`incidentsim improvements add`, `edit`, `assign`, `close`: what becomes of an item, on record."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say
from incidentsim.cli.value_types import Choice, Day
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.cli.frontend import Frontend
    from incidentsim.service import Service
    from incidentsim.service.improvements import Changed

_STATES = ("open", "in_progress")


def commands() -> list[click.Command]:
    """Build the commands."""
    return [_add(), _edit(), _assign(), _close()]


def _add() -> click.Command:
    @click.command(
        name="add",
        help=_("Type in an improvement item that comes from a run: an action that somebody can carry out."),
        short_help=_("Type in an item."),
    )
    @click.argument("run", metavar=_("RUN"))
    @click.argument("action", metavar=_("TEXT"))
    @click.option("--owner", metavar=_("NAME"), help=_("Who sees to it."))
    @click.option("--due", type=Day(), metavar=_("DATE"), help=_("Until when."))
    @click.option("--id", "item", metavar=_("ID"), help=_("What it is called; an id is made up if left out."))
    @click.option(
        "--task",
        metavar=_("TASK"),
        help=_("The critical task, by id or title, that shows that it is done once a later run performs it."),
    )
    @format_option()
    @click.pass_obj
    def add(
        frontend: "Frontend",
        /,
        *,
        run: str,
        action: str,
        owner: str | None,
        due: datetime | None,
        item: str | None,
        task: str | None,
        output_format: str,
    ) -> ExitCode:
        from incidentsim.exercise.afterwards.items import ItemChange

        service = frontend.open_service(record=True)
        change = ItemChange(action=action, owner=owner, due=_day(due))
        return _told(service, service.improvements.add(run, change, item, task), output_format)

    return add


def _edit() -> click.Command:
    @click.command(
        name="edit",
        help=_("Change an improvement item: the words, the owner, the due date or the state."),
        short_help=_("Change an item."),
    )
    @_item_arguments
    @click.option("--action", metavar=_("TEXT"), help=_("What is to be done."))
    @click.option("--owner", metavar=_("NAME"), help=_("Who sees to it; empty: nobody yet."))
    @click.option("--due", type=Day(), metavar=_("DATE"), help=_("Until when."))
    @click.option("--no-due", is_flag=True, help=_("Take the due date away."))
    @click.option("--state", type=Choice(_STATES), help=_("Where it stands; “close” closes it."))
    @format_option()
    @click.pass_obj
    def edit(
        frontend: "Frontend",
        /,
        *,
        item: str,
        run: str | None,
        due: datetime | None,
        no_due: bool,
        state: str | None,
        output_format: str,
        **words: Any,  # noqa: ANN401 - the action and the owner, as texts
    ) -> ExitCode:
        from incidentsim.domain.facts import ImprovementState
        from incidentsim.exercise.afterwards.items import ItemChange

        service = frontend.open_service(record=True)
        improvements = service.improvements
        change = ItemChange(
            due="" if no_due else _day(due), state=None if state is None else ImprovementState(state), **words
        )
        return _told(service, improvements.change(improvements.find(item, run), change), output_format)

    return edit


def _assign() -> click.Command:
    @click.command(
        name="assign",
        help=_("Say who sees to an improvement item, and until when."),
        short_help=_("Say who sees to an item."),
    )
    @_item_arguments
    @click.argument("owner", metavar=_("NAME"))
    @click.option("--due", type=Day(), metavar=_("DATE"), help=_("Until when."))
    @format_option()
    @click.pass_obj
    def assign(
        frontend: "Frontend", /, *, item: str, run: str | None, owner: str, due: datetime | None, output_format: str
    ) -> ExitCode:
        from incidentsim.exercise.afterwards.items import ItemChange

        service = frontend.open_service(record=True)
        improvements = service.improvements
        change = ItemChange(owner=owner, due=_day(due))
        return _told(service, improvements.change(improvements.find(item, run), change), output_format)

    return assign


def _close() -> click.Command:
    @click.command(
        name="close",
        help=_(
            "Close an improvement item with evidence: in words, or by naming a run that performed its task. With "
            "neither, the later run counts that “improvements” names."
        ),
        short_help=_("Close an item with evidence."),
    )
    @_item_arguments
    @click.option("--evidence", default="", metavar=_("TEXT"), help=_("What shows that it is done."))
    @click.option("--by-run", metavar=_("RUN"), help=_("A run that performed its task."))
    @click.option("--drop", is_flag=True, help=_("It is not to be done any more; the evidence says why."))
    @format_option()
    @click.pass_obj
    def close(
        frontend: "Frontend",
        /,
        *,
        item: str,
        run: str | None,
        evidence: str,
        by_run: str | None,
        drop: bool,
        output_format: str,
    ) -> ExitCode:
        service = frontend.open_service(record=True)
        improvements = service.improvements
        changed = improvements.close(improvements.find(item, run), evidence=evidence, by_run=by_run, dropped=drop)
        return _told(service, changed, output_format)

    return close


def _item_arguments(command: Any) -> Any:  # noqa: ANN401 - click's decorators take and give any callable
    """The item, by its id or the beginning of it, and the run where several runs have one that is called so."""
    run = click.option("--run", metavar=_("RUN"), help=_("The run that asks for it, where several have such an item."))
    return click.argument("item", metavar=_("ITEM"))(run(command))


def _day(due: datetime | None) -> str | None:
    return None if due is None else due.date().isoformat()


def _told(service: "Service", changed: "Changed", output_format: str) -> ExitCode:
    if output_format == "json":
        from incidentsim.exports.as_json.improvements import item_json
        from incidentsim.exports.as_json.run import dumps

        say(dumps(item_json(service.improvements.find(changed.item, changed.run), service.improvements.today)))
        return ExitCode.POSITIVE
    message = _("Improvement item {item}: on record in run {run}, as fact #{sequence}.")
    narrate(message.format(item=changed.item, run=changed.run, sequence=changed.sequence))
    return ExitCode.POSITIVE
