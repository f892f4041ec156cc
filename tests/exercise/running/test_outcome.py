"""What a run came to: each kind of expectation, held and failed, with the facts that decide it."""

import pytest

from incidentsim.domain.actions import Action
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.scenario import (
    Counts,
    EndsAtLevel,
    EndsIn,
    Expectation,
    Expected,
    InOrder,
    NeverOccurs,
    Occurs,
    ScriptedAction,
)
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.running.deciders import ScriptDecider
from incidentsim.exercise.running.outcome import Lack, judge, report
from incidentsim.messages import spoken
from tests.support.play import kinds, play
from tests.support.small import IT, act, small_playbook, small_scenario

SCRIPT = (
    ScriptedAction(MINUTE, act("p3", "hide")),
    ScriptedAction(12 * MINUTE, act("p1", "tell", what=IT)),
    ScriptedAction(13 * MINUTE, act("p2", "accept", level=2)),
    ScriptedAction(14 * MINUTE, act("p2", "regrade", level=1)),
)


def played(expectations: tuple[Expectation, ...] = ()) -> tuple[Exercise, list[Fact]]:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario(expectations=expectations))
    return exercise, play(exercise, ScriptDecider(SCRIPT))


def verdict(expected: Expected) -> tuple[bool, tuple[int, ...]]:
    exercise, facts = played()
    found = judge(Expectation("as written", expected), exercise, facts)
    assert found.text == "as written"
    return found.holds, found.evidence


def test_the_run_that_the_expectations_below_are_about() -> None:
    assert list(enumerate(kinds(played()[1]))) == list(
        enumerate(
            [
                "exercise_started", "inject_delivered", "incident_raised", "duty_opened",
                "refused", "step_taken",
                "duty_breached", "escalated",
                "step_taken", "duty_settled",
                "step_taken", "level_set", "duty_opened", "step_taken",
                "step_taken", "level_set", "duty_rescheduled", "escalated",
                "duty_breached",
                "exercise_ended",
            ]
        )
    )  # fmt: skip


TELL = Pattern(FactKind.STEP_TAKEN, do="tell")
HIDE = Pattern(FactKind.REFUSED, do="hide")
BREACH = Pattern(FactKind.DUTY_BREACHED)
NEVER = Pattern(FactKind.STEP_TAKEN, do="finish")


@pytest.mark.parametrize(
    ("expected", "holds", "evidence"),
    [
        (EndsIn("one", "main", "open"), True, (14,)),
        (EndsIn("one", "main", "done"), False, (14,)),
        (EndsIn("one", "blame", "open"), True, (5,)),
        (EndsAtLevel("one", 1), True, (15,)),
        (EndsAtLevel("one", 2), False, (15,)),
        (EndsAtLevel("one", None), False, (15,)),
        (Occurs(TELL), True, (8,)),
        (Occurs(NEVER), False, ()),
        (Occurs(TELL, within=12 * MINUTE), True, (8,)),
        (Occurs(TELL, within=12 * MINUTE - 1), False, (8,)),
        (Occurs(TELL, within=11 * MINUTE, since=HIDE), True, (4, 8)),
        (Occurs(TELL, within=11 * MINUTE - 1, since=HIDE), False, (4, 8)),
        (Occurs(HIDE, since=TELL), False, (8,)),
        (Occurs(TELL, since=NEVER), False, ()),
        (Occurs(Pattern(FactKind.DUTY_BREACHED, duty="finish-soon"), within=0, since=BREACH), False, (6, 18)),
        (NeverOccurs(NEVER), True, ()),
        (NeverOccurs(BREACH), False, (6, 18)),
        (InOrder((HIDE, TELL, BREACH)), True, (4, 8, 18)),
        (InOrder((BREACH, BREACH)), True, (6, 18)),
        (InOrder((TELL, HIDE)), False, (8,)),
        (InOrder((BREACH, BREACH, BREACH)), False, (6, 18)),
        (Counts("refusals", 1, 1), True, (4,)),
        (Counts("refusals", 2, None), False, (4,)),
        (Counts("escalations", 0, 1), False, (7, 17)),
        (Counts("escalations", 2, None), True, (7, 17)),
        (Counts("breaches", 0, 2), True, (6, 18)),
        (Counts("breaches", 0, 1), False, (6, 18)),
    ],
)
def test_an_expectation_is_judged_by_the_facts_that_decide_it(
    expected: Expected, *, holds: bool, evidence: tuple[int, ...]
) -> None:
    assert verdict(expected) == (holds, evidence)


def test_an_incident_that_was_never_graded_ends_at_no_level() -> None:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    facts = play(exercise)
    assert judge(Expectation("none", EndsAtLevel("one", None)), exercise, facts).holds
    assert not judge(Expectation("some", EndsAtLevel("one", 3)), exercise, facts).holds
    assert judge(Expectation("still", EndsIn("one", "main", "new")), exercise, facts).evidence == ()


