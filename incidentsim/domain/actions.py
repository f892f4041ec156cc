"""Actions: what somebody wants to do, in the imperative. Whether it happens, the kernel's facts say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from incidentsim.domain.text import FreeText

_MOST_DIGITS: Final = 15
"""So that every value is below the largest integer that a fact may hold."""

Value = str | int | tuple[str, ...] | FreeText
"""What a field of an action may hold: a choice, person or role; a level; several choices; free text.

A level of a statutory scale is written `scale:level`, a value of a measure of the clock packs `measure=value`.
"""

NO_STATUTORY_LEVEL: Final = "none"
"""Written in place of a level where an incident was judged to reach none of a scale's."""


def judgement(written: str) -> tuple[str, str | None]:
    """The scale, and the level judged on it or `None`, of what `scale:level` says."""
    scale, _colon, level = written.partition(":")
    return scale, None if level == NO_STATUTORY_LEVEL else level


def measurement(written: str) -> tuple[str, int] | None:
    """The measure and the value of what `measure=value` says; `None` where no value from 0 stands there.

    Durations are in ms, money in whole units, yes and no 1 and 0.
    """
    measure, _equals, value = written.partition("=")
    if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS):
        return None
    return measure, int(value)


@dataclass(frozen=True, slots=True)
class Action:
    """`person`, in `role`, wants to `do` something about `incident`, with this content.

    `role` may be left open: the kernel then takes the first of the person's roles that has the authority.
    """

    person: str
    do: str
    incident: str
    role: str | None = None
    content: Mapping[str, Value] = field(default_factory=dict)
