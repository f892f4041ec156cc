"""What bots read of an exercise's facts: what was done, what distracts, who asked what."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import MessageAct
from incidentsim.domain.scenario import Inject, Part, Scenario, Shown
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.bots.history import LONG_AGO, History
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.play import play_with_bots, wait_until
from tests.support.small import IT, act, small_playbook, small_scenario, text


def message(name: str, minute: int, to: str, part: Part | None = None, *shows: Shown) -> Inject:
    return Inject(name, (to,), "alert", text(name), at=minute * MINUTE, incident="one", part=part, shows=shows)


def story(*injects: Inject) -> Scenario:
    return small_scenario(injects=(*small_scenario().injects, *injects))


def until(scenario: Scenario, minute: int) -> Exercise:
    exercise = Exercise(CompiledPlaybook(small_playbook()), scenario)
    exercise.begin()
    wait_until(exercise, minute * MINUTE)
    return exercise


def history(exercise: Exercise) -> History:
    found = History(exercise.compiled, exercise.scenario)
    found.read(exercise.state)
    return found


def test_what_distracts_weighs_on_whom_it_reaches_from_when_it_comes() -> None:
    noise = replace(message("n", 5, "expert", "noise"), incident=None)
    told = [noise, message("h", 10, "expert", "red_herring"), message("c", 15, "chief", "contradiction")]
    found = history(until(story(*told, message("real", 1, "expert", "spread")), 20))
    assert found.load("p2", 0) == 3
    assert found.load("p2", 5 * MINUTE) == 3
    assert found.load("p2", 5 * MINUTE + 1) == 2
    assert found.load("p3", 0) == 2
    assert found.load("p1", 0) == 0


def test_each_step_is_noted_with_its_moment_and_what_it_found() -> None:
    exercise = until(story(), 2)
    assert history(exercise).files["one"].graded == LONG_AGO
    exercise.act(act("p1", "tell", what=IT), MINUTE)
    number = exercise.state.sequence
    exercise.act(act("p2", "accept", level=2), 5 * MINUTE)
    file = history(exercise).files["one"]
    assert file.taken["accept"] == file.graded == (5 * MINUTE, number)
    assert file.entered["main"] == ((5 * MINUTE, number), {"incident": True})
    assert file.injects == ["alert"]


def test_a_question_is_noted_and_who_has_answered_it() -> None:
    exercise = until(story(), 2)
    exercise.say(Say("p1", MessageAct.ASK, ("p2",), "alert", text=FreeText("Who?")), 2 * MINUTE)
    assert list(history(exercise).questions) == [1]
    assert history(exercise).answered == {}
    exercise.say(Say("p2", MessageAct.ANSWER, ("p1",), "alert", answers=1), 3 * MINUTE)
    assert history(exercise).answered == {1: {"p2"}}


@given(st.integers(0, 50))
def test_reading_bit_by_bit_comes_to_the_same_as_reading_at_once(seed: int) -> None:
    users = Shown("measure", "users", 3)
    told = (message("m", 1, "expert", "noise", users), message("late", 30, "chief", None, users))
    exercise = Exercise(CompiledPlaybook(small_playbook()), replace(story(*told), seed=seed))
    facts = play_with_bots(exercise)
    again = Exercise(exercise.compiled, exercise.scenario)
    bit_by_bit = History(again.compiled, again.scenario)
    for fact in facts:
        again.resume([fact])
        bit_by_bit.read(again.state)
    assert {**vars(bit_by_bit), "_compiled": None} == {**vars(history(exercise)), "_compiled": None}
