"""Hints show in the rating: a task that was done only when told what to do is performed with some challenges."""

from dataclasses import replace

import pytest

from incidentsim.domain.facts import HintGiven, HintStep
from incidentsim.exercise.evaluation.evaluate import Evaluation, evaluate
from incidentsim.exercise.evaluation.hints import TOLD_WHAT_TO_DO
from incidentsim.session.session import Session
from tests.support.coaching import DEMO, coached_session, play_by_hints


@pytest.fixture(scope="module")
def session() -> Session:
    coached = coached_session(DEMO)
    play_by_hints(coached)
    return coached


def evaluated(session: Session, furthest: HintStep = HintStep.ACT) -> Evaluation:
    """The evaluation, as if no hint had gone further than so."""
    exercise = session.exercise
    facts = [
        replace(fact, step=furthest) if isinstance(fact, HintGiven) and fact.step.number > furthest.number else fact
        for fact in session.facts
    ]
    return evaluate(exercise.playbook, exercise.scenario, facts, None, session.course.played)


def test_told_what_to_do_before_the_act_a_task_is_never_rated_p(session: Session) -> None:
    tasks = evaluated(session).tasks
    told = [task for task in tasks.values() if task.hints is not None]
    assert told
    assert all(task.hints is not None and task.hints.furthest is HintStep.ACT for task in told)
    assert {task.proposed for task in told} == {"S"}
    assert all(any(reason.rule == TOLD_WHAT_TO_DO for reason in task.reasons) for task in told)


def test_where_to_look_and_by_which_criterion_stand_beside_the_rating_and_leave_it(session: Session) -> None:
    tasks = evaluated(session, HintStep.CRITERION).tasks
    told = [task for task in tasks.values() if task.hints is not None]
    assert told
    assert {task.proposed for task in told} == {"P"}


def test_bots_tasks_are_rated_as_ever(session: Session) -> None:
    bots = [task for task in evaluated(session).tasks.values() if task.by_people is False]
    assert bots
    assert all(task.hints is None for task in bots)
    assert {task.proposed for task in bots} <= {"P", None}


def test_every_decision_says_how_far_hints_went_before_it(session: Session) -> None:
    decisions = evaluated(session).judged.decisions
    ours = [decision for decision in decisions if decision.by_people]
    assert ours
    for decision in ours:
        assert decision.hints is not None
        assert decision.hints.furthest is HintStep.ACT
        assert all(number < decision.sequence for number in decision.hints.sequences)
    assert all(decision.hints is None for decision in decisions if decision.by_people is False)


def test_hints_are_counted_step_by_step_and_told_on_the_first_screen(session: Session) -> None:
    evaluation = evaluated(session)
    given = [number for number, fact in enumerate(session.facts) if isinstance(fact, HintGiven)]
    counted = [metric for metric in evaluation.metrics if metric.kind == "hints"]
    assert [metric.subject for metric in counted] == list(HintStep)
    assert sorted(number for metric in counted for number in metric.evidence) == given
    assert evaluation.in_short.coached
    assert list(evaluation.in_short.hints) == given
    assert evaluation.in_short.told == sum(task.hints is not None for task in evaluation.tasks.values())


def test_without_a_coach_nothing_is_said_of_hints() -> None:
    plain = coached_session("false-alarm", coach=False)
    plain.live_to(plain.exercise.scenario.ends)
    evaluation = evaluated(plain)
    assert not evaluation.in_short.coached
    assert not [metric for metric in evaluation.metrics if metric.kind == "hints"]
