"""Messages: whom they reach, what they carry, what cannot be sent; they move nothing and need no authority."""

from dataclasses import replace
from typing import Literal

import pytest

from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import Happened, Pattern
from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.facts import (
    AT_WORK,
    FACILITATOR,
    Actor,
    FactKind,
    MessageAct,
    MessageSent,
    duty_number_of,
    read_fact,
)
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.interventions import Undo
from incidentsim.domain.playbook import Duty, Measure, Playbook, Within
from incidentsim.domain.scenario import Inject, Person
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.speaking import known_flags
from tests.support.small import act, begun, small_scenario, text

HELLO = FreeText("Hello?")


def say(person: str = "p1", *to: str, **more: object) -> Say:
    plain = Say(person, MessageAct.INFORM, to or ("p2",), "alert", "one", text=HELLO)
    return replace(plain, **more)  # type: ignore[arg-type]  # the caller names fields of Say


def sent(exercise: Exercise, message: Say, at: int = MINUTE) -> MessageSent:
    fact = exercise.say(message, at)[0]
    assert isinstance(fact, MessageSent)
    return fact


def measured(playbook: Playbook) -> Playbook:
    return replace(playbook, measures={"users": Measure("users", text("users"), "count")})


def test_a_message_is_a_fact_with_all_that_it_carries() -> None:
    exercise = begun(change=measured)
    message = say(
        "p1", "expert", act=MessageAct.ORDER, injects=("alert",), measures={"users": 3}, flags={"unlawful": False},
        do="accept", due=9 * MINUTE,
    )  # fmt: skip
    fact = sent(exercise, message)
    assert (fact.number, fact.act, fact.by, fact.to, fact.persons) == (
        1, MessageAct.ORDER, Actor("p1", "watcher"), ("expert",), ("p2",),
    )  # fmt: skip
    assert (fact.injects, fact.measures, fact.flags) == (("alert",), {"users": 3}, {"unlawful": False})
    assert (fact.do, fact.due, fact.text, fact.pretended, fact.because) == ("accept", 9 * MINUTE, HELLO, False, None)
    assert read_fact(fact.to_json()) == fact


def test_messages_move_no_track_and_are_counted() -> None:
    exercise = begun()
    before = dict(exercise.state.incidents["one"].tracks)
    facts = [exercise.say(say(), MINUTE), exercise.say(say("p2", "p1", answers=1), 2 * MINUTE)]
    assert [len(step) for step in facts] == [1, 1]
    assert [message.number for message in exercise.state.messages.values()] == [1, 2]
    assert exercise.state.incidents["one"].tracks == before


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        (("p2",), ["p2"]),
        (("chief", "team"), ["p3", "p2"]),
        (("p2", "expert", "team"), ["p2", "p3"]),
        (("p1", "p3"), ["p3"]),
        ((FACILITATOR,), []),
        ((FACILITATOR, "p4"), ["p4"]),
        (("board",), []),
    ],
)
def test_a_message_reaches_whom_it_is_for_each_once_and_never_its_sender(
    to: tuple[str, ...], reached: list[str]
) -> None:
    assert list(sent(begun(), say("p1", *to)).persons) == reached


def test_whoever_is_at_work_on_the_incident_acted_on_it_heard_of_it_or_owes_something() -> None:
    exercise = begun()
    assert sent(exercise, say("p4", AT_WORK)).persons == ("p1",), "the watcher got the alert and owes the report"
    exercise.act(act("p1", "tell", what=HELLO), 2 * MINUTE)
    exercise.act(act("p2", "accept", level=3), 3 * MINUTE)
    assert sent(exercise, say("p1", AT_WORK), 4 * MINUTE).persons == ("p2", "p3", "p4"), "who accepted, owes, wrote"
    assert sent(exercise, say("p2", "p1", incident=None), 5 * MINUTE).incident is None


def test_absent_receivers_get_it_on_their_return_and_can_quote_it_only_then() -> None:
    people = small_scenario().people
    away = replace(people["bob"], away=((9 * 60, 10 * 60),))
    exercise = begun(small_scenario(people={**people, "bob": away}))
    fact = sent(exercise, say("p1", "p2", "p3"))
    assert (fact.persons, fact.absent, fact.receivers) == (("p3",), ("p2",), ("p3", "p2"))
    quoting = say("p2", "p3", messages=(1,))
    with pytest.raises(InputError, match="M1 has not reached p2"):
        exercise.say(quoting, 2 * MINUTE)
    assert sent(exercise, quoting, 61 * MINUTE).messages == (1,)


