"""What somebody says to others, in the imperative. Whom it reaches, the kernel's fact says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from incidentsim.domain.actions import Because
from incidentsim.domain.basis import Basis
from incidentsim.domain.facts.kinds import MessageAct
from incidentsim.domain.text import FreeText


@dataclass(frozen=True, slots=True)
class Say:
    """`person` (a pseudonym) sends a message. It moves no track and is never refused for lack of authority.

    Attributes:
        person: the sender.
        act: what the sender does by it.
        to: roles, bodies, people (pseudonyms), everybody at work on the incident (`facts.AT_WORK`) or the facilitator
            (`facts.FACILITATOR`).
        channel: how it is sent.
        incident: what it is about; `None`: nothing in particular.
        role: the role in which it is sent; `None`: the first of the sender's own.
        answers: the number of the message that it answers.
        injects: the injects that it quotes.
        messages: the numbers of the messages that it quotes.
        measures: values of measures that it tells (durations in ms).
        flags: what it says is so, or is not.
        text: the sender's own words.
        do: the step that it orders.
        due: when that is to be done (ms from the start).
        because: why it is sent, as bots say it; it goes on record with the message.
    """

    person: str
    act: MessageAct
    to: tuple[str, ...]
    channel: str
    incident: str | None = None
    role: str | None = None
    answers: int | None = None
    injects: tuple[str, ...] = ()
    messages: tuple[int, ...] = ()
    measures: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    text: FreeText | None = None
    do: str | None = None
    due: int | None = None
    because: Because | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """The receivers of what a step says: they get a message with its content and what it rests on.

    Attributes:
        to: roles, bodies, or `facts.AT_WORK`, everybody at work on the incident.
        channel: how they are told where nothing else is written.
        basis: why they are told, and so.
        field: the field of the step in which the channel is written; `None`: always by `channel`.
        act: what the message does.
    """

    to: tuple[str, ...]
    channel: str
    basis: Basis
    field: str | None = None
    act: MessageAct = MessageAct.INFORM
