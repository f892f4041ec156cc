"""Those whom people at the table play, and by whom each is played."""

from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import PersonView
from incidentsim.session.seats import names_now


def people_views(reader: Reader) -> tuple[PersonView, ...]:
    """Everybody who is played, in the order of the scenario."""
    session, names = reader.session, reader.names
    hands = session.seats.hands(person.pseudonym for person in session.people)
    player = {name: number for number, hand in enumerate(hands, 1) for name in hand}
    called = names_now(session.workspace)
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
            )
        )
    return tuple(views)
