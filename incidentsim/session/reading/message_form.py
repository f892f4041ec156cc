"""The form of a message: whom somebody can write to, by which channel, and what they can quote and answer."""

from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import AT_WORK, FACILITATOR, MessageAct, MessageSent
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.speaking import known_flags, quotable_injects, quotable_messages
from incidentsim.exports.wording.evidence import flag_words
from incidentsim.exports.wording.said import act_words, receiver_words
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import MessageFormView, OpenMessageView, Option, QuoteView
from incidentsim.session.reading.reader import Reader
from incidentsim.session.session import USUAL

_WAITING: Final = frozenset({MessageAct.ASK, MessageAct.ORDER})
"""What by itself waits for an answer."""


def message_form(reader: Reader, person: str) -> MessageFormView:
    """The form of a message that `person` (a pseudonym) would send now.

    Raises:
        InputError: there is no such person at the keyboard: what others can quote is what reached them.
    """
    session, names = reader.session, reader.names
    exercise, playbook = session.exercise, session.exercise.playbook
    sender = exercise.roster.people.get(person)
    if sender is None or (reader.people and person not in reader.pseudonyms):
        raise InputError(_("Nothing of this kind is on record."))
    held = exercise.roster.roles_of(sender)
    steps = dict.fromkeys(step.do for track in playbook.tracks.values() for step in track.steps if not step.automatic)
    known = quotable_messages(exercise.state, sender, session.now)
    return MessageFormView(
        person=person,
        person_name=names.person(person),
        roles=tuple(Option(role, names.role(role)) for role in held),
        other_roles=tuple(Option(role, names.role(role)) for role in playbook.roles if role not in held),
        acts=tuple(Option(act.value, act_words(act)) for act in MessageAct),
        groups=tuple(Option(name, receiver_words(names, name)) for name in (AT_WORK, FACILITATOR)),
        bodies_and_roles=tuple(Option(one, names.role(one)) for one in (*playbook.bodies, *playbook.roles)),
        people=tuple(Option(name, names.person(name)) for name in exercise.roster.people if name != person),
        channels=tuple(Option(channel, names.role(channel)) for channel in playbook.channels),
        incidents=tuple(Option(incident, names.incident(incident)) for incident in reader.incidents),
        steps=tuple(Option(do, names.step(do)) for do in steps),
        measures=tuple(Option(one.id, names.say(one.title), one.unit) for one in playbook.measures.values()),
        flags=tuple(Option(flag, flag_words(flag)) for flag in known_flags(playbook, exercise.scenario)),
        quotes=_quotes(reader, sender, known),
        open=_open(reader, person, known),
        takes=USUAL,
    )


def _quotes(reader: Reader, sender: Person, known: tuple[MessageSent, ...]) -> tuple[QuoteView, ...]:
    exercise, names, time = reader.session.exercise, reader.names, reader.narrator.time
    quotes: list[tuple[int, QuoteView]] = []
    for name in quotable_injects(exercise.state, sender, reader.session.now):
        delivered = exercise.state.delivered[name]
        from_ = names.inject_sender(name)
        view = QuoteView(name, 0, time(delivered.at), from_, names.inject(name)[0], delivered.incident)
        quotes.append((delivered.at, view))
    for message in known:
        said, by = reader.narrator.narrator.messages.content(message), names.actor(message)
        view = QuoteView("", message.number, time(message.at), by, said, message.incident, message.by.person)
        quotes.append((message.at, view))
    return tuple(view for _at, view in sorted(quotes, key=lambda quote: quote[0]))


def _open(reader: Reader, person: str, known: tuple[MessageSent, ...]) -> tuple[OpenMessageView, ...]:
    answered = {message.answers for message in known if message.by.person == person}
    teller = reader.narrator
    return tuple(
        OpenMessageView(
            number=message.number,
            act=message.act,
            act_words=act_words(message.act),
            time=teller.time(message.at),
            sender=reader.names.actor(message),
            subject=teller.narrator.messages.content(message),
            incident=message.incident,
        )
        for message in known
        if message.act in _WAITING and message.number not in answered and message.by.person != person
    )
