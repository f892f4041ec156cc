"""A level that is set rests on something: bots change it for what speaks against that, and for nothing else."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import LevelSet
from incidentsim.exercise.bots.regrading import level_anew
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.play import play_with_bots
from tests.support.shipped import PROCEDURES, procedure, scenario

COMMAND: Final = procedure("incident-command")


def test_whoever_reads_of_an_intruder_does_not_make_an_outage_lighter() -> None:
    """People graded a stop of forty minutes; the commander had read nothing of it, and then of the open tunnel."""
    story = scenario("ransomware-at-dawn")
    declared = replace(story, script=tuple(done for done in story.script if done.at <= 14 * MINUTE))
    facts = play_with_bots(Exercise(CompiledPlaybook(COMMAND), declared))
    levels = [fact.level for fact in facts if isinstance(fact, LevelSet)]
    assert levels[0] == 2
    assert levels[1:]
    assert max(levels) == 2, "the attacker in the tunnel makes it more severe, not lighter"


@pytest.mark.parametrize(
    ("level", "named", "known", "expected"),
    [
        (2, ["core_function_down"], {"intruder_present": 1}, 1),  # what was named counts on, and the factor with it
        (2, ["core_function_down"], {"core_function_down": 6 * MINUTE}, 3),  # what was named is known to be less
        (2, ["core_function_down", "intruder_present"], {"intruder_present": 1}, 2),  # the factor was counted already
        (2, ["core_function_down", "intruder_present"], {"intruder_present": 0}, 3),  # it is known to be gone
        (3, [], {"intruder_present": 1}, 2),  # nobody said what it rests on: only the factor is new
        (3, [], {"intruder_present": 0}, 3),
        (3, [], {"people_exposed": 2000}, 2),
        (2, [], {"people_exposed": 1}, 3),
        (2, ["safety_at_risk"], {"still_spreading": 1}, 1),  # it reaches only a more severe level: that counts at once
    ],
)
def test_the_level_follows_from_what_was_graded_by_and_what_is_known(
    level: int, named: list[str], known: dict[str, int], expected: int
) -> None:
    assert level_anew(COMMAND, level, named, known) == expected


@given(st.data())
def test_a_level_stays_that_nothing_which_is_known_speaks_about(data: st.DataObject) -> None:
    playbook = procedure(data.draw(st.sampled_from(PROCEDURES)))
    level = data.draw(st.sampled_from(sorted(playbook.levels)))
    rule = playbook.levels[level]
    named = data.draw(st.sets(st.sampled_from(sorted({one.measure for one in rule.any_of})))) if rule.any_of else set()
    factors = {modifier.when.measure: 1 for modifier in playbook.modifiers}
    known = {name: factors[name] for name in data.draw(st.sets(st.sampled_from(sorted(factors))))}
    assert (level_anew(playbook, level, named, {}) or 0) <= level
    again = level_anew(playbook, level, named, known)
    assert again is not None
    assert again <= level
