"""Who holds which role at this moment of an exercise: part of the state, so that roles can be taken and handed over.

At the beginning it is as the scenario says, and as the first fact puts on record.
"""

from collections.abc import Iterable

from incidentsim.domain.facts import ExerciseStarted, Fact, RosterEntry
from incidentsim.domain.scenario import Scenario


class RoleHoldings:
    """The roles of every person (by pseudonym), each in the order in which they are named."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._roles: dict[str, tuple[str, ...]] = {}
        self._holders: dict[str, tuple[str, ...]] = {}
        self.reset()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoleHoldings) and self._roles == other._roles

    __hash__ = None  # type: ignore[assignment]  # it changes

    def reset(self) -> None:
        """Begin anew, as before the first fact."""
        self.assign(RosterEntry(person.pseudonym, person.roles) for person in self._scenario.people.values())

    def assign(self, people: Iterable[RosterEntry]) -> None:
        """From now on these people hold these roles, and nobody else any."""
        self._roles = {entry.person: entry.roles for entry in people}
        self._holders.clear()

    def take_in(self, fact: Fact) -> None:
        """Take in what a fact says about who holds what; facts that say nothing about it change nothing.

        Raises:
            ValueError: it names somebody who is not in the scenario.
        """
        if isinstance(fact, ExerciseStarted) and fact.people:
            known = {person.pseudonym for person in self._scenario.people.values()}
            for entry in fact.people:
                if entry.person not in known:
                    raise ValueError(entry.person)
            self.assign(fact.people)

    def roles_of(self, person: str) -> tuple[str, ...]:
        """The roles that a person holds; none where nobody is called so."""
        return self._roles.get(person, ())

    def holders_of(self, role: str) -> tuple[str, ...]:
        """The pseudonyms of those who hold a role."""
        known = self._holders.get(role)
        if known is None:
            known = self._holders[role] = tuple(person for person, roles in self._roles.items() if role in roles)
        return known


def holdings_on_record(scenario: Scenario, facts: Iterable[Fact]) -> RoleHoldings:
    """Return the role holdings at the end of a record; those of the scenario where the record names nobody."""
    holdings = RoleHoldings(scenario)
    for fact in facts:
        holdings.take_in(fact)
    return holdings
