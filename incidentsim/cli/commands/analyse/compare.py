"""`incidentsim compare`: two recorded runs side by side."""

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.going_on import facilitator_option
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say, say_json
from incidentsim.cli.progress import reading
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Set two recorded runs side by side: what was measured and rated differently, and where their facts first "
            "part. RUN is a run's id, the beginning of it, or “last”; PATH is a bundle (packed or unpacked) or an "
            "exported log (.jsonl), which is verified first."
        )
    )
    @click.argument("first", metavar=_("PATH|RUN"))
    @click.argument("second", metavar=_("PATH|RUN"))
    @facilitator_option()
    @format_option()
    @click.pass_obj
    def compare(frontend: Frontend, /, *, first: str, second: str, facilitator: bool, output_format: str) -> ExitCode:
        service, names_given = frontend.open_records(first, second, facilitator=facilitator)
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

    return compare
