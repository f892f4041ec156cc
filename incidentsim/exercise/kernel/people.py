"""Who can act for a role right now: its holders, and its deputies while no holder is there."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from incidentsim.domain.facts import Actor
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.exercise.kernel.role_holdings import RoleHoldings
from incidentsim.exercise.kernel.sim_time import MINUTE, MINUTES_A_DAY, back_at, is_away


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which role somebody acts, and as which role's holder where that is a deputy's doing."""

    role: str
    deputy: str | None = None

    def actor(self, person: str) -> Actor:
        """`person` (a pseudonym) as somebody who acts in this way."""
        return _actor(person, self.role, self.deputy)


@lru_cache(maxsize=4096)
def capacity_in(role: str, deputy: str | None = None) -> Capacity:
    """The capacity of this role: there are few, and every step asks for one."""
    return Capacity(role, deputy)


@lru_cache(maxsize=4096)
def _actor(person: str, role: str, deputy: str | None) -> Actor:
    return Actor(person, role, deputy)


class Roster:
    """The people of a scenario, by pseudonym and by role."""

    def __init__(self, playbook: Playbook, scenario: Scenario, holdings: RoleHoldings | None = None) -> None:
        """`holdings` say who holds what as the exercise goes on; without them it is as the scenario begins."""
        self._playbook = playbook
        self._local = scenario.kept_time
        self._holdings = holdings or RoleHoldings(scenario)
        self.people: Mapping[str, Person] = {p.pseudonym: p for p in scenario.people.values()}
        self._together: dict[tuple[str, ...], tuple[Person, ...]] = {}
        self._present: dict[tuple[tuple[str, ...], int], tuple[Person, ...]] = {}
        self._gone: dict[int, frozenset[str]] = {}
        # the minutes of a day at which anybody leaves or comes back
        self._minutes = sorted({minute for person in self.people.values() for away in person.away for minute in away})

    def roles_of(self, person: Person) -> tuple[str, ...]:
        """The roles that `person` holds now."""
        return self._holdings.roles_of(person.pseudonym)

    def holders_of(self, role: str) -> tuple[Person, ...]:
        """Those who hold `role` now, whether they are there or not."""
        names = self._holdings.holders_of(role)
        known = self._together.get(names)
        if known is None:
            known = self._together[names] = tuple(self.people[name] for name in names)
        return known

    def away(self, person: Person, now: int) -> bool:
        """Return whether `person` is absent at `now` (ms)."""
        return (person.always_away or bool(person.away)) and is_away(person, now, self._local)

    def back(self, person: Person, now: int) -> int | None:
        """Return the first time from `now` on (ms) at which `person` is there; `None` if never."""
        return back_at(person, now, self._local)

    def present(self, role: str, now: int) -> tuple[Person, ...]:
        """The holders of `role` who are there at `now` (ms)."""
        key = (self._holdings.holders_of(role), self._part_of_day(now))
        known = self._present.get(key)
        if known is None:
            known = tuple(person for person in self.holders_of(role) if not self.away(person, now))
            self._present[key] = known
        return known

    def gone(self, now: int) -> frozenset[str]:
        """The pseudonyms of those who come and go and are absent at `now` (ms)."""
        part = self._part_of_day(now)
        known = self._gone.get(part)
        if known is None:
            coming_and_going = (person for person in self.people.values() if person.away)
            known = self._gone[part] = frozenset(one.pseudonym for one in coming_and_going if self.away(one, now))
        return known

    def _part_of_day(self, now: int) -> int:
        """A number of the part of a day in which `now` (ms) lies: within each, the same people are there every day."""
        if not self._minutes:
            return 0
        return bisect_right(self._minutes, self._local.kept(now) // MINUTE % MINUTES_A_DAY)

    def capacity(self, person: Person, role: str, now: int) -> Capacity | None:
        """Return the capacity in which `person` may act as `role` at `now` (ms); `None` if there is none.

        Holders act in the role itself, deputies only while no holder is there. It is not asked whether `person` is
        there.
        """
        roles = self.roles_of(person)
        if role in roles:
            return capacity_in(role)
        if not self._anybody_present(role, now):
            for deputy in self._playbook.roles[role].deputies:
                if deputy in roles:
                    return capacity_in(role, deputy)
        return None

    def able(self, role: str, now: int) -> tuple[Person, ...]:
        """Return who may act as `role` at `now` (ms): its holders who are there, else the first deputies who are."""
        return tuple(self.able_in_turn(role, now))

    def able_in_turn(self, role: str, now: int) -> Iterator[Person]:
        """Yield those of `able` in their order, so that whoever needs the first one asks after no other."""
        for held in (role, *self._playbook.roles[role].deputies):
            present = self.present(held, now)
            if present:
                yield from present
                return

    def _anybody_present(self, role: str, now: int) -> bool:
        return bool(self.present(role, now))

    def reached(self, names: Iterable[str], now: int) -> list[str]:
        """The pseudonyms of those whom a message to these roles, bodies or persons reaches at `now` (ms).

        Where nobody can act for a role, its holders get the message all the same and find it when they return.
        """
        found: dict[str, None] = {}
        for name in names:
            if name in self.people:
                found[name] = None
                continue
            for role in self._playbook.roles_of(name):
                people = self.able(role, now) or self.holders_of(role)
                found.update((person.pseudonym, None) for person in people)
        return list(found)

    def absent(self, names: Iterable[str], now: int) -> list[str]:
        """The pseudonyms of the holders of these roles or bodies who are not there at `now` (ms)."""
        found: dict[str, None] = {}
        for name in names:
            for role in () if name in self.people else self._playbook.roles_of(name):
                found.update((person.pseudonym, None) for person in self.holders_of(role) if self.away(person, now))
        return list(found)
