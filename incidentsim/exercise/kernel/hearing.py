"""Who has read what, from when, and by which fact: the one notion of it, folded from deliveries and messages.

An inject is read by those to whom it is delivered, and by those who get a message that quotes it, itself or by the
messages that it quotes. Whoever is away reads it on return. Nobody learns anything in another way.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import InjectDelivered, MessageSent
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.exercise.kernel.quotes import Quotes
from incidentsim.exercise.kernel.sim_time import back_at

_NOTHING: Final[Mapping[str, "Heard"]] = {}
_NO_MESSAGES: Final[Mapping[int, "Heard"]] = {}


@dataclass(frozen=True, slots=True)
class Heard:
    """The way in which somebody came to read an inject or a message.

    Attributes:
        fact: the sequence number of the fact that brought it: a delivery, or a message sent.
        at: when that was (ms).
        since: from when they know it (ms): later than `at` where they were away; `None` if they never return.
    """

    fact: int
    at: int
    since: int | None

    def by(self, now: int) -> bool:
        """Return whether they have read it at `now` (ms)."""
        return self.since is not None and self.since <= now


class Hearing:
    """A fold of the facts that tell somebody something, in their order.

    Attributes:
        quotes: what each message carries on, whoever got it.
        versions: by incident (`None`: none), how often somebody has come to read something about it.
        changed: the incidents about which somebody has come to read something, each time anew.
        delivered: the sequence number of the fact with which each inject came first.
        sent: the sequence number of the fact with which each message was sent.
    """

    def __init__(self, scenario: Scenario, only: Collection[str] | None = None) -> None:
        """Begin with nothing read; of anybody but `only` (pseudonyms), if they are given, nothing is kept."""
        self._only = None if only is None else frozenset(only)
        self._people: Mapping[str, Person] = {person.pseudonym: person for person in scenario.people.values()}
        self._local = scenario.kept_time
        self._about = {inject.id: inject.incident for inject in scenario.injects}
        self._injects: dict[tuple[str | None, str], dict[str, Heard]] = {}
        self._messages: dict[tuple[str | None, str], dict[int, Heard]] = {}
        self._incidents: dict[str, dict[str | None, None]] = {}
        self._told: dict[int, str | None] = {}
        self.delivered: dict[str, int] = {}
        self.sent: dict[int, int] = {}
        self.quotes = Quotes()
        self.versions: dict[str | None, int] = {}
        self.changed: list[str | None] = []

    def add(self, inject: str, incident: str | None) -> None:
        """Take note of an inject that the facilitator has added."""
        self._about[inject] = incident

    def deliver(self, fact: InjectDelivered, number: int) -> None:
        """Take in a delivery, `number` being its sequence number."""
        self.delivered.setdefault(fact.inject, number)
        self._read(fact.to, (fact.inject,), (), Heard(number, fact.at, fact.at))

    def message(self, fact: MessageSent, number: int, *, sender_too: bool = False) -> None:
        """Take in a message, `number` being its sequence number; `sender_too`: as if its sender had got it as well."""
        self.quotes.take(fact)
        self._told[fact.number] = fact.incident
        self.sent[fact.number] = number
        messages = (fact.number, *self.quotes.messages[fact.number])
        readers = (fact.by.person, *fact.receivers) if sender_too else fact.receivers
        self._read(readers, self.quotes.injects[fact.number], messages, Heard(number, fact.at, fact.at))

    def injects(self, person: str, incident: str | None) -> Mapping[str, Heard]:
        """The injects about an incident (`None`: about none) that a person (pseudonym) has read, in order of coming."""
        return self._injects.get((incident, person), _NOTHING)

    def messages(self, person: str, incident: str | None) -> Mapping[int, Heard]:
        """The messages about an incident that a person gets or reads quoted, by number, in order of coming."""
        return self._messages.get((incident, person), _NO_MESSAGES)

    def inject(self, person: str, inject: str) -> Heard | None:
        """Return how a person came to read an inject; `None` where they have not."""
        return self.injects(person, self._about.get(inject)).get(inject)

    def read_message(self, person: str, number: int) -> Heard | None:
        """Return how a person came to read a message; `None` where they have not."""
        return self.messages(person, self._told.get(number)).get(number)

    def incidents(self, person: str) -> Iterable[str | None]:
        """The incidents about which a person has read something, `None` for what is about none."""
        return self._incidents.get(person, {})

    def _read(self, people: Iterable[str], injects: Iterable[str], messages: Iterable[int], came: Heard) -> None:
        told = [(inject, self._about.get(inject)) for inject in injects]
        said = [(number, self._told.get(number)) for number in messages]
        touched: dict[str | None, None] = {}
        for person in people if self._only is None else (name for name in people if name in self._only):
            mine = self._for(person, came)
            for inject, about in told:
                if inject not in (heard := self._injects.setdefault((about, person), {})):
                    heard[inject] = mine
                    touched[about] = None
            for number, about in said:
                if number not in (got := self._messages.setdefault((about, person), {})):
                    got[number] = mine
                    touched[about] = None
            self._incidents.setdefault(person, {}).update(dict.fromkeys(about for _what, about in (*told, *said)))
        for about in touched:
            self.versions[about] = self.versions.get(about, 0) + 1
        self.changed.extend(touched)

    def _for(self, person: str, came: Heard) -> Heard:
        somebody = self._people.get(person)
        if somebody is None or not (somebody.away or somebody.always_away):
            return came
        since = back_at(somebody, came.at, self._local)
        return came if since == came.at else Heard(came.fact, came.at, since)
