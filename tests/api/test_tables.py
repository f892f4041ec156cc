"""An exercise played from Python, role by role."""

from collections.abc import Iterator
from typing import Any

import pytest

import incidentsim
from incidentsim import Table
from incidentsim.domain.facts import MessageSent
from tests.support.facts import acting

REPORT: Any = {"channel": "email", "nature": "SMS flood", "scope": "tenant T-8841", "severity": "unknown yet"}


@pytest.fixture
def table() -> Iterator[Table]:
    with incidentsim.play("false-alarm", roles=["discoverer"]) as opened:
        yield opened


def test_whoever_plays_is_named_by_role_and_not_by_pseudonym(table: Table) -> None:
    assert [person.roles for person in table.people] == [("discoverer",)]
    assert table.go_on() is incidentsim.Halt.MATTERS
    assert table.incidents == ("flood",)
    assert [message.channel for message in table.inbox()] == ["alert"]
    assert [offer.step.do for offer in table.offers() if offer.open] == ["discover"]
    answer = table.act("discover", found_through="monitoring_alarm")
    assert answer.taken
    assert answer.fact is table.facts[answer.number]
    assert acting(answer.fact) == (table.people[0].pseudonym, "discoverer")
    assert [owed.duty for owed in table.duties() if owed.mine] == ["report-at-once"]


def test_one_role_need_not_be_put_into_a_list() -> None:
    with incidentsim.play("false-alarm", roles="discoverer") as opened:
        assert [person.roles for person in opened.people] == [("discoverer",)]


def test_a_step_takes_its_usual_time_or_what_is_said(table: Table) -> None:
    table.go_on()
    table.act("discover", found_through="monitoring_alarm", takes=1_000)
    assert table.now == 1_000
    table.act("report", **REPORT)
    assert table.now == 301_000


def test_a_refusal_is_an_answer_and_no_error(table: Table) -> None:
    table.go_on()
    answer = table.act("report", **REPORT)
    assert not answer.taken
    assert answer.fact.kind is incidentsim.FactKind.REFUSED


def test_what_the_procedure_does_not_offer_is_refused_like_any_mistake(table: Table) -> None:
    table.go_on()
    assert not table.act("discover", found_through="hearsay").taken
    assert table.act("discover", found_through="monitoring_alarm").taken
    assert not table.act("report", **{**REPORT, "channel": "chat"}).taken


def test_a_field_that_is_called_like_a_parameter_goes_into_the_content(table: Table) -> None:
    table.go_on()
    assert table.act("discover", content={"found_through": "monitoring_alarm"}).taken


def test_time_passes_as_far_as_is_asked_and_the_run_tells_it_when_the_table_is_closed(table: Table) -> None:
    table.wait(60_000)
    assert table.now == 60_000
    table.close()
    assert not table.run.finished
    assert table.run.facts == tuple(table.facts)
    with pytest.raises(incidentsim.InputError, match="closed"):
        table.go_on()


def test_bots_play_the_others_to_the_end(table: Table) -> None:
    table.go_on()
    table.act("discover", found_through="monitoring_alarm")
    table.act("report", **REPORT)
    while not table.ended and table.go_on() is incidentsim.Halt.MATTERS:
        pass
    actors = {actor[0] for fact in table.facts if (actor := acting(fact)) is not None}
    assert len(actors) > 1
    assert (table.run.outcome_digest or "").startswith("sha256:")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ({"do": "discovr"}, "There is no step discovr; the nearest valid one is discover."),
        (
            {"do": "discover", "found_thru": "x"},
            "There is no field found_thru; the nearest valid one is found_through.",
        ),
        (
            {"do": "discover", "role": "discoverr", "found_through": "monitoring_alarm"},
            "There is no role discoverr; the nearest valid one is discoverer.",
        ),
        ({"do": "discover", "incident": "floods"}, "There is no incident floods; the nearest valid one is flood."),
    ],
    ids=["step", "field", "role", "incident"],
)
def test_an_unknown_name_is_answered_with_the_nearest_and_changes_nothing(
    act: dict[str, Any], said: str, table: Table
) -> None:
    table.go_on()
    before = tuple(table.facts)
    with pytest.raises(incidentsim.UnknownNameError) as caught:
        table.act(**act)
    assert str(caught.value) == said
    assert tuple(table.facts) == before


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ({"do": "discover", "role": "legal_counsel"}, "Nobody at this table is legal_counsel; played are: discoverer."),
        ({"do": "discover", "found_through": ""}, "found_through: This is needed."),
    ],
    ids=["somebody else's role", "nothing filled in"],
)
def test_what_cannot_be_meant_is_an_error(act: dict[str, Any], said: str, table: Table) -> None:
    table.go_on()
    with pytest.raises(incidentsim.InputError) as caught:
        table.act(**act)
    assert str(caught.value) == said


def test_where_there_are_several_incidents_one_is_named() -> None:
    with incidentsim.play("two-fires") as opened:
        while len(opened.incidents) < 2:
            opened.go_on()
        with pytest.raises(incidentsim.InputError, match="Say which incident it is about"):
            opened.offers()
        assert opened.offers(opened.incidents[1])


def test_of_the_people_played_the_one_who_may_takes_the_step() -> None:
    with incidentsim.play("false-alarm", roles=["business_manager", "discoverer"]) as opened:
        opened.go_on()
        answer = opened.act("discover", found_through="log_review")
        assert answer.taken
        assert acting(answer.fact) == ("p1", "discoverer")
        as_manager = opened.act("report", role="business_manager", **REPORT)
        assert not as_manager.taken
        assert acting(as_manager.fact) == ("p10", "business_manager")


def test_people_at_the_table_speak_to_each_other(table: Table) -> None:
    table.go_on()
    answer = table.say(
        "ask", ["response_team_lead", "@incident"], "Is it ours?", channel="chat", quotes=["gateway-alert"]
    )
    sent = answer.fact
    assert answer.taken
    assert isinstance(sent, MessageSent)
    assert (sent.act, sent.by.person, sent.incident, sent.channel) == ("ask", "p1", "flood", "chat")
    assert sent.injects == ("gateway-alert",)
    assert table.now == 60_000
    own = table.say("inform", "gu", "Nothing yet.", role="cto", takes=0).fact
    assert isinstance(own, MessageSent)
    assert own.pretended, "the table plays no CTO"
    assert own.to == ("p2",), "people may be named by their id"


@pytest.mark.parametrize(
    ("act", "to", "sentence"),
    [
        ("tell", "cto", "There is no act tell"),
        ("ask", "nobody", "There is no receiver nobody"),
        ("ask", [], "Say whom"),
    ],
)
def test_a_message_that_cannot_be_sent_is_said_to_be(table: Table, act: str, to: str, sentence: str) -> None:
    with pytest.raises(incidentsim.InputError, match=sentence):
        table.say(act, to, "Hello?")


def test_hints_are_asked_for_where_a_coach_helps() -> None:
    with incidentsim.play("number-masking-leak", roles="response_team_lead", coach=True) as coached:
        coached.go_on(past_deadlines=False)
        assert coached.hint()[-1].startswith("Actions: ")
        coached.hint()
        assert "请办理：“确认属于信息安全事件”，身份：响应小组组长。" in coached.hint("zh")
        with pytest.raises(incidentsim.InputError, match="All hints about it were given"):
            coached.hint()


def test_without_a_coach_there_are_no_hints(table: Table) -> None:
    table.go_on()
    with pytest.raises(incidentsim.InputError, match="No coach helps here"):
        table.hint()
