"""Actions: what somebody wants to do, in the imperative. Whether it happens, the kernel's facts say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from incidentsim.domain.text import FreeText
from incidentsim.domain.traits import Audience, seen_by

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


Reason = Literal["next_step", "duty_due", "evidence", "regrade", "revise", "prompted", "needed", "asked", "rounds"]
"""Why somebody decides for a step: it is its turn; it settles a duty that is owed; what is known of the incident
speaks for this way and not another; what is known now gives another level, or speaks against what was found before;
a message asked for it; whoever has to judge lacks what it passes on; somebody asked the sender of a message; the same
steps have come round so often with nothing new that it is left at that, or that another way is taken."""

Slip = Literal["forgotten", "lost_time", "misjudged", "misled", "misgraded", "too_thin", "wrong_channel", "overstepped"]
"""What went wrong in a decision: it came to mind only when it was overdue; somebody lost sight of the time; it goes
against what is known; it follows what only seemed to be so; the level is one off; a text that is asked for is missing;
the channel is not one of those allowed; it is not for this role."""


@dataclass(frozen=True, slots=True)
class Because:
    """The reason for a decision, in ids only, as a bot gives it.

    `duty` is what the step settles, `injects` are the messages that the decision rests on. `slips` are for whoever
    evaluates: to say that somebody was misled would tell what is true.
    """

    reason: Reason = field(metadata=seen_by(Audience.PUBLIC))
    duty: str | None = field(default=None, metadata=seen_by(Audience.PUBLIC))
    injects: tuple[str, ...] = field(default=(), metadata=seen_by(Audience.ADDRESSED, via=True))
    slips: tuple[Slip, ...] = field(default=(), metadata=seen_by(Audience.OBSERVER))


@dataclass(frozen=True, slots=True)
class Action:
    """`person`, in `role`, wants to `do` something about `incident`, with this content.

    `role` may be left open: the kernel then takes the first of the person's roles that has the authority. `because`
    goes on record with the answer and has no part in it.
    """

    person: str
    do: str
    incident: str
    role: str | None = None
    content: Mapping[str, Value] = field(default_factory=dict)
    because: Because | None = None
