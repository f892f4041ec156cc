"""What people know: a message at once if it reached them, else from the next step that anybody takes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.scenario import Inject, Part, Scenario, Shown
from incidentsim.exercise.bots.knowledge import PASSING_ON, Evidence, known_messages
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.play import play_with_bots, wait_until
from tests.support.small import IT, act, small_playbook, small_scenario, text

BOB, CAT = frozenset({"p2"}), frozenset({"p3"})


def message(name: str, minute: int, to: str, part: Part | None = None, *shows: Shown) -> Inject:
    return Inject(name, (to,), "alert", text(name), at=minute * MINUTE, incident="one", part=part, shows=shows)


def users(value: int) -> Shown:
    return Shown("measure", "users", value)


def story(*injects: Inject) -> Scenario:
    return small_scenario(injects=(*small_scenario().injects, *injects))


def until(scenario: Scenario, minute: int) -> Exercise:
    exercise = Exercise(CompiledPlaybook(small_playbook()), scenario)
    exercise.begin()
    wait_until(exercise, minute * MINUTE)
    return exercise


def evidence(exercise: Exercise) -> Evidence:
    found = Evidence(exercise.compiled, exercise.scenario)
    found.read(exercise.state)
    return found


def known(exercise: Exercise, people: frozenset[str]) -> list[str]:
    return [found.inject.id for found, _place in known_messages(evidence(exercise).files["one"], people)]


def test_a_message_is_known_to_those_whom_it_reaches_and_to_nobody_else() -> None:
    exercise = until(story(message("m", 1, "expert")), 2)
    assert known(exercise, BOB) == ["m"]
    assert known(exercise, CAT) == []


def test_the_next_step_some_minutes_later_makes_it_known_to_all() -> None:
    exercise = until(story(message("m", 1, "expert")), 30)
    exercise.act(act("p1", "tell", what=IT), MINUTE + PASSING_ON)
    assert known(exercise, CAT) == ["alert", "m"]


def test_a_step_right_after_it_does_not_nor_does_time_alone() -> None:
    exercise = until(story(message("m", 1, "expert")), 2)
    exercise.act(act("p1", "tell", what=IT), MINUTE + PASSING_ON - 1)
    wait_until(exercise, 60 * MINUTE)
    assert known(exercise, CAT) == ["alert"]


def test_a_refused_attempt_is_talk_enough() -> None:
    exercise = until(story(message("m", 1, "expert")), 2)
    exercise.act(act("p4", "hide"), 10 * MINUTE)
    assert "m" in known(exercise, CAT)


def test_a_finding_is_doubtful_only_where_a_misleading_part_says_what_is_not_so() -> None:
    told = [
        message("wrong", 1, "expert", "contradiction", users(3)),
        message("herring", 2, "expert", "red_herring", Shown("flag", "incident", 0)),
        message("right", 3, "expert", "contradiction", users(20)),
        message("early", 4, "expert", "late_evidence", users(3)),
    ]
    found = evidence(until(story(*told), 10)).files["one"]
    assert [(one.message.inject.id, one.doubtful) for one in found.findings] == [
        ("wrong", True), ("herring", True), ("right", False), ("early", False),
    ]  # fmt: skip
    assert (found.measures, found.flags) == (frozenset({"users"}), frozenset({"incident"}))


def test_what_distracts_weighs_on_whom_it_reaches_from_when_it_comes() -> None:
    noise = replace(message("n", 5, "expert", "noise"), incident=None)
    told = [noise, message("h", 10, "expert", "red_herring"), message("c", 15, "chief", "contradiction")]
    found = evidence(until(story(*told, message("real", 1, "expert", "spread")), 20))
    assert found.load("p2", 0) == 3
    assert found.load("p2", 5 * MINUTE) == 3
    assert found.load("p2", 5 * MINUTE + 1) == 2
    assert found.load("p3", 0) == 2
    assert found.load("p1", 0) == 0


@given(st.integers(0, 50))
def test_reading_bit_by_bit_comes_to_the_same_as_reading_at_once(seed: int) -> None:
    told = (message("m", 1, "expert", "noise", users(3)), message("late", 30, "chief", None, users(20)))
    exercise = Exercise(CompiledPlaybook(small_playbook()), replace(story(*told), seed=seed))
    facts = play_with_bots(exercise)
    again = Exercise(exercise.compiled, exercise.scenario)
    bit_by_bit = Evidence(again.compiled, again.scenario)
    for fact in facts:
        again.resume([fact])
        bit_by_bit.read(again.state)
    at_once = evidence(exercise)
    mine, other = bit_by_bit.files["one"], at_once.files["one"]
    assert replace(mine, version=0) == replace(other, version=0)
    assert mine.version == other.version
