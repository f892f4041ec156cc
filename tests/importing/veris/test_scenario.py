"""The people of an imported scenario, and what is expected of it."""

from collections.abc import Callable

from incidentsim.domain.scenario import EndsAtLevel, EndsIn, Scenario
from incidentsim.domain.text import Text


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
