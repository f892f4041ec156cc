"""`incidentsim demo`: a ready scenario from discovery to review, told as it went."""

from typing import TYPE_CHECKING, Final

import click

from incidentsim import composition
from incidentsim.cli.commands.play.play import play_in_lines
from incidentsim.cli.commands.play.replay import print_verdict
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import narrate, say
from incidentsim.cli.telling import print_heading
from incidentsim.domain.errors import SurroundingsError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.service import RunView

SCENARIO: Final = "number-masking-leak"
"""The shipped scenario that shows most of the procedure."""


def scenario() -> "Path":
    """Return its file: a demo shows what comes with the program, whatever else is called so."""
    return composition.shipped("scenarios") / f"{SCENARIO}.yaml"


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "A ready scenario. On a terminal it begins with the briefing: Enter starts as the lead of the response "
            "team, and bots play the others; where your settings say plain, it is played line by line. Elsewhere, or "
            "with --watch, it is played by its script: its story, the timeline of everything that happened, and the "
            "log of escalations. The run is recorded where that is possible."
        )
    )
    @click.option("--watch", is_flag=True, help=_("Let the script play, and tell how it went."))
    @click.option(
        "--coach/--no-coach",
        default=None,
        help=_("Play with the coach: it marks what is owed, says why, and gives hints on request."),
    )
    @click.pass_obj
    def demo(frontend: Frontend, *, watch: bool, coach: bool | None) -> ExitCode:
        from incidentsim.cli import screens

        if screens.on_terminal() and not watch:
            if frontend.settings.plain:
                return play_in_lines(
                    frontend, str(scenario()), coach=frontend.settings.coach if coach is None else coach
                )
            return screens.show_briefing(frontend, scenario(), coach=coach)
        return tell(frontend, replayed(frontend))

    return demo


def replayed(frontend: Frontend) -> "RunView":
    """The scenario, run on record; without a record where none can be kept, because a demo needs nothing by hand."""
    try:
        return frontend.open_service(record=True).exercises.replay(scenario())
    except SurroundingsError as error:
        narrate(_("No record is kept of this run: {reason}").format(reason=error))
    return frontend.open_service(record=False).exercises.replay(scenario(), record=False)


def tell(frontend: Frontend, view: "RunView") -> ExitCode:
    """Print the story of a run, its timeline, its escalations and the verdict."""
    from incidentsim.exports.text.narrative import cast_list, escalation_log, story, timeline

    account = frontend.account(view)
    title, *rest = story(view.scenario, frontend.language)
    print_heading(title)
    say(rest[1:])
    print_heading(_("The people"))
    say(cast_list(account))
    print_heading(_("Timeline"))
    say(timeline(account, details=True))
    print_heading(_("Escalation log"))
    say(escalation_log(account))
    print_heading(_("Verdict"))
    print_verdict(frontend, view)
    if view.report.run is not None:
        narrate(_("On record as {run}; “incidentsim show {run}” tells it again.").format(run=view.report.run))
    return ExitCode.POSITIVE if view.report.passed else ExitCode.NEGATIVE
