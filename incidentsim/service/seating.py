"""The choices of a briefing: who plays whom, in which mode, and how time passes. Knows no screen."""

from dataclasses import dataclass, field

from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Person
from incidentsim.service.library import Playable
from incidentsim.session.seats import MODES, Mode, Seats


@dataclass
class Choices:
    """The choices of a briefing so far; they outlive every redrawing of the screen."""

    mode: Mode = "solo"
    live: bool = False
    seed: int | None = None
    played: set[str] = field(default_factory=set)
    """Pseudonyms of those whom people play."""

    def toggle(self, pseudonym: str) -> None:
        """Play somebody, or leave them to the bots."""
        self.played ^= {pseudonym}

    def next_mode(self) -> None:
        """The next of the modes."""
        self.mode = MODES[(MODES.index(self.mode) + 1) % len(MODES)]

    def seats(self) -> Seats:
        """The seats as they were chosen."""
        return Seats(frozenset(self.played), self.mode, self.seed)

    @property
    def complete(self) -> bool:
        """True if somebody plays, or if the mode has a facilitator."""
        return bool(self.played) or self.mode == "facilitated"


def people(playable: Playable) -> list[Person]:
    """Those who can be played, in the order in which the playbook names their first role."""
    order = {role: place for place, role in enumerate(playable.roles)}
    taking_part = [
        one for one in playable.scenario.people.values() if not one.always_away and order.keys() & set(one.roles)
    ]
    return sorted(taking_part, key=lambda one: min(order[role] for role in one.roles if role in order))


def others(playable: Playable) -> list[Person]:
    """Those who cannot be played: they stand outside, or never come."""
    there = {one.id for one in people(playable)}
    return [one for one in playable.scenario.people.values() if one.id not in there]


def steps_of(playbook: Playbook, person: Person) -> list[Step]:
    """Return the steps that somebody may take in their roles, in the order of the playbook, each step once."""
    found: dict[str, Step] = {}
    for track in playbook.tracks.values():
        for step in track.steps:
            if set(step.by) & set(person.roles):
                found.setdefault(step.do, step)
    return list(found.values())
