"""A file that is no definition of the wanted kind is told as what it is, before anything else is said of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.definitions.clocks.read import read_clock_pack
from incidentsim.definitions.controls.read import read_control_map, read_evidence
from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.files import head_of, read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.scenario.cards import scenario_card
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.catalogue import listed
from tests.support.foreign import SAMPLES
from tests.support.small import small_playbook

READERS: dict[str, tuple[str, Callable[[bytes, str], object]]] = {
    "playbook": ("playbook", read_playbook),
    "scenario": ("scenario", lambda data, file: read_scenario(data, file, small_playbook())),
    "scenario head": ("scenario", scenario_head),
    "card": ("scenario", lambda data, file: scenario_card(data, Path(file))),
    "roster": ("company-roster", read_roster),
    "archetype": ("archetype", lambda data, file: read_archetype(data, file, small_playbook())),
    "archetype head": ("archetype", listed),
    "clocks": ("clocks", read_clock_pack),
    "controls": ("controls", read_control_map),
    "evidence": ("evidence", read_evidence),
    "any": ("", head_of),
}
"""Every reader of definitions, with the kind that it wants."""

DEFINITIONS = ("scenario", "playbook", "company-roster", "archetype", "clocks", "controls", "evidence")
FOREIGN = [(name, data) for name, samples in SAMPLES.items() for data in samples if name not in DEFINITIONS]


def refusal(reader: str, data: bytes) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        READERS[reader][1](data, "a.file")
    return caught.value


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_says_first_that_a_foreign_file_is_none_of_ours_and_then_what_it_is(reader: str) -> None:
    for name, data in FOREIGN:
        error = refusal(reader, data)
        (problem,) = error.problems
        assert not error.readable
        said = problem.message
        wrong_schema = said.startswith("This is no file of incidentsim: its schema is attack_flow_v2. It looks like")
        ours = name == "proof" and ("which is wanted here. This is" in said or "its schema is incidentsim/" in said)
        assert said.startswith("This is no file of incidentsim: it has no key schema. ") or wrong_schema or ours, name


@pytest.mark.parametrize("reader", [name for name in READERS if name != "any"])
@pytest.mark.parametrize("kind", DEFINITIONS)
def test_a_definition_of_another_kind_is_told_as_such_with_the_commands_that_take_it(reader: str, kind: str) -> None:
    if READERS[reader][0] == kind:
        return
    (problem,) = refusal(reader, SAMPLES[kind][0]).problems
    assert ", which is wanted here. This is " in problem.message
    assert "take" in problem.message


def test_what_is_broken_in_a_definition_of_the_wanted_kind_is_still_told_at_its_place() -> None:
    data = SAMPLES["scenario"][0] + b"ends: 1.5\n"
    assert [(one.line, one.message[:25]) for one in refusal("scenario", data).problems] == [
        (3, "1.5 is not a whole number")
    ]


@pytest.mark.parametrize("reader", ["scenario", "scenario head", "playbook", "any"])
def test_yaml_without_a_schema_is_said_to_be_none_of_ours_before_its_faults(reader: str) -> None:
    first, *_rest = refusal(reader, b"title: x\nscore: 100.0\n").problems
    assert first.message == "This is no file of incidentsim: it has no key schema."


def test_a_file_over_the_limit_is_told_as_what_it_is_too(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(SAMPLES["pdf"][0] + bytes(2 << 20))
    with pytest.raises(DefinitionError, match=r"is the most that is read\. It looks like a PDF document"):
        read_bytes(path)


def test_a_foreign_file_among_others_stops_no_check(tmp_path: Path) -> None:
    path = tmp_path / "msel.xlsx"
    path.write_bytes(SAMPLES["xlsx"][0])
    (checked,) = check([path], Library([]))
    assert not checked.readable
    assert "a workbook" in checked.problems[0].message
