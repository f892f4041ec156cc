"""What a bot refers to in a text is shown as far as the viewer has read it."""

import pytest

from incidentsim.composition import service
from incidentsim.domain.facts import StepTaken
from incidentsim.domain.references import WITHHELD, references_of
from incidentsim.session.pacing import Halt
from incidentsim.session.seats import Seats
from incidentsim.session.sights.sight import Sight, viewer_of
from tests.support.shipped import scenario


@pytest.mark.parametrize(("name", "person"), [("number-masking-leak", "ma"), ("ransomware-at-dawn", "nair")])
def test_nobody_is_shown_what_rests_on_something_they_have_not_read(name: str, person: str) -> None:
    people = scenario(name).people
    played = people[person]
    session = service(record=False).exercises.open_session(name, Seats(frozenset({played.pseudonym})))
    for _turn in range(150):
        if session.ended or session.step().halt is Halt.YOUR_TURN:
            break
    assert not session.ended
    sight = Sight(session, viewer_of(session, session.people))
    read = {inject for about in scenario(name).incidents for inject in _read(sight, played.pseudonym, about)}
    shown = [
        reference
        for fact in sight.facts
        if isinstance(fact, StepTaken)
        for value in fact.content.values()
        for reference in references_of(value) or ()
    ]
    assert {reference.rests_on for reference in shown} - {""} <= read
    assert WITHHELD in shown


def _read(sight: Sight, person: str, incident: str) -> set[str]:
    return set(sight.session.exercise.state.hearing.injects(person, incident))
