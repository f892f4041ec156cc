"""Writing messages in plain mode: everything that is asked can be answered by numbers or names, and left."""

import io

import pytest

from incidentsim.domain.facts import AT_WORK, Actor, FactKind, MessageAct, MessageSent
from incidentsim.domain.text import FreeText, Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.seats import Mode
from tests.support.dialogues import Played, played
from tests.support.screens import service_on, session_on

LEAD, MEMBER = "p2", "p3"


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


def told(service: Service, answers: list[str], language: Language = "en", mode: Mode = "solo") -> Played:
    roles = ("response_team_lead", "response_team_member")
    return played(service, session_on(service, roles=roles, mode=mode), answers, language)


def sent(outcome: Played) -> list[MessageSent]:
    """What somebody sent of their own accord."""
    return [fact for fact in outcome.session.facts if isinstance(fact, MessageSent) and fact.because is None]


def test_a_question_and_its_answer_are_written_line_by_line(service: Service) -> None:
    question = ["", "ask response_team_member", "1", "", "3", "How many?", "Since when?", ".", "send"]
    answer = ["answer 林", "2", "answer gu yan", "2", "", "", "users_affected=12, unlawful=no", "chat", "", "send"]
    outcome = told(service, [*question, *answer, "quit"])
    asked, answered = sent(outcome)
    assert (asked.act, asked.by, asked.to, asked.channel, asked.incident) == (
        MessageAct.ASK, Actor(LEAD, "response_team_lead"), ("response_team_member",), "chat", "leak",
    )  # fmt: skip
    assert asked.text == FreeText("How many?\nSince when?")
    assert (answered.answers, answered.persons, answered.text) == (2, (LEAD,), None)
    assert (answered.measures, answered.flags) == ({"users_affected": 12}, {"unlawful": False})
    assert "“林” is none of those offered" in outcome.told
    transcript = " ".join(outcome.told.split())
    assert "chat from Gu Yan (Response team lead) to Tang Yue: Question M2: “How many? Since when?”" in transcript
    assert "chat from Tang Yue (Response team member) to Gu Yan: Answer M3: users affected: 12" in transcript


def test_an_order_names_a_step_and_minutes(service: Service) -> None:
    outcome = told(service, ["", "order everybody", "1", "confirm", "soon", "20", "", "", "1", "", "send", "quit"])
    (order,) = sent(outcome)
    assert (order.do, order.to) == ("confirm", (AT_WORK,))
    assert order.due is not None
    assert order.due - order.at == 19 * 60_000, "the minute that writing took is over"
    assert "Say a whole number of minutes." in outcome.told


def test_a_decision_needs_its_reason_and_can_be_left(service: Service) -> None:
    left, sent_then = (
        ["decide leading_group", "1", "back"],
        ["decide cto", "1", "", "", "1", "", "We stop.", ".", "send"],
    )
    outcome = told(service, ["", *left, *sent_then, "quit"])
    (decision,) = sent(outcome)
    assert (decision.act, decision.text) == (MessageAct.DECIDE, FreeText("We stop."))
    assert "Left; what was written is kept." in outcome.told
    assert "Say something: the message is empty." in outcome.told


def test_what_reached_one_can_be_passed_on(service: Service) -> None:
    answers = ["forward cto", "", "", "", "", "", "inbox", "forward cto", "1", "", "1", "", "send", "quit"]
    session = session_on(service, roles=("response_team_lead",))
    outcome = played(service, session, answers)
    assert "Nothing has reached you yet that could be forwarded." in outcome.told
    (forwarded,) = sent(outcome)
    assert (forwarded.act, len(forwarded.injects)) == (MessageAct.FORWARD, 1)


def test_without_receivers_named_they_are_asked_for_in_chinese_too(service: Service) -> None:
    outcome = told(service, ["", "告知", "1", "1、主持人", "", "", "2", "请注意。", "。", "发送", "退出"], "zh")
    (message,) = sent(outcome)
    assert message.to == (AT_WORK, "@facilitator")
    assert "告知 M2：“请注意。”" in "".join(outcome.told.split("\n"))


def test_no_input_leaves_a_message_unsent_wherever_it_ends(service: Service) -> None:
    whole = ["", "decide cto", "1", "", "", "1", "We stop.", ".", "send"]
    for length in range(1, len(whole)):
        assert not sent(told(service, whole[:length]))
    assert sent(told(service, whole))


def test_where_bots_play_everybody_nobody_writes(service: Service) -> None:
    outcome = played(service, session_on(service, roles=(), mode="facilitated"), io.StringIO("ask cto\nquit\n"))
    assert not [fact for fact in outcome.session.facts if fact.kind == FactKind.MESSAGE_SENT]


def test_whoever_holds_several_roles_says_in_which_one_they_write(service: Service) -> None:
    session = session_on(service, roles=("information_security_supervisor",))
    answers = ["", "tell cto", "infosec_team_member", "", "", "", "It goes on.", ".", "send", "quit"]
    outcome = played(service, session, answers)
    (message,) = sent(outcome)
    assert message.by.role == "infosec_team_member"
    assert "In which role?" in outcome.told
    assert "In which role?" not in told(service, ["", "ask cto", "1", "back", "quit"]).told, "they hold one each"


def test_what_stands_in_a_draft_and_may_be_empty_is_emptied_by_a_hyphen(service: Service) -> None:
    """What is needed is not: a hyphen there is no answer, or words like others."""
    begun = ["", "order everybody", "1", "confirm", "20", "1", "users_affected=12", "1", "At once", ".", "back"]
    (order,) = sent(told(service, [*begun, "order everybody", "", "", "-", "-", "-", "", "-", "send", "quit"]))
    assert (order.do, order.due, order.injects, order.measures, order.text) == ("confirm", None, (), {}, None)
