"""A record answers what a procedure asks, and measures what it measures, whatever the procedure calls these."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import incidentsim
from incidentsim import composition
from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.scaffold import new_playbook
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.starting.folder import whole_folder
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language
from incidentsim.importing.answers import answers_of
from incidentsim.importing.veris import import_veris
from tests.fuzzing.definition_readers import DEFINITION_READERS
from tests.fuzzing.fuzzing import seeds_of

TOLD = {"incident": True, "unlawful": True, "crime": False, "at_fault": True, "malicious": True}


def test_answers_have_the_names_that_the_procedure_asks_by(playbook: Playbook, other_playbook: Playbook) -> None:
    assert answers_of(playbook, TOLD) == {"incident": True, "unlawful": True, "crime": False, "at_fault": True}
    assert answers_of(other_playbook, TOLD) == {"incident": True, "unlawful": True, "malicious": True}


def _veris() -> list[bytes]:
    (reader,) = [one for one in DEFINITION_READERS if one.name == "import-veris"]
    return [data for data in seeds_of(reader) if data.startswith(b"{") and b"\n" not in data]


@pytest.mark.parametrize("name", ["platform-incidents", "incident-command"])
def test_a_stranger_s_procedure_gets_the_same_story_under_its_own_names(name: str) -> None:
    text = (composition.shipped("playbooks") / f"{name}.yaml").read_text("utf-8")
    original = read_playbook(text.encode(), name)
    measures = "|".join(original.measures)
    others = {measure: f"zz-{number}" for number, measure in enumerate(original.measures)}
    before, middle = text.split("\nmeasures:\n")
    section, rest = middle.split("\nlevels:")
    section = re.sub(rf"^  ({measures}):", lambda key: f"  {others[key[1]]}:", section, flags=re.MULTILINE)
    rest = re.sub(rf"measure: ({measures})(?=[,}}])", lambda key: f"measure: {others[key[1]]}", rest)
    rest = re.sub(
        r"measures: \[([a-z_, ]+)\]",
        lambda held: "measures: [" + ", ".join(others[one.strip()] for one in held[1].split(",")) + "]",
        rest,
    )
    stranger = read_playbook(f"{before}\nmeasures:\n{section}\nlevels:{rest}".encode(), name)
    assert not set(stranger.measures) & set(original.measures)
    for record in _veris():
        mine, theirs = (import_veris(record, "record.json", playbook) for playbook in (original, stranger))
        first, second = (read_yaml(made.data, "made.yaml").value for made in (mine, theirs))
        assert first == _called_back(second, {other: measure for measure, other in others.items()})
        assert read_scenario(theirs.data, "made.yaml", stranger).incidents["case"].truth.why


def _called_back(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_called_back(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: names[item] if key == "measure" else _called_back(item, names) for key, item in value.items()}


@pytest.mark.parametrize(("language", "levels"), [("en", 3), ("zh", 0)])
def test_what_is_imported_for_a_new_procedure_is_clean_and_bots_play_it_to_its_end(
    language: Language, levels: int, tmp_path: Path
) -> None:
    """With one's own people, too; the procedure says by `means` what its measures are, or nothing of it counts."""
    files = whole_folder("own", new_playbook("own", levels, language), language)
    playbook, roster = read_playbook(files["playbook.yaml"], "own"), read_roster(files["roster.yaml"], "people")
    for name, data in files.items():
        if name.endswith(".yaml"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    for number, record in enumerate(_veris()):
        for people in (None, roster):
            made = import_veris(record, "record.json", playbook, people)
            path = tmp_path / "scenarios" / f"made-{number}-{people is not None}.yaml"
            path.write_bytes(made.data)
            assert not [problem for file in check([path], Library([]), quality=True) for problem in file.problems]
            run = incidentsim.replay(path, bots=True)
            assert run.passed, [verdict.text for verdict in run.expectations if not verdict.holds]
            assert people is None or {"Cora", "柯然"} & {person.name.en for person in run.scenario.people.values()}
