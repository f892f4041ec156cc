"""Who plays whom, and how time passes: the choices made at the briefing, as they stand in a run's first entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self, get_args

from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.facts import Json
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.messages import gettext as _

Mode = Literal["solo", "hot_seat", "facilitated"]
"""One person plays; several share one keyboard; somebody runs the exercise for the others."""

MODES: Final[tuple[Mode, ...]] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class Seats:
    """The choices of a briefing.

    `played` are the pseudonyms of the people of the story for whom somebody at the table decides; bots play the rest.
    In a facilitated exercise there may be none: then the facilitator watches the bots. `seed` replaces that of the
    scenario, where one was asked for.
    """

    played: frozenset[str]
    mode: Mode = "solo"
    seed: int | None = None
    people: bool = True

    @classmethod
    def of(cls, options: Mapping[str, Json]) -> Self:
        """The seats that a run's header tells of; `people` is false where it was no session."""
        played, mode, seed = options.get("played"), options.get("mode"), options.get("seed")
        names = frozenset(str(one) for one in played) if isinstance(played, list) else frozenset()
        chosen: Mode = next((one for one in MODES if one == mode), "solo")
        return cls(names, chosen, seed if isinstance(seed, int) else None, isinstance(played, list))

    def options(self) -> dict[str, Json]:
        """The seats as they stand in a run's header."""
        found: dict[str, Json] = {"bots": True, "mode": self.mode, "played": list[Json](sorted(self.played))}
        return found if self.seed is None else {**found, "seed": self.seed}

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
