"""Whether the law was broken, whether a crime is to be suspected, and whether somebody is at fault."""

from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.domain.scenario import Scenario
from incidentsim.importing.imported import Imported

PARTS = {
    "external": {"external": {"variety": ["Unknown"], "motive": ["Unknown"]}},
    "internal": {"internal": {"variety": ["Unknown"], "motive": ["Unknown"]}},
    "greedy": {"internal": {"variety": ["Finance"], "motive": ["Financial"]}},
    "harmless": {"internal": {"variety": ["Unknown"], "motive": ["NA"]}},
    "partner": {"partner": {"motive": ["NA"]}},
    "nature": {"external": {"variety": ["Force majeure"], "motive": ["NA"]}},
    "nobody": {"unknown": {}},
}


def _of(category: str, variety: str = "Unknown", vector: str = "Unknown") -> dict[str, Any]:
    return {category: {"variety": [variety], "vector": [vector]}}


@pytest.mark.parametrize(
    ("action", "actor", "expected"),
    [
        (_of("hacking"), "external", (True, True, False)),
        (_of("malware"), "nobody", (True, True, False)),
        (_of("social", "Phishing"), "external", (True, True, False)),
        (_of("physical", "Theft"), "external", (True, True, False)),
        (_of("hacking"), "internal", (True, True, True)),
        (_of("misuse", "Privilege abuse"), "internal", (True, False, True)),
        (_of("misuse", "Unapproved hardware"), "harmless", (True, False, True)),
        (_of("misuse", "Privilege abuse"), "greedy", (True, True, True)),
        (_of("misuse", "Illicit content"), "internal", (True, True, True)),
        (_of("error", "Misdelivery"), "harmless", (False, False, True)),
        (_of("error", "Misconfiguration"), "partner", (False, False, True)),
        (_of("error", "Malfunction", "Random error"), "harmless", (False, False, False)),
        (_of("environmental", "Flood"), "nature", (False, False, False)),
        (_of("error", "Disposal error") | _of("physical", "Theft"), "external", (True, True, True)),
        ({"unknown": {}}, "external", (True, True, False)),
        ({"unknown": {}}, "greedy", (True, True, True)),
        ({"unknown": {}}, "harmless", (False, False, True)),
        ({"unknown": {}}, "nature", (False, False, False)),
        ({"unknown": {}}, "nobody", (False, False, False)),
        ({}, "partner", (False, False, False)),
    ],
)
def test_what_the_deed_and_who_did_it_mean(
    scenario: Callable[..., Scenario],
    action: dict[str, Any],
    actor: str,
    expected: tuple[bool, bool, bool],
) -> None:
    truth = scenario({"action": action, "actor": PARTS[actor]}).incidents["case"].truth
    assert (truth.unlawful, truth.flags["crime"], truth.flags["at_fault"]) == expected


def test_judging_by_who_did_it_alone_is_told_as_assumed(imported: Callable[..., Imported]) -> None:
    found = imported({"action": {"unknown": {}}, "actor": PARTS["external"]})
    assert any(entry.path == "$.action" and "assume that it broke the law" in entry.what for entry in found.assumed)


@pytest.mark.parametrize(
    ("action", "cause"),
    [
        (_of("hacking", "SQLi"), "hacking-sqli"),
        (_of("malware", "Spyware/Keylogger"), "malware-spyware-keylogger"),
        (_of("error", "Data entry error"), "error-data-entry-error"),
        (_of("hacking"), "hacking"),
        (_of("hacking", "Teleportation"), "hacking"),
        (_of("hacking", "Use of stolen creds") | _of("malware", "Ransomware"), "malware-ransomware"),
        ({}, "unknown"),
    ],
)
def test_the_cause_is_an_id_made_of_veris_words_only(
    scenario: Callable[..., Scenario], action: dict[str, Any], cause: str
) -> None:
    assert scenario({"action": action}).incidents["case"].truth.cause == cause
