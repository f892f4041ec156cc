"""The people of an imported scenario, and what is expected of it."""

from collections.abc import Callable

from incidentsim.domain.scenario import EndsAtLevel, EndsIn, Scenario
from incidentsim.domain.text import Text
from incidentsim.importing.imported import Imported
from incidentsim.importing.veris.vocabulary.story import story


def test_everybody_is_called_by_role_and_letter(scenario: Callable[..., Scenario]) -> None:
    people = {person.name for person in scenario().people.values()}
    assert Text("Security administrator A", "安全管理员甲") in people


def test_the_end_and_the_level_are_expected(
    scenario: Callable[..., Scenario],
) -> None:
    expected = [expectation.expected for expectation in scenario().expectations]
    assert expected == [EndsIn("case", "lifecycle", "reviewed"), EndsAtLevel("case", 1)]
    dismissed = [expectation.expected for expectation in scenario({"security_incident": "Near miss"}).expectations]
    assert dismissed == [EndsIn("case", "lifecycle", "dismissed"), EndsAtLevel("case", None)]


def test_the_cause_is_said_as_the_record_says_it(scenario: Callable[..., Scenario]) -> None:
    cause = scenario().incidents["case"].truth.root_cause
    assert cause is not None
    assert "ransomware" in cause.en
    assert cause in {inject.body for inject in scenario().injects}, "the first findings tell the same"


def test_where_the_record_says_no_cause_that_is_assumed_and_said(
    scenario: Callable[..., Scenario], imported: Callable[..., Imported]
) -> None:
    actions: tuple[dict[str, dict[str, str]], ...] = ({}, {"unknown": {}})
    for action in actions:
        truth = scenario({"action": action}).incidents["case"].truth
        assert truth.root_cause == story().cause_unsaid
        assert any("does not say what caused it" in assumed.what for assumed in imported({"action": action}).assumed)


def test_participants_may_read_the_objectives_which_are_the_same_for_every_record(
    scenario: Callable[..., Scenario],
) -> None:
    assert {objective.text for objective in scenario().objectives} <= set(story().objectives)
    assert all(objective.for_participants for objective in scenario().objectives)
