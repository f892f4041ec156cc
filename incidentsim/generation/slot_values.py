"""What stands behind the slots of a story: hosts, accounts, tickets, addresses, companies, counts, phrases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from incidentsim.definitions.formats import amounts
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.world import World

MOMENTS: Final = ("start",)
GIVEN: Final = ("org", "city", "start", "now", "tenant")
"""The organisation, its town, when the exercise starts, when an inject comes, and the client's company."""

T = TypeVar("T")

OUTSIDE: Final = ("198.51.100", "203.0.113")
"""RFC 5737: addresses of the world outside."""
INSIDE: Final = "192.0.2"
"""RFC 5737 too: addresses of the organisation."""
IPV6: Final = "2001:db8"
"""RFC 3849."""


class SlotValue(Protocol):
    """Something a text may name."""

    def say(self, form: str, language: Language) -> str:
        """The words for it in a form."""
        ...


@dataclass(frozen=True, slots=True)
class LiteralValue:
    """The same characters in both languages."""

    text: str

    def say(self, form: str, language: Language) -> str:  # noqa: ARG002 - one form only
        """The characters."""
        return self.text


@dataclass(frozen=True, slots=True)
class Host:
    """A machine of the organisation."""

    name: str
    domain: str

    def say(self, form: str, language: Language) -> str:  # noqa: ARG002 - machines have one name
        """Its name, in full where asked for."""
        return f"{self.name}.{self.domain}" if form == "full" else self.name


NO_WORDS: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class Named:
    """A company or the organisation; `kind` says in words what a company is."""

    name: Text
    domain: str
    kind: Text = NO_WORDS

    def say(self, form: str, language: Language) -> str:
        """Its name, or its domain."""
        return self.domain if form == "domain" else self.name.say(language)


@dataclass(frozen=True, slots=True)
class Words:
    """A phrase in both languages; `opening` is how it stands at the beginning of an English sentence."""

    text: Text

    def say(self, form: str, language: Language) -> str:  # noqa: ARG002 - one form only
        """The phrase."""
        return self.text.say(language)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something; `unit` is that of a measure."""

    value: int
    unit: str = "count"

    def say(self, form: str, language: Language) -> str:
        """The number as people say it, or its digits."""
        if form == "plain":
            return str(self.value // 1000 if self.unit == "duration" else self.value)
        if self.unit == "duration":
            return amounts.duration(self.value, language)
        if self.unit == "money":
            return amounts.money(self.value, language)
        return amounts.number(self.value, language)


@dataclass(frozen=True, slots=True)
class Turn:
    """The share of one slot in a source that several slots draw from, so that no two of them get the same.

    Attributes:
        rank: which of the slots that draw from the same it is, from 0.
        of: how many there are.
    """

    rank: int = 0
    of: int = 1

    def between(self, low: int, high: int, stream: Stream) -> int:
        """A number from `low` to `high` that this slot gets."""
        return low + self.rank + self.of * stream.below(max((high - low - self.rank) // self.of + 1, 1))

    def pick(self, items: Sequence[T], stream: Stream) -> T:
        """One of the items that fall to this slot; where they are too few for all, any."""
        return stream.pick(items[self.rank :: self.of] or items)


class Maker:
    """Makes the things of one story. What one slot gets depends on no other's draws."""

    def __init__(self, domain: str, world: World, locale: str) -> None:
        self._domain = domain
        self._world = world
        self._locale = locale

    def host(self, prefix: str, stream: Stream, turn: Turn) -> Host:
        """`db-rep-04`."""
        return Host(f"{prefix}-{turn.between(1, 24, stream):02d}", self._domain)

    def account(self, prefix: str, stream: Stream, turn: Turn) -> LiteralValue:
        """`ops-ext-07`."""
        return LiteralValue(f"{prefix}-{turn.between(1, 39, stream):02d}")

    def ticket(self, prefix: str, stream: Stream, turn: Turn) -> LiteralValue:
        """`CHG-20417`."""
        return LiteralValue(f"{prefix}-{turn.between(10240, 98980, stream)}")

    def code(self, pattern: str, stream: Stream, turn: Turn) -> LiteralValue:
        """The pattern with its digits drawn, the first of which is this slot's own."""
        drawn: list[str] = []
        for one in pattern:
            size = {"#": 10, "?": 16}.get(one)
            if size is None:
                drawn.append(one)
                continue
            drawn.append(f"{turn.between(0, size - 1, stream) if turn.of <= size else stream.below(size):x}")
            turn = Turn()
        return LiteralValue("".join(drawn))

    def domain(self, prefix: str, stream: Stream, turn: Turn) -> LiteralValue:
        """`files-cobalt.example`."""
        return LiteralValue(f"{prefix}-{turn.pick(self._world.words, stream)}.example")

    def address(self, kind: str, stream: Stream, turn: Turn) -> LiteralValue:
        """An address out of a range set aside for documentation."""
        match kind:
            case "ipv6":
                return LiteralValue(f"{IPV6}:{turn.between(0x10, 0xFFE, stream):x}::{stream.between(1, 0xFFE):x}")
            case "inside":
                return LiteralValue(f"{INSIDE}.{turn.between(1, 254, stream)}")
            case _:
                return LiteralValue(f"{stream.pick(OUTSIDE)}.{turn.between(1, 254, stream)}")

    def phone(self, kind: str, stream: Stream, turn: Turn) -> LiteralValue:
        """A number of the house, or one outside of it.

        North America sets 555-0100 to 555-0199 aside for fiction. China sets nothing aside, so a number there is
        shown as its companies show one: with only the last digits.
        """
        if kind == "extension":
            return LiteralValue(str(turn.between(9001, 9899, stream)))
        if self._locale == "zh_CN":
            return LiteralValue(f"1**-****-{turn.between(100, 9899, stream):04d}")
        return LiteralValue(f"555-{turn.between(100, 199, stream):04d}")

    def company(self, kind: str, stream: Stream, turn: Turn) -> Named:
        """An invented company."""
        found = turn.pick(self._world.companies[kind], stream)
        return Named(found.name, found.domain, found.kind)


FORMS: Final[Mapping[str, frozenset[str]]] = {
    "host": frozenset({"full"}),
    "company": frozenset({"domain"}),
    "number": frozenset({"plain"}),
}
"""The forms that slots of a kind have, besides the bare one; a kind that is not here has none."""
