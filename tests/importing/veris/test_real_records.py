"""The forty real records beside the repository, where they are there: none of their words enters this project."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.quality import quality
from incidentsim.exercise.running.outcome import report
from incidentsim.exercise.running.runner import run
from incidentsim.importing.veris import import_veris
from tests.importing.veris.test_truth_and_story import contradictions

if TYPE_CHECKING:
    from incidentsim.domain.facts import Fact

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "veris"
FILES = sorted(FOLDER.glob("*.json"))

pytestmark = pytest.mark.skipif(not FILES, reason=f"the real VERIS records are not here: {FOLDER}")

HERE = Path(__file__).parent
IDENTIFIERS = {
    identifier
    for identifiers in json.loads((HERE / "vocabulary" / "enumerations.json").read_text(encoding="utf-8")).values()
    for identifier in identifiers
}
SECRETS = ("victim_id", "summary", "notes", "reference", "incident_id", "name", "analyst", "master_id")


def secrets(value: Any, key: str = "") -> list[str]:
    """The real names and texts in a record; one that is a mere word of VERIS, such as `Theft`, gives nothing away."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in secrets(inner, name)]
    if isinstance(value, list):
        return [text for inner in value for text in secrets(inner, key)]
    is_secret = key in SECRETS and isinstance(value, str) and value.strip() and value not in IDENTIFIERS
    return [value] if is_secret else []


def test_there_are_forty() -> None:
    assert len(FILES) == 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:8])
def test_each_imports_passes_the_checks_and_is_played_to_its_end(file: Path, playbook: Playbook) -> None:
    data = file.read_bytes()
    found = import_veris(data, file.name, playbook)
    assert found == import_veris(data, file.name, playbook)
    scenario = read_scenario(found.data, found.file_name, playbook)
    exercise = Exercise(CompiledPlaybook(playbook), scenario)
    facts: list[Fact] = []
    run(exercise, [BotDecider()], lambda new, _source: facts.extend(new))
    outcome = report(exercise, facts, run=None, digest="", must_rest=True)
    assert outcome.passed
    assert (outcome.refusals, outcome.breaches) == (0, 0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:8])
def test_no_real_name_or_text_is_carried_over(file: Path, playbook: Playbook) -> None:
    written = import_veris(file.read_bytes(), file.name, playbook).data.decode()
    real = secrets(json.loads(file.read_bytes()))
    assert len(real) >= 3
    assert [text for text in real if text in written] == []
    assert file.stem not in written


def test_no_two_of_them_make_the_same_scenario(playbook: Playbook) -> None:
    assert len({import_veris(file.read_bytes(), file.name, playbook).scenario_id for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:8])
def test_each_passes_the_questions_of_quality_and_contradicts_nothing(file: Path, playbook: Playbook) -> None:
    record = json.loads(file.read_bytes())
    found = import_veris(file.read_bytes(), file.name, playbook)
    scenario = read_scenario(found.data, found.file_name, playbook)
    assert contradictions(record, found, scenario) == []
    assert quality(playbook, scenario) == ()
