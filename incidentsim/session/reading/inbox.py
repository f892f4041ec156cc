"""What reached whoever sits at the keyboard."""

from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import InboxMessage
from incidentsim.session.sentences import channel, message_words
from incidentsim.session.views import inbox


def inbox_messages(reader: Reader) -> tuple[InboxMessage, ...]:
    """Their messages, oldest first; where nobody is played, what reached anybody."""
    narrator, names = reader.narrator, reader.names
    found = []
    for message in inbox(reader.session, reader.pseudonyms or None):
        subject, body = message_words(narrator, message)
        found.append(
            InboxMessage(
                number=message.number,
                at=message.at,
                day=narrator.day(message.at),
                time=narrator.time(message.at),
                channel=channel(narrator, message.channel),
                to=names.listed(names.person(person) for person in message.to),
                incident=message.incident,
                subject=subject,
                body=body,
                told_of=message.inject is None,
                read=message.read,
            )
        )
    return tuple(found)
