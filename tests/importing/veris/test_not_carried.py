"""The report: everything in a record is carried over, or reported with a reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.importing.imported import Imported

Import = Callable[..., Imported]


def leaves(value: Any, path: str = "$") -> list[str]:
    """The paths of all values that hold no others, written as the report writes them (for simple keys)."""
    if isinstance(value, dict) and value:
        return [leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}.{key}")]
    if isinstance(value, list) and value:
        return [leaf for index, inner in enumerate(value) for leaf in leaves(inner, f"{path}[{index}]")]
    return [path]


def unaccounted(record: Any, found: Imported) -> list[str]:
    reported = tuple(entry.path for entry in found.not_carried)
    under = tuple(f"{path}{mark}" for path in reported for mark in ".[")
    return [
        leaf
        for leaf in leaves(record)
        if leaf not in found.carried and leaf not in reported and not leaf.startswith(under)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"security_incident": "Near miss"},
        {"security_incident": "False positive", "impact": ...},
        {"attribute.confidentiality.data_disclosure": "No"},
        {"plus": {"deep": [{"down": [[], {}, None]}]}, "extra": {"x": 1}, "unheard_of": {"y": [2]}},
        {"asset": {"governance": ["Unknown"], "assets": [{"variety": "U - Desktop", "extra": 1}], "notes": "n"}},
        {"impact": {"overall_amount": 5, "loss": [{"variety": "Operating costs", "amount": 4, "rating": "Minor"}]}},
        {
            "timeline": {
                "incident": {"year": 2012, "month": 2, "day": 31, "time": "late"},
                "containment": {"unit": "NA"},
            }
        },
        {"action": {"unknown": {"notes": "x", "result": ["Persist"]}, "hacking": {"cve": "CVE-0000-0000"}}},
        {"discovery_method": {"external": {"variety": ["Customer", "Audit"]}, "unknown": False}},
    ],
)
def test_every_value_is_carried_or_reported(imported: Import, invent: Any, parts: dict[str, Any]) -> None:
    assert unaccounted(invent(parts), imported(parts)) == []


def test_what_points_at_real_people_or_holds_real_texts_is_reported_and_not_carried(imported: Import) -> None:
    found = imported({"actor.external.name": ["Mallory"], "action.malware.cve": "CVE-0000-0000"})
    reasons = {entry.path: entry.reason for entry in found.not_carried}
    for path in ("$.incident_id", "$.reference", "$.actor.external.name", "$.action.malware.name"):
        assert "points at a real case" in reasons[path]
    for path in ("$.summary", "$.action.malware.cve"):
        assert "Texts about a real case" in reasons[path]
    assert "about the real victim" in reasons["$.victim"]
    assert not any(path.startswith(("$.victim", "$.plus", "$.summary")) for path in found.carried)


def test_a_part_with_one_reason_is_one_entry(imported: Import) -> None:
    paths = [entry.path for entry in imported().not_carried]
    assert "$.plus" in paths
    assert not any(path.startswith("$.plus.") for path in paths)


def test_every_reason_and_assumption_is_a_sentence(imported: Import) -> None:
    found = imported({"attribute.confidentiality.data_total": 5, "unheard_of": 1})
    sentences = [entry.reason for entry in found.not_carried] + [entry.what for entry in found.assumed]
    assert len(sentences) > 10
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_a_key_of_other_characters_stands_in_quotes(imported: Import) -> None:
    found = imported({"value_chain": {"money laundering": {"variety": ["Bank"]}, "cash-out": {"notes": "x"}}})
    paths = [entry.path for entry in found.not_carried]
    assert '$.value_chain["money laundering"]' in paths
    assert "$.value_chain.cash-out" in paths


def test_the_report_speaks_the_language_of_the_reader_and_the_scenario_both(imported: Import) -> None:
    assert json.dumps(imported().data.decode(), ensure_ascii=False).count("疑似事件") == 2
