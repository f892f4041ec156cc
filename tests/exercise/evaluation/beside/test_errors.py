"""Errors of two runs: what came back, what is gone and why, what is new."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from incidentsim.exercise.evaluation.beside.changes import Change, Scope
from incidentsim.exercise.evaluation.beside.errors import (
    ErrorBeside,
    Fate,
    Matter,
    Occasion,
    errors_beside,
    marks_of,
    matter_of,
)
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from tests.support.evaluating import SCENARIOS, at, changed, content, delayed, evaluated, played, scenario, without

if TYPE_CHECKING:
    from incidentsim.domain.facts import Fact
    from incidentsim.domain.scenario import Scenario

VOICE = scenario("voice-platform-fault")
LEAK = scenario("number-masking-leak")


class Run:
    """A scenario played by its script."""

    def __init__(self, told: "Scenario") -> None:
        self.facts: Sequence[Fact] = played(told)
        self.evaluation: Evaluation = evaluated(told, self.facts)

    def beside(self, earlier: "Run", scope: Scope = Scope.SCENARIO) -> list[ErrorBeside]:
        return list(errors_beside(self.evaluation, self.facts, earlier.evaluation, scope))


RIGHT = Run(VOICE)
MILD = Run(changed(VOICE, content("grade", level=4)))
MILDER = Run(changed(VOICE, content("grade", level=5)))
LATE = Run(changed(VOICE, delayed("confirm", 2 * HOUR)))


def of(rows: Sequence[ErrorBeside], matter: Matter) -> ErrorBeside:
    return next(row for row in rows if row.mark.matter is matter)


def test_every_kind_of_error_has_a_matter() -> None:
    assert {matter_of(kind) for kind in ErrorKind} == set(Matter)


@pytest.mark.parametrize("name", SCENARIOS[:4])
def test_a_run_beside_itself_has_the_same_errors_again(name: str) -> None:
    run = Run(scenario(name))
    rows = run.beside(run)
    assert {row.fate for row in rows} <= {Fate.CAME_BACK}
    assert all(row.change is Change.SAME and row.now == row.then for row in rows)
    assert {row.mark for row in rows} <= marks_of(run.evaluation)


def test_an_error_is_new_gone_or_back_and_nothing_is_lost_between() -> None:
    runs = [RIGHT, MILD, MILDER, LATE]
    for now in runs:
        for then in runs:
            rows, back = now.beside(then), then.beside(now)
            assert {row.mark: row.fate for row in rows if row.fate is Fate.CAME_BACK} == {
                row.mark: row.fate for row in back if row.fate is Fate.CAME_BACK
            }
            assert {row.mark for row in rows if row.fate is Fate.NEW} == {
                row.mark for row in back if row.fate is Fate.GONE
            }
            roots = {(error.kind, error.incident, error.subject) for error in now.evaluation.judged.errors}
            told = {(error.kind, error.incident, error.subject) for row in rows for error in row.now}
            assert roots <= told
            assert all(row.occasion is not None for row in rows if row.fate is Fate.GONE)


def test_graded_right_after_too_mild_the_error_is_gone_and_was_done_right() -> None:
    row = of(RIGHT.beside(MILD), Matter.LEVEL)
    assert (row.fate, row.occasion) == (Fate.GONE, Occasion.DONE_RIGHT)
    decided = {decision.sequence for decision in RIGHT.evaluation.judged.decisions}
    assert row.shown
    assert set(row.shown) <= decided


def test_nearer_to_the_truth_is_better_though_it_came_back() -> None:
    row = of(MILD.beside(MILDER), Matter.LEVEL)
    assert (row.fate, row.change) == (Fate.CAME_BACK, Change.BETTER)
    assert of(MILDER.beside(MILD), Matter.LEVEL).change is Change.WORSE


def test_a_duty_kept_after_it_was_late_leads_to_the_facts_that_show_it() -> None:
    row = of(RIGHT.beside(LATE), Matter.DUTY)
    assert (row.fate, row.occasion) == (Fate.GONE, Occasion.DONE_RIGHT)
    opened, settled = (RIGHT.facts[number] for number in row.shown)
    assert (opened.kind, settled.kind) == ("duty_opened", "duty_settled")


def test_what_did_not_come_up_is_not_called_done_right() -> None:
    dismissed = Run(changed(LEAK, without("confirm", "grade")))
    late = Run(changed(LEAK, at("find_unlawful", 30 * HOUR)))
    gone = [row for row in dismissed.beside(late) if row.fate is Fate.GONE]
    assert all(row.occasion is not Occasion.DONE_RIGHT or row.shown for row in gone)
    nobody = Run(changed(VOICE, without("grade", "confirm", "report", "discover", "dismiss")))
    rows = [row for row in nobody.beside(MILD) if row.fate is Fate.GONE and row.mark.matter is Matter.LEVEL]
    assert [row.occasion for row in rows] == [Occasion.NONE]


def test_across_stories_the_occasion_is_not_looked_for() -> None:
    rows = Run(LEAK).beside(MILD, Scope.PROCEDURE)
    assert {row.occasion for row in rows if row.fate is Fate.GONE} == {Occasion.NOT_LOOKED_FOR}
    assert all(row.mark.incident is None for row in rows)


def test_bots_errors_and_peoples_are_never_one() -> None:
    bots = _by(MILD, by_people=False)
    people = _by(MILD, by_people=True)
    rows = errors_beside(bots, MILD.facts, people)
    level = [row for row in rows if row.mark.matter is Matter.LEVEL]
    assert [(row.fate, row.mark.by_bots, row.occasion) for row in level] == [
        (Fate.GONE, False, Occasion.BOTS),
        (Fate.NEW, True, None),
    ]


def _by(run: Run, *, by_people: bool) -> Evaluation:
    errors = tuple(replace(error, by_people=by_people) for error in run.evaluation.judged.errors)
    return replace(run.evaluation, judged=replace(run.evaluation.judged, errors=errors))


def test_people_come_first_then_what_came_back_then_the_new_then_the_gone() -> None:
    rows = LATE.beside(MILD)
    order = [(row.mark.by_bots, tuple(Fate).index(row.fate)) for row in rows]
    assert order == sorted(order)
    assert MINUTE < HOUR
