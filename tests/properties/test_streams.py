"""One more draw in one place moves nothing elsewhere: of single numbers, and of whole exercises."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.kernel.sim_time import DAY
from incidentsim.exercise.running.randomness import Stream
from tests.support.chaos import stories_of
from tests.support.examples import examples
from tests.support.play import steps_of_bots
from tests.support.procedures import NAMES, exercise_of, flags_of, playbook, scenario_for, truth_for

WITHOUT_NUMBERING = ("because", "number")
"""What counts across the whole exercise."""


@given(
    st.integers(0, 2**53 - 1), st.lists(st.integers(1, 2**32), max_size=10), st.lists(st.integers(0, 9), max_size=10)
)
def test_draws_from_one_stream_change_nothing_in_another(seed: int, bounds: list[int], between: list[int]) -> None:
    alone = Stream(seed, "personas/3")
    undisturbed = [alone.below(bound) for bound in bounds]
    disturbed, other = Stream(seed, "personas/3"), Stream(seed, "personas/4")
    found = []
    for n, bound in enumerate(bounds):
        for _ in range(between[n] if n < len(between) else 0):
            other.below(7)
        found.append(disturbed.below(bound))
    assert found == undisturbed


def story_of_the_first(facts: list[Fact]) -> list[dict[str, object]]:
    """The facts about the first incident, without what counts across incidents."""
    flat = [fact.to_json() for fact in facts if fact.incident == "incident-1"]
    return [{key: value for key, value in fact.items() if key not in WITHOUT_NUMBERING} for fact in flat]


def played(name: str, scenario: Scenario) -> list[Fact]:
    return [fact for step in steps_of_bots(exercise_of(name, scenario)) for fact in step]


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@examples(10)
def test_another_incident_later_changes_nothing_in_the_story_of_the_first(name: str, data: st.DataObject) -> None:
    """Bots draw for the second from streams of their own."""
    book = playbook(name)
    flags = data.draw(st.fixed_dictionaries({flag: st.booleans() for flag in flags_of(book)}))
    truth = truth_for(book, flags, data.draw(st.sampled_from(list(book.levels))))
    proficiency = data.draw(st.dictionaries(st.sampled_from(list(book.roles)), st.integers(0, 100)))
    alone = scenario_for(book, [truth], seed=data.draw(st.integers(0, 2**32)), proficiency=proficiency, ends=400 * DAY)
    later = scenario_for(book, [truth, truth], seed=alone.seed, proficiency=proficiency, ends=400 * DAY)
    raising = [replace(found, at=200 * DAY) if found.incident == "incident-2" else found for found in later.injects]
    both = replace(later, injects=tuple(raising))
    facts = played(name, both)
    assert any(fact.incident == "incident-2" and fact.kind == FactKind.STEP_TAKEN for fact in facts)
    assert story_of_the_first(facts) == story_of_the_first(played(name, alone))


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@examples(10)
def test_a_message_that_changes_nothing_moves_nothing(name: str, data: st.DataObject) -> None:
    """One more inject, about nothing, does not shift what the bots do or when."""
    scenario = data.draw(stories_of(name, quiet=True))
    role, channel = next(iter(playbook(name).roles)), next(iter(playbook(name).channels))
    at = data.draw(st.integers(0, 5 * DAY))
    idle = Inject("idle", (role,), channel, scenario.title, at=at)
    disturbed = replace(scenario, injects=(*scenario.injects, idle))
    before, after = played(name, scenario), played(name, disturbed)
    assert story_of_the_first(after) == story_of_the_first(before)
