"""The choices of a briefing: who plays whom, in which mode, and how time passes. Knows no screen."""

from dataclasses import dataclass, field

from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Person
from incidentsim.exercise.planning.shapes import Plan
from incidentsim.service.library import Playable
from incidentsim.session.seats import MODES, Mode, Seats


@dataclass
class Choices:
    """The choices of a briefing so far; they outlive every redrawing of the screen."""

    mode: Mode = "solo"
    live: bool = False
    seed: int | None = None
    coach: bool = False
    """The coach helps everybody who is played."""
    played: set[str] = field(default_factory=set)
    """Pseudonyms of those whom people play."""
    coached: set[str] = field(default_factory=set)
    """Pseudonyms of those whom the coach helps, where it does not help everybody."""
    plan: Plan | None = None
    """What was proposed for so many people and minutes; `None` where nobody asked."""

    def toggle(self, pseudonym: str) -> None:
        """Play somebody, or leave them to the bots."""
        self.played ^= {pseudonym}

    def take_over(self, plan: Plan) -> None:
        """Choose what a plan proposes; whoever asked for a facilitator keeps one."""
        self.plan = plan
        self.played = {name for part in plan.players for name in part.people}
        self.live = plan.speed is not None
        if self.mode != "facilitated":
            self.mode = "solo" if len(plan.players) == 1 else "hot_seat"

    @property
    def players(self) -> tuple[tuple[str, ...], ...]:
        """The players of the plan with whom they still play; none without a plan."""
        hands = [part.people for part in self.plan.players] if self.plan is not None else []
        left = (tuple(name for name in hand if name in self.played) for hand in hands)
        return tuple(hand for hand in left if hand)

    @property
    def speed(self) -> int:
        """The speed at which time passes, as a multiple of that of the wall clock, if it does so live."""
        return 1 if self.plan is None or self.plan.speed is None else self.plan.speed

    def coaches(self, pseudonym: str) -> bool:
        """Return whether the coach helps whoever plays this person."""
        return pseudonym in self.played and (self.coach or pseudonym in self.coached)

    def toggle_coach(self, pseudonym: str | None = None) -> None:
        """Let the coach help everybody who is played or nobody; with `pseudonym`, one more of them or one less."""
        helped = {name for name in self.played if self.coaches(name)}
        self.coach = pseudonym is None and not (self.played and helped == self.played)
        self.coached = set() if pseudonym is None else helped ^ {pseudonym}

    def next_mode(self) -> None:
        """The next of the modes."""
        self.mode = MODES[(MODES.index(self.mode) + 1) % len(MODES)]

    def seats(self) -> Seats:
        """The seats as they were chosen."""
        coached = frozenset(name for name in self.played if self.coaches(name))
        return Seats(frozenset(self.played), self.mode, self.seed, players=self.players, coached=coached)

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
