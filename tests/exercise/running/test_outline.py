"""A record alone tells what happened: its facts are followed to the same end without the scenario."""

import pytest

from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.outline import NOT_HERE, outline_of
from tests.service.test_record_sources import elsewhere
from tests.support.shipped import NAMES

FEW = ("false-alarm", "number-masking-leak")


def compare(name: str, *, bots: bool) -> None:
    service = elsewhere()
    view = service.exercises.replay(name, bots=bots, record=False)
    outline = outline_of(view.facts)
    exercise = Exercise(CompiledPlaybook(view.playbook), outline)
    exercise.resume(view.facts)
    ended = {incident: dict(state.tracks) for incident, state in exercise.state.incidents.items()}
    assert ended == {incident: view.report.final_states[incident] for incident in ended}
    assert exercise.state.ended is view.finished
    assert {person.pseudonym: person.roles for person in outline.people.values()} == {
        person.pseudonym: person.roles for person in view.scenario.people.values()
    }


@pytest.mark.parametrize("name", FEW)
def test_a_record_is_followed_to_its_end_without_its_scenario(name: str) -> None:
    compare(name, bots=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_so_is_that_of_every_shipped_scenario(name: str) -> None:
    compare(name, bots=True)


def test_it_holds_nothing_but_what_the_record_says() -> None:
    view = elsewhere().exercises.replay("number-masking-leak", record=False)
    outline = outline_of(view.facts)
    assert {person.name.en for person in outline.people.values()} == {
        f"p{n}" for n in range(1, len(outline.people) + 1)
    }
    assert {inject.body for inject in outline.injects} == {NOT_HERE}
    assert (outline.script, outline.expectations, outline.objectives) == ((), (), ())
    assert outline.starts == view.scenario.starts


def test_what_does_not_begin_with_a_beginning_is_none() -> None:
    view = elsewhere().exercises.replay("false-alarm", record=False)
    for facts in ((), view.facts[1:]):
        with pytest.raises(ValueError, match="does not begin with the beginning"):
            outline_of(facts)
