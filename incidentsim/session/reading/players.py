"""Those whom people at the table play, and by whom each is played."""

from incidentsim.session.reading.reader import Reader
from incidentsim.session.relevance import owes
from incidentsim.session.seat_view import PersonView
from incidentsim.session.seats import names_now
from incidentsim.session.views import inbox


def people_views(reader: Reader) -> tuple[PersonView, ...]:
    """Everybody who is played, in the order of the scenario."""
    session, names = reader.session, reader.names
    hands = session.seats.hands(person.pseudonym for person in session.people)
    player = {name: number for number, hand in enumerate(hands, 1) for name in hand}
    called = names_now(session.workspace)
    duties = session.exercise.state.open_duties.values()
    views = []
    for person in session.people:
        roles, number = session.exercise.roster.roles_of(person), player[person.pseudonym]
        views.append(
            PersonView(
                id=person.id,
                pseudonym=person.pseudonym,
                name=names.person(person.pseudonym),
                roles=roles,
                role_names=tuple(map(names.role, roles)),
                player=number,
                played_by=called.get(number, ""),
                unread=sum(not message.read for message in inbox(session, {person.pseudonym})),
                owed=sum(owes(session.exercise, person, duty.duty, session.now) for duty in duties),
            )
        )
    return tuple(views)
