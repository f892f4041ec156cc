"""What messages said of a yes or no that has to be judged, by what reached somebody: never what is true."""

from collections.abc import Iterator, Mapping

from incidentsim.domain.facts import MessageSent
from incidentsim.exports.wording.evidence import flag_said
from incidentsim.messages import gettext as _
from incidentsim.session.procedure.view import StatementView
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.senders import source_words
from incidentsim.session.views import inbox


def statements_of(reader: Reader, incident: str) -> tuple[StatementView, ...]:
    """Return what was said of an incident to whoever sits there, newest first; what is said again stands once."""
    state = reader.session.exercise.state
    said: dict[tuple[str, bool], StatementView] = {}
    for message in reversed(inbox(reader.session, reader.pseudonyms or None)):
        if not isinstance(message.fact, MessageSent):
            continue
        for flag, holds in _carried(state.messages, message.fact, incident, set()):
            source = source_words(reader, message)
            words = _("{value} · {source}").format(value=flag_said(flag, holds=holds), source=source)
            said.setdefault((flag, holds), StatementView(flag, holds=holds, words=words, number=message.number))
    return tuple(said.values())


def _carried(
    messages: Mapping[int, MessageSent], fact: MessageSent, incident: str, read: set[int]
) -> Iterator[tuple[str, bool]]:
    """What a message says of an incident itself, and what those that it quotes say."""
    if fact.incident == incident:
        yield from fact.flags.items()
    for number in fact.messages:
        if number in messages and number not in read:
            read.add(number)
            yield from _carried(messages, messages[number], incident, read)
