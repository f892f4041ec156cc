"""The fact that somebody sent a message: who did what by it, to whom, and what it carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from incidentsim.domain.actions import Because
from incidentsim.domain.facts.base import FactBase
from incidentsim.domain.facts.kinds import FactKind, MessageAct
from incidentsim.domain.facts.texts import Actor, RecordedText
from incidentsim.domain.traits import Audience, seen_by

AT_WORK: Final = "@incident"
"""Receiver of a message: everybody at work on the incident that it is about."""

FACILITATOR: Final = "@facilitator"
"""Receiver of a message: whoever runs the exercise, and nobody else. No role, body or person can be called so."""

_ADDRESSED = seen_by(Audience.ADDRESSED)
_PEOPLE = seen_by(Audience.ADDRESSED, person=True)


@dataclass(frozen=True, slots=True)
class MessageSent(FactBase):
    """Somebody sent a message. What it carries are references and values; words are only the sender's own.

    Attributes:
        number: counts the messages of an exercise from 1.
        act: what the sender does by it.
        by: the sender, in a role.
        pretended: true if the sender neither holds that role nor stands in for it; whether that is a fault is judged
            afterwards.
        to: the receivers as addressed: roles, bodies, people (pseudonyms), `AT_WORK`, `FACILITATOR`.
        persons: those whom it reached (pseudonyms).
        absent: those who find it when they return (pseudonyms).
        channel: how it was sent.
        answers: the number of the message that it answers; `None` where it answers none.
        injects: the injects that it quotes.
        messages: the numbers of the messages that it quotes.
        measures: values of measures of the playbook that it tells (durations in ms).
        flags: what it says is so, or is not.
        text: the sender's own words; `None` where a step or a bot speaks, whose words are made where they are shown.
        do: the step that it orders; `None` where it orders none in particular.
        due: when that is to be done (ms from the start); `None` without a time.
        because: the sequence number of the fact that it tells of; `None` where somebody sent it of their own accord.
        grounds: why a bot sent it, and what went wrong in that; `None` where nobody says.
    """

    kind: ClassVar[Literal[FactKind.MESSAGE_SENT]] = FactKind.MESSAGE_SENT

    number: int = field(metadata=_ADDRESSED)
    act: MessageAct = field(metadata=_ADDRESSED)
    by: Actor = field(metadata=_PEOPLE)
    pretended: bool = field(metadata=_ADDRESSED)
    to: tuple[str, ...] = field(metadata=_PEOPLE)
    persons: tuple[str, ...] = field(metadata=_PEOPLE)
    absent: tuple[str, ...] = field(metadata=_PEOPLE)
    channel: str = field(metadata=_ADDRESSED)
    answers: int | None = field(metadata=_ADDRESSED)
    injects: tuple[str, ...] = field(metadata=_ADDRESSED)
    messages: tuple[int, ...] = field(metadata=_ADDRESSED)
    measures: Mapping[str, int] = field(metadata=_ADDRESSED)
    flags: Mapping[str, bool] = field(metadata=_ADDRESSED)
    text: RecordedText | None = field(metadata=seen_by(Audience.ADDRESSED, text=True))
    do: str | None = field(metadata=_ADDRESSED)
    due: int | None = field(metadata=_ADDRESSED)
    because: int | None = field(metadata=_ADDRESSED)
    grounds: Because | None = field(default=None, metadata=seen_by(Audience.ADDRESSED, if_said=True))

    @property
    def receivers(self) -> tuple[str, ...]:
        """The pseudonyms of all who get it, now or when they return."""
        return (*self.persons, *self.absent)
