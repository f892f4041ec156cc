"""Improvement items are carried from run to run until a later one performs the task."""

from dataclasses import replace

from incidentsim.exercise.afterwards.carrying import EvaluatedRun, carry_over
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.summary import summary_of
from tests.support.evaluating import changed, content, evaluated, scenario

VOICE = scenario("voice-platform-fault")
GOOD = evaluated(VOICE)
SOME = evaluated(changed(VOICE, content("grade", level=4)))
MAJOR = evaluated(changed(VOICE, content("grade", level=5)))


def run(name: str, found: Evaluation, playbook: str = "platform-incidents") -> EvaluatedRun:
    summary = replace(summary_of(found, passed=True), playbook=playbook)
    return EvaluatedRun(name, "2025-03-04T05:06:07.000Z", summary)


def carried(*runs: EvaluatedRun) -> list[tuple[str, str, str, str | None]]:
    return [
        (one.run, str(one.task), one.proposal.rating if one.proposal else "", one.closed_by) for one in carry_over(runs)
    ]


def test_an_item_stays_open_until_a_later_run_performs_the_task() -> None:
    assert carried(run("a", MAJOR)) == [("a", "grade-incident", "M", None)]
    assert carried(run("a", MAJOR), run("b", GOOD)) == [("a", "grade-incident", "M", "b")]


def test_the_first_run_that_performs_the_task_is_named() -> None:
    assert carried(run("a", MAJOR), run("b", GOOD), run("c", GOOD)) == [("a", "grade-incident", "M", "b")]


def test_an_earlier_run_closes_nothing() -> None:
    assert carried(run("a", GOOD), run("b", MAJOR)) == [("b", "grade-incident", "M", None)]


def test_major_challenges_close_nothing_and_ask_once_more() -> None:
    assert carried(run("a", MAJOR), run("b", MAJOR)) == [
        ("a", "grade-incident", "M", None),
        ("b", "grade-incident", "M", None),
    ]


def test_some_challenges_close_the_older_item_and_leave_their_own() -> None:
    assert carried(run("a", MAJOR), run("b", SOME)) == [
        ("a", "grade-incident", "M", "b"),
        ("b", "grade-incident", "S", None),
    ]


def test_a_run_that_never_called_for_the_task_closes_nothing() -> None:
    alarm = evaluated(scenario("false-alarm"))
    assert alarm.tasks["grade-incident"].rating is None
    assert carried(run("a", MAJOR), run("b", alarm))[0] == ("a", "grade-incident", "M", None)


def test_another_procedure_closes_nothing() -> None:
    assert carried(run("a", MAJOR), run("b", GOOD, "other"))[0][3] is None


def test_an_item_says_what_whose_until_when_and_for_which_element() -> None:
    [one] = carry_over([run("a", MAJOR)])
    item = one.proposal
    assert item is not None
    assert (item.owner, item.poete, item.due_within) == ("response_team_lead", "training", 30 * 24 * 3_600_000)
    assert item.what.en
    assert item.what.zh
