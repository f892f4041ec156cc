"""The names of a scenario's people are read without the rest, and are those that reading all of it gives."""

import pytest

from incidentsim.composition import library
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.named_people import named_people
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.text import Text


@pytest.mark.parametrize("name", ["false-alarm", "site-cameras"])
def test_they_are_those_of_the_whole_scenario(name: str) -> None:
    data = library().scenario(name)[1]
    playbook = read_playbook(library().playbook(scenario_head(data, name).playbook)[1], "playbook")
    people = read_scenario(data, name, playbook).people.values()
    assert named_people(data) == {person.pseudonym: person.name for person in people}


def test_a_name_in_one_language_is_the_same_in_both() -> None:
    assert named_people(b"people: {a: {name: Ada}, b: {name: {en: Bo, zh: \xe6\xb3\xa2}}}") == {
        "p1": Text("Ada", "Ada"),
        "p2": Text("Bo", "波"),
    }


@pytest.mark.parametrize(
    "data",
    [b"schema: x\n", b"[]", b"people: []", b"people: {a: 1}", b"people: {a: {}}", b"people: {a: {name: {en: A}}}"],
)
def test_where_no_names_are_told_there_are_none(data: bytes) -> None:
    assert named_people(data) is None


@pytest.mark.parametrize("data", [b"", b"\xff", b"people: {a: &x 1}", b"people: {a: {name: A}, a: {name: B}}"])
def test_what_is_no_definition_is_refused(data: bytes) -> None:
    with pytest.raises(DefinitionError):
        named_people(data)
