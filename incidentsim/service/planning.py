"""A session planned for so many people and minutes, or the sentence that says what would be possible."""

from dataclasses import dataclass
from functools import cached_property

from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.reading import briefing, reading_time
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.planning.planning import least_minutes, plan, seat_for_one, taking_part
from incidentsim.exercise.planning.shapes import Plan
from incidentsim.exercise.planning.typical_play import TypicalPlay, typical_play
from incidentsim.messages import gettext as _

MOST_MINUTES = 24 * 60
"""A session ends within a day."""


@dataclass(frozen=True)
class Prospect:
    """A scenario with the procedure it is played by, and what one may expect of it: all that a plan is made of."""

    compiled: CompiledPlaybook
    scenario: Scenario
    language: Language

    @property
    def playbook(self) -> Playbook:
        """The procedure."""
        return self.compiled.playbook

    @cached_property
    def played(self) -> TypicalPlay:
        """The play that stands for what one may expect; bots play when it is first asked for."""
        return typical_play(self.compiled, self.scenario, self.language)

    @property
    def most_players(self) -> int:
        """So many people of the story can be played, and so by so many players."""
        return len(taking_part(self.playbook, self.scenario))

    @property
    def least_minutes(self) -> int:
        """A session takes so many minutes at least."""
        return least_minutes(reading_time(briefing(self.scenario), self.language))

    @property
    def seat_for_one(self) -> frozenset[str]:
        """The pseudonym of the person whom somebody plays who plays alone; empty where nobody can be played."""
        seat = seat_for_one(self.playbook, self.scenario, self.played)
        return frozenset() if seat is None else frozenset({seat})

    def plan(self, players: int, minutes: int, *, facilitated: bool = False) -> Plan:
        """Plan a session.

        Args:
            players: how many people play, a facilitator not counted.
            minutes: how long the session lasts, with briefing and hot wash.
            facilitated: whether somebody runs the exercise for the others.

        Raises:
            InputError: it cannot be played by so many, or in so little time.
        """
        most, least = self.most_players, self.least_minutes
        if not most:
            raise InputError(_("Nobody in this scenario can be played by people."))
        if not 1 <= players <= most:
            message = _("{n} players are not possible here: this scenario has people for 1 to {most} players.")
            raise InputError(message.format(n=players, most=most))
        if not least <= minutes <= MOST_MINUTES:
            message = _(
                "{n} minutes are not possible here: briefing, play and hot wash take {least} to {most} minutes."
            )
            raise InputError(message.format(n=minutes, least=least, most=MOST_MINUTES))
        return plan(
            self.playbook, self.scenario, self.played, players=players, minutes=minutes, facilitated=facilitated
        )
