"""`incidentsim hotwash`: the talk right after the play, on record: answers, votes, improvement items."""

import sys
from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.cli.frontend import Frontend


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Hold the hot wash of a finished run: questions made from what happened, answers typed in with who gave "
            "them, strengths and weaknesses voted on, improvement items. Everything goes on record at once, and into "
            "the report. Answers can come from a file, line by line. With --format json nothing is asked: the "
            "questions and what is on record are printed."
        )
    )
    @click.argument("run", metavar=_("RUN"))
    @format_option()
    @click.pass_obj
    def hotwash(frontend: "Frontend", run: str, output_format: str) -> ExitCode:
        service = frontend.open_service(record=True)
        if output_format == "json":
            from incidentsim.exports.as_json.hotwash import hotwash_json
            from incidentsim.exports.as_json.run import dumps

            view = service.hotwash.of(run)
            say(dumps(hotwash_json(view.run, view.questions, view.points, view.said)))
            return ExitCode.POSITIVE
        from incidentsim.cli.dialogue.hotwash import HotWashDialogue
        from incidentsim.cli.output import fit_page

        fit_page()
        HotWashDialogue(service, run, frontend.language, sys.stdin).run()
        return ExitCode.POSITIVE

    return hotwash
