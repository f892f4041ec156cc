"""The runner lets the agenda and the deciders take turns by time, and puts every step on record before the next."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.domain.scenario import Inject, ScriptedAction
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.running.deciders import Decider, Proposal, ScriptDecider
from incidentsim.exercise.running.runner import run
from tests.support.facts import on_record
from tests.support.play import kinds, of, play, steps
from tests.support.small import IT, act, small_playbook, small_scenario, text


class Once:
    """Wants one thing at one time."""

    def __init__(self, at: int, action: Action, source: DecisionSource = DecisionSource.PERSON) -> None:
        self.source = source
        self._wanted: Proposal | None = Proposal(at, action)

    def propose(self, exercise: Exercise) -> Proposal | None:
        assert not exercise.state.ended
        return self._wanted

    def taken(self) -> None:
        self._wanted = None


def exercise(**changes: object) -> Exercise:
    return Exercise(CompiledPlaybook(small_playbook()), small_scenario(**changes))


def recorded(found: Exercise, *deciders: Decider) -> list[tuple[str, list[str]]]:
    steps: list[tuple[str, list[str]]] = []

    def record(facts: Sequence[Fact], source: DecisionSource) -> None:
        assert found.state.sequence == sum(len(step) for _source, step in steps) + len(facts), "one step at a time"
        steps.append((source, kinds(facts)))

    run(found, deciders, record)
    return steps


TELL = act("p1", "tell", what=IT)
DROP = act("p2", "drop")


def test_a_run_begins_lets_the_story_happen_takes_decisions_and_ends() -> None:
    steps = recorded(exercise(), Once(MINUTE, TELL), Once(2 * MINUTE, DROP, DecisionSource.BOT))
    assert steps == [
        ("engine", ["exercise_started"]),
        ("engine", ["inject_delivered", "incident_raised", "duty_opened"]),
        ("person", ["step_taken", "duty_settled"]),
        ("bot", ["step_taken"]),
        ("engine", ["exercise_ended"]),
    ]


def test_a_run_that_was_begun_goes_on_from_where_it_stands() -> None:
    found = exercise()
    found.resume([*exercise().begin()])
    assert recorded_kinds(found, Once(MINUTE, TELL))[0] == "inject_delivered"


def recorded_kinds(found: Exercise, *deciders: Decider) -> list[str]:
    return kinds(play(found, *deciders))


def test_a_run_that_has_ended_stays_ended() -> None:
    found = exercise()
    facts = play(found)
    again = exercise()
    again.resume(facts)
    assert play(again, Once(0, TELL)) == []


@pytest.mark.parametrize(("at", "late"), [(10 * MINUTE - 1, None), (10 * MINUTE, False), (10 * MINUTE + 1, True)])
def test_a_decision_at_the_very_millisecond_of_a_deadline_keeps_it(at: int, *, late: bool | None) -> None:
    facts = play(exercise(), Once(at, TELL))
    assert len(of(facts, "duty_breached")) == (1 if late else 0)
    assert on_record(of(facts, "duty_settled")[0])["late"] is bool(late)


def test_the_story_comes_before_a_decision_of_the_same_moment() -> None:
    mail = Inject("mail", ("chief",), "alert", text("mail"), at=MINUTE, incident="one")
    facts = play(exercise(injects=(*small_scenario().injects, mail)), Once(MINUTE, TELL))
    found = kinds([fact for fact in facts if fact.at == MINUTE])
    assert found == ["inject_delivered", "step_taken", "duty_settled", "exercise_ended"]


def test_of_two_decisions_the_earlier_comes_first_and_of_the_same_moment_the_first_deciders() -> None:
    hide = act("p3", "hide")
    assert of(play(exercise(), Once(5, hide), Once(4, TELL)), "refused")[0].at == 5
    facts = play(exercise(), Once(4, TELL), Once(4, hide))
    assert kinds([fact for fact in facts if fact.at == 4])[0] == "step_taken"
    facts = play(exercise(), Once(4, hide), Once(4, TELL))
    assert kinds([fact for fact in facts if fact.at == 4])[0] == "refused"


# How it ends


def test_with_nothing_left_to_come_and_nobody_to_decide_the_exercise_ends_there() -> None:
    facts = play(exercise(), Once(MINUTE, TELL), Once(3 * MINUTE, DROP))
    assert facts[-1].to_json() == {"at": 3 * MINUTE, "fact": "exercise_ended", "reason": "finished"}


def test_an_exercise_in_which_nobody_can_go_on_is_stalled() -> None:
    facts = play(exercise(), Once(MINUTE, TELL))
    assert facts[-1].to_json() == {"at": MINUTE, "fact": "exercise_ended", "reason": "stalled"}


@pytest.mark.parametrize("due", [HOUR + 1, 2 * HOUR])
def test_what_lies_behind_the_end_does_not_happen_any_more(due: int) -> None:
    late = Inject("late", ("chief",), "alert", text("late"), at=due, incident="one")
    facts = play(exercise(ends=HOUR, injects=(*small_scenario().injects, late)), Once(MINUTE, TELL))
    assert facts[-1].to_json() == {"at": HOUR, "fact": "exercise_ended", "reason": "time_limit"}
    assert len(of(facts, "inject_delivered")) == 1


def test_what_comes_at_the_very_end_still_happens() -> None:
    late = Inject("late", ("chief",), "alert", text("late"), at=HOUR, incident="one")
    found = exercise(ends=HOUR, injects=(*small_scenario().injects, late))
    facts = play(found, Once(MINUTE, TELL), Once(HOUR, DROP))
    assert kinds([fact for fact in facts if fact.at == HOUR]) == ["inject_delivered", "step_taken", "exercise_ended"]
    assert on_record(facts[-1])["reason"] == "finished"


def test_a_decision_behind_the_end_is_not_taken_and_the_time_is_up() -> None:
    facts = play(exercise(ends=HOUR), Once(MINUTE, TELL), Once(HOUR + 1, DROP))
    assert facts[-1].to_json() == {"at": HOUR, "fact": "exercise_ended", "reason": "time_limit"}
    assert steps(facts) == ["tell"]


# The script


def scripted(*found: tuple[int, Action]) -> tuple[ScriptedAction, ...]:
    return tuple(ScriptedAction(at, action) for at, action in found)


def test_a_script_is_taken_in_its_order_each_at_its_time() -> None:
    script = ScriptDecider(scripted((MINUTE, TELL), (3 * MINUTE, DROP)))
    facts = play(exercise(), script)
    assert [(fact.at, on_record(fact)["do"]) for fact in of(facts, "step_taken")] == [
        (MINUTE, "tell"),
        (3 * MINUTE, "drop"),
    ]
    assert script.ahead == ()


def test_a_scripted_decision_whose_time_has_passed_is_taken_at_once() -> None:
    script = ScriptDecider(scripted((3 * MINUTE, TELL), (MINUTE, DROP)))
    assert [fact.at for fact in of(play(exercise(), script), "step_taken")] == [3 * MINUTE, 3 * MINUTE]


def test_a_refused_decision_is_done_with_and_the_script_goes_on() -> None:
    script = ScriptDecider(scripted((0, DROP), (MINUTE, TELL)))
    facts = play(exercise(), script)
    assert kinds(facts)[-4:] == ["refused", "step_taken", "duty_settled", "exercise_ended"]


def test_a_script_taken_up_again_goes_on_behind_what_was_done() -> None:
    whole = scripted((MINUTE, TELL), (3 * MINUTE, DROP))
    script = ScriptDecider(whole, done=1)
    assert script.ahead == whole[1:]
    assert script.propose(exercise()) == Proposal(3 * MINUTE, DROP)
    script.taken()
    assert script.propose(exercise()) is None


def test_asking_a_script_changes_nothing() -> None:
    script = ScriptDecider(scripted((MINUTE, TELL)))
    found = exercise()
    assert script.propose(found) == script.propose(found)
    assert script.ahead == scripted((MINUTE, TELL))


def test_the_same_run_twice_gives_the_same_facts() -> None:
    script = scripted((MINUTE, TELL), (MINUTE, replace(DROP, person="p4")), (2 * MINUTE, DROP))
    assert play(exercise(), ScriptDecider(script)) == play(exercise(), ScriptDecider(script))
