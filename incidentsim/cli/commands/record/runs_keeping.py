"""`incidentsim runs name`, `hide`, `unhide` and `delete`: what people do with runs as a whole."""

import click

from incidentsim.cli.commands.record.traces import tell_traces
from incidentsim.cli.confirming import confirmed
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import narrate
from incidentsim.messages import gettext as _


def commands() -> list[click.Command]:
    """Build the commands."""
    return [_name(), _hiding("hide", hidden=True), _hiding("unhide", hidden=False), _delete()]


def _name() -> click.Command:
    @click.command(
        name="name",
        help=_(
            "Give a run a name of its own, which can be written wherever a RUN is. It is kept beside the record and is "
            "no part of it."
        ),
        short_help=_("Give a run a name."),
    )
    @click.argument("run", metavar=_("RUN"))
    @click.argument("name", metavar=_("NAME"), required=False)
    @click.option("--none", is_flag=True, help=_("Take the run's name away."))
    @click.pass_obj
    def naming(frontend: Frontend, /, *, run: str, name: str | None, none: bool) -> ExitCode:
        if none == bool(name):
            raise click.UsageError(_("Write the name, or --none to take it away."))
        info = frontend.open_service(record=True).keeping.name(run, name or "")
        if name:
            narrate(_("The run {run} is named {name} from now on.").format(run=info.id, name=name.strip()))
        else:
            narrate(_("The run {run} has no name any more.").format(run=info.id))
        return ExitCode.POSITIVE

    return naming


def _hiding(name: str, *, hidden: bool) -> click.Command:
    told = _("Leave a run out of lists.") if hidden else _("List a hidden run again.")

    @click.command(
        name=name,
        help=_("Leave a run out of lists. “runs --all” still lists it, and everything can be done with it as before.")
        if hidden
        else told,
        short_help=told,
    )
    @click.argument("runs", metavar=_("RUN…"), nargs=-1, required=True)
    @click.pass_obj
    def hiding(frontend: Frontend, /, *, runs: tuple[str, ...]) -> ExitCode:
        keeping = frontend.open_service(record=True).keeping
        for run in runs:
            info = keeping.hide(run, hidden=hidden)
            message = _("The run {run} is hidden from now on.") if hidden else _("The run {run} is listed again.")
            narrate(message.format(run=info.id))
        return ExitCode.POSITIVE

    return hiding


def _delete() -> click.Command:
    @click.command(
        name="delete",
        help=_(
            "Delete a run as a whole: its record, its texts and names, and its playbook and scenario where no other "
            "run needs them. Nothing of it can be shown, verified or exported any more. What was exported before and "
            "copies of the database are not touched."
        ),
        short_help=_("Delete a run as a whole, for good."),
    )
    @click.argument("run", metavar=_("RUN"))
    @click.option("--yes", is_flag=True, help=_("Do not ask."))
    @click.pass_obj
    def delete(frontend: Frontend, /, *, run: str, yes: bool) -> ExitCode:
        service = frontend.open_service(record=True)
        info = service.records.find(run)
        question = _("To be deleted: the whole run {run} of {scenario}, {n} entries. This cannot be undone. Go on?")
        if not yes and not confirmed(question.format(run=info.id, scenario=info.scenario, n=info.entries)):
            narrate(_("Nothing was deleted."))
            return ExitCode.NEGATIVE
        _info, traces = service.keeping.delete(info.id)
        narrate(_("The run {run} is deleted.").format(run=info.id))
        tell_traces(traces)
        narrate(_("Exported files and copies of the database are not touched; they may still hold it."))
        return ExitCode.POSITIVE

    return delete
