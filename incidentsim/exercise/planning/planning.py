"""Who plays whom and how long everything takes: a proposal for so many players and so many minutes.

The rules, all of them ours: the busiest people of the part that is played go to players, one each; whoever plays alone
has the seat of `seat_for_one`. Where the time
reaches for the whole story, further people follow, the busiest first, each to whoever has least to decide, as long as
nobody is on both sides of a four-eyes rule, nobody plays more than `MOST_PEOPLE`, and no player decides more often
than the idlest one by more than the busiest person of all. Bots play the rest. Where the time does not reach, the story
is broken off at its end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.exercise.planning.agenda import SessionTimes, agenda, briefing_minutes, gaps, live_speed, over
from incidentsim.exercise.planning.four_eyes import FourEyes, four_eyes
from incidentsim.exercise.planning.shapes import (
    LEAST_HOT_WASH,
    LEAST_PLAY,
    MOST_PEOPLE,
    BotPart,
    LeftToBots,
    Plan,
    PlayerPart,
)
from incidentsim.exercise.planning.typical_play import TypicalPlay


def taking_part(playbook: Playbook, scenario: Scenario) -> tuple[Person, ...]:
    """Those whom somebody at the table can play, in the order of the scenario."""
    return tuple(
        person
        for person in scenario.people.values()
        if not person.always_away and not all(playbook.roles[role].outside for role in person.roles)
    )


def least_minutes(reading: int) -> int:
    """Return how many minutes a session takes at least whose briefing takes so long to read (ms)."""
    return briefing_minutes(reading) + LEAST_PLAY + LEAST_HOT_WASH


def seat_for_one(playbook: Playbook, scenario: Scenario, played: TypicalPlay) -> str | None:
    """Return whom somebody plays who plays alone; `None` where nobody can be played.

    It is the one whom a message, an escalation or a duty reaches first, of those who have something to judge: a level,
    or what the incident really is. Where nobody has, it is the one who decides most.
    """
    people = [person.pseudonym for person in taking_part(playbook, scenario)]
    judging = {decision.person for decision in played.decisions if decision.judges}
    reached = (name for arrival in played.arrivals for name in arrival.people)
    first = next((name for name in reached if name in judging and name in people), None)
    if first is not None:
        return first
    counted = Counter(decision.person for decision in played.decisions)
    return max(people, key=lambda name: counted[name], default=None)


def plan(
    playbook: Playbook,
    scenario: Scenario,
    played: TypicalPlay,
    *,
    players: int,
    minutes: int,
    facilitated: bool = False,
) -> Plan:
    """Propose who plays whom, the pace and the agenda; the same arguments, the same answer.

    Args:
        playbook: the procedure to play by.
        scenario: what is played.
        played: what one may expect of it.
        players: how many people play, a facilitator not counted.
        minutes: how long the session lasts, with briefing and hot wash.
        facilitated: whether somebody runs the exercise for the others.

    Raises:
        ValueError: there are no such many people to play, or too few minutes.
    """
    people = taking_part(playbook, scenario)
    if not 1 <= players <= len(people) or minutes < least_minutes(played.briefing):
        raise ValueError(f"{players} players of {len(people)}, {minutes} minutes")
    eyes = four_eyes(playbook, people)
    times = SessionTimes.of(played, minutes)
    alone = seat_for_one(playbook, scenario, played) if players == 1 else None
    first, stops = _first_hands(people, played, players, times.room, alone)
    until = played.ends + 1 if stops is None else stops
    counted = Counter(decision.person for decision in played.decisions if decision.at < until)
    hands = _Hands(first, _of(people, counted), eyes, played, times.room, whole=stops is None)
    names = [name for name in _busiest(people, counted, played, until) if not any(name in hand for hand in first)]
    bots = [BotPart(name, why, counted[name]) for name in names if (why := hands.give(name)) is not None]
    held = frozenset(name for hand in hands.hands for name in hand)
    speed = live_speed(played, until, times.room) if facilitated else None
    return Plan(
        players=_players(hands.hands, counted, played, until),
        bots=tuple(bots),
        outside=_outside(playbook, scenario),
        facilitated=facilitated,
        minutes=minutes,
        speed=speed,
        agenda=agenda(played, held, until, times, speed),
        gaps=gaps(played, held, until),
        ends=played.ends,
        stops=stops,
        left_out=tuple(stretch.phase for stretch in played.stretches if stretch.phase and stretch.begins >= until),
        bound=hands.bound,
        decisions=sum(counted.values()),
        four_eyes=eyes,
    )


def _of(people: Sequence[Person], counted: Counter[str]) -> Counter[str]:
    """The decisions of these people alone."""
    return Counter({person.pseudonym: counted[person.pseudonym] for person in people})


def _called(played: TypicalPlay) -> dict[str, int]:
    first: dict[str, int] = {}
    for arrival in played.arrivals:
        for name in arrival.people:
            first.setdefault(name, arrival.at)
    return first


def _busiest(people: Sequence[Person], counted: Counter[str], played: TypicalPlay, until: int) -> list[str]:
    """Those who decide most before `until` first; of equals whom more messages reach, then who is called on sooner."""
    messages = Counter(n for a in played.arrivals if a.message and a.at < until for n in a.people)
    first = _called(played)
    names = [person.pseudonym for person in people]
    return sorted(names, key=lambda name: (-counted[name], -messages[name], first.get(name, played.ends + 1)))


def _first_hands(
    people: Sequence[Person], played: TypicalPlay, players: int, room: int, alone: str | None
) -> tuple[list[list[str]], int | None]:
    """The busiest people, one for each player, and when (ms) the story stops because their time is over.

    `alone` is whom the only player plays in any case. Who is busiest depends on how far the story gets, and how far it
    gets on who they are: the end comes forward until it fits.
    """
    stops: int | None = None
    while True:
        until = played.ends + 1 if stops is None else stops
        counted = Counter(decision.person for decision in played.decisions if decision.at < until)
        names = [alone] if alone is not None else _busiest(people, counted, played, until)[:players]
        fits = over(played, names, room)
        if fits is None or (stops is not None and fits >= stops):
            return [[name] for name in names], stops
        stops = fits


@dataclass(slots=True)
class _Hands:
    """Whom each player plays so far, and what has to hold when somebody is added.

    `whole` says that the time reaches for the whole story, `room` how much there is to play (ms).
    """

    hands: list[list[str]]
    counted: Counter[str]
    eyes: FourEyes
    played: TypicalPlay
    room: int
    whole: bool

    @property
    def bound(self) -> int:
        """By how many decisions two players may differ: by those of the busiest person of all."""
        return max(self.counted.values(), default=0)

    def give(self, name: str) -> LeftToBots | None:
        """Give somebody to the player with least to decide who may have them; why nobody may, if so."""
        if not self.counted[name]:
            return LeftToBots.NOTHING_TO_DECIDE
        everybody = {held for hand in self.hands for held in hand}
        if not self.whole or over(self.played, everybody | {name}, self.room) is not None:
            return LeftToBots.TIME
        hands = sorted(self.hands, key=self._load)
        free = [hand for hand in hands if all(self.eyes.between(name, held) is None for held in hand)]
        if not free:
            return LeftToBots.FOUR_EYES
        most = self._load(hands[0]) + self.bound
        balanced = [hand for hand in free if self._load(hand) + self.counted[name] <= most]
        if not balanced:
            return LeftToBots.BALANCE
        fitting = next((hand for hand in balanced if len(hand) < MOST_PEOPLE), None)
        if fitting is None:
            return LeftToBots.MANY_PEOPLE
        fitting.append(name)
        return None

    def _load(self, hand: Sequence[str]) -> int:
        return sum(self.counted[held] for held in hand)


def _players(
    hands: Sequence[Sequence[str]], counted: Counter[str], played: TypicalPlay, until: int
) -> tuple[PlayerPart, ...]:
    first = _called(played)
    parts = []
    for number, hand in enumerate(hands, 1):
        called = min((first[name] for name in hand if name in first), default=None)
        messages = sum(a.message and a.at < until and not {*a.people}.isdisjoint(hand) for a in played.arrivals)
        parts.append(PlayerPart(number, tuple(hand), sum(counted[name] for name in hand), messages, called))
    return tuple(parts)


def _outside(playbook: Playbook, scenario: Scenario) -> tuple[str, ...]:
    return tuple(
        person.pseudonym
        for person in scenario.people.values()
        if all(playbook.roles[role].outside for role in person.roles)
    )
