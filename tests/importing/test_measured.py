"""Values and the level that follows from them, for any playbook, whatever it calls its measures."""

from dataclasses import replace

import pytest

from incidentsim.definitions.formats.durations import LONGEST
from incidentsim.definitions.formats.scenario import BIGGEST
from incidentsim.domain.playbook import Playbook
from incidentsim.importing.measured import MEASURES, Measured


def test_each_playbook_calls_a_measure_by_its_own_name(playbook: Playbook, other_playbook: Playbook) -> None:
    named = []
    for procedure in (playbook, other_playbook):
        measured = Measured(procedure)
        assert measured.put("personal_records", "count", 3)
        named += list(measured.values)
    assert named == ["personal_records", "people_exposed"]


def test_what_a_playbook_does_not_measure_is_not_taken(other_playbook: Playbook) -> None:
    measured = Measured(other_playbook)
    assert not measured.knows("sensitive_records", "count")
    assert not measured.put("sensitive_records", "count", 3)
    assert not measured.put("personal_records", "duration", 3), "nor what it measures in another unit"
    assert measured.values == {}


def test_a_value_is_at_most_the_largest_that_a_scenario_holds(playbook: Playbook) -> None:
    measured = Measured(playbook)
    measured.put("personal_records", "count", BIGGEST + 1)
    measured.put("full_outage", "duration", LONGEST + 1)
    assert measured.values == {"personal_records": BIGGEST, "full_outage": LONGEST}


def test_the_level_is_the_playbooks_and_the_values_say_why(playbook: Playbook) -> None:
    measured = Measured(playbook)
    measured.put("full_outage", "duration", 10 * 60_000)
    measured.put("attacker_active", "flag", 1)
    measured.grade()
    assert (measured.level, measured.residual) == (playbook.judged_level(measured.values), False)
    why = [(shape.measure, shape.is_) for shape in measured.why()]
    assert why == [
        ("full_outage", "10m"),
        ("attacker_active", True),
    ]


def test_where_no_threshold_is_reached_the_level_is_the_one_for_everything_else(playbook: Playbook) -> None:
    measured = Measured(playbook)
    measured.put("personal_records", "count", 0)
    measured.grade()
    assert (measured.level, measured.residual) == (max(playbook.levels), True)
    assert measured.values == {"personal_records": 0}


def test_a_playbook_without_such_a_level_gives_the_mildest_and_no_reason(playbook: Playbook) -> None:
    bounded = {number: level for number, level in playbook.levels.items() if level.any_of}
    measured = Measured(replace(playbook, levels=bounded))
    measured.put("personal_records", "count", 0)
    measured.grade()
    assert (measured.level, measured.values, measured.why()) == (max(bounded), {}, [])


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_one_that_some_shipped_playbook_has(
    measure: str, playbook: Playbook, other_playbook: Playbook
) -> None:
    assert Measured(playbook).called(measure) or Measured(other_playbook).called(measure)


def test_money_counts_only_where_the_measure_says_that_it_is_in_yuan(
    playbook: Playbook, other_playbook: Playbook
) -> None:
    assert Measured(playbook).called("direct_loss") == "direct_loss"
    assert Measured(other_playbook).called("direct_loss") is None, "dollars are no yuan"
