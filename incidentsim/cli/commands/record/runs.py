"""`incidentsim runs`: the recorded runs, newest first."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import OutputFile, force_option, format_option
from incidentsim.cli.output import narrate, say
from incidentsim.cli.paging import Paging, paging_options
from incidentsim.cli.progress import counted
from incidentsim.files import PRIVATE, check_place, write_file
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incidentsim.ledger.store import RunInfo
    from incidentsim.service import Service
    from incidentsim.service.run_filters import RunFilter

_DAY: Final = click.DateTime(["%Y-%m-%d"])


def command() -> click.Command:
    """Build the command."""

    @click.group(
        help=_("List the recorded runs, the newest first; or write one down as a script."),
        invoke_without_command=True,
        subcommand_metavar=_("[COMMAND]"),
    )
    @click.option("--playbook", metavar=_("ID"), help=_("Only runs by this playbook."))
    @click.option("--scenario", metavar=_("ID"), help=_("Only runs of this scenario."))
    @click.option("--state", type=click.Choice(["finished", "unfinished"]), help=_("Only runs that came so far."))
    @click.option(
        "--verdict",
        type=click.Choice(["passed", "failed"]),
        help=_("Only finished runs with this verdict; runs that were never evaluated are evaluated for it."),
    )
    @click.option("--since", type=_DAY, metavar=_("DATE"), help=_("Only runs begun on this day (UTC) or later."))
    @click.option("--until", type=_DAY, metavar=_("DATE"), help=_("Only runs begun on this day (UTC) or earlier."))
    @click.option("--words", default="", metavar=_("TEXT"), help=_("Only runs in whose line all these words occur."))
    @paging_options()
    @format_option()
    @click.pass_context
    def runs(
        context: click.Context,
        /,
        *,
        output_format: str,
        verdict: str | None,
        limit: int | None,
        page: int,
        **asked: Any,  # noqa: ANN401 - click gives them the declared types
    ) -> ExitCode:
        if context.invoked_subcommand is not None:
            return ExitCode.POSITIVE
        frontend: Frontend = context.obj
        from incidentsim.exports.as_json.run import dumps, runs_json

        service = frontend.open_service(record=True)
        every = service.records.runs()
        chosen = _filter(**asked)
        infos = [info for info in every if chosen.passes(info)]
        if verdict is not None:
            infos = _with_verdict(service, infos, passed=verdict == "passed")
        infos.reverse()
        for_people = output_format == "text"
        shown = Paging(limit, page).cut(infos, for_people=for_people)
        if not for_people:
            say(dumps(runs_json(shown, total=len(infos))))
        elif infos:
            _print(shown)
        else:
            narrate(_("No recorded run is as you asked.") if every else _("No run is recorded yet."))
        return ExitCode.POSITIVE

    runs.add_command(_script())
    return runs


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
        source = service.exports.source(named)
        data = source.script()
        if source.erased_texts:
            narrate(_("Texts of this run were erased; its replay comes to another outcome digest."))
        if output is None:
            click.echo(data, nl=False)
        else:
            write_file(output, data, mode=PRIVATE, replace=force)
        return ExitCode.POSITIVE

    return script


def _print(infos: "Sequence[RunInfo]") -> None:
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
