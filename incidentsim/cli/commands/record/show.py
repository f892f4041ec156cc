"""`incidentsim show`: one recorded run."""

from typing import TYPE_CHECKING, Any

import click

from incidentsim.cli.commands.record.show_facts import FactFilter, show_facts
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.going_on import facilitator_option
from incidentsim.cli.options import format_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.paging import Paging, paging_options
from incidentsim.cli.progress import reading, telling
from incidentsim.cli.value_types import Number
from incidentsim.ledger.lookup import MissingDocumentError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exports.wording.account import Account
    from incidentsim.service import Service
    from incidentsim.service.outlines import RecordOutline
    from incidentsim.service.record_sources import RunName
    from incidentsim.service.records import RecordedFacts


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Show one recorded run: its timeline, the duties, the escalations, the regulatory deadlines, the "
            "evaluation and the verdict. RUN is the run's id, the beginning of it, or “last”; PATH is a bundle (packed "
            "or unpacked) or an exported log (.jsonl), which is verified first and needs no database."
        )
    )
    @click.argument("run", metavar=_("PATH|RUN"))
    @click.option("--from", "first", type=Number(min=0), metavar=_("NUMBER"), help=_("Only facts from this number on."))
    @click.option("--to", "last", type=Number(min=0), metavar=_("NUMBER"), help=_("Only facts up to this one."))
    @click.option("--incident", metavar=_("ID"), help=_("Only facts about this incident."))
    @click.option("--kind", metavar=_("KIND"), help=_("Only facts of this kind, as step_taken or refused."))
    @facilitator_option()
    @paging_options()
    @format_option()
    @click.pass_obj
    def show(
        frontend: Frontend,
        /,
        *,
        run: str,
        limit: int | None,
        page: int,
        output_format: str,
        facilitator: bool,
        **asked: Any,  # noqa: ANN401 - click gives them the declared types
    ) -> ExitCode:
        from incidentsim.definitions.clocks.read import shipped_packs
        from incidentsim.exports.text.clock_table import clock_table

        service, (named,) = frontend.open_records(run, facilitator=facilitator)
        if limit is not None or page > 1 or any(value is not None for value in asked.values()):
            with reading(service):
                recorded = _facts(service, named)
            show_facts(frontend, recorded, Paging(limit, page), output_format, FactFilter(**asked))
            return ExitCode.POSITIVE
        try:
            with reading(service):
                evaluated = service.evaluations.evaluate(named)
        except MissingDocumentError as missing:
            return show_outline(frontend, service.records.outline(named), missing, output_format)
        view = evaluated.view
        clocks = service.records.clocks(view)
        if output_format == "json":
            from incidentsim.exports.as_json.evaluation import evaluated_run_json

            local = view.scenario.local_time
            say_json(evaluated_run_json(view.report, view.facts, evaluated.evaluation, clocks, local))
            return ExitCode.POSITIVE
        from incidentsim.cli.commands.play.replay import print_verdict
        from incidentsim.cli.telling import print_heading
        from incidentsim.exports.text.evaluation import evaluation_lines, short_text

        account = frontend.account(view)
        print_heading(_("In short"))
        say(short_text(account, evaluated.evaluation))
        _print_course(account)
        print_heading(_("Regulatory deadlines"))
        say(clock_table(account, clocks, shipped_packs(), view.facts[-1].at if view.facts else 0))
        print_heading(_("Evaluation"))
        say(evaluation_lines(account, evaluated.evaluation))
        print_heading(_("Verdict"))
        print_verdict(frontend, view)
        if not view.finished:
            message = _("This run is unfinished; “incidentsim replay --resume {run}” goes on with it.")
            narrate(message.format(run=view.report.run))
        return ExitCode.POSITIVE

    return show


def _facts(service: "Service", run: "RunName") -> "RecordedFacts":
    from incidentsim.service.records import RecordedFacts

    try:
        return service.records.facts(run)
    except MissingDocumentError:
        outline = service.records.outline(run)
        return RecordedFacts(outline.report.run, outline.facts, outline.scenario, outline.playbook)


def _print_course(account: "Account") -> None:
    """What can be told of any record: its timeline, who owed what, and who was told."""
    from incidentsim.cli.telling import print_heading
    from incidentsim.exports.text.duty_table import duty_table
    from incidentsim.exports.text.narrative import escalation_log, timeline

    print_heading(_("Timeline"))
    with telling() as on_told:
        say(timeline(account, details=True, on_told=on_told))
    print_heading(_("Duties"))
    say(duty_table(account))
    print_heading(_("Escalation log"))
    say(escalation_log(account))


def show_outline(
    frontend: Frontend, outline: "RecordOutline", missing: MissingDocumentError, output_format: str
) -> ExitCode:
    """Show what can be told of a record without its scenario, and say what is missing."""
    if output_format == "json":
        from incidentsim.exports.as_json.run import outline_json
        from incidentsim.exports.wording.local_time import LocalClock

        clock = LocalClock(outline.scenario.local_time)
        say_json(outline_json(outline.report, outline.facts, clock, str(missing)))
    else:
        from incidentsim.cli.telling import print_heading
        from incidentsim.exports.text.verdict import outline_lines

        account = frontend.account(outline)
        _print_course(account)
        print_heading(_("How it ended"))
        say(outline_lines(outline.report, account))
    narrate(_("Not told: regulatory deadlines, evaluation and verdict. {reason}").format(reason=missing))
    return ExitCode.POSITIVE
