"""One human error planted into an expert's script is one error more in the debrief, and what it led to is under it.

Which error can be planted into which scenario, and why not into the others, stands in `tests/golden/planted-errors.md`;
`INCIDENTSIM_UPDATE_GOLDEN=1 pytest -m slow tests/exercise/evaluation/test_planted_errors.py` writes it anew.
"""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.exercise.evaluation.causes import UsualCause
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind, Question
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exports.text.evaluation import evaluation_lines
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.decisions import error_words, expected_words, shown_by
from incidentsim.exports.wording.narrator import Narrator
from tests.support.evaluating import evaluated
from tests.support.planted_errors.naming import planted_error
from tests.support.planted_errors.plants import PLANTS
from tests.support.planted_errors.subjects import SUBJECTS, Outcome, gained, outcome, outcomes, plant
from tests.support.planted_errors.told import WhyNot

GOLDEN = Path(__file__).parents[2] / "golden" / "planted-errors.md"
FAST = {
    "number-masking-leak": ("dismissed", "graded one too mild", "legality judged wrongly", "reported to the wrong one"),
    "voice-platform-fault": ("graded two too severe", "legality not judged", "late", "own report approved"),
    "concealed-outage": ("nobody told of the deciding figure",),
}
"""What the fast tests plant: most kinds in one of the shipped scenarios."""


def check(came: Outcome, kind: str) -> None:
    """The list of errors gains exactly the planted one; it is named with its right answer and its evidence."""
    assert gained(came) == Counter([came.key]), kind
    error = planted_error(came)
    assert error.sequences
    assert all(0 <= number < came.evaluation.report.overview.facts for number in shown_by(error))
    teller = Narrator(Account(came.facts, came.told.playbook, came.planted.scenario, "en"))
    lines = " ".join(" ".join(evaluation_lines(teller.account, came.evaluation)).split())
    for words in (error_words(teller, error), expected_words(teller, error, came.evaluation.ways)):
        assert words
        assert " ".join(words.split()) in lines
    assert all(f"#{number}" in lines for number in error.sequences)


@pytest.mark.parametrize("name", FAST)
def test_a_planted_error_is_the_error_named(name: str) -> None:
    for kind in FAST[name]:
        check(outcome(name, kind), kind)


@pytest.mark.slow
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_error_that_can_be_planted_is_named(subject: str) -> None:
    came = outcomes(subject)
    assert came
    for kind, one in came:
        check(one, kind)


@pytest.mark.slow
def test_every_kind_of_error_is_planted_wherever_procedure_and_level_allow_it() -> None:
    """Where each was planted, and why not elsewhere; a plant that nothing allows would test nothing."""
    lines = ["# Planted errors", "", "Where each error can be planted, and why it cannot be elsewhere."]
    for kind in PLANTS:
        into = [subject for subject in SUBJECTS if not isinstance(plant(subject, kind), WhyNot)]
        assert into, kind
        lines += ["", f"## {kind}", "", f"Planted into {len(into)} of {len(SUBJECTS)}: {', '.join(into)}."]
        reasons = {why: [subject for subject in SUBJECTS if plant(subject, kind) is why] for why in WhyNot}
        not_into = [f"- {why}: {', '.join(subjects)}" for why, subjects in reasons.items() if subjects]
        lines += ["", "Not into:", "", *not_into] if not_into else []
    table = "\n".join(lines) + "\n"
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        GOLDEN.write_text(table, encoding="utf-8")
    assert table == GOLDEN.read_text(encoding="utf-8")


def without(came: Outcome, *dos: str) -> Evaluation:
    """The evaluation of a planted script without the decisions `dos`."""
    script = [line for line in came.planted.scenario.script if line.action.do not in dos]
    return evaluated(came.told.written(script))


def test_what_a_dismissal_left_undone_is_owed_by_the_truth_and_not_done() -> None:
    came = outcome("number-masking-leak", "dismissed")
    after = came.evaluation
    error = next(one for one in after.judged.errors if one.kind is ErrorKind.DISMISSED)
    owed = {one.task for one in error.owed}
    assert {
        "grade-incident",
        "judge-lawfulness",
        "notify-legal",
        "brief-cto",
        "tell-customers",
        "contain-damage",
    } <= owed
    assert all(after.tasks[task].rating == "U" for task in owed)
    assert after.tasks["brief-board"].rating is None  # level 2 asks for no such thing
    assert not any(rating.rating == "P" for rating in after.tasks.values() if rating.task in owed)
    measured = {metric.kind: metric.value for metric in after.metrics if metric.incident == came.key[1]}
    assert measured["owed_by_truth"] == len(owed)
    assert measured["receivers_not_told"] == 3


def test_what_is_asked_of_conduct_alone_is_no_act_that_was_left_undone() -> None:
    """To touch nothing without an order begins with the declaration, and cannot be missed by dismissing."""
    error = next(one for one in outcome("ransomware-at-dawn", "dismissed").evaluation.judged.errors if one.owed)
    owed = {one.task for one in error.owed}
    assert "take-command" in owed
    assert "act-on-orders" not in owed


NOTICES = ("notify_cto", "notify_customers", "notify_circular")


def test_what_only_a_grade_too_mild_let_vanish_is_owed_by_the_truth() -> None:
    """The script is graded too mild and tells nobody; graded rightly it would have had to."""
    came = outcome("number-masking-leak", "graded one too mild")
    after = without(came, *NOTICES)
    error = next(one for one in after.judged.errors if one.key == came.key)
    assert {one.task for one in error.owed} == {"brief-cto", "tell-customers", "circulate-result"}
    assert all(after.tasks[one.task].rating == "U" for one in error.owed)


def test_what_a_level_let_vanish_that_stayed_when_the_figure_came_is_owed_because_it_stayed() -> None:
    """The first grading was right as the figures were known then; that it stayed is an error of its own, and worse."""
    came = outcome("insider-export (generated)", "graded one too mild")
    assert came.key[0] is ErrorKind.NOT_REGRADED
    after = without(came, *NOTICES)
    kept = next(one for one in after.judged.errors if one.key == came.key)
    graded = next(one for one in after.judged.errors if one.kind is ErrorKind.TOO_MILD)
    assert {"brief-cto", "tell-customers"} <= {one.task for one in kept.owed}
    assert not graded.owed
    assert graded.as_known
    assert after.judged.errors.index(kept) < after.judged.errors.index(graded)
    decision = next(one for one in after.judged.decisions if one.error is kept)
    assert (decision.question, decision.chosen) == (Question.LEVEL, "")
    area = next(area for area in after.areas if area.kind is ErrorKind.NOT_REGRADED)
    assert area.cause is UsualCause.LEVEL_KEPT
    assert area.owner


def test_a_figure_that_came_later_to_others_alone_was_not_passed_on() -> None:
    """As before, but the figure comes to somebody who may not grade."""
    came = outcome("insider-export (generated)", "graded one too mild")
    subject = came.planted.scenario
    showing = {"count-late", "duplicates-counted"}
    elsewhere = tuple(
        replace(inject, to=("internal_auditor",)) if inject.id in showing else inject for inject in subject.injects
    )
    after = evaluated(replace(subject, injects=elsewhere))
    kinds = [error.kind for error in after.judged.errors]
    assert ErrorKind.FIGURE_NOT_TOLD in kinds
    assert ErrorKind.NOT_REGRADED not in kinds


def test_who_is_told_as_the_true_level_wants_it_is_not_told_unasked() -> None:
    after = outcome("number-masking-leak", "graded one too mild").evaluation
    assert after.judged.unasked == frozenset()
    assert after.tasks["brief-cto"].rating == "P"