GOOD = Expectation("good", Occurs(TELL))
BAD = Expectation("bad", NeverOccurs(TELL))


def test_a_report_counts_and_names_where_everything_ended() -> None:
    exercise, facts = played((GOOD,))
    found = report(exercise, facts, run="r1", digest="sha256:0", must_rest=False)
    assert (found.scenario, found.playbook, found.run) == ("small-scenario", "small", "r1")
    assert (found.facts, found.escalations, found.refusals, found.breaches) == (len(facts), 2, 1, 2)
    assert found.final_states == {"one": {"main": "open", "blame": "open", "notice": "due"}}
    assert found.level == {"one": 1}
    assert (found.ended, found.reason, found.outcome_digest) == (True, "stalled", "sha256:0")


@pytest.mark.parametrize(
    ("expectations", "must_rest", "passed"),
    [
        ((), False, False),
        ((GOOD,), False, True),
        ((GOOD, BAD), False, False),
        ((GOOD,), True, False),
    ],
)
def test_a_run_passes_when_every_expectation_holds_and_where_it_must_everything_rests(
    expectations: tuple[Expectation, ...], *, must_rest: bool, passed: bool
) -> None:
    exercise, facts = played(expectations)
    assert report(exercise, facts, run=None, digest="", must_rest=must_rest).passed is passed


def test_a_run_that_has_not_ended_has_not_passed() -> None:
    exercise, facts = played((GOOD,))
    found = report(exercise, facts[:-1], run=None, digest="", must_rest=False)
    assert (found.passed, found.ended, found.reason) == (False, False, None)


VACUOUS = (
    Expectation("never", NeverOccurs(TELL)),
    Expectation("ungraded", EndsAtLevel("one", None)),
    Expectation("still", EndsIn("one", "main", "new")),
    Expectation("counted", Counts("refusals", 0, 0)),
    Expectation("told", Occurs(Pattern(FactKind.INJECT_DELIVERED))),
)
"""What holds of an exercise in which nobody does anything."""


def lacks(
    expectations: tuple[Expectation, ...], *decided: ScriptedAction, must_rest: bool = False, ends: int = 5 * MINUTE
) -> list[Lack | None]:
    """What an exercise lacks that ends, after these decisions, before its first duty is late."""
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario(expectations=expectations, ends=ends))
    facts = play(exercise, ScriptDecider(decided))
    found = report(exercise, facts, run=None, digest="", must_rest=must_rest)
    lacking = [verdict for verdict in found.expectations if verdict.lack is not None]
    assert found.passed is not any(not verdict.holds for verdict in found.expectations)
    assert all(not verdict.holds and verdict.text and verdict.evidence == (len(facts) - 1,) for verdict in lacking)
    return [verdict.lack for verdict in lacking]


@pytest.mark.parametrize("expectation", VACUOUS, ids=lambda expectation: expectation.text)
def test_an_exercise_in_which_nothing_happens_fails_whatever_holds_of_it(expectation: Expectation) -> None:
    assert lacks((expectation,)) == [Lack.NOTHING_HAPPENED]


@pytest.mark.parametrize(
    "decision",
    [act("p1", "tell", what=IT), act("p3", "hide")],
    ids=["step", "refusal"],
)
def test_one_decision_of_anybody_is_something(decision: Action) -> None:
    assert lacks((VACUOUS[1],), ScriptedAction(MINUTE, decision)) == []


def test_what_falls_due_is_something_too() -> None:
    assert lacks((Expectation("late", Occurs(BREACH)),), ends=60 * MINUTE) == []


def test_where_nothing_is_expected_only_bots_may_pass_and_only_if_it_ends() -> None:
    told = ScriptedAction(MINUTE, act("p1", "tell", what=IT))
    assert lacks((), told) == [Lack.NOTHING_EXPECTED, Lack.NOTHING_ENDED]
    assert lacks((), told, must_rest=True) == [Lack.NOTHING_ENDED]
    assert lacks((GOOD,), told, must_rest=True) == [Lack.NOTHING_ENDED]
    assert lacks((GOOD,), told) == []


def test_what_is_lacking_is_said_in_the_language_spoken_when_it_is_asked_for() -> None:
    exercise, facts = played()
    lacking = report(exercise, facts, run=None, digest="", must_rest=False).expectations[0]
    assert "nothing was expected" in lacking.text
    with spoken("zh"):
        assert "没有预期" in lacking.text


def test_a_run_that_goes_on_lacks_nothing_yet() -> None:
    exercise, facts = played()
    assert report(exercise, facts[:-1], run=None, digest="", must_rest=False).expectations == ()
