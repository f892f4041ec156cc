"""A roster as values: who works for the company, who stands in for whom, who is there when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """Somebody of a roster.

    Attributes:
        id: the id in the roster.
        name: the name by language tag, or words that are the same in all languages.
        roles: the roles held, without those that a rota gives.
        deputy_for: the roles held where no holder of them is there.
        desk: where somebody sits, by language tag; empty where that is not said.
        away: daily stretches, such as 18:00/08:00.
        always_away: whether somebody is never there.
        absent: first and last day of each stretch of days off.
    """

    id: str
    name: Mapping[str, str] | str
    roles: tuple[str, ...]
    deputy_for: tuple[str, ...] = ()
    desk: Mapping[str, str] | None = None
    away: tuple[str, ...] = ()
    always_away: bool = False
    absent: tuple[tuple[date, date], ...] = ()

    def is_there(self, day: date) -> bool:
        """Tell whether somebody can take part in an exercise that begins on this day."""
        return not self.always_away and not any(first <= day <= last for first, last in self.absent)

    def said(self, asked: tuple[str, ...]) -> str:
        """The name in the first of these languages that it is written in, else in the first it is written in."""
        if isinstance(self.name, str):
            return self.name
        return next((self.name[tag] for tag in asked if tag in self.name), next(iter(self.name.values())))


@dataclass(frozen=True, slots=True)
class Rota:
    """A role that people hold in turn: from `since` on, each for so many `days`."""

    role: str
    since: date
    days: int
    people: tuple[str, ...]

    def turns(self, day: date) -> tuple[str, ...]:
        """The people from whose turn it is on this day, in the order in which theirs come."""
        place = (day - self.since).days // self.days % len(self.people)
        return (*self.people[place:], *self.people[:place])


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a company, in the order of the file."""

    id: str
    people: Mapping[str, RosterPerson]
    rota: tuple[Rota, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that somebody holds or stands in for, in the order in which they come."""
        held = [role for person in self.people.values() for role in (*person.roles, *person.deputy_for)]
        return tuple(dict.fromkeys([*held, *(rota.role for rota in self.rota)]))

    def cast(self, day: date, roles: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """The holders of these roles in an exercise that begins on this day: by the person's id, which ones.

        Whose turn a rota says it is holds the role: the first from there who is there. A deputy holds it where no
        holder is there. Whoever holds none of these roles is left out.
        """
        there = {name for name, person in self.people.items() if person.is_there(day)}
        held = {name: [role for role in person.roles if role in roles] for name, person in self.people.items()}
        for rota in self.rota:
            if rota.role in roles:
                turns = rota.turns(day)
                held[next((name for name in turns if name in there), turns[0])].append(rota.role)
        served = {role for name in there for role in held[name]}
        for name, person in self.people.items():
            for role in person.deputy_for:
                if name in there and role in roles and role not in served:
                    held[name].append(role)
                    served.add(role)
        return {name: tuple(dict.fromkeys(mine)) for name, mine in held.items() if mine}
