"""`incidentsim play`: an exercise for people, on screens or line by line."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.value_types import Number
from incidentsim.composition import named
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.service import Service
    from incidentsim.session.seats import Mode
    from incidentsim.session.session import Session


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Play a scenario: yourself in some roles, bots in the others. SCENARIO is a file, or the id of a shipped "
            "scenario. Without --as, the briefing asks who you are."
        )
    )
    @click.argument("scenario", metavar=_("SCENARIO"), required=False)
    @click.option("--as", "roles", metavar=_("ROLE"), multiple=True, help=_("A role that you play; may be repeated."))
    @click.option(
        "--playbook", metavar=_("PLAYBOOK"), help=_("Play by this playbook instead of the one the scenario names.")
    )
    @click.option("--seed", type=Number(0, 2**53 - 1), help=_("The seed of chance, instead of the scenario's."))
    @click.option(
        "--players", type=Number(), metavar="N", help=_("Propose who plays whom for so many people; needs --minutes.")
    )
    @click.option("--minutes", type=Number(), metavar="M", help=_("How long the session lasts; needs --players."))
    @click.option(
        "--coach/--no-coach",
        default=None,
        help=_("For first-timers: mark what is owed, say why, give hints on request; they show in the rating."),
    )
    @click.option("--facilitated", is_flag=True, help=_("You run the exercise: release, skip, delay and add injects."))
    @click.option("--resume", metavar=_("RUN"), help=_("Go on with an unfinished run."))
    @click.option(
        "--plain/--screens",
        default=None,
        help=_("Line by line, for screen readers and pipes; or on screens, whatever the settings say."),
    )
    @click.pass_obj
    def play(frontend: Frontend, /, *, plain: bool | None, **chosen: Any) -> ExitCode:  # noqa: ANN401 - click's values
        coach = chosen.pop("coach")
        wanted = _Wanted(**chosen, coach=frontend.settings.coach if coach is None else coach)
        if coach is not None and wanted.resume is not None:
            raise click.UsageError(_("A run that goes on is coached as its record says; it is changed at the table."))
        wanted.check()
        if plain or (plain is None and frontend.settings.plain):
            return _plain(frontend, wanted)
        from incidentsim.cli import screens

        played = wanted.examine(frontend)  # what is wrong in the call is said first, and at once
        if not screens.on_terminal():
            return screens.show(frontend)
        if wanted.resume is not None or wanted.roles or wanted.facilitated:
            session = wanted.session(frontend.open_service(record=True), frontend.language, played, begin_later=True)
            return screens.show_table(frontend, session)
        scenario, playbook = named(wanted.scenario) or "", named(wanted.playbook)
        return screens.show_briefing(
            frontend, scenario, playbook=playbook, seed=wanted.seed, session_for=wanted.session_for, coach=wanted.coach
        )

    return play


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command line asks to play."""

    scenario: str | None
    roles: tuple[str, ...]
    playbook: str | None
    seed: int | None
    players: int | None
    minutes: int | None
    resume: str | None
    coach: bool = False
    facilitated: bool = False

    @property
    def mode(self) -> "Mode":
        """The mode of the exercise: facilitated, or solo."""
        return "facilitated" if self.facilitated else "solo"

    @property
    def session_for(self) -> tuple[int, int] | None:
        """For how many people and minutes a plan is asked; `None` where none is."""
        return None if self.players is None or self.minutes is None else (self.players, self.minutes)

    def check(self) -> None:
        """Raise a sentence where the options do not go together."""
        if (self.scenario is None) == (self.resume is None):
            raise click.UsageError(_("Name a scenario, or a run with --resume."))
        planned = self.players is not None or self.minutes is not None
        other = self.roles or self.playbook or self.seed is not None or planned or self.facilitated
        if self.resume is not None and other:
            raise click.UsageError(_("A run goes on with the roles, playbook and seed that it began with."))
        if planned and (self.session_for is None or self.roles):
            raise click.UsageError(_("--players and --minutes go together, and without --as."))

    def examine(self, frontend: Frontend) -> frozenset[str]:
        """Look for what the names in the call mean, and begin nothing; whom the roles are played by, if any are named.

        Raises:
            InputError: a run, a scenario, a playbook or a role is not there, or is wrong.
        """
        from incidentsim.session.seats import holders

        if self.resume is not None:
            frontend.open_service(record=True).records.record(self.resume)
            return frozenset()
        library = frontend.open_service(record=False).library
        playable = library.playable(named(self.scenario) or "", playbook=named(self.playbook))
        return holders(playable.playbook, playable.scenario, self.roles) if self.roles else frozenset()

    def session(
        self,
        service: "Service",
        language: "Language",
        played: frozenset[str] = frozenset(),
        *,
        begin_later: bool = False,
    ) -> "Session":
        """The run to go on with, or a new one in which these roles are played; without any, as a briefing proposes.

        Args:
            service: where it is begun.
            language: that of the people at the table.
            played: the holders of the roles, where these were looked for before.
            begin_later: leave it to whoever shows a new one to put its opening on record.
        """
        from incidentsim.session.seats import Seats, holders

        if self.resume is not None:
            return service.exercises.take_up(self.resume)
        scenario, playbook = named(self.scenario) or "", named(self.playbook)
        if self.session_for is not None:
            from incidentsim.service.seating import Choices

            choices = Choices(mode=self.mode, seed=self.seed, coach=self.coach)
            choices.take_over(
                service.exercises.prospect(scenario, playbook, language).plan(
                    *self.session_for, facilitated=self.facilitated
                )
            )
            return service.exercises.open_session(scenario, choices.seats(), playbook=playbook, begin_later=begin_later)
        if self.roles and not played:
            playable = service.library.playable(scenario, playbook=playbook)
            played = holders(playable.playbook, playable.scenario, self.roles)
        elif not played:
            played = service.exercises.prospect(scenario, playbook, language).seat_for_one
        return service.exercises.open_session(
            scenario,
            Seats(played, self.mode, seed=self.seed, coached=played if self.coach else frozenset()),
            playbook=playbook,
            begin_later=begin_later,
        )


def play_in_lines(frontend: Frontend, scenario: str, *, coach: bool) -> ExitCode:
    """Play a scenario line by line, in the seat that a briefing proposes, with a coach or without."""
    return _plain(frontend, _Wanted(scenario, (), None, None, None, None, None, coach))


def _plain(frontend: Frontend, wanted: _Wanted) -> ExitCode:
    from incidentsim.cli.dialogue.loop import Dialogue
    from incidentsim.cli.output import fit_page
    from incidentsim.session.local_seat import LocalSeat

    fit_page()
    service = frontend.open_service(record=True)
    session = wanted.session(service, frontend.language)
    try:
        seat = LocalSeat(session, service.exercises.take_up, stepped=True)
        code = Dialogue(seat, frontend.language, sys.stdin).run()
    finally:
        session.close()
    if session.ended and session.run is not None:
        _tell_debrief(frontend, service, session.run)
    return code


def _tell_debrief(frontend: Frontend, service: "Service", run: str) -> None:
    """Tell how it went, as the first part of the debrief does."""
    from incidentsim.cli.output import say
    from incidentsim.cli.telling import print_heading
    from incidentsim.exports.text.evaluation import debrief_lines

    evaluated = service.evaluations.evaluate(run)
    print_heading(_("Debrief"))
    say(debrief_lines(frontend.account(evaluated.view), evaluated.evaluation))
