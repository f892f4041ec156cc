"""`incidentsim runs`: the recorded runs, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from incidentsim.cli.commands.record import runs_keeping, runs_script
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.group import Commands
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.paging import Paging, paging_options
from incidentsim.cli.progress import counted
from incidentsim.cli.value_types import Choice, Day
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentsim.cli.frontend import Frontend
    from incidentsim.ledger.labels import RunLabel
    from incidentsim.ledger.store import RunInfo
    from incidentsim.service import Service
    from incidentsim.service.run_filters import RunFilter

_DAY: Final = Day()


def command() -> click.Command:
    """Build the command."""

    @click.group(
        cls=Commands,
        help=_("List the recorded runs, the newest first; or name, hide, delete one, or write it down as a script."),
        invoke_without_command=True,
        subcommand_metavar=_("[COMMAND]"),
    )
    @click.option("--playbook", metavar=_("ID"), help=_("Only runs by this playbook."))
    @click.option("--scenario", metavar=_("ID"), help=_("Only runs of this scenario."))
    @click.option("--state", type=Choice(["finished", "unfinished"]), help=_("Only runs that came so far."))
    @click.option(
        "--verdict",
        type=Choice(["passed", "failed"]),
        help=_("Only finished runs with this verdict; runs that were never evaluated are evaluated for it."),
    )
    @click.option("--since", type=_DAY, metavar=_("DATE"), help=_("Only runs begun on this day (UTC) or later."))
    @click.option("--until", type=_DAY, metavar=_("DATE"), help=_("Only runs begun on this day (UTC) or earlier."))
    @click.option("--words", default="", metavar=_("TEXT"), help=_("Only runs in whose line all these words occur."))
    @click.option(
        "--person", metavar=_("NAME"), help=_("Only runs in which people played somebody with this in their name.")
    )
    @click.option("--role", metavar=_("ROLE"), help=_("Only runs in which people played this role (its id)."))
    @click.option(
        "--all",
        "everything",
        is_flag=True,
        help=_("Also runs that are hidden, and those in which nothing has happened yet."),
    )
    @paging_options()
    @format_option()
    @click.pass_context
    def runs(
        context: click.Context,
        /,
        *,
        output_format: str,
        limit: int | None,
        page: int,
        **asked: Any,  # noqa: ANN401 - click gives them the declared types
    ) -> ExitCode:
        if context.invoked_subcommand is not None:
            return ExitCode.POSITIVE
        frontend: Frontend = context.obj
        from incidentsim.exports.as_json.run import runs_json

        service = frontend.open_service(record=True)
        listing = _listing(service, **asked)
        for_people = output_format == "text"
        shown = Paging(limit, page).cut(listing.runs, for_people=for_people)
        if not for_people:
            say_json(runs_json(shown, len(listing.runs), listing.labels))
        elif listing.runs:
            _print(shown, listing.labels)
        elif not listing.left_out:
            narrate(_("No recorded run is as you asked.") if listing.any else _("No run is recorded yet."))
        if listing.left_out:
            message = ngettext(
                "{n} run is left out: it is hidden, or nothing has happened in it yet. --all lists it too.",
                "{n} runs are left out: they are hidden, or nothing has happened in them yet. --all lists them too.",
                listing.left_out,
            )
            narrate(message.format(n=listing.left_out))
        return ExitCode.POSITIVE

    runs.add_command(runs_script.subcommand())
    for each in runs_keeping.commands():
        runs.add_command(each)
    return runs


@dataclass(frozen=True, slots=True)
class _Listing:
    """The runs as they were asked for, newest first, and how many of those a list leaves out."""

    runs: "Sequence[RunInfo]"
    labels: "Mapping[str, RunLabel]"
    left_out: int
    any: bool


def _listing(
    service: "Service",
    *,
    verdict: str | None,
    everything: bool,
    person: str | None,
    role: str | None,
    **asked: Any,  # noqa: ANN401 - the conditions of `_filter`
) -> _Listing:
    from incidentsim.ledger.lookup import is_listed

    every, labels = service.records.runs(), service.keeping.labels()
    chosen = _filter(**asked)
    fitting = [info for info in every if chosen.passes(info, labels[info.id].name if info.id in labels else "")]
    if person is not None or role is not None:
        fitting = [info for info in fitting if service.keeping.played(info).has(person, role)]
    listed = [info for info in fitting if everything or is_listed(info, labels)]
    left_out = len(fitting) - len(listed)
    if verdict is not None:
        listed = _with_verdict(service, listed, passed=verdict == "passed")
    return _Listing(listed[::-1], labels, left_out, any=bool(every))


def _filter(
    *,
    playbook: str | None,
    scenario: str | None,
    state: str | None,
    since: datetime | None,
    until: datetime | None,
    words: str,
) -> "RunFilter":
    from incidentsim.service.run_filters import RunFilter, RunState

    return RunFilter(
        playbook=playbook,
        scenario=scenario,
        state=None if state is None else RunState(state),
        since=None if since is None else since.date().isoformat(),
        until=None if until is None else until.date().isoformat(),
        words=words,
    )


def _with_verdict(service: "Service", infos: "list[RunInfo]", *, passed: bool) -> "list[RunInfo]":
    """Those of the finished runs that passed, or failed; whoever cannot be read is named and left out."""
    with counted() as on_run:
        summarised = service.evaluations.summaries(infos, on_run)
    for run, reason in summarised.unread:
        narrate(_("The run {run} is left out: {reason}").format(run=run, reason=reason))
    return [info for info, summary in summarised.runs if summary.passed is passed]


def _print(infos: "Sequence[RunInfo]", labels: "Mapping[str, RunLabel]") -> None:
    from incidentsim.exports.wording.plain_text import columns, visible

    def state(info: "RunInfo") -> str:
        hidden = info.id in labels and labels[info.id].hidden
        said = _("finished") if info.finished else _("not begun") if info.untouched else _("unfinished")
        return _("{state}, hidden").format(state=said) if hidden else said

    named = any(info.id in labels and labels[info.id].name for info in infos)
    rows = [[_("Run"), _("Name of the run"), _("Begun (UTC)"), _("Facts"), _("State"), _("Scenario"), _("Playbook")]]
    rows += [
        [
            info.id,
            visible(labels[info.id].name) if info.id in labels else "",
            info.created[:19].replace("T", " "),
            str(info.entries),
            state(info),
            visible(info.scenario),
            visible(info.playbook),
        ]
        for info in infos
    ]
    say(columns(rows if named else [[run, *rest] for run, _name, *rest in rows]))
