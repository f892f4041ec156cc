"""A plan and its parts: numbers and names only, so that any front end can show them.

Times in the story are ms from its start; times on the wall are whole minutes from the beginning of the session.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from incidentsim.exercise.planning.four_eyes import FourEyes

MOST_PEOPLE: Final = 3
"""Assumption: one player can keep so many people of the story apart."""
SEATING: Final = 3
"""Assumption: the minutes in which everybody finds their seat and reads their roles."""
LEAST_PLAY: Final = 10
"""Assumption: with fewer minutes to play, no story gets anywhere."""
HOT_WASH_PART: Final = 6
"""Assumption: a sixth of the session belongs to the hot wash."""
LEAST_HOT_WASH: Final = 5
"""Assumption: but at least so many minutes do."""
MOST_HOT_WASH: Final = 30
"""Assumption: and at most so many."""
LONG_GAP: Final = 8 * 60 * 60 * 1000
"""A gap in the story (ms) that is named as jumped: a night, a weekend."""
SPEEDS: Final = (1, 2, 5, 10, 20, 60)
"""How many times faster than the wall clock time can pass, live."""


class LeftToBots(StrEnum):
    """The reason why bots play somebody."""

    NOTHING_TO_DECIDE = "nothing_to_decide"
    """They decide nothing in the part that is played."""
    FOUR_EYES = "four_eyes"
    """Everybody who could play them stands on the other side of a four-eyes rule."""
    BALANCE = "balance"
    """Whoever could play them decides more than others do already."""
    MANY_PEOPLE = "many_people"
    """Whoever could play them plays as many people already as one can keep apart."""
    TIME = "time"
    """The time does not reach for more decisions of people."""


class ItemKind(StrEnum):
    """The kind of a part of the session."""

    BRIEFING = "briefing"
    PLAY = "play"
    RESERVE = "reserve"
    HOT_WASH = "hot_wash"


@dataclass(frozen=True, slots=True)
class PlayerPart:
    """The people whom one player plays (pseudonyms, the busiest first), and how much there is to do.

    `decisions` and `messages` are those in the part of the story that is played; `called` is when anything first
    reaches them (ms), `None` if nothing does.
    """

    number: int
    people: tuple[str, ...]
    decisions: int
    messages: int
    called: int | None


@dataclass(frozen=True, slots=True)
class BotPart:
    """Somebody (a pseudonym) whom bots play, why, and how many decisions that leaves to them."""

    person: str
    why: LeftToBots
    decisions: int


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A part of the session: from which minute on, how many minutes, and for play, which part of the story (ms).

    `phase` is the procedure's; `None` where it has none. `decisions` are those of people at the table.
    """

    kind: ItemKind
    begins: int
    minutes: int
    phase: str | None = None
    story: tuple[int, int] | None = None
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the story (ms) in which nobody at the table has anything to decide or to read."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A session planned: who plays whom, and how it goes.

    `outside` are the people (pseudonyms) of roles that stand outside, for whom a facilitator or bots speak. `speed` is
    how many times faster than the wall clock time passes, live; `None`: stepped. `stops` is when (ms) the story is
    broken off because the time is over, `None` where it is played to its end at `ends`; `left_out` are the phases of
    the procedure that are not reached then. `bound` is by how many decisions two players differ at most.
    """

    players: tuple[PlayerPart, ...]
    bots: tuple[BotPart, ...]
    outside: tuple[str, ...]
    facilitated: bool
    minutes: int
    speed: int | None
    agenda: tuple[AgendaItem, ...]
    gaps: tuple[Gap, ...]
    ends: int
    stops: int | None
    left_out: tuple[str, ...]
    bound: int
    decisions: int
    four_eyes: FourEyes
