"""What is to be known of each part of a fact besides its type: who may see it, is it text, does it name people?

Sealing, erasure, pseudonyms and views ask these traits and never the name of a part. They stand as the metadata of the
field they are about, so that a new part cannot be added without somebody deciding who may see it.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass
from enum import StrEnum, auto, unique
from typing import Any, Final, cast


@unique
class Audience(StrEnum):
    """The people who may see a part of a fact while an exercise goes on. Afterwards everything is for everybody.

    `public`: everybody at the table. `own`: whoever acted. `addressed`: those whom the fact says that it reached, by
    naming them in such parts or by naming what it came with. `facilitator`: only whoever runs the exercise. `observer`:
    whoever evaluates it, the facilitator included. `session.visibility` is where that is decided.
    """

    PUBLIC = auto()
    OWN = auto()
    ADDRESSED = auto()
    FACILITATOR = auto()
    OBSERVER = auto()


NOT_EXERCISED: Final = frozenset({Audience.FACILITATOR, Audience.OBSERVER})
"""Audiences to which nobody belongs who is exercised."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of one part.

    Attributes:
        audience: who may see it while the exercise goes on.
        key: what it is called on record, where that is no name in Python; `None`: as the field is.
        text: it is, or holds, what somebody wrote: sealed on record, and erasable.
        person: it names people, or may name some beside roles and bodies.
        if_said: it stands on record only if there is something to say.
        via: it names what the fact came with, an inject by id or a fact by its number: whom that reached, it reached.
        told: it names those who were told by the fact itself, whether or not what it came with reached them.
    """

    audience: Audience
    key: str | None = None
    text: bool = False
    person: bool = False
    if_said: bool = False
    via: bool = False
    told: bool = False


_TRAITS: Final = "traits"


def seen_by(
    audience: Audience,
    *,
    key: str | None = None,
    text: bool = False,
    person: bool = False,
    if_said: bool = False,
    via: bool = False,
    told: bool = False,
) -> Mapping[str, Traits]:
    """The metadata of a field with these traits."""
    return {_TRAITS: Traits(audience, key, text, person, if_said, via, told)}


def traits_of(field: Field[Any]) -> Traits:
    """The traits of a field.

    Raises:
        TypeError: it has none.
    """
    if _TRAITS not in field.metadata:
        raise TypeError(f"nobody said who may see {field.name}: give the field traits")
    return cast("Traits", field.metadata[_TRAITS])