def test_a_holder_who_is_away_finds_what_a_colleague_gets() -> None:
    people = small_scenario().people
    eve = Person("eve", "p5", text("Eve"), ("expert",), always_away=True)
    exercise = begun(small_scenario(people={**people, "eve": eve}))
    fact = sent(exercise, say("p1", "expert"))
    assert (fact.persons, fact.absent) == (("p2",), ("p5",))


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (say("p9"), "There is no person p9"),
        (say("p1", "p9"), "There is no receiver p9"),
        (say("p1", "@everybody"), "There is no receiver"),
        (say("p1", "p1"), "somebody other than the sender"),
        (replace(say(), to=()), "Say whom"),
        (say(channel="pigeon"), "There is no channel pigeon"),
        (say(incident="fire"), "There is no incident fire"),
        (say(role="king"), "There is no role king"),
        (say(measures={"phones": 1}), "There is no measure phones"),
        (say(flags={"fun": True}), "There is no flag fun"),
        (say(injects=("nothing",)), "There is no inject nothing"),
        (say("p2", "p1", injects=("alert",)), "alert has not reached p2"),
        (say(messages=(1,)), "There is no message M1"),
        (say(answers=7), "There is no message M7"),
        (say(act=MessageAct.ANSWER), "Say which message"),
        (say(act=MessageAct.FORWARD), "Say what is forwarded"),
        (say(do="tell"), "Only an order"),
        (say(due=MINUTE), "Only an order"),
        (say(act=MessageAct.ORDER, do="dance"), "There is no step dance"),
        (say(act=MessageAct.ORDER, do="tell", due=-1), "outside of the exercise"),
        (say(text=None), "the message is empty"),
        (say(text=FreeText("  ")), "the message is empty"),
        (say("p1", AT_WORK, incident=None), "which incident"),
    ],
)
def test_a_message_that_cannot_be_is_said_to_be_and_changes_nothing(message: Say, sentence: str) -> None:
    exercise = begun()
    before = exercise.state.sequence
    with pytest.raises(InputError, match=sentence):
        exercise.say(message, MINUTE)
    assert exercise.state.sequence == before


@pytest.mark.parametrize(
    ("unit", "value", "sentence"),
    [
        ("count", -1, "whole number from 0"),
        ("money", 2**53, "whole number from 0"),
        ("percent", 101, "from 0 to 100"),
        ("flag", 2, "yes or no"),
        ("duration", 10**16, "a hundred years"),
    ],
)
def test_a_value_fits_the_unit_of_its_measure(
    unit: Literal["count", "money", "percent", "flag", "duration"], value: int, sentence: str
) -> None:
    exercise = begun(
        change=lambda playbook: replace(playbook, measures={"users": Measure("users", text("users"), unit)})
    )
    with pytest.raises(InputError, match=sentence):
        exercise.say(say(measures={"users": value}), MINUTE)
    assert sent(exercise, say(measures={"users": 1})).measures == {"users": 1}


def test_an_unknown_name_says_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="nearest valid one is expert"):
        begun().say(say("p1", "expart"), MINUTE)


def test_a_role_that_is_not_held_is_only_pretended_and_a_deputys_is_not() -> None:
    exercise = begun()
    pretending = sent(exercise, say("p1", "p2", role="chief"))
    assert (pretending.by, pretending.pretended) == (Actor("p1", "chief"), True)
    people = small_scenario().people
    alone = begun(small_scenario(people={**people, "cat": replace(people["cat"], always_away=True)}))
    standing_in = sent(alone, say("p4", "p2", role="chief"))
    assert (standing_in.by, standing_in.pretended) == (Actor("p4", "chief", "vice"), False)
    assert sent(exercise, say("p4", "p2", role="chief"), 2 * MINUTE).pretended, "the chief is there"


def test_one_may_speak_before_anything_has_come_to_notice() -> None:
    scenario = small_scenario(
        injects=(Inject("alert", ("watcher",), "alert", text("x"), at=9 * MINUTE, incident="one", raises=True),)
    )
    fact = sent(Exercise(begun().compiled, scenario), say(incident=None))
    assert (fact.incident, fact.persons) == (None, ("p2",))


def test_duties_and_conditions_hear_of_messages() -> None:
    ordered = Pattern(FactKind.MESSAGE_SENT, act=MessageAct.ORDER, do="accept", by="watcher", to="p2")

    def change(playbook: Playbook) -> Playbook:
        duty = Duty(
            "heed", text("heed"), (ordered,), ("expert",), (Pattern(FactKind.STEP_TAKEN, do="accept"),),
            Within({}, 5 * MINUTE), Basis("assumption"), Basis("assumption"),
        )  # fmt: skip
        return replace(playbook, duties={**playbook.duties, "heed": duty})

    exercise = begun(change=change)
    kinds = [fact.kind for fact in exercise.say(say(act=MessageAct.ORDER), MINUTE)]
    assert kinds == [FactKind.MESSAGE_SENT]
    facts = exercise.say(say("p1", "expert", act=MessageAct.ORDER, do="accept"), 2 * MINUTE)
    assert [fact.kind for fact in facts] == [FactKind.MESSAGE_SENT, FactKind.DUTY_OPENED]
    assert matches(ordered, facts[0])
    assert exercise.state.has_happened(ordered)
    assert Happened(ordered).pattern.parts()["act"] == "order"


def test_the_number_of_a_message_is_not_that_of_a_duty() -> None:
    assert duty_number_of(sent(begun(), say())) is None


def test_what_is_undone_was_not_said_but_its_number_is_not_given_again() -> None:
    exercise = begun()
    exercise.say(say(), MINUTE)
    exercise.say(say("p2", "p1", answers=1), MINUTE)
    exercise.intervene(Undo(FreeText("not so")), MINUTE)
    assert list(exercise.state.messages) == [1], "each message is a step of its own"
    assert sent(exercise, say("p2", "p1", messages=(1,)), 2 * MINUTE).number == 3
    with pytest.raises(InputError, match="There is no message M2"):
        exercise.say(say("p2", "p1", answers=2), 3 * MINUTE)


def test_flags_are_those_that_the_playbook_asks_for_and_the_scenario_knows() -> None:
    assert known_flags(begun().playbook, small_scenario()) == ("incident", "unlawful")
