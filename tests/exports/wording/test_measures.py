"""Values and thresholds bear their units."""

import pytest

from incidentsim.domain.meanings import Unit
from incidentsim.exports.wording.measures import measure_value, threshold_words, value_words
from tests.support import procedures


@pytest.mark.parametrize(
    ("unit", "value", "said", "threshold"),
    [
        ("count", 184_000, "184,000", "184,000 or more"),
        ("money", 1_000_000, "1,000,000", "1,000,000 or more"),
        ("percent", 20, "20%", "20% or more"),
        ("duration", 5_400_000, "1 hour 30 minutes", "1 hour 30 minutes or longer"),
        ("flag", 1, "yes", "yes"),
        ("flag", 0, "no", "no"),
    ],
)
def test_each_unit_has_its_words(unit: Unit, value: int, said: str, threshold: str) -> None:
    assert value_words(unit, value) == said
    assert threshold_words(unit, value) == threshold


def test_a_threshold_that_is_to_be_exceeded_says_so() -> None:
    assert threshold_words("count", 500, beyond=True) == "more than 500"


def test_a_measure_that_the_playbook_does_not_know_is_a_number() -> None:
    assert measure_value(procedures.playbook("small"), "unheard", 1_234) == "1,234"
