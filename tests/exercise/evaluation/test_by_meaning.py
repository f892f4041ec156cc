"""Evaluating asks for no names: whatever a playbook's rules are called, ratings, errors and figures are the same."""

import pytest

from incidentsim.exercise.evaluation.evaluate import evaluate
from tests.support.renaming import other_names, renamed
from tests.support.shipped import facts_of, procedure, scenario


@pytest.mark.parametrize(("name", "seed"), [("false-alarm", 1), ("ransomware-at-dawn", 2)])
def test_an_evaluation_is_the_same_but_for_the_names(name: str, seed: int) -> None:
    told, playbook = scenario(name), procedure(scenario(name).playbook)
    names = other_names(playbook, seed)
    facts = facts_of(name)
    as_called = evaluate(playbook, told, facts)
    strangely = evaluate(renamed(playbook, names), renamed(told, names), renamed(facts, names))
    assert strangely.metrics == renamed(as_called.metrics, names)
    assert strangely.objectives == renamed(as_called.objectives, names)
    assert strangely.judged == renamed(as_called.judged, names)
