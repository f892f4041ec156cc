"""The forms that real records come in: each is read, or is an error that names its path."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.definitions.yaml12.problems import Problem
from incidentsim.domain.scenario import Scenario
from incidentsim.importing.imported import Imported

Import = Callable[..., Imported]
Read = Callable[..., Scenario]


def story(found: Scenario) -> str:
    return " ".join(inject.body.en for inject in found.injects)


def reasons(found: Imported) -> dict[str, str]:
    return {entry.path: entry.reason for entry in found.not_carried}


def assumptions(found: Imported) -> dict[str, str]:
    return {entry.path: entry.what for entry in found.assumed}


TOTAL = "attribute.confidentiality.data_total"


@pytest.mark.parametrize(
    ("written", "records"),
    [("5000", 5000), ("5,000", 5000), (5000.0, 5000), ("5e3", 5000), (5000.9, 5000), (" 5000 ", 5000)],
)
def test_numbers_may_be_texts_or_have_fractions(scenario: Read, written: object, records: int) -> None:
    truth = scenario({TOTAL: written}).incidents["case"].truth
    assert truth.why["personal_records"] == records


@pytest.mark.parametrize("written", ["Unknown", "NA", "n/a", "", None, "none"])
def test_a_number_that_is_not_said_is_reported(imported: Import, scenario: Read, written: object) -> None:
    parts = {TOTAL: written}
    assert scenario(parts).incidents["case"].truth.why["personal_records"] == 1200  # from the kinds of data
    assert reasons(imported(parts))["$." + TOTAL] == "The record says nothing here."


def test_a_negative_number_is_reported(imported: Import) -> None:
    assert "below zero" in reasons(imported({TOTAL: -3}))["$." + TOTAL]


@pytest.mark.parametrize("written", [10**18, 10**400, 1e300, "9" * 40])
def test_more_than_can_be_counted_counts_as_the_most_that_can(imported: Import, scenario: Read, written: Any) -> None:
    parts = {TOTAL: written}
    assert scenario(parts).incidents["case"].truth.why["personal_records"] == 2**53 - 1
    assert "9,007,199,254,740,991" in assumptions(imported(parts))["$." + TOTAL]


def test_the_total_counts_where_the_kinds_add_up_to_more(imported: Import, scenario: Read) -> None:
    kinds = [{"variety": "Personal", "amount": 300}, {"variety": "Bank", "amount": 200}]
    parts = {TOTAL: 400, "attribute.confidentiality.data": kinds}
    assert dict(scenario(parts).incidents["case"].truth.why) | {"full_outage": 0, "direct_loss": 0} == {
        "personal_records": 400,
        "sensitive_records": 200,
        "full_outage": 0,
        "direct_loss": 0,
    }
    assert "$." + TOTAL not in assumptions(imported(parts))
    parts[TOTAL] = 299
    assert scenario(parts).incidents["case"].truth.why["personal_records"] == 300
    said = "One kind of data has 300 records, more than the 299 in all; the larger figure counts."
    assert assumptions(imported(parts))["$." + TOTAL] == said


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("action.malware.variety", "Ransomware"),
        ("asset.assets", {"variety": "S - File"}),
        ("asset.assets", ["S - File"]),
        ("asset.assets", "S - File"),
        ("attribute.confidentiality.data", {"variety": "Personal", "amount": 1200}),
        ("attribute.confidentiality.data", ["Personal"]),
        ("attribute.confidentiality.data_disclosure", ["Yes"]),
        ("attribute.integrity.variety", "Software installation"),
        ("discovery_method.internal.variety", "Reported by employee"),
        ("actor.external.motive", "Financial"),
    ],
)
def test_one_value_and_a_list_of_one_are_the_same(scenario: Read, part: str, value: object) -> None:
    assert "file server" in scenario({part: value}).title.en


@pytest.mark.parametrize(
    ("written", "opens"),
    [
        ("Ext - customer", "A customer has complained"),
        ("Int - reported by user", "A colleague has called"),
        ("Prt - audit", "A partner's audit"),
        ("Ext - something else", "Somebody outside the company"),
        ("Unknown", "A sign of trouble"),
        ("Other", "in an unusual way"),
        ({"unknown": True}, "A sign of trouble"),
        ({"other": True}, "in an unusual way"),
        ({"unknown": {}}, "A sign of trouble"),
        ({"external": {"variety": ["Customer"]}, "unknown": False}, "A customer has complained"),
        ({"external": {"variety": ["Unknown"]}, "internal": {"variety": ["Log review"]}}, "The review of the logs"),
        ({"external": {}}, "Somebody outside the company"),
        ({}, "A sign of trouble"),
    ],
)
def test_the_story_opens_with_the_way_of_discovery(scenario: Read, written: object, opens: str) -> None:
    assert opens in scenario({"discovery_method": written}).injects[0].body.en


def test_a_parent_beside_its_child_is_not_told_twice(imported: Import, scenario: Read) -> None:
    told = story(scenario())
    assert "a backdoor." in told or "a backdoor and" in told or "and a backdoor" in told
    assert "command channel" not in told
    assert "desktop or laptop" not in told
    assert "$.action.malware.variety[2]" in imported().carried


@pytest.mark.parametrize(
    ("part", "old", "told"),
    [
        ("action.hacking", {"variety": ["MitM"], "vector": ["Backdoor or C2"]}, "interception in the middle"),
        ("action.hacking", {"variety": ["HTTP Response Splitting"]}, "splitting of HTTP responses"),
        ("action.malware", {"variety": ["Ram scraper"], "vector": ["Web drive-by"]}, "an infected web page"),
        ("action.physical", {"variety": ["Theft"], "vector": ["Visitor privileges"]}, "open to visitors"),
        ("action.error", {"variety": ["Omission"]}, "something left undone"),
        ("asset.assets", [{"variety": "N - HSM"}], "hardware key vault"),
    ],
)
def test_identifiers_of_older_records_have_words_too(
    imported: Import, scenario: Read, part: str, old: object, told: str
) -> None:
    assert told in story(scenario({part: old}))
    assert not [path for path in reasons(imported({part: old})) if "variety" in path]


@pytest.mark.parametrize(
    ("part", "value", "path"),
    [
        ("action.malware.variety", ["Teleportation"], "$.action.malware.variety"),
        ("action.malware.vector", ["Teleportation"], "$.action.malware.vector"),
        ("asset.assets", [{"variety": "Q - Teleporter"}], "$.asset.assets"),
        ("actor.external.motive", ["Teleportation"], "$.actor.external.motive"),
        ("attribute.integrity.variety", ["Teleportation"], "$.attribute.integrity"),
        ("attribute.availability.duration", {"unit": "Fortnights", "value": 2}, "$.attribute.availability.duration"),
        ("timeline.discovery", {"unit": "Fortnights"}, "$.timeline.discovery"),
        ("impact.overall_rating", "Teleported", "$.impact.overall_rating"),
        ("confidence", "Teleported", "$.confidence"),
        ("targeted", "Teleported", "$.targeted"),
    ],
)
def test_an_identifier_that_veris_does_not_have_is_reported_and_not_repeated(
    imported: Import, scenario: Read, part: str, value: object, path: str
) -> None:
    found = imported({part: value})
    assert any(known.startswith(path) for known in reasons(found))
    assert b"elepor" not in found.data
    assert b"ortnight" not in found.data
    assert scenario({part: value}).incidents["case"].truth.incident


@pytest.mark.parametrize(
    ("parts", "path", "says"),
    [
        ({TOTAL: "many"}, "$.attribute.confidentiality.data_total", "Expected a number here, not a text."),
        ({TOTAL: [5]}, "$.attribute.confidentiality.data_total", "Expected a number here, not a list."),
        ({TOTAL: True}, "$.attribute.confidentiality.data_total", "not true or false."),
        ({"action": "hacking"}, "$.action", "Expected an object here, not a text."),
        ({"action.malware": ["Ransomware"]}, "$.action.malware", "Expected an object here, not a list."),
        ({"action.malware.variety": [None, 5]}, "$.action.malware.variety[1]", "Expected a word of VERIS here"),
        ({"actor": 5}, "$.actor", "Expected an object here, not a number."),
        ({"asset.assets": [7]}, "$.asset.assets[0]", "Expected an object here, not a number."),
        ({"asset.assets": [{"variety": {}}]}, "$.asset.assets[0].variety", "not an object."),
        ({"asset.total_amount": "a few"}, "$.asset.total_amount", "Expected a number here, not a text."),
        ({"attribute": []}, "$.attribute", "Expected an object here, not a list."),
        ({"attribute.availability.duration": "2 days"}, "$.attribute.availability.duration", "an object here"),
        ({"timeline": "2013"}, "$.timeline", "Expected an object here, not a text."),
        ({"timeline.incident": 2013}, "$.timeline.incident", "Expected an object here, not a number."),
        ({"timeline.incident.year": "last"}, "$.timeline.incident.year", "Expected a number here, not a text."),
        ({"impact": 5}, "$.impact", "Expected an object here, not a number."),
        ({"impact.overall_amount": "much"}, "$.impact.overall_amount", "Expected a number here, not a text."),
        ({"impact.iso_currency_code": 5}, "$.impact.iso_currency_code", "Expected a word of VERIS here"),
        ({"discovery_method": 5}, "$.discovery_method", "Expected an object here, not a number."),
        ({"security_incident": "Perhaps"}, "$.security_incident", "valid are Confirmed, Suspected"),
        ({"security_incident": True}, "$.security_incident", "valid are Confirmed, Suspected"),
    ],
)
def test_what_veris_never_has_is_an_error_at_its_path(
    problems: Callable[[bytes], tuple[Problem, ...]], invent: Any, parts: dict[str, Any], path: str, says: str
) -> None:
    (problem,) = problems(json.dumps(invent(parts)).encode())
    assert problem.path == path
    assert says in problem.message


@pytest.mark.parametrize(
    "parts",
    [
        {"timeline": ...},
        {"timeline": {}},
        {"timeline.incident": ...},
        {"timeline.incident": {"year": "Unknown", "month": 0, "day": 99}},
        {"timeline.incident": {"year": 20133, "month": 13}},
        {"timeline.incident": {"year": 2012, "month": 2, "day": 30}},
        {"timeline.incident": {"year": 1950}},
        {"timeline.incident": {"year": 2020, "time": "noon"}},
        {"timeline.discovery": {"unit": "Years", "value": 1e99}},
        {"timeline.discovery": {"unit": "Never"}},
        {"attribute": ...},
        {"attribute": {"unknown": {"notes": "x"}}},
        {"attribute.confidentiality": {}},
        {"attribute.confidentiality.data": []},
        {"asset": ...},
        {"asset": {"assets": []}},
        {"asset.assets": [{}]},
        {"actor": ...},
        {"actor": {"unknown": {"notes": "x"}}},
        {"actor": {"partner": {"motive": ["NA"]}}},
        {"actor.external": None},
        {"action": ...},
        {"action": {}},
        {"action": {"unknown": {"result": ["Infiltrate"]}}},
        {"action": {"environmental": {"variety": ["Lightning"]}}},
        {"action": {"hacking": {}}},
        {"action": {"teleportation": {"variety": ["Beam"]}}},
        {"impact": ...},
        {"discovery_method": ...},
        {"victim": [1, 2]},
        {"plus": "anything"},
        {"campaign": {"id": 7}},
        {"value_chain": {"money laundering": {"variety": ["Bank"]}, "NA": True}},
    ],
)
def test_missing_odd_and_extra_parts_do_no_harm(imported: Import, scenario: Read, parts: dict[str, Any]) -> None:
    assert imported(parts).not_carried
    assert scenario(parts).incidents["case"].truth.incident


@pytest.mark.parametrize(
    ("incident", "starts"),
    [
        ({"year": 2012, "month": 2, "day": 29}, "2012-03-07T09:00+08:00"),
        ({"year": "2012", "month": "2", "day": "29"}, "2012-03-07T09:00+08:00"),
        ({"year": 2012, "month": 2, "day": 30}, "2012-02-08T09:00+08:00"),
        ({"year": 2012}, "2012-06-22T09:00+08:00"),
        ({"year": 2012, "month": 0, "day": 0}, "2012-06-22T09:00+08:00"),
        ({"year": 2012, "month": 12, "day": 31, "time": "23:30"}, "2013-01-07T23:30+08:00"),
        ({}, "2019-03-31T09:00+08:00"),
    ],
)
def test_the_exercise_starts_at_the_discovery(scenario: Read, incident: dict[str, Any], starts: str) -> None:
    assert scenario({"timeline.incident": incident}).starts == starts


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("05:45:00 PM", "17:45"),
        ("12:05:00 AM", "00:05"),
        ("12:05:00 pm", "12:05"),
        ("9:05", "09:05"),
        ("23:59:59", "23:59"),
        ("13:00:00 PM", "09:00"),
        ("24:00", "09:00"),
        ("10:75", "09:00"),
        ("noon", "09:00"),
        (1745, "09:00"),
        (None, "09:00"),
    ],
)
def test_the_time_of_day_is_read_in_any_locale(scenario: Read, written: object, clock: str) -> None:
    assert scenario({"timeline.incident.time": written}).starts[11:16] == clock


def test_many_entries_of_one_kind_are_added_up_and_take_no_long_time(scenario: Read) -> None:
    many = [{"variety": "U - Laptop", "amount": 1}] * 10_000
    assert "10,000 laptops" in story(scenario({"asset.assets": many}))
