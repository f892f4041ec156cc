"""What a fact names is there; a record that names anything else is refused where it is followed."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from incidentsim.domain.facts import Actor, Fact, FactKind
from incidentsim.exercise.kernel.names_on_record import NamesOnRecord
from incidentsim.exercise.kernel.state import ExerciseState
from tests.support import shipped

NOBODY = "nobody-knows-this"
NAMING = {
    "duty": set[str](),
    "do": {"refused", "message_sent", "improvement_set"},
    "track": set[str](),
    "source": {"improvement_set"},
    "target": set[str](),
    "inject": {"inject_added"},
    "circumstance": set[str](),
    "incident": set[str](),
    "persons": set[str](),
    "absent": set[str](),
    "injects": set[str](),
}
"""The fields that name something that must be there, and the kinds of fact in which such a field need not."""


def spoilt(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """The same fact, each name in it in turn one that nothing bears."""
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name == "because" and type(value) is int:
            yield from ((field.name, changed(fact, field.name, number)) for number in (-1, 10**9))
        if isinstance(value, Actor):
            yield "person", changed(fact, field.name, replace(value, person=NOBODY))
        if field.name == "level" and type(value) is int:
            yield field.name, changed(fact, field.name, 99)
        if field.name not in NAMING or fact.kind in NAMING[field.name] or value is None:
            continue
        yield field.name, changed(fact, field.name, (NOBODY,) if isinstance(value, tuple) else NOBODY)


def changed(fact: Any, part: str, value: object) -> Fact:
    """The same fact, one part of it another."""
    made: Fact = replace(fact, **{part: value})
    return made


SOME = "six-people-many-hats"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name == SOME else pytest.mark.slow) for name in shipped.NAMES]
)
def test_a_record_that_names_what_is_not_there_is_refused_at_its_place(name: str) -> None:
    scenario, facts = shipped.scenario(name), shipped.facts_of(name)
    playbook = shipped.procedure(scenario.playbook)
    ExerciseState(playbook, scenario).fold(facts)  # what the kernel made names nothing else
    names = NamesOnRecord(playbook, scenario)
    injects = {inject.id: inject for inject in scenario.injects}
    tried = set[tuple[FactKind, str]]()
    for sequence, fact in enumerate(facts):
        for part, other in spoilt(fact):
            if (fact.kind, part) not in tried:
                tried.add((fact.kind, part))
                with pytest.raises(ValueError, match=rf"entry {sequence} names what is not there: \w+ "):
                    names.check(other, sequence, injects)
    assert len(tried) > 30


def test_it_is_asked_wherever_a_record_is_followed() -> None:
    scenario, facts = shipped.scenario("false-alarm"), shipped.facts_of("false-alarm")
    playbook = shipped.procedure(scenario.playbook)
    place, other = next(
        (place, other) for place, fact in enumerate(facts) for _part, other in spoilt(fact) if place > 3
    )
    with pytest.raises(ValueError, match=f"entry {place} names what is not there"):
        ExerciseState(playbook, scenario).fold([*facts[:place], other, *facts[place + 1 :]])
