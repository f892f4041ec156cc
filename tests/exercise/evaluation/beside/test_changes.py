"""Ratings and measures of two runs, and whether they changed for the better."""

from dataclasses import replace

import pytest

from incidentsim.exercise.evaluation.beside.beside import beside, recurring
from incidentsim.exercise.evaluation.beside.changes import (
    Change,
    Scope,
    metric_change,
    metrics_beside,
    peoples_part,
    task_change,
    tasks_beside,
)
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.evaluation.ratings import TaskRating
from tests.support.evaluating import changed, content, evaluated, played, scenario

VOICE = scenario("voice-platform-fault")
MILD = changed(VOICE, content("grade", level=4))
OPPOSITE = {
    Change.BETTER: Change.WORSE,
    Change.WORSE: Change.BETTER,
    Change.ONLY_NOW: Change.ONLY_THEN,
    Change.ONLY_THEN: Change.ONLY_NOW,
    Change.SAME: Change.SAME,
    Change.NEITHER: Change.NEITHER,
}


def elapsed(value: int | None, by_bots: int = 0) -> Metric:
    return Metric("elapsed", "time", "a", value, "ms", (1, 2), by_bots)


def kept(value: int, by_bots: int = 0) -> Metric:
    return Metric("duties", "kept", None, value, "count", (1,), by_bots)


def task(rating: str | None, by_people: bool | None = None) -> TaskRating:
    return TaskRating("o", "t", rating, (), None, by_people)  # type: ignore[arg-type]  # one of the letters


@pytest.mark.parametrize(
    ("now", "then", "change"),
    [
        (elapsed(5), elapsed(9), Change.BETTER),
        (elapsed(9), elapsed(5), Change.WORSE),
        (elapsed(5), elapsed(5), Change.SAME),
        (elapsed(None), elapsed(5), Change.WORSE),
        (elapsed(5), None, Change.ONLY_NOW),
        (None, elapsed(5), Change.ONLY_THEN),
        (elapsed(5, 1), elapsed(9), Change.NEITHER),
        (elapsed(5, 1), elapsed(9, 1), Change.BETTER),
        (kept(20, 17), kept(20, 18), Change.BETTER),
        (kept(20, 17), kept(19, 16), Change.SAME),
        (kept(4, 4), kept(3, 3), Change.BETTER),
    ],
)
def test_a_measure_changes_by_what_people_did_of_it(now: Metric | None, then: Metric | None, change: Change) -> None:
    assert metric_change(now, then) is change
    assert metric_change(then, now) is OPPOSITE[change]


def test_of_a_count_only_the_people_s_part_is_people_s() -> None:
    assert peoples_part(kept(20, 17)) == kept(3)
    assert peoples_part(elapsed(20, 1)) == elapsed(20, 1)


def test_a_rating_that_bots_had_in_one_run_is_neither_better_nor_worse() -> None:
    assert task_change(task("P", True), task("U", True)) is Change.BETTER
    assert task_change(task("U"), task("P")) is Change.WORSE
    assert task_change(task("P", True), task("U", False)) is Change.NEITHER
    assert task_change(task(None), task("U")) is Change.ONLY_THEN
    assert task_change(task("P"), None) is Change.ONLY_NOW
    assert task_change(task(None), None) is Change.SAME


def test_two_runs_compared_either_way_are_each_others_mirror() -> None:
    one, other = (evaluated(told, played(told)) for told in (VOICE, MILD))
    for there, back in (
        (metrics_beside(one, other, Scope.SCENARIO), metrics_beside(other, one, Scope.SCENARIO)),
        (tasks_beside(one, other), tasks_beside(other, one)),
    ):
        changes = {_name(row): row.change for row in there}
        assert {_name(row): OPPOSITE[row.change] for row in back} == changes
        assert {Change.SAME, Change.WORSE, Change.BETTER} & set(changes.values())


def _name(row: object) -> object:
    either = getattr(row, "either", None)
    return either.key if either is not None else getattr(row, "task", None)


def test_across_stories_only_what_any_story_has_is_compared() -> None:
    leak = scenario("number-masking-leak")
    voice, other = evaluated(VOICE, played(VOICE)), evaluated(leak, played(leak))
    rows = metrics_beside(voice, other, Scope.PROCEDURE)
    assert rows
    kinds = {row.either.kind for row in rows}
    assert not kinds & {"duties", "clocks", "decision_latency", "evidence_known", "evidence_with_judge"}
    assert any(row.now is not None and row.then is not None for row in rows)


def test_errors_of_several_runs_are_counted_once_a_run() -> None:
    facts = played(MILD)
    mild, right = evaluated(MILD, facts), evaluated(VOICE, played(VOICE))
    counted = recurring([mild, mild, right])
    assert set(counted.values()) <= {1, 2, 3}
    graded = {row.mark for row in beside(mild, facts, right).errors if row.mark.matter == "level"}
    assert [counted[mark] for mark in graded] == [2]
    twice = replace(mild, judged=replace(mild.judged, errors=mild.judged.errors * 2))
    assert recurring([twice]) == recurring([mild])
