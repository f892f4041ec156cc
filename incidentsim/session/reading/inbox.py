"""What reached whoever sits at the keyboard: what is new is added, nothing is told twice."""

from dataclasses import replace

from incidentsim.domain.facts import Escalated, InjectDelivered, MessageSent
from incidentsim.session.reading.attached_files import attached_files, attachment_view
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.senders import sender
from incidentsim.session.seat_view import InboxMessage
from incidentsim.session.sentences import channel, message_words
from incidentsim.session.views import READ, Message, inbox


class InboxReading:
    """Reads the inbox of one seat."""

    def __init__(self) -> None:
        self._rests_on: tuple[object, ...] = ()
        self._read = 0
        self._messages: list[InboxMessage] = []

    def messages(self, reader: Reader) -> tuple[InboxMessage, ...]:
        """Their messages, oldest first; where nobody is played, what reached anybody."""
        session = reader.session
        rests_on = (*reader.told_to, len(reader.undone))
        if rests_on != self._rests_on:
            self._rests_on, self._read, self._messages = rests_on, 0, []
        new = inbox(session, reader.pseudonyms or None, since=self._read)
        self._messages += [_told(reader, message) for message in new]
        self._read = len(session.facts)
        read = session.workspace.numbers(READ)
        return tuple(replace(one, read=True) if one.number in read else one for one in self._messages)


def _told(reader: Reader, message: Message) -> InboxMessage:
    narrator, names, fact = reader.narrator, reader.names, message.fact
    sent = fact if isinstance(fact, MessageSent) else None
    subject, body = message_words(narrator, message)
    return InboxMessage(
        number=message.number,
        at=message.at,
        day=narrator.day(message.at),
        time=narrator.time(message.at),
        channel=channel(narrator, message.channel),
        sender=sender(names, fact),
        to=names.listed(names.person(person) for person in message.to),
        incident=message.incident,
        subject=subject,
        body=body,
        told_of=isinstance(fact, Escalated),
        read=False,
        message=sent.number if sent is not None else None,
        act=sent.act if sent is not None else None,
        answers=sent.answers if sent is not None else None,
        thread=_thread(reader, sent) if sent is not None else None,
        inject=fact.inject if isinstance(fact, InjectDelivered) else "",
        attachments=tuple(attachment_view(file) for file in attached_files(reader, fact)),
    )


def _thread(reader: Reader, message: MessageSent) -> int:
    """The number of the message with which the thread of this one began."""
    known, first = reader.session.exercise.state.messages, message
    while first.answers is not None and first.answers in known:
        first = known[first.answers]
    return first.number
