"""Whom nobody plays: bots answer for them where nobody facilitates; else the facilitator does, as any of them."""

import json

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import MessageAct, MessageSent
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.form_view import MessageFormView
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.view_json import from_json, to_json
from tests.support.screens import service_on, session_on
from tests.support.shipped import scenario

STORY = "number-masking-leak"
LEAD, CLIENT = scenario(STORY).people["gu"].pseudonym, scenario(STORY).people["client"].pseudonym
COLLEAGUE = scenario(STORY).people["tang"].pseudonym


def asked(mode: str, person: str = CLIENT) -> LocalSeat:
    """A seat from which somebody was asked, ten minutes later."""
    session = session_on(service_on(MemoryStore()), STORY, mode="facilitated" if mode == "facilitated" else "solo")
    session.step()
    session.say(Say(LEAD, MessageAct.ASK, (person,), "phone", "leak", text=FreeText("What do you see?")))
    session.live_to(session.now + 10 * MINUTE)
    return LocalSeat(session)


def answers(seat: LocalSeat, person: str) -> list[MessageSent]:
    facts = [fact for fact in seat.session.facts if isinstance(fact, MessageSent) and fact.act is MessageAct.ANSWER]
    return [fact for fact in facts if fact.by.person == person]


def test_where_nobody_facilitates_bots_answer_for_people_outside() -> None:
    (answer,) = answers(asked("solo"), CLIENT)
    assert answer.to == (LEAD,)


def test_where_somebody_facilitates_people_outside_are_left_to_them_and_colleagues_to_bots() -> None:
    assert answers(asked("facilitated"), CLIENT) == []
    assert len(answers(asked("facilitated", COLLEAGUE), COLLEAGUE)) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_facilitator_writes_as_whoever_was_asked(language: str) -> None:
    seat = asked("facilitated")
    spoken = "en" if language == "en" else "zh"
    first, *others = seat.speakers("en" if spoken == "en" else "zh")
    assert (first.pseudonym, first.unread) == (CLIENT, 1)
    assert LEAD not in {person.pseudonym for person in others}
    assert all(person.name and not person.unread for person in others)
    form = seat.speaker_form(CLIENT, "en" if spoken == "en" else "zh")
    assert from_json(MessageFormView, json.loads(json.dumps(to_json(form)))) == form
    assert [question.number for question in form.open] == [1]
    words = FreeText("Numbers that nobody else has.")
    seat.say(Say(CLIENT, MessageAct.ANSWER, (LEAD,), "phone", "leak", answers=1, text=words))
    (answer,) = answers(seat, CLIENT)
    assert (answer.text, answer.pretended, answer.persons) == (words, False, (LEAD,))
    assert not any(person.unread for person in seat.speakers("en"))


def test_the_facilitator_does_not_write_for_whom_people_play() -> None:
    seat = asked("facilitated")
    with pytest.raises(InputError, match="Somebody at the table plays them"):
        seat.speaker_form(LEAD, "en")
    with pytest.raises(InputError):
        seat.speaker_form("p99", "en")


def test_where_nobody_facilitates_nobody_writes_for_others() -> None:
    seat = asked("solo")
    with pytest.raises(InputError):
        seat.speakers("en")
    with pytest.raises(InputError):
        seat.speaker_form(CLIENT, "en")
