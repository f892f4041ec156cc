"""`incidentsim plan`: who plays whom, the pace and the agenda, for so many players and minutes."""

from collections.abc import Sequence

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option, people_option
from incidentsim.cli.output import narrate, say, say_json
from incidentsim.cli.value_types import Number
from incidentsim.composition import named
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Plan a session for so many players and minutes: who plays whom, whom bots play, the pace, what is left "
            "out at the end, and an agenda. SCENARIO is a file, or the id of a shipped one. Nothing is recorded.\n\n"
            "It is meant for whoever prepares the session: the agenda tells how far the story goes."
        )
    )
    @click.argument("scenario", metavar=_("SCENARIO"))
    @click.option("--players", type=Number(), required=True, help=_("How many people play, a facilitator not counted."))
    @click.option("--minutes", type=Number(), required=True, help=_("How long the session lasts, hot wash included."))
    @click.option("--facilitated", is_flag=True, help=_("Somebody runs the exercise for the others."))
    @click.option("--playbook", metavar=_("PLAYBOOK"), help=_("Play by this playbook (file or id) instead."))
    @people_option()
    @format_option()
    @click.pass_obj
    def plan(  # noqa: PLR0917 - click gives each option by name
        frontend: Frontend,
        scenario: str,
        players: int,
        minutes: int,
        facilitated: bool,
        playbook: str | None,
        people: str | None,
        output_format: str,
    ) -> ExitCode:
        service = frontend.open_service(record=False)
        prospect = service.exercises.prospect(named(scenario) or scenario, named(playbook), frontend.language)
        made = prospect.plan(players, minutes, facilitated=facilitated)
        staff = None
        if people is not None:
            from incidentsim.cli.loading import load_roster
            from incidentsim.service.planning import staffing

            staff = staffing(
                made, prospect.scenario, prospect.playbook, load_roster(people, named(scenario)), frontend.language
            )
        if output_format == "json":
            from incidentsim.exports.as_json.plan import plan_json
            from incidentsim.service.planning import staffing_json

            told = plan_json(prospect.playbook, prospect.scenario, made)
            say_json(told if staff is None else told | staffing_json(staff))
        else:
            from incidentsim.exports.preparation.plan import plan_lines

            players_named = {} if staff is None else staff.players
            say(plan_lines(prospect.playbook, prospect.scenario, made, frontend.language, players_named))
            if staff is not None and staff.lacking:
                narrate(_lacking(staff.roster, staff.lacking))
        return ExitCode.POSITIVE

    return plan


def _lacking(roster: str, roles: Sequence[str]) -> str:
    message = _(
        "Nobody in the roster {roster} holds {roles}: whoever plays these has no name in the plan. Give somebody in it "
        "these roles, or name somebody for them at the table."
    )
    return message.format(roster=roster, roles=_(", ").join(roles))
