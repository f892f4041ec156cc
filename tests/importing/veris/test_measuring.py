"""Figures of a record become measures of the playbook, and these the level by its thresholds."""

from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario, Truth
from incidentsim.importing.imported import Imported

Import = Callable[..., Imported]
Read = Callable[..., Scenario]

HOUR = 3_600_000
DATA = "attribute.confidentiality"
NO_OUTAGE = {"attribute.availability": ..., "impact": ...}


@pytest.fixture
def truth(scenario: Read) -> Callable[..., Truth]:
    return lambda parts: scenario(parts).incidents["case"].truth


Judge = Callable[[dict[str, Any]], Truth]


@pytest.mark.parametrize(
    ("kinds", "total", "personal", "sensitive"),
    [
        ([("Personal", 10)], 10, 10, None),
        ([("Personal", 10)], None, 10, None),
        ([("Personal", None)], 70, 70, None),
        ([("Personal", None)], None, 1, None),
        ([("Medical", None)], None, 1, 1),
        ([("Medical", 30)], 30, 30, 30),
        ([("Personal", 70), ("Medical", 30)], 100, 100, 30),
        ([("Personal", None), ("Medical", None)], 100, 100, 100),
        ([("Credentials", 5)], 5, 5, None),
        ([("Unknown", None)], 12, 12, None),
        ([], 12, 12, None),
        ([("Personal", 40), ("Source code", 60)], 100, 40, None),
        ([("Personal", None), ("Source code", 60)], 100, 100, None),
        ([("Source code", 60)], 60, None, None),
        ([("Secrets", None)], None, None, None),
        ([("Payment", 0)], 0, 1, 1),
    ],
)
def test_records_of_people(
    truth: Judge, kinds: list[tuple[str, int | None]], total: int | None, personal: int | None, sensitive: int | None
) -> None:
    data = [{"variety": kind} | ({} if amount is None else {"amount": amount}) for kind, amount in kinds]
    parts: dict[str, Any] = {f"{DATA}.data": data, f"{DATA}.data_total": total, **NO_OUTAGE}
    expected = {"personal_records": personal, "sensitive_records": sensitive}
    why = {name: value for name, value in truth(parts).why.items() if name != "direct_loss"}  # where it is an estimate
    assert why == {name: value for name, value in expected.items() if value is not None}


def test_nothing_disclosed_is_nothing_lost(truth: Judge, imported: Import) -> None:
    parts = {f"{DATA}.data_disclosure": "No", **NO_OUTAGE}
    assert dict(truth(parts).why) == {"personal_records": 0}
    assert any("No data was disclosed" in entry.reason for entry in imported(parts).not_carried)


@pytest.mark.parametrize("disclosure", ["Potentially", "Unknown", ...])
def test_where_disclosure_is_open_the_graver_case_counts_and_that_is_told(
    truth: Judge, imported: Import, disclosure: object
) -> None:
    parts = {f"{DATA}.data_disclosure": disclosure, **NO_OUTAGE}
    assert truth(parts).why["personal_records"] == 1200
    assert any("Disclosure is not established" in entry.what for entry in imported(parts).assumed)


