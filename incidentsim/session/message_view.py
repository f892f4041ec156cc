"""What a seat hands out for writing a message: who may get it, how it is sent, and what the sender can quote."""

from dataclasses import dataclass

from incidentsim.domain.facts import MessageAct
from incidentsim.session.form_view import Option


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Something that the sender may quote: an inject (by id, else empty) or a message (by number, else 0)."""

    inject: str
    message: int
    time: str
    sender: str
    subject: str
    incident: str | None


@dataclass(frozen=True, slots=True)
class OpenMessageView:
    """A question or an order to the sender that they have not answered yet."""

    number: int
    act: MessageAct
    act_words: str
    time: str
    sender: str
    subject: str
    incident: str | None


@dataclass(frozen=True, slots=True)
class MessageFormView:
    """The form of a message.

    Attributes:
        person: the pseudonym of the sender.
        person_name: what the sender is called.
        roles: the roles that the sender holds; the first is meant where none is chosen.
        other_roles: all others: who writes as one of them pretends to it, or stands in for it.
        acts: what can be done by a message.
        groups: everybody at work on the incident, and the facilitator.
        bodies_and_roles: receivers.
        people: receivers, without the sender.
        channels: how it can be sent.
        incidents: what it can be about: the incidents that have come to notice.
        steps: what can be ordered.
        measures: what has a value that can be told, each with its unit.
        flags: what can be said to be so, or not.
        quotes: what can be quoted, oldest first.
        open: the messages that wait for an answer, oldest first.
        takes: how long it takes (ms).
    """

    person: str
    person_name: str
    roles: tuple[Option, ...]
    other_roles: tuple[Option, ...]
    acts: tuple[Option, ...]
    groups: tuple[Option, ...]
    bodies_and_roles: tuple[Option, ...]
    people: tuple[Option, ...]
    channels: tuple[Option, ...]
    incidents: tuple[Option, ...]
    steps: tuple[Option, ...]
    measures: tuple[Option, ...]
    flags: tuple[Option, ...]
    quotes: tuple[QuoteView, ...]
    open: tuple[OpenMessageView, ...]
    takes: int
