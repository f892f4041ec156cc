"""Bots say what others need and what they are asked: experts always, novices not always."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import AT_WORK, FACILITATOR, Fact, MessageAct, MessageSent
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Inject, Person, Scenario, ScriptedMessage, Shown
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.running.deciders import ScriptDecider
from tests.support.examples import examples
from tests.support.play import play, play_with_bots
from tests.support.shipped import NAMES, procedure, scenario, without_script
from tests.support.small import small_playbook, small_scenario, text

ROLES = ("watcher", "expert", "chief", "vice", "board")
NOVICE, EXPERT = 0, 100


def told(name: str, minute: int, to: str, *shows: Shown, **more: object) -> Inject:
    made = Inject(name, (to,), "alert", text(name), at=minute * MINUTE, incident="one", shows=shows)
    return replace(made, **more)  # type: ignore[arg-type]  # names fields of Inject


def flag(value: int) -> Shown:
    return Shown("flag", "incident", value)


def users(value: int) -> Shown:
    return Shown("measure", "users", value)


def story(*injects: Inject, proficiency: int = EXPERT, **changes: object) -> Scenario:
    return small_scenario(
        injects=(*small_scenario().injects, *injects), proficiency=dict.fromkeys(ROLES, proficiency), **changes
    )


def leisurely(book: Playbook) -> Playbook:
    main = book.tracks["main"]
    takes = {"accept": 30 * MINUTE, "finish": 5 * HOUR}
    slow = tuple(replace(step, takes=takes.get(step.do, step.takes)) for step in main.steps)
    return replace(book, tracks={**book.tracks, "main": replace(main, steps=slow)})


def played(
    subject: Scenario,
    *says: tuple[int, Say],
    played_by: frozenset[str] = frozenset(),
    book: Playbook | None = None,
) -> list[Fact]:
    """The facts of a play by bots in which somebody says something, at some minutes."""
    exercise = Exercise(CompiledPlaybook(leisurely(book or small_playbook())), subject)
    script = ScriptDecider((), asides=tuple(ScriptedMessage(minute * MINUTE, say, 0) for minute, say in says))
    return play(exercise, script, BotDecider(script, played=played_by))


def said(facts: list[Fact]) -> list[MessageSent]:
    return [fact for fact in facts if isinstance(fact, MessageSent) and isinstance(fact.grounds, Because)]


def ask(*to: str, **more: object) -> Say:
    question = Say("p3", MessageAct.ASK, to, "alert", "one", text=FreeText("What do you know?"))
    return replace(question, **more)  # type: ignore[arg-type]  # names fields of Say


# What others need


def test_whoever_holds_what_the_next_judgement_rests_on_passes_it_on() -> None:
    (message,) = said(played(story(told("letter", 1, "watcher", flag(0)))))
    assert (message.act, message.by.person, message.to, message.persons) == (
        MessageAct.FORWARD, "p1", ("expert",), ("p2",),
    )  # fmt: skip
    assert (message.injects, message.text, message.grounds) == (("letter",), None, Because("needed"))
    assert message.at > MINUTE


@pytest.mark.parametrize("shows", [(), (Shown("flag", "other", 1),)])
def test_what_no_judgement_rests_on_is_not_passed_on(shows: tuple[Shown, ...]) -> None:
    assert said(played(story(told("letter", 1, "watcher", *shows)))) == []


def test_what_the_judge_has_read_is_not_passed_on() -> None:
    assert said(played(story(replace(told("letter", 1, "expert", flag(0)), to=("expert", "watcher"))))) == []


def test_what_belongs_together_goes_in_one_message() -> None:
    letters = told("letter", 1, "watcher", flag(1)), told("figures", 1, "watcher", users(20))
    (message,) = said(played(story(*letters)))
    assert message.injects == ("letter", "figures")


def test_people_are_passed_on_what_they_need_and_are_not_spoken_for() -> None:
    letter = told("letter", 1, "watcher", flag(1))
    (message,) = said(played(story(letter), played_by=frozenset({"p2"})))
    assert message.persons == ("p2",)
    assert said(played(story(letter), played_by=frozenset({"p1"}))) == []


def test_whoever_is_away_passes_it_on_after_their_return() -> None:
    cast = dict(small_scenario().people)
    cast["ann"] = Person("ann", "p1", text("Ann"), ("watcher",), away=((9 * 60, 9 * 60 + 50),))
    (message,) = said(played(story(told("letter", 20, "watcher", flag(1)), people=cast)))
    assert message.at >= 50 * MINUTE


@pytest.mark.parametrize(("back", "handed_over"), [(20, ["p2"]), (24 * 60 - 1, [])])
def test_a_deputy_passes_it_on_to_whoever_returns_and_judges_themselves(back: int, handed_over: list[str]) -> None:
    """Where nobody returns before the deputy has judged, there is nobody to tell."""
    cast = dict(small_scenario().people)
    cast["bob"] = Person("bob", "p2", text("Bob"), ("expert",), away=((9 * 60, (9 * 60 + back) % (24 * 60)),))
    small = small_playbook()
    expert = replace(small.roles["expert"], deputies=("vice",))
    book = replace(small, roles={**small.roles, "expert": expert})
    messages = said(played(story(told("letter", 3, "expert", flag(1)), people=cast), book=book))
    assert [person for message in messages for person in message.persons] == handed_over
    assert all(message.by.person == "p4" and message.at >= back * MINUTE for message in messages)


@given(st.integers(0, 2**31))
def test_an_expert_never_forgets(seed: int) -> None:
    (message,) = said(played(story(told("letter", 1, "watcher", flag(1)), seed=seed)))
    assert message.at < 10 * MINUTE
    assert message.grounds == Because("needed")


def test_a_novice_sometimes_forgets_says_so_and_passes_it_on_when_it_is_too_late() -> None:
    """About as often as novices forget anything; then the judgement was made without it."""
    forgot = in_time = 0
    for seed in range(60):
        facts = played(story(told("letter", 1, "watcher", users(20)), seed=seed, proficiency=NOVICE))
        for message in said(facts):
            assert message.grounds is not None
            forgot += message.grounds.slips == ("forgotten",)
            in_time += not message.grounds.slips and message.at < HOUR
    assert 5 < forgot < 40
    assert in_time > 15


# What they are asked


def test_whoever_is_asked_answers_within_the_usual_minutes_with_what_the_asker_has_not_read() -> None:
    (answer,) = said(played(story(told("letter", 1, "expert")), (5, ask("p2"))))
    assert (answer.act, answer.by.person, answer.to, answer.answers) == (MessageAct.ANSWER, "p2", ("p3",), 1)
    assert (answer.injects, answer.text) == (("letter",), None)
    assert 5 * MINUTE < answer.at < 8 * MINUTE


def test_whoever_knows_nothing_says_so() -> None:
    (answer,) = said(played(story(), (5, ask("p2"))))
    assert (answer.act, answer.injects, answer.messages, answer.text) == (MessageAct.ANSWER, (), (), None)


def test_of_several_the_one_answers_who_knows_most() -> None:
    letters = told("letter", 1, "expert"), told("note", 1, "expert")
    for to in (("p1", "p2"), (AT_WORK,)):
        answers = said(played(story(*letters), (5, ask(*to))))
        assert {answer.injects for answer in answers if answer.by.person == "p2"} == {("letter", "note")}
        assert len(answers) == (2 if len(to) == 2 else 1)


def test_a_role_or_a_body_is_answered_for_once() -> None:
    for name in ("expert", "team"):
        asked = ask(name, person="p1")
        assert len([one for one in said(played(story(), (5, asked))) if one.act is MessageAct.ANSWER]) == 1


def test_a_question_about_nothing_in_particular_is_taken_to_be_about_the_only_incident() -> None:
    (answer,) = said(played(story(told("letter", 1, "expert")), (5, ask("p2", incident=None))))
    assert answer.injects == ("letter",)


def test_nobody_answers_for_people_or_the_facilitator() -> None:
    assert said(played(story(), (5, ask("p2")), played_by=frozenset({"p2"}))) == []
    assert said(played(story(), (5, ask(FACILITATOR, incident=None)))) == []


def test_whoever_is_away_answers_on_return() -> None:
    cast = dict(small_scenario().people)
    cast["bob"] = Person("bob", "p2", text("Bob"), ("expert",), away=((9 * 60, 10 * 60),))
    (answer,) = [one for one in said(played(story(people=cast), (5, ask("p2")))) if one.act is MessageAct.ANSWER]
    assert HOUR < answer.at < HOUR + 3 * MINUTE


@examples(15)
@given(
    seed=st.integers(0, 999),
    proficiency=st.sampled_from([NOVICE, 50, EXPERT]),
    minute=st.integers(0, 40),
    to=st.sampled_from(["p1", "p2", "p4", "expert", "team", AT_WORK]),
)
def test_a_bot_that_is_asked_answers_whatever_its_proficiency(
    seed: int, proficiency: int, minute: int, to: str
) -> None:
    subject = story(told("letter", 1, "watcher", flag(1)), seed=seed, proficiency=proficiency)
    facts = played(subject, (minute, ask(to)))
    question = next((fact for fact in facts if isinstance(fact, MessageSent) and fact.act is MessageAct.ASK), None)
    if question is not None and question.receivers:
        assert [fact.by.person in question.receivers for fact in said(facts) if fact.answers == question.number] == [
            True
        ]


# Nothing is kept in mind


@examples(6)
@given(
    name=st.sampled_from(NAMES),
    proficiency=st.sampled_from([NOVICE, EXPERT]),
    cut=st.floats(0, 1),
    seed=st.integers(0, 99),
)
def test_taken_up_anywhere_a_run_goes_on_as_it_would_have(name: str, proficiency: int, cut: float, seed: int) -> None:
    subject = without_script(scenario(name))
    book = CompiledPlaybook(procedure(subject.playbook))
    subject = replace(subject, seed=seed, proficiency=dict.fromkeys(book.playbook.roles, proficiency))
    facts = play_with_bots(Exercise(book, subject))
    place = round(cut * (len(facts) - 1))
    while place and facts[place].at == facts[place - 1].at:  # steps are recorded as a whole
        place -= 1
    exercise = Exercise(book, subject)
    exercise.resume(facts[:place])
    assert facts[:place] + play_with_bots(exercise) == facts


def test_whoever_sent_what_has_come_answers_with_it() -> None:
    """A customer who complained knows of the complaint, though nobody told them."""
    complaint = replace(told("complaint", 1, "expert"), sender="vice")
    (answer,) = [one for one in said(played(story(complaint), (5, ask("p4")))) if one.act is MessageAct.ANSWER]
    assert (answer.by.person, answer.injects) == ("p4", ("complaint",))
