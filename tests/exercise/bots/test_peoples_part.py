"""What bots leave to people: what these owe or were asked for, and never a story that has not reached them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DutyOpened, ExerciseEnded, Fact, InjectDelivered, MessageAct, StepTaken, actor_of
from incidentsim.domain.interventions import Undo
from incidentsim.domain.playbook import ANYONE, Playbook, Step
from incidentsim.domain.scenario import Inject, Person, Scenario
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.running.runner import execute, next_turn
from tests.support.crowds import Both
from tests.support.examples import examples
from tests.support.play import play
from tests.support.shipped import NAMES, procedure, scenario, without_script
from tests.support.small import small_playbook, small_scenario, text


def seats(name: str) -> list[str]:
    """Those of a shipped story who can be played."""
    subject = scenario(name)
    roles = procedure(subject.playbook).roles
    return [
        person.pseudonym
        for person in subject.people.values()
        if not person.always_away and not all(roles[role].outside for role in person.roles)
    ]


FAST = {"ransomware-at-dawn", "six-people-many-hats"}
SEATS = [
    pytest.param(name, seat, marks=() if name in FAST else pytest.mark.slow) for name in NAMES for seat in seats(name)
]


def idle(name: str, *people: str) -> tuple[Exercise, list[Fact]]:
    """A shipped story in which these people let time pass and do nothing."""
    subject = without_script(scenario(name))
    exercise = Exercise(CompiledPlaybook(procedure(subject.playbook)), subject)
    return exercise, play(exercise, BotDecider(played=frozenset(people)))


def called_on(exercise: Exercise, facts: list[Fact], *people: str) -> bool:
    """Whether they came to owe something, or were the only ones to hear of an incident that nobody had acted on."""
    for number, fact in enumerate(facts):
        if isinstance(fact, DutyOpened) and {*people} & {*exercise.roster.reached(fact.owed_by, fact.at)}:
            return True
        if isinstance(fact, InjectDelivered) and fact.incident is not None and {*fact.to} <= {*people}:
            before = [one for one in facts[:number] if one.incident == fact.incident]
            if not any(actor_of(one) for one in before) and not any(isinstance(one, InjectDelivered) for one in before):
                return True
    return False


@pytest.mark.parametrize(("name", "seat"), SEATS)
def test_whoever_does_nothing_holds_up_only_what_is_theirs(name: str, seat: str) -> None:
    """In every seat of every story: it ends, or waits for somebody who owes something or alone holds the news."""
    exercise, facts = idle(name, seat)
    ended = facts[-1]
    assert isinstance(ended, ExerciseEnded)
    assert ended.reason == "finished" or called_on(exercise, facts, seat)
    for incident in exercise.state.incidents.values():
        first = next(fact for fact in incident.facts if isinstance(fact, InjectDelivered))
        acted = any(actor_of(fact) is not None for fact in incident.facts)
        assert acted or set(first.to) == {seat}, "somebody else holds the news and does nothing"
    assert all(actor is None or actor.person != seat for actor in map(actor_of, facts))


@examples(3)
@given(name=st.sampled_from(NAMES), data=st.data())
def test_so_do_several_who_do_nothing(name: str, data: st.DataObject) -> None:
    people = data.draw(st.lists(st.sampled_from(seats(name)), min_size=2, max_size=8, unique=True))
    exercise, facts = idle(name, *people)
    assert isinstance(facts[-1], ExerciseEnded)
    assert facts[-1].reason == "finished" or called_on(exercise, facts, *people)
    assert all(actor is None or actor.person not in people for actor in map(actor_of, facts))


def test_the_commander_of_the_second_procedure_is_given_command() -> None:
    exercise, facts = idle("ransomware-at-dawn", "p3")
    assert [duty.duty for duty in exercise.state.open_duties.values()][:1] == ["take-command"]
    raised = next(fact for fact in facts if isinstance(fact, StepTaken) and fact.do == "raise_alert")
    assert raised.by is not None
    assert raised.by.person == "p1", "whoever got the alarm raises the alert"
    assert raised.at < 5 * MINUTE


def test_of_two_who_hold_a_role_the_one_who_found_it_goes_on_with_it() -> None:
    """Two people can discover; whoever was not there need not report for the other."""
    exercise, _facts = idle("two-fires", "p1")
    assert exercise.state.incidents["laptop"].tracks["lifecycle"] == "reviewed"
    assert exercise.state.incidents["certificate"].tracks["lifecycle"] == "unnoticed"


@pytest.mark.parametrize("name", sorted(FAST))
def test_both_ways_of_deciding_are_one_beside_people(name: str) -> None:
    """With nothing kept from one turn to the next, the same is left to people."""
    for seat in seats(name)[:4]:
        subject = without_script(scenario(name))
        bots = Both(played=frozenset({seat}))
        play(Exercise(CompiledPlaybook(procedure(subject.playbook)), subject), bots)
        assert bots.turns > 0


def test_taken_up_anywhere_bots_leave_the_same_to_people() -> None:
    played = frozenset({"p4"})
    exercise, facts = idle("six-people-many-hats", *played)
    for place in range(1, len(facts), 7):
        if facts[place].at == facts[place - 1].at:
            continue
        again = Exercise(exercise.compiled, exercise.scenario)
        again.state.fold(facts[:place])
        assert [*facts[:place], *play(again, BotDecider(played=played))] == facts


# Rule by rule, on a small procedure


def with_step(do: str, **changes: object) -> Playbook:
    book = small_playbook()
    track = next(track for track in book.tracks.values() if any(step.do == do for step in track.steps))
    steps = tuple(replace(step, **changes) if step.do == do else step for step in track.steps)  # type: ignore[arg-type]  # names fields of Step
    return replace(book, tracks={**book.tracks, track.id: replace(track, steps=steps)})


def anyone(book: Playbook) -> dict[str, object]:
    return {"by": tuple(book.roles), "by_named": (ANYONE,)}


def taken(book: Playbook, subject: Scenario, *played: str) -> dict[str, str]:
    """Who took which step first, where these people do nothing."""
    facts = play(Exercise(CompiledPlaybook(book), subject), BotDecider(played=frozenset(played)))
    by: dict[str, str] = {}
    for fact in facts:
        if isinstance(fact, StepTaken) and fact.by is not None:
            by.setdefault(fact.do, fact.by.person)
    return by


def told(*to: str, expects: tuple[str, ...] = (), at: int = 0) -> Inject:
    return Inject(f"to-{'-'.join(to)}", to, "alert", text("x"), at=at, incident="one", raises=True, expects=expects)


def without_duties(book: Playbook) -> Playbook:
    return replace(book, duties={}, escalations=())


def test_whoever_holds_the_news_does_what_anyone_may_do() -> None:
    book = without_duties(with_step("tell", **anyone(small_playbook())))
    assert taken(book, small_scenario(injects=(told("expert"),)), "p1")["tell"] == "p2", "not the first of all roles"
    assert "tell" not in taken(book, small_scenario(injects=(told("watcher"),)), "p1"), "nobody else knows of it"
    assert taken(book, small_scenario(injects=(told("watcher"), told("chief", at=HOUR))), "p1")["tell"] == "p3"


def test_what_only_they_were_asked_for_stays_theirs() -> None:
    book = without_duties(with_step("tell", **anyone(small_playbook())))
    asked = told("watcher", expects=("tell",))
    assert "tell" not in taken(book, small_scenario(injects=(asked, told("chief", at=HOUR))), "p1")
    both = told("watcher", "chief", expects=("tell",))
    assert taken(book, small_scenario(injects=(both,)), "p1")["tell"] == "p3", "another was asked as well"


def test_a_message_brings_the_news_and_an_order_asks() -> None:
    """Bob learns of it from Ann, who does nothing herself; what Bob is ordered to do, no other bot does."""
    book = without_duties(with_step("tell", **anyone(small_playbook())))
    exercise = Exercise(CompiledPlaybook(book), small_scenario(injects=(told("watcher"),)))
    exercise.begin()
    exercise.run_next_due()
    assert BotDecider(played=frozenset({"p1"})).propose(exercise) is None
    word = Say("p1", MessageAct.INFORM, ("p2",), "alert", "one", text=FreeText("look"))
    exercise.say(word, MINUTE)
    proposal = BotDecider(played=frozenset({"p1"})).propose(exercise)
    assert proposal is not None
    assert isinstance(proposal.action, Action)
    assert proposal.action.person == "p2"
    exercise.say(replace(word, act=MessageAct.ORDER, to=("p3",), do="tell"), 2 * MINUTE)
    assert BotDecider(played=frozenset({"p1", "p3"})).propose(exercise) is None
    assert BotDecider(played=frozenset({"p1"})).propose(exercise) is not None


def test_what_the_procedure_gives_to_their_role_first_is_theirs() -> None:
    book = without_duties(small_playbook())
    assert "accept" not in taken(book, small_scenario(), "p2")
    assert taken(book, small_scenario(), "p3")["accept"] == "p2", "the expert comes first, the chief may do it too"


def test_what_they_owe_is_theirs_whoever_else_may_do_it() -> None:
    book = small_playbook()
    duty = replace(book.duties["tell-soon"], owed_by=("board",))
    book = replace(with_step("tell", by=("watcher", "board"), by_named=("watcher", "board")), duties={duty.id: duty})
    people = {**small_scenario().people, "eve": Person("eve", "p5", text("Eve"), ("board",))}
    assert "tell" not in taken(book, small_scenario(people=people), "p5")
    assert taken(without_duties(book), small_scenario(people=people), "p5")["tell"] == "p1"


def test_what_somebody_in_the_same_role_has_begun_is_not_theirs() -> None:
    again = Step("again", text("again"), "main", ("told",), "open", small_playbook().tracks["main"].steps[0].basis)
    again = replace(again, by=("watcher",), by_named=("watcher",))
    book = without_duties(small_playbook())
    main = book.tracks["main"]
    book = replace(book, tracks={"main": replace(main, steps=(main.steps[0], again))})
    people = {**small_scenario().people, "eve": Person("eve", "p5", text("Eve"), ("watcher",))}
    subject = small_scenario(people=people, injects=(told("p5"),))
    assert taken(book, subject, "p1") == {"tell": "p5", "again": "p5"}


def test_a_step_is_theirs_only_while_they_are_there() -> None:
    """The expert goes home before the work could be done; the chief, who may do it as well, does it then."""
    people = small_scenario().people
    away = {**people, "bob": replace(people["bob"], away=((9 * 60 + 4, 24 * 60 - 1),))}
    book = without_duties(small_playbook())
    assert taken(book, small_scenario(people=away), "p2")["accept"] == "p3"


def test_what_was_undone_calls_on_nobody() -> None:
    """After the alert is taken back, only whoever has the message knows of it again."""
    subject = without_script(scenario("ransomware-at-dawn"))
    exercise = Exercise(CompiledPlaybook(procedure(subject.playbook)), subject)
    bots = Both(played=frozenset({"p3"}))
    exercise.begin()
    for number in range(8):
        turn = next_turn(exercise, [bots])
        assert turn is not None
        execute(exercise, turn)
        if number in {1, 4}:
            exercise.intervene(Undo(FreeText("a slip")), exercise.state.now)
    assert exercise.state.refolds == 2
