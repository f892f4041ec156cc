"""`incidentsim compare`: a run beside its team's earlier runs, beside bots' plays, or beside another run."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.comparing import PLAYS, beside_earlier, beside_plays, earlier_of, played_by_bots
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.going_on import facilitator_option
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say, say_json
from incidentsim.cli.progress import reading
from incidentsim.cli.value_types import Number
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.service import Service
    from incidentsim.service.evaluations import EvaluatedView
    from incidentsim.service.record_sources import RunName

MOST_PLAYS = 500


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Set a finished run beside the earlier runs of the same team: which errors came back, which are gone and "
            "which are new, and what was rated and measured otherwise. The latest earlier run of the same scenario is "
            "taken, by the same team where the records tell; all that are found are listed, and what is left out is "
            "said.\n\n"
            "With --forecast the run is set beside plays of its scenario by bots, as “preview” makes them, by the "
            "scenario and the playbook that are stored with the run.\n\n"
            "With two runs: what was measured and rated differently, and where their facts first part; the first one "
            "counts as the earlier. RUN is a run's id, the beginning of it, or “last”; PATH is a bundle (packed or "
            "unpacked) or an exported log (.jsonl), which is verified first."
        )
    )
    @click.argument("first", metavar=_("PATH|RUN"))
    @click.argument("second", metavar="[" + _("PATH|RUN") + "]", required=False)
    @click.option("--forecast", is_flag=True, help=_("Beside plays by bots instead of earlier runs."))
    @click.option(
        "--plays",
        type=Number(1, MOST_PLAYS),
        help=_("With --forecast: how often novices, practised people and experts play each; 12 if left out."),
    )
    @facilitator_option()
    @format_option()
    @click.pass_obj
    def compare(
        frontend: Frontend,
        /,
        *,
        first: str,
        second: str | None,
        forecast: bool,
        plays: int | None,
        facilitator: bool,
        output_format: str,
    ) -> ExitCode:
        if plays is not None and not forecast:
            raise click.UsageError(_("--plays is for --forecast."))
        if second is not None:
            if forecast:
                raise click.UsageError(_("--forecast is for one run; leave the other one out."))
            return _two(frontend, (first, second), facilitator=facilitator, output_format=output_format)
        if forecast:
            return _with_plays(frontend, first, plays or PLAYS, output_format)
        return _with_earlier(frontend, first, output_format)

    return compare


def _two(frontend: Frontend, named: tuple[str, str], *, facilitator: bool, output_format: str) -> ExitCode:
    """Two runs side by side."""
    service, names_given = frontend.open_records(*named, facilitator=facilitator)
    with reading(service):
        first_evaluated, second_evaluated, comparison = service.evaluations.compare(*names_given)
    names = (str(first_evaluated.view.report.run), str(second_evaluated.view.report.run))
    if output_format == "json":
        from incidentsim.exports.as_json.evaluation import comparison_json

        say_json(comparison_json(*names, comparison))
        return ExitCode.POSITIVE
    from incidentsim.exports.text.comparison import comparison_lines

    say(
        comparison_lines(
            frontend.account(first_evaluated.view), frontend.account(second_evaluated.view), names, comparison
        )
    )
    return ExitCode.POSITIVE


def _evaluated(service: "Service", name: "RunName") -> "EvaluatedView":
    with reading(service):
        return service.comparing.evaluated(name)


def _with_earlier(frontend: Frontend, named: str, output_format: str) -> ExitCode:
    """A run beside the earlier runs of its team."""
    from incidentsim.evidence.reading.paths import run_or_path

    name = run_or_path(named)
    service = frontend.open_service(record=True)  # the earlier runs are in the database, wherever this one is
    now = _evaluated(service, name)
    if output_format == "json":
        from incidentsim.exports.as_json.beside import beside_json

        runs, beside = earlier_of(service, name, now)
        compared = (beside.earlier, beside.beside) if beside is not None else (None, None)
        say_json(beside_json(str(now.view.report.run), runs, *compared))
        return ExitCode.POSITIVE
    say(beside_earlier(service, name, now, frontend.language))
    return ExitCode.POSITIVE


def _with_plays(frontend: Frontend, named: str, plays: int, output_format: str) -> ExitCode:
    """A run beside plays of its scenario by bots."""
    from incidentsim.evidence.reading.paths import run_or_path

    name = run_or_path(named)
    service = frontend.open_service(record=isinstance(name, str))
    now = _evaluated(service, name)
    if output_format == "json":
        from incidentsim.exports.as_json.beside import forecasted_json

        say_json(forecasted_json(str(now.view.report.run), played_by_bots(service, name, now, plays).forecast))
        return ExitCode.POSITIVE
    say(beside_plays(service, name, now, frontend.language, plays))
    return ExitCode.POSITIVE
