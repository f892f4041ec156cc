"""Messages at the table: what they cost, who reads them, what can be quoted; a replay of their script is the same."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import AT_WORK, FACILITATOR, FactKind, MessageAct, MessageSent
from incidentsim.domain.interventions import End
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.form_view import MessageFormView
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.pacing import Halt, Pacing
from incidentsim.session.seats import Seats, holders
from incidentsim.session.session import USUAL, Session
from incidentsim.session.view_json import from_json, to_json
from tests.support.examples import examples
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive, snapshot
from tests.support.speech import fitting

SCENARIOS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
LEAD, ADMINISTRATOR = "p2", "p4"
ASKED = Say(LEAD, MessageAct.ASK, (ADMINISTRATOR,), "chat", "leak", text=FreeText("How many are affected?"))


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


@pytest.fixture
def seat(service: Service) -> LocalSeat:
    return LocalSeat(session_on(service, roles=("response_team_lead", "security_administrator")))


def of(session: Session, number: int) -> MessageSent:
    fact = session.facts[number]
    assert isinstance(fact, MessageSent)
    return fact


def test_a_message_costs_the_usual_minute_and_what_is_due_comes_first(service: Service) -> None:
    session = session_on(service)
    session.go_on()
    before, due = session.now, session.exercise.next_due()
    assert due is not None
    acted = session.say(ASKED)
    assert acted.answer is not None
    assert (acted.answer.taken, session.now - before) == (True, USUAL)
    acted = session.say(ASKED, takes=due.due - session.now + MINUTE)
    kinds = [fact.kind for fact in session.facts[acted.since :]]
    assert len(kinds) > 1
    assert kinds[-1] == FactKind.MESSAGE_SENT


def test_what_cannot_be_sent_costs_no_time(service: Service) -> None:
    session = session_on(service)
    session.go_on()
    before = (session.now, len(session.facts))
    with pytest.raises(InputError, match="There is no receiver"):
        session.say(Say(LEAD, MessageAct.ASK, ("nobody",), "chat", text=FreeText("?")))
    assert (session.now, len(session.facts)) == before


def test_a_message_that_the_end_comes_before_has_no_answer(service: Service) -> None:
    session = session_on(service)
    acted = session.say(ASKED, takes=session.exercise.scenario.ends + 1)
    assert (acted.halt, acted.answer) == (Halt.ENDED, None)


def test_live_a_message_costs_no_more_than_it_took(seat: LocalSeat) -> None:
    seat.set_pacing(Pacing(live=True))
    before = seat.session.now
    assert seat.say(ASKED).taken
    assert seat.session.now == before


def test_injects_escalations_and_messages_are_read_in_one_inbox_with_their_senders(service: Service) -> None:
    seat = LocalSeat(
        session_on(
            service, roles=("response_team_lead", "security_administrator", "business_manager", "leading_group_head")
        )
    )
    seat.go_on()
    asked = seat.say(ASKED)
    number = of(seat.session, asked.answer or 0).number
    answer = Say(ADMINISTRATOR, MessageAct.ANSWER, (LEAD,), "chat", "leak", answers=number, flags={"unlawful": True})
    seat.say(answer)
    seat.wait(5 * 60 * MINUTE)
    inbox = seat.view("en").inbox
    assert [message.number for message in inbox] == sorted(message.number for message in inbox)
    kinds = {seat.session.facts[message.number].kind for message in inbox}
    assert kinds == {FactKind.INJECT_DELIVERED, FactKind.ESCALATED, FactKind.MESSAGE_SENT}
    told_of = [seat.session.facts[message.number] for message in inbox if message.message is not None]
    assert [fact.because is not None for fact in told_of if isinstance(fact, MessageSent)].count(False) == 2
    question, answered = (message for message in inbox if message.act in {MessageAct.ASK, MessageAct.ANSWER})
    assert question.number == asked.answer
    assert (question.message, question.act, question.thread) == (number, MessageAct.ASK, number)
    assert question.subject == f"Question M{number}: “How many are affected?”"
    assert "(" in question.sender, "the role of the sender is told"
    assert (answered.answers, answered.thread) == (number, number)
    assert "it is unlawful" in answered.body
    assert all(m.sender.startswith("Escalation matrix: ") for m in inbox if m.told_of)
    assert all(not m.sender for m in inbox if m.message is None and not m.told_of), "no inject here says who sends it"


def test_of_a_message_to_others_not_even_that_it_was_sent_is_known(service: Service) -> None:
    seat = LocalSeat(session_on(service, roles=("response_team_lead", "security_administrator"), mode="hot_seat"))
    seat.sit_down(ADMINISTRATOR)
    secret = Say(LEAD, MessageAct.INFORM, (FACILITATOR,), "phone", "leak", text=FreeText("between us"))
    number = seat.say(secret).answer
    assert number is not None
    view = seat.view("en")
    assert "between us" not in json.dumps(to_json(view))
    assert number not in {entry.number for entry in view.log.entries}
    with pytest.raises(InputError):
        seat.fact(number, "en")
    seat.sit_down(LEAD)
    assert "between us" in json.dumps(to_json(seat.view("en"))), "whoever sent it may read it"


def test_the_facilitator_reads_what_is_sent_to_others(service: Service) -> None:
    seat = LocalSeat(session_on(service, mode="facilitated"))
    number = seat.say(Say(LEAD, MessageAct.INFORM, (FACILITATOR,), "phone", "leak", text=FreeText("between us"))).answer
    assert "between us" in json.dumps(to_json(seat.console_fact(number or 0, "en")))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_says_who_can_be_addressed_and_what_can_be_quoted(seat: LocalSeat, language: str) -> None:
    told = "en" if language == "en" else "zh"
    seat.go_on()
    seat.say(ASKED)
    form = seat.message_form(ADMINISTRATOR, "en" if told == "en" else "zh")
    assert from_json(MessageFormView, json.loads(json.dumps(to_json(form)))) == form
    assert [option.value for option in form.groups] == [AT_WORK, FACILITATOR]
    assert ADMINISTRATOR not in {option.value for option in form.people}
    assert [option.value for option in form.acts] == [act.value for act in MessageAct]
    assert [option.value for option in form.roles] == ["security_administrator"]
    asked = seat.session.exercise.state.messages_sent
    assert (asked, "") in {(quote.message, quote.inject) for quote in form.quotes}
    assert [question.number for question in form.open] == [asked]
    assert form.takes == USUAL
    for option in (*form.bodies_and_roles, *form.channels, *form.steps, *form.measures):
        assert option.words
    mine = seat.message_form(LEAD, "en")
    assert asked in {quote.message for quote in mine.quotes}, "one may quote what one said"
    assert not mine.open
    seat.say(Say(ADMINISTRATOR, MessageAct.ANSWER, (LEAD,), "chat", "leak", answers=asked))
    assert not seat.message_form(ADMINISTRATOR, "en").open


def test_the_form_of_nobody_is_refused(seat: LocalSeat) -> None:
    with pytest.raises(InputError):
        seat.message_form("p99", "en")


def test_time_stops_for_whoever_gets_a_message_and_for_a_facilitator(service: Service) -> None:
    from incidentsim.session.relevance import Attention

    session = session_on(service)
    number = session.say(ASKED).answer
    assert number is not None
    facts = [number.fact]
    assert Attention(session.exercise, {ADMINISTRATOR}).is_relevant(facts)
    assert not Attention(session.exercise, {LEAD}).is_relevant(facts)
    told = session.say(Say(LEAD, MessageAct.ASK, (FACILITATOR,), "chat", text=FreeText("What now?"))).answer
    assert told is not None
    assert Attention(session.exercise, {LEAD}).is_relevant([told.fact])


def test_a_session_with_messages_replays_to_the_same_facts() -> None:
    speak_and_replay([(number, number % 3) for number in range(1, 13)], "false-alarm")


@pytest.mark.slow
@examples(20)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 5)), min_size=1, max_size=8), st.sampled_from(SCENARIOS))
def test_whatever_is_said_a_session_replays_to_the_same_facts_and_is_taken_up_where_it_was_left(
    said: list[tuple[int, int]], scenario: str
) -> None:
    speak_and_replay(said, scenario)


def speak_and_replay(said: list[tuple[int, int]], scenario: str) -> None:
    """Say something (a number) after so many turns, over and over; then take up the run, end it and replay it."""
    service = service_on(MemoryStore())
    known = service.library.playable(scenario)
    seats = Seats(holders(known.playbook, known.scenario, known.roles[:5]), "facilitated")
    session = service.exercises.open_session(scenario, seats)
    for number, turns in said:
        drive(session, most=turns)
        if session.ended:
            break
        person = session.people[number % len(session.people)].pseudonym
        session.say(fitting(session.exercise, person, number))
    left, facts = snapshot(session), session.facts
    run, ended = session.run or "", session.ended
    session.close()
    if not ended:
        anew = service.exercises.take_up(run)
        assert snapshot(anew) == left
        assert anew.exercise.state.messages == session.exercise.state.messages
        drive(anew)
        if not anew.ended:
            anew.intervene(End())
        facts = anew.facts
        anew.close()
    assert any(isinstance(fact, MessageSent) for fact in facts)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "script.yaml"
        file.write_bytes(service.exports.script(run))
        replayed = service.exercises.replay(file)
    assert [fact.to_json() for fact in replayed.facts] == [fact.to_json() for fact in facts]
    assert replayed.report.outcome_digest == service.records.show(run).report.outcome_digest
