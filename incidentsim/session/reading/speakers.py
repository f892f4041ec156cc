"""Those whom nobody plays: the facilitator writes as any of them, people outside above all."""

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.scenario import Person
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import MessageFormView
from incidentsim.session.reading.message_form import message_form
from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import PersonView


def speakers(reader: Reader) -> tuple[PersonView, ...]:
    """Everybody whom nobody plays: first whoever was asked and has not answered, then people outside, then others."""
    exercise, names = reader.session.exercise, reader.names
    views: list[tuple[bool, bool, int, PersonView]] = []
    for person in exercise.roster.people.values():
        if person.pseudonym in reader.session.course.played:
            continue
        roles, asked = exercise.roster.roles_of(person), _unanswered(reader, person)
        called = _(", ").join([names.person(person.pseudonym), *map(names.role, roles)])
        if asked:
            called = _("{name} – asked, and has not answered").format(name=called)
        outside = all(exercise.playbook.roles[role].outside for role in roles)
        view = PersonView(person.id, person.pseudonym, called, roles, tuple(map(names.role, roles)), unread=asked)
        views.append((not asked, not outside, len(views), view))
    return tuple(ordered[3] for ordered in sorted(views, key=lambda ordered: ordered[:3]))


def speaker_form(reader: Reader, person: str) -> MessageFormView:
    """The form of a message that somebody (a pseudonym) whom nobody plays would send now.

    Raises:
        InputError: there is no such person, or people at the table play them.
    """
    if person in reader.session.course.played:
        raise InputError(_("Somebody at the table plays them, and writes for them."))
    return message_form(reader, person)


def _unanswered(reader: Reader, person: Person) -> int:
    """How many questions have reached a person to which nobody has answered."""
    messages = reader.session.exercise.state.messages.values()
    answered = {message.answers for message in messages}
    return sum(
        message.act is MessageAct.ASK and person.pseudonym in message.receivers and message.number not in answered
        for message in messages
    )
