"""Every kind of field goes the whole way: from a form into an action, onto the record, into a script and back."""

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from incidentsim.definitions.formats.script import ContentShape
from incidentsim.definitions.names.names import names_of
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.rules.field_values import FieldReader, choices_of_packs, script_value
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.facts import Filed, MeasureTaken, recordable_content
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field
from incidentsim.exercise.kernel.field_values import accepts, told_to_clocks
from incidentsim.session.writing.field_entries import complaint, options, takes_several, value_of
from tests.support.small import begun, small_playbook, small_scenario, text

PLAYBOOK, SCENARIO = small_playbook(), small_scenario()
PEOPLE = tuple(person.pseudonym for person in SCENARIO.people.values())
IDS = {person.pseudonym: person.id for person in SCENARIO.people.values()}

FILLED: dict[FieldKind, str | list[str]] = {
    FieldKind.TEXT: "Down since nine.",
    FieldKind.CHOICE: "a",
    FieldKind.CHOICES: ["b", "a"],
    FieldKind.LEVEL: "2",
    FieldKind.PERSON: PEOPLE[0],
    FieldKind.ROLE: "watcher",
    FieldKind.CLOCK: "cn-pipl-57",
    FieldKind.STATUTORY_LEVEL: choices_of_packs(FieldKind.STATUTORY_LEVEL)[0],
    FieldKind.CLOCK_MEASURES: ["personal_data_breach=1"],
}
"""What somebody writes or chooses."""


def field(kind: FieldKind) -> Field:
    return Field("what", kind, text("what"), choices_of_packs(kind) or ("a", "b"), vocabulary="list")


@pytest.mark.parametrize("kind", FieldKind)
def test_what_is_filled_in_is_accepted_and_a_script_repeats_it(kind: FieldKind) -> None:
    value = value_of(field(kind), FILLED[kind])
    assert value is not None
    assert accepts(field(kind), value, PLAYBOOK, begun().roster)
    on_record = recordable_content({"what": value})["what"]
    findings = Findings(read_yaml(b"{}", "script.yaml"))
    names = names_of(PLAYBOOK, {id_: name for name, id_ in IDS.items()}, (), ())
    written = TypeAdapter(ContentShape).validate_python(script_value(kind, on_record, IDS))
    read = FieldReader(Checker(names, findings), PLAYBOOK).value(field(kind), written, ("script",))
    assert not findings
    assert read == value


@pytest.mark.parametrize("kind", FieldKind)
def test_what_is_chosen_is_one_of_the_options_and_several_only_where_they_may_be(kind: FieldKind) -> None:
    offered = options(field(kind), PLAYBOOK, PEOPLE)
    written = FILLED[kind]
    assert isinstance(written, list) == takes_several(kind)
    assert not offered or set([written] if isinstance(written, str) else written) <= set(offered)


@pytest.mark.parametrize("kind", FieldKind)
def test_an_empty_field_holds_no_value_and_one_that_is_needed_is_complained_of(kind: FieldKind) -> None:
    assert value_of(field(kind), "") is None
    assert not accepts(field(kind), None, PLAYBOOK, begun().roster)
    assert accepts(replace(field(kind), required=False), None, PLAYBOOK, begun().roster)
    assert complaint(field(kind), "").endswith(".")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (FieldKind.CLOCK, [Filed(5, "leak", "cn-pipl-57", because=3)]),
        (FieldKind.CLOCK_MEASURES, [MeasureTaken(5, "leak", "personal_data_breach", 1, because=3)]),
        (FieldKind.LEVEL, []),
    ],
)
def test_only_what_is_about_regulatory_clocks_is_told_to_them(kind: FieldKind, told: list[object]) -> None:
    assert list(told_to_clocks(field(kind), value_of(field(kind), FILLED[kind]), 5, "leak", 3)) == told
    assert list(told_to_clocks(field(kind), None, 5, "leak", 3)) == []
