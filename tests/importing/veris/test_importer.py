"""What comes out for a record as a whole: a scenario that passes the checks, the same for the same record."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.definitions.yaml12.problems import Problem
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Text
from incidentsim.importing.imported import Imported
from incidentsim.importing.veris import import_veris

Import = Callable[..., Imported]
Read = Callable[..., Scenario]


def test_the_sample_makes_a_scenario(scenario: Read) -> None:
    found = scenario()
    assert found.title == Text("Ransomware: file server", "勒索软件：文件服务器")
    assert found.playbook == "platform-incidents"
    assert found.tags == ("imported", "veris", "social", "malware")
    assert found.starts == "2019-03-11T17:45+08:00"  # the incident's date and time, and the week until discovery
    assert found.script == ()
    truth = found.incidents["case"].truth
    assert truth.incident
    assert truth.unlawful
    assert truth.flags["crime"]
    assert not truth.flags["at_fault"]
    assert truth.cause == "malware-ransomware"
    assert truth.level == 1
    assert dict(truth.why) == {
        "personal_records": 1200,
        "sensitive_records": 1200,  # how many are bank data is not said, so all may be
        "full_outage": 5 * 3_600_000,
        "direct_loss": 152_000,
    }


def test_it_says_that_everything_in_it_is_invented(imported: Import, scenario: Read) -> None:
    assert b"invented" in imported().data
    assert scenario().organisation.name == Text("Exercise Company (invented)", "演练公司（虚构）")


def test_the_same_record_gives_the_same_bytes_however_it_is_laid_out(invent: Any, playbook: Playbook) -> None:
    record = invent()
    backwards = dict(reversed(record.items()))
    layouts = [json.dumps(record), json.dumps(record, indent=4), json.dumps(backwards, ensure_ascii=False)]
    assert len({import_veris(layout.encode(), "any.json", playbook).data for layout in layouts}) == 1


def test_another_record_gives_another_id_and_seed(imported: Import, scenario: Read) -> None:
    other = {"summary": "another"}
    assert imported().scenario_id != imported(other).scenario_id
    assert scenario().seed != scenario(other).seed
    assert imported().file_name == f"{imported().scenario_id}.yaml"


def test_no_text_or_name_of_the_record_gets_into_the_scenario(imported: Import) -> None:
    data = imported().data.decode()
    for part in ("Mallory", "mallory", "Widgets", "example", "InventedLocker", "0D7C2C1E", "541511", "2019-04-01"):
        assert part not in data


def test_another_playbook_gets_its_own_people_channels_and_level(
    imported: Import, read: Read, other_playbook: Playbook
) -> None:
    found = read(imported(by=other_playbook), other_playbook)
    assert found.playbook == "incident-command"
    assert {role for person in found.people.values() for role in person.roles} == set(other_playbook.roles)
    truth = found.incidents["case"].truth
    assert dict(truth.why) == {"people_exposed": 1200, "core_function_down": 5 * 3_600_000}
    assert truth.level == other_playbook.judged_level(truth.why) == 1
    assert truth.flags["malicious"]


@pytest.mark.parametrize(
    ("status", "incident"),
    [("Confirmed", True), ("Suspected", True), ("suspected ", True), ("Near miss", False), ("False positive", False)],
)
def test_confirmed_and_suspected_are_incidents_and_the_rest_is_not(scenario: Read, status: str, incident: bool) -> None:
    found = scenario({"security_incident": status})
    truth = found.incidents["case"].truth
    assert truth.incident is incident
    assert (truth.level is not None) is incident
    assert truth.unlawful is incident
    assert bool(truth.why) is incident
    assert any("counts as" in note.en for note in truth.notes) is (status.strip() != "Confirmed")


def test_a_record_that_does_not_say_counts_as_confirmed_and_that_is_told(imported: Import, scenario: Read) -> None:
    without = {"security_incident": ...}
    assert scenario(without).incidents["case"].truth.incident
    assert "$.security_incident" in {entry.path for entry in imported(without).assumed}


@pytest.mark.parametrize("version", ["1.3.3", "1.3.4", "1.3.5", "1.3.6", "1.3.7", "1.4.0", "1.4.1", "1.4", "1.3.1"])
def test_versions_that_can_be_read(imported: Import, version: str) -> None:
    assert f"version {version}.".encode() in imported({"schema_version": version}).data


@pytest.mark.parametrize("version", ["1.2", "2.0", "1.5.0", "", "x", "1.4.0; rm", 2, None, ["1.4"], True])
def test_other_versions_get_a_sentence(
    problems: Callable[[bytes], tuple[Problem, ...]], invent: Any, version: object
) -> None:
    (problem,) = problems(json.dumps(invent({"schema_version": version})).encode())
    assert problem.path == "$.schema_version"
    assert "schema_version is missing" in problem.message or "1.3.3 to 1.4.x" in problem.message


def test_a_version_written_as_a_number_can_be_read(imported: Import) -> None:
    assert imported({"schema_version": 1.4}).scenario_id.startswith("veris-")
