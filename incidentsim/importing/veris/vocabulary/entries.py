"""What tables hold besides texts: things that can be counted, openings of the story, units of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from incidentsim.domain.text import Text
from incidentsim.importing.phrasing import spaced


@dataclass(frozen=True, slots=True)
class Noun:
    """Something that can be counted: `one` with its article, `many`, the Chinese word and its measure word."""

    one: str
    many: str
    zh: str
    measure: str

    def named(self) -> Text:
        """The thing itself, not counted."""
        return Text(self.one, self.zh)

    def counted(self, number: int) -> Text:
        """So many of it; `number` is at least 1."""
        if number == 1:
            return Text(self.one, spaced(f"1 {self.measure}{self.zh}"))
        return Text(f"{number:,} {self.many}", spaced(f"{number:,} {self.measure}{self.zh}"))


class Route(StrEnum):
    """A way on which a message reaches the organisation.

    The channels of a route are a wish: the story takes the first that the playbook has.
    """

    ALERT = "alert"
    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    AUTHORITY = "authority"
    CHAT = "chat"

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that serve for it, the best first."""
        return _CHANNELS[self]


_CHANNELS: Final[Mapping[Route, tuple[str, ...]]] = {
    Route.ALERT: ("alert", "monitoring", "chat"),
    Route.MAIL: ("email", "letter", "chat"),
    Route.PHONE: ("phone", "chat", "email"),
    Route.LETTER: ("letter", "email"),
    Route.AUTHORITY: ("regulator", "letter", "email"),
    Route.CHAT: ("chat", "email"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The first sign of an incident: the sentence with which the story opens, and the route it takes."""

    says: Text
    by: Route


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time. `ms` is its length, `None` where it is no length at all; `vague` speaks of some of them."""

    one: str
    many: str
    zh: str
    vague: Text
    ms: int | None

    def counted(self, number: str) -> Text:
        """So many of them; `number` is already written out."""
        return Text(f"{number} {self.one if number == '1' else self.many}", f"{number} {self.zh}")