@pytest.mark.parametrize(
    ("effects", "duration", "assets", "expected"),
    [
        (["Interruption"], {"unit": "Hours", "value": 2}, ["S - Web application"], {"full_outage": 2 * HOUR}),
        (["Interruption"], {"unit": "Hours", "value": 1.5}, ["S - Web application"], {"full_outage": 3 * HOUR // 2}),
        (["Interruption"], {"unit": "Weeks"}, ["S - Web application"], {"full_outage": 7 * 24 * HOUR}),
        (["Degradation"], {"unit": "Minutes", "value": "90"}, ["S - Mail"], {"degraded": 3 * HOUR // 2}),
        (["Acceleration"], {"unit": "Days", "value": 1}, ["S - Mail"], {"degraded": 24 * HOUR}),
        (["Degradation", "Interruption"], {"unit": "Hours", "value": 2}, ["S - Mail"], {"full_outage": 2 * HOUR}),
        (["Loss"], {"unit": "Never"}, ["S - Database"], {"full_outage": 30 * 24 * HOUR}),
        (["Loss"], {"unit": "Never"}, ["U - Laptop"], {"personal_records": 0}),
        (["Loss"], {"unit": "Days", "value": 3}, ["M - Documents", "P - Cashier"], {"personal_records": 0}),
        (["Interruption"], {"unit": "Unknown"}, ["S - Mail"], {"full_outage": 1_000}),
        (["Interruption"], {"unit": "NA", "value": 4}, ["S - Mail"], {"full_outage": 1_000}),
        (["Interruption"], {"unit": "Years", "value": 10**9}, ["S - Mail"], {"full_outage": 36_500 * 24 * HOUR}),
        (["Interruption"], None, ["S - Mail"], {"full_outage": 1_000}),
        (["Interruption"], None, ["U - Laptop"], {"full_outage": 1_000}),
        (["Destruction"], None, ["S - Mail"], {"full_outage": 1_000}),
        (["Loss"], None, ["U - Laptop"], {"personal_records": 0}),
        (["Degradation"], None, ["S - Mail"], {"degraded": HOUR // 2}),
        (["Degradation"], {"unit": "Minutes"}, ["S - Mail"], {"degraded": HOUR // 2}),
        (["Degradation"], {"unit": "Seconds"}, ["S - Mail"], {"degraded": 1_000}),
        ([], {"unit": "Hours", "value": 1}, [], {"full_outage": HOUR}),
    ],
)
def test_outages_of_services(
    truth: Judge, effects: list[str], duration: dict[str, Any] | None, assets: list[str], expected: dict[str, int]
) -> None:
    parts = {
        DATA: ...,
        "impact": ...,
        "attribute.availability": {"variety": effects} | ({} if duration is None else {"duration": duration}),
        "asset.assets": [{"variety": asset} for asset in assets],
    }
    assert dict(truth(parts).why) == expected


@pytest.mark.parametrize(
    ("impact", "loss"),
    [
        ({"overall_amount": 1000, "iso_currency_code": "USD"}, 6450),
        ({"overall_amount": "1000", "iso_currency_code": "CNY"}, 1000),
        ({"overall_min_amount": 10, "overall_max_amount": 20, "iso_currency_code": "CNY"}, 20),
        ({"loss": [{"variety": "Operating costs", "amount": 7}], "iso_currency_code": "CNY"}, 7),
        ({"loss": [{"variety": "Operating costs", "max_amount": 7}], "iso_currency_code": "CNY"}, 7),
        ({"loss": {"variety": "Brand damage", "amount": 7}, "iso_currency_code": "CNY"}, None),
        (
            {"overall_amount": 5, "loss": [{"variety": "Operating costs", "amount": 7}], "iso_currency_code": "CNY"},
            7,
        ),
        ({"overall_amount": 1000}, None),
        ({"overall_amount": 1000, "iso_currency_code": "XBT"}, None),
        ({"overall_amount": 1e300, "iso_currency_code": "EUR"}, 2**53 - 1),
        ({"overall_amount": -5, "iso_currency_code": "EUR"}, None),
        ({"overall_rating": "Catastrophic"}, None),
    ],
)
def test_losses_of_money(truth: Judge, impact: dict[str, Any], loss: int | None) -> None:
    assert truth({"impact": impact}).why.get("direct_loss") == loss


@pytest.mark.parametrize(
    ("parts", "measure"),
    [
        ({"action.hacking": {"variety": ["Virtual machine escape"]}}, "control_plane_compromised"),
        ({"action.hacking": {"variety": ["Unknown"], "vector": ["Hypervisor"]}}, "control_plane_compromised"),
        ({"attribute.integrity": {"variety": ["Log tampering"]}}, "evidence_lost"),
        ({"timeline.containment": {"unit": "Never"}}, "attacker_active"),
    ],
)
def test_what_makes_an_incident_graver_by_itself(
    truth: Judge, imported: Import, parts: dict[str, Any], measure: str
) -> None:
    assert truth(parts).why[measure] == 1
    assert any("is taken to mean" in entry.what for entry in imported(parts).assumed)


@pytest.mark.parametrize(("records", "level"), [(1, 4), (499, 4), (500, 3), (99_999, 3), (100_000, 2), (10**6, 1)])
def test_the_level_is_the_one_that_the_thresholds_give(truth: Judge, records: int, level: int) -> None:
    kinds = [{"variety": "Personal", "amount": records}]
    parts = {f"{DATA}.data": kinds, f"{DATA}.data_total": records, **NO_OUTAGE}
    assert truth(parts).level == level


def test_a_level_by_no_threshold_is_told_as_assumed(truth: Judge, imported: Import) -> None:
    parts = {"attribute": {"integrity": {"variety": ["Defacement"]}}, "impact": ...}
    found = truth(parts)
    assert found.level == 5
    assert any(entry.path == "$" and "level 5 is assumed" in entry.what for entry in imported(parts).assumed)
    assert any("No threshold is reached" in note.en for note in found.notes)


def test_what_the_playbook_does_not_measure_is_told_and_reported(imported: Import, other_playbook: Playbook) -> None:
    found = imported(by=other_playbook)
    reported = {entry.path: entry.reason for entry in found.not_carried}
    assert "has no measure direct_loss" in reported["$.impact.overall_amount"]
    assert "$.impact.overall_amount" in found.carried


def test_a_playbook_without_a_level_for_everything_else_gets_its_mildest(
    imported: Import, read: Read, playbook: Playbook
) -> None:
    import dataclasses

    graded = {number: level for number, level in playbook.levels.items() if level.any_of}
    strict = dataclasses.replace(playbook, levels=graded)
    found = read(imported({"attribute": ..., "impact": ...}, by=strict), strict)
    truth = found.incidents["case"].truth
    assert truth.level == max(graded)
    assert dict(truth.why) == {}
