"""Conditions and patterns: what a playbook may ask about an incident, as structured data.

There is no expression language here and there must never be one: a condition is one of the classes below, and
data never names code.
"""

from dataclasses import dataclass, field, fields
from typing import Final

from incidentsim.domain.facts.kinds import FactKind, MessageAct, RefusalReason

_OF_THE_SAME_NAME: Final = ("do", "track", "duty", "why", "circumstance", "inject", "level", "anchor", "clock", "act")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A description that facts are compared with; a part left `None` matches anything.

    `kind` is the fact's kind. `state` is the state that a step led to. `by` is the role or the person who acted;
    `to` the role, body or person that was told; `why` the kind of a refusal; `anchor` a kind of moment that starts
    regulatory deadlines, and `clock` the one whose filing was made; `act` what somebody did by a message.
    """

    kind: FactKind
    do: str | None = None
    track: str | None = None
    state: str | None = None
    incident: str | None = None
    duty: str | None = None
    by: str | None = None
    to: str | None = None
    why: RefusalReason | None = None
    circumstance: str | None = None
    inject: str | None = None
    level: int | None = None
    anchor: str | None = None
    clock: str | None = None
    act: MessageAct | None = None
    asked: tuple[tuple[str, str | int], ...] = field(init=False, repr=False, compare=False)
    """What a fact must have under the same name with the same value, looked up once: facts are compared very often."""

    def __post_init__(self) -> None:
        named = ((name, getattr(self, name)) for name in _OF_THE_SAME_NAME)
        object.__setattr__(self, "asked", tuple((name, value) for name, value in named if value is not None))

    def parts(self) -> dict[str, str | int]:
        """The parts that are not left open, by name."""
        named = ((part.name, getattr(self, part.name)) for part in fields(self) if part.init)
        return {name: value for name, value in named if value is not None}


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is; an empty `All` is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when some part is; an empty `AnyOf` is false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is not."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class TrackIs:
    """The incident stands in one of these states on this track."""

    track: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelAtLeast:
    """The incident is graded at this level or more severe (1 is the most severe); an ungraded incident is not."""

    level: int


@dataclass(frozen=True, slots=True)
class RoleIs:
    """True if somebody acts in one of these roles; false where nobody acts."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact like this is on record for the incident, if `within` is given not longer ago than that (ms)."""

    pattern: Pattern
    within: int | None = None


Condition = All | AnyOf | Not | TrackIs | LevelAtLeast | RoleIs | Happened

ALWAYS = All(())
