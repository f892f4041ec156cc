"""The truth of an imported scenario never contradicts its story, whatever record VERIS allows.

Records are made from VERIS's own schema: some in every run, ten thousand among the slow tests.
"""

import json
from datetime import datetime
from typing import Any, Final

import pytest

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import quality
from incidentsim.importing.imported import Imported
from incidentsim.importing.measured import MEASURES
from incidentsim.importing.veris import import_veris
from tests.importing.veris.schema_records import SCHEMA, SchemaRecords
from tests.support.examples import scaled

pytestmark = pytest.mark.skipif(not SCHEMA.is_file(), reason=f"the schema of VERIS is not here: {SCHEMA}")

TOLD: Final = {*MEASURES, "people_exposed", "core_function_down", "intruder_present"}
"""The measures that a record tells; a figure that is assumed is of another one."""
PERSONAL: Final = {
    "Personal", "Sensitive Personal", "Credentials", "Multi-factor credential", "Bank", "Medical", "Payment",
}  # fmt: skip
GRAVEST: Final = {"Catastrophic": 1, "Damaging": 2, "Painful": 3, "Distracting": 4}


def contradictions(record: dict[str, Any], found: Imported, scenario: Scenario) -> list[str]:
    """What the truth says against the record."""
    truth, wrong = scenario.incidents["case"].truth, []
    attribute = record.get("attribute", {})
    confidentiality = attribute.get("confidentiality", {})
    created = record.get("plus", {}).get("created")
    if created is not None and datetime.fromisoformat(scenario.starts) > datetime.fromisoformat(created):
        wrong.append(f"begins {scenario.starts}, recorded {created}")
    if not truth.incident or truth.level is None:
        return wrong
    disclosed = bool(confidentiality) and confidentiality["data_disclosure"] != "No"
    effects = set(attribute.get("availability", {}).get("variety", ()))
    if disclosed and truth.level == 5:
        wrong.append("data was disclosed, and it is graded as slight")
    if (
        effects & {"Interruption", "Degradation"}
        and truth.level == 5
        and not set(truth.why) & {"degraded", "full_outage"}
    ):
        wrong.append("a service was interrupted, and it is graded as slight without a time")
    impact = record.get("impact", {})
    if truth.level > GRAVEST.get(impact.get("overall_rating"), 5):
        wrong.append(f"rated {impact['overall_rating']}, graded {truth.level}")
    kinds, total = confidentiality.get("data", []), confidentiality.get("data_total")
    amounts = [kind["amount"] for kind in kinds if "amount" in kind]
    personal = truth.why.get("personal_records")
    if disclosed and personal is not None and total is not None and personal > max([total, *amounts, 1]):
        wrong.append(f"{personal} records of people of {total} in all, by kind {amounts}")
    about_people = kinds and {kind["variety"] for kind in kinds} <= PERSONAL
    if (
        disclosed
        and about_people
        and set(truth.why) & TOLD
        and total
        and personal != max([total, *amounts])
        and not all("amount" in kind for kind in kinds)
    ):
        wrong.append(f"{personal} records of people, all {total} may be")
    loss = truth.why.get("direct_loss")
    overall = [value for key, value in impact.items() if key.startswith("overall_") and key.endswith("amount")]
    if loss is not None and overall and impact.get("iso_currency_code") == "CNY":
        single = [
            value
            for item in impact.get("loss", ())
            if item["variety"] not in ("Brand damage", "Competitive advantage")
            for key, value in item.items()
            if key.endswith("amount")
        ]
        if loss != max([*overall, *single]):
            wrong.append(f"a loss of {loss}, of {overall} in all and {single} by kind")
    if not truth.why and not found.assumed:
        wrong.append("a level without values, of which nothing is assumed")
    return wrong


def complaints(seed: int, make: SchemaRecords, playbook: Playbook, compiled: CompiledPlaybook) -> list[str]:
    record = make.record(seed)
    found = import_veris(json.dumps(record).encode(), "invented.json", playbook)
    scenario = read_scenario(found.data, found.file_name, playbook)
    wrong = contradictions(record, found, scenario) if playbook.id == "platform-incidents" else []
    return [*wrong, *(f"{finding.rule} {finding.message}" for finding in quality(playbook, scenario, compiled))]


@pytest.fixture(scope="module")
def make() -> SchemaRecords:
    return SchemaRecords()


def wrong_among(seeds: range, make: SchemaRecords, playbook: Playbook) -> dict[int, list[str]]:
    compiled = CompiledPlaybook(playbook)
    return {seed: found for seed in seeds if (found := complaints(seed, make, playbook, compiled))}


def test_no_truth_contradicts_its_story_and_every_scenario_passes_the_questions_of_quality(
    make: SchemaRecords, playbook: Playbook
) -> None:
    assert wrong_among(range(scaled(300)), make, playbook) == {}


def test_the_same_for_another_playbook(make: SchemaRecords, other_playbook: Playbook) -> None:
    assert wrong_among(range(scaled(60)), make, other_playbook) == {}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_same_for_ten_thousand_records(make: SchemaRecords, playbook: Playbook) -> None:
    assert wrong_among(range(10_000), make, playbook) == {}
