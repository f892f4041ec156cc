"""A session planned for so many people and minutes, or the sentence that says what would be possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from incidentsim.definitions.rosters.roster import Roster, RosterPerson
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Json
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exercise.forecast.reading import briefing, reading_time
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.planning.planning import least_minutes, plan, seat_for_one, taking_part
from incidentsim.exercise.planning.shapes import Plan
from incidentsim.exercise.planning.typical_play import TypicalPlay, typical_play
from incidentsim.messages import gettext as _

_OWN, _STANDS_IN = 2, 1
"""What it counts that somebody plays a role that they hold, and one that they stand in for."""

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


@dataclass(frozen=True, slots=True)
class Staffing:
    """The people of the company who play.

    Attributes:
        roster: the id of the roster.
        players: the name of each player, by number; who is missing there plays what nobody of the roster holds.
        lacking: the roles (ids) that are played and that nobody in the roster holds or stands in for.
    """

    roster: str
    players: Mapping[int, str]
    lacking: tuple[str, ...]


def staffing(plan: Plan, scenario: Scenario, playbook: Playbook, roster: Roster, language: Language) -> Staffing:
    """Find for each player of a plan somebody of the roster, none of them twice.

    Who holds most of what a player plays is chosen first; of equals, the player who has most to do, and who stands
    first in the roster. Days off are not asked about: nobody knows when the session is held.
    """
    roles = {person.pseudonym: person.roles for person in scenario.people.values()}
    played = {part.number: tuple(role for name in part.people for role in roles[name]) for part in plan.players}
    able = [person for person in roster.people.values() if not person.always_away]
    in_turn = {name: {rota.role for rota in roster.rota if name in rota.people} for name in roster.people}
    fits = sorted(
        (
            (-_fit(person, in_turn[person.id], held, playbook), place, order, number)
            for place, (number, held) in enumerate(played.items())
            for order, person in enumerate(able)
        ),
    )
    players: dict[int, str] = {}
    taken: set[int] = set()
    for fit, _place, order, number in fits:
        if fit and number not in players and order not in taken:
            taken.add(order)
            others = tuple(one for one in LANGUAGES if one != language)
            players[number] = able[order].said((language, *others))
    known = set(roster.roles)
    lacking = tuple(dict.fromkeys(role for held in played.values() for role in held if role not in known))
    return Staffing(roster.id, players, lacking)


def _fit(person: RosterPerson, in_turn: set[str], played: tuple[str, ...], playbook: Playbook) -> int:
    """How much of what a player plays is somebody's own."""
    own = {*person.roles, *in_turn}
    standing_in = {*person.deputy_for, *(role for role in played if own & set(playbook.roles[role].deputies))}
    return sum(_OWN if role in own else _STANDS_IN if role in standing_in else 0 for role in played)


def staffing_json(staff: Staffing) -> dict[str, Json]:
    """The part of what `plan --format json` prints that a roster adds."""
    names: list[Json] = [{"number": number, "name": name} for number, name in sorted(staff.players.items())]
    return {"staff": {"roster": staff.roster, "players": names, "roles_nobody_holds": list[Json](staff.lacking)}}
