"""One human error planted into an expert's script is one error more in the debrief, and what it led to is under it."""

from collections import Counter
from functools import cache

import pytest

from incidentsim import composition
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind
from incidentsim.exports.text.evaluation import evaluation_lines
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.decisions import error_words, expected_words, shown_by
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Order
from tests.support.evaluating import SCENARIOS, played
from tests.support.planting import PLANTS, Planted, Told, gained, generated_told, shipped_told
from tests.support.procedures import playbook

ARCHETYPES = sorted(path.stem for path in composition.archetypes().glob("*.yaml"))
FAST = {
    "number-masking-leak": ("dismissed", "graded one too mild", "legality judged wrongly", "reported to the wrong one"),
    "voice-platform-fault": ("graded two too severe", "legality not judged", "late", "own report approved"),
    "concealed-outage": ("nobody told of the deciding figure",),
}
"""What the fast tests plant: every kind in one of the shipped scenarios."""


@cache
def shipped(name: str) -> Told:
    return shipped_told(name)


@cache
def generated(name: str) -> Told:
    path = composition.archetypes() / f"{name}.yaml"
    shape = read_archetype(path.read_bytes(), path.name, playbook("platform-incidents"))
    return generated_told(shape, Order(1, shape.usual_level))


def check(told: Told, planted: Planted, kind: str) -> None:
    """The list of errors gains exactly the planted one; it is named with its right answer and its evidence."""
    more, after = gained(told, planted)
    assert more == Counter([planted.key]), kind
    error = next(one for one in after.judged.errors if one.key == planted.key)
    assert error.sequences
    assert all(0 <= number < after.report.overview.facts for number in shown_by(error))
    facts = played(planted.scenario)
    teller = Narrator(Account(facts, told.playbook, planted.scenario, "en"))
    lines = " ".join(" ".join(evaluation_lines(teller.account, after)).split())
    for words in (error_words(teller, error), expected_words(teller, error, after.ways)):
        assert words
        assert " ".join(words.split()) in lines
    assert all(f"#{number}" in lines for number in error.sequences)


@pytest.mark.parametrize("name", FAST)
def test_a_planted_error_is_the_error_named(name: str) -> None:
    told = shipped(name)
    for kind in FAST[name]:
        planted = PLANTS[kind](told)
        assert planted is not None, kind
        check(told, planted, kind)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_error_planted_into_a_shipped_scenario_is_named(name: str) -> None:
    told = shipped(name)
    for kind, plant in PLANTS.items():
        if (planted := plant(told)) is not None:
            check(told, planted, kind)


@pytest.mark.slow
@pytest.mark.parametrize("name", ARCHETYPES)
def test_every_error_planted_into_a_generated_scenario_is_named(name: str) -> None:
    told = generated(name)
    planted = {kind: plant(told) for kind, plant in PLANTS.items()}
    assert any(planted.values())
    for kind, one in planted.items():
        if one is not None:
            check(told, one, kind)


@pytest.mark.slow
def test_every_kind_of_error_can_be_planted_somewhere() -> None:
    """A plant that nothing allows would test nothing."""
    allowed = {kind for name in SCENARIOS for kind, plant in PLANTS.items() if plant(shipped(name)) is not None}
    allowed |= {kind for name in ARCHETYPES for kind, plant in PLANTS.items() if plant(generated(name)) is not None}
    assert set(PLANTS) - allowed == set()


def test_what_a_dismissal_left_undone_is_owed_by_the_truth_and_not_done() -> None:
    told = shipped("number-masking-leak")
    planted = PLANTS["dismissed"](told)
    assert planted is not None
    _more, after = gained(told, planted)
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
    measured = {metric.kind: metric.value for metric in after.metrics if metric.incident == planted.key[1]}
    assert measured["owed_by_truth"] == len(owed)
    assert measured["receivers_not_told"] == 3


def test_what_only_a_grade_too_mild_let_vanish_is_owed_by_the_truth() -> None:
    """The script is graded too mild and tells nobody; graded rightly it would have had to."""
    told = shipped("number-masking-leak")
    planted = PLANTS["graded one too mild"](told)
    assert planted is not None
    notices = ("notify_cto", "notify_customers", "notify_circular")
    script = tuple(one for one in planted.scenario.script if one.action.do not in notices)
    silent = Planted(told.written(script), planted.key)
    more, after = gained(told, silent)
    assert more == Counter([planted.key])
    error = next(one for one in after.judged.errors if one.key == planted.key)
    assert {one.task for one in error.owed} == {"brief-cto", "tell-customers", "circulate-result"}
    assert all(after.tasks[one.task].rating == "U" for one in error.owed)


def test_who_is_told_as_the_true_level_wants_it_is_not_told_unasked() -> None:
    told = shipped("number-masking-leak")
    planted = PLANTS["graded one too mild"](told)
    assert planted is not None
    _more, after = gained(told, planted)
    assert after.judged.unasked == frozenset()
    assert after.tasks["brief-cto"].rating == "P"
