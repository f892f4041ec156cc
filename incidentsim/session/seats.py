"""Who plays whom, and how time passes: the choices made at the briefing, as they stand in a run's first entry."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Literal, Self, get_args

from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.facts import Json, PlayerSeated, recordable_text
from incidentsim.domain.facts.base import LATEST
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import FreeText
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.messages import gettext as _
from incidentsim.session.workspace import Workspace

Mode = Literal["solo", "hot_seat", "facilitated"]
"""One person plays; several share one keyboard; somebody runs the exercise for the others."""

MODES: Final[tuple[Mode, ...]] = get_args(Mode)


MOST_PLAYERS: Final = 10_000
"""No exercise has more."""
PLAYERS: Final = "players"
"""Under which name it is kept in the workspace who sat in which seat, until the exercise is over."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """From `since` (ms) on, somebody called `name` is in the seat of a player (its number, from 1).

    `people` are the pseudonyms of those whom that player plays; an empty `name` leaves the seat.
    """

    since: int
    player: int
    people: tuple[str, ...]
    name: str

    def fact(self, at: int) -> PlayerSeated:
        """Return what is put on record of it at `at` (ms), when the exercise is over."""
        return PlayerSeated(at, None, self.since, self.player, self.people, recordable_text(FreeText(self.name)))


def sittings(workspace: Workspace) -> tuple[Sitting, ...]:
    """Return who sat in which seat so far, in order; what is kept otherwise is left out."""
    kept = workspace.value(PLAYERS)
    seen = []
    for told in kept if isinstance(kept, list) else ():
        match told:
            case {"since": int(since), "player": int(player), "people": [*people], "name": str(name)}:
                numbers = type(since) is type(player) is int and 0 <= since <= LATEST and 0 < player <= MOST_PLAYERS
                if numbers and all(isinstance(person, str) for person in people):
                    seen.append(Sitting(since, player, tuple(people), name))
            case _:
                pass
    return tuple(seen)


def keep_sitting(workspace: Workspace, sitting: Sitting) -> None:
    """Keep that somebody sits down.

    Raises:
        SurroundingsError: it could not be kept.
    """
    workspace.put(PLAYERS, json.dumps([asdict(known) for known in (*sittings(workspace), sitting)]))


def names_now(workspace: Workspace) -> dict[int, str]:
    """The names of those who sit there now, by the number of their seats; seats that were left are missing."""
    latest = {sitting.player: sitting.name for sitting in sittings(workspace)}
    return {player: name for player, name in latest.items() if name}


@dataclass(frozen=True, slots=True)
class Seats:
    """The choices of a briefing.

    `played` are the pseudonyms of the people of the story for whom somebody at the table decides; bots play the rest.
    In a facilitated exercise there may be none: then the facilitator watches the bots. `seed` replaces that of the
    scenario, where one was asked for. `players` are those whom one player plays together, player by player; whoever is
    in none of them is played by a player of their own, or in a solo exercise by the only one. `coached` are those of
    the played whom the coach helps from the start; from then on facts say whom it does.
    """

    played: frozenset[str]
    mode: Mode = "solo"
    seed: int | None = None
    people: bool = True
    players: tuple[tuple[str, ...], ...] = ()
    coached: frozenset[str] = frozenset()

    @classmethod
    def of(cls, options: Mapping[str, Json]) -> Self:
        """The seats that a run's header tells of; `people` is false where it was no session."""
        played, mode, seed = options.get("played"), options.get("mode"), options.get("seed")
        names = frozenset(str(one) for one in played) if isinstance(played, list) else frozenset()
        chosen: Mode = next((one for one in MODES if one == mode), "solo")
        return cls(
            names,
            chosen,
            seed if isinstance(seed, int) else None,
            isinstance(played, list),
            tuple(_players(options.get("players"), names)),
        )

    def options(self) -> dict[str, Json]:
        """The seats as they stand in a run's header."""
        found: dict[str, Json] = {"bots": True, "mode": self.mode, "played": list[Json](sorted(self.played))}
        if self.players:
            found["players"] = [list[Json](hand) for hand in self.players]
        return found if self.seed is None else {**found, "seed": self.seed}

    def hands(self, people: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Return whom each player plays; `people` are the pseudonyms of all who are played, in their order."""
        together = {name for hand in self.players for name in hand}
        alone = tuple(name for name in people if name not in together)
        if self.mode == "solo" and alone:
            return (*self.players, alone)
        return (*self.players, *((name,) for name in alone))

    def check(self, playbook: Playbook, scenario: Scenario) -> None:
        """Make sure that everybody who is played is there and can do something.

        Raises:
            InputError: a seat is for nobody of the story, or nobody is played and nobody facilitates.
        """
        people = {person.pseudonym: person for person in scenario.people.values()}
        for name in sorted(self.played):
            if name not in people:
                message = _("There is no person {name} in this scenario; there are: {known}.").format(
                    name=name, known=", ".join(people)
                )
                raise UnknownNameError(message, kind="person", name=name, known=tuple(people))
            if people[name].always_away or all(playbook.roles[role].outside for role in people[name].roles):
                who = people[name].name.en
                raise InputError(_("{name} takes no part in this exercise and cannot be played.").format(name=who))
        if not self.played and self.mode != "facilitated":
            raise InputError(_("Choose somebody to play, or facilitate."))


def _players(value: Json, played: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The groups of a header as far as they are ones, each person once."""
    seen: set[str] = set()
    for hand in value if isinstance(value, list) else ():
        listed = [name for name in hand if isinstance(name, str)] if isinstance(hand, list) else []
        names = [name for name in dict.fromkeys(listed) if name in played and name not in seen]
        seen.update(names)
        if names:
            yield tuple(names)


def playable(playbook: Playbook, scenario: Scenario) -> tuple[str, ...]:
    """The roles that somebody at the table can play, in the order of the playbook: held by people who take part."""
    held = {
        role
        for person in scenario.people.values()
        if not person.always_away
        for role in person.roles
        if not playbook.roles[role].outside
    }
    return tuple(role for role in playbook.roles if role in held)


def holders(playbook: Playbook, scenario: Scenario, roles: Sequence[str]) -> frozenset[str]:
    """The pseudonyms of those who hold these roles: whom one plays by playing the roles.

    Raises:
        UnknownNameError: one of them is no role that can be played here.
    """
    known = playable(playbook, scenario)
    for role in roles:
        if role not in known:
            message = _("There is no role {name} to play here; there are: {known}.")
            raise unknown_name(_("role"), role, known, kind="role", otherwise=message)
    return frozenset(
        person.pseudonym
        for person in scenario.people.values()
        if not person.always_away and set(person.roles) & set(roles)
    )
