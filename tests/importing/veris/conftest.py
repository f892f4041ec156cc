"""Invented VERIS records, and short ways to a result."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Text
from incidentsim.importing.imported import Imported
from incidentsim.importing.veris import import_veris

SEAMS = re.compile(
    r"  |\s[.,;:]|[.,;:]{2}|[{}]|\b(\w+) \1\b|\b1 (records|hours|days|weeks|months|years|minutes|seconds)\b"
    r"|\b0 |\ba (?!u(ser|nit))[aeiou]|\ban (?![aeiouAEIOU])|\b(a|an) (a|an)\b|None"
)
CHINESE_SEAMS = re.compile(
    r"[。，、；：]{2}|[.,;:](?!\d)|[{}]|(与|和|由|为|的|有|是)\1|None|[\u4e00-\u9fff][A-Za-z0-9]"
)
"""What shows that a sentence was put together: doubled words, wrong articles, `1 days`, gaps left open."""

Json = dict[str, Any]
Invent = Callable[..., Json]
"""A record like the sample, with parts replaced by dotted path; a part set to `...` is taken out."""

SAMPLE: Json = {
    "schema_version": "1.4.0",
    "incident_id": "0D7C2C1E-INVENTED",
    "security_incident": "Confirmed",
    "confidence": "Medium",
    "summary": "Mallory of Invented Widgets encrypted the shared drive.",
    "reference": "https://news.example/invented-widgets",
    "timeline": {
        "incident": {"year": 2019, "month": 3, "day": 4, "time": "05:45:00 PM"},
        "compromise": {"unit": "Hours", "value": 2},
        "exfiltration": {"unit": "Days"},
        "discovery": {"unit": "Weeks", "value": 1},
        "containment": {"unit": "Days", "value": 3},
    },
    "victim": {
        "victim_id": "Invented Widgets",
        "employee_count": "101 to 1000",
        "industry": "541511",
        "country": ["NL"],
    },
    "action": {
        "malware": {
            "variety": ["Ransomware", "Backdoor", "Backdoor or C2"],
            "vector": ["Email attachment", "Email"],
            "result": ["Deploy payload"],
            "name": "InventedLocker",
        },
        "social": {"variety": ["Phishing"], "vector": ["Email"], "target": ["Finance"]},
    },
    "actor": {
        "external": {"variety": ["Organized crime"], "motive": ["Financial"], "country": ["Unknown"]},
    },
    "asset": {
        "assets": [
            {"variety": "S - File", "amount": 2},
            {"variety": "U - Laptop"},
            {"variety": "U - Desktop or laptop"},
        ],
        "cloud": ["Unknown"],
        "hosting": ["Internal"],
    },
    "attribute": {
        "confidentiality": {
            "data_disclosure": "Yes",
            "data_total": 1200,
            "data": [{"variety": "Personal", "amount": 1200}, {"variety": "Bank"}],
            "data_victim": ["Customer"],
            "state": ["Stored unencrypted"],
        },
        "integrity": {"variety": ["Software installation"]},
        "availability": {"variety": ["Obscuration"], "duration": {"unit": "Hours", "value": 5}},
    },
    "targeted": "Opportunistic",
    "discovery_method": {"internal": {"variety": ["Reported by employee"]}},
    "impact": {
        "overall_rating": "Painful",
        "iso_currency_code": "EUR",
        "overall_amount": 20000,
        "loss": [{"variety": "Response and recovery", "rating": "Major", "amount": 15000}],
    },
    "plus": {"analyst": "mallory", "created": "2019-04-01T10:00:00Z", "event_chain": [{"action": "mal"}]},
}


@pytest.fixture(scope="session")
def seams() -> Callable[[Text], None]:
    """Fails where a text shows how it was put together."""

    def check(text: Text) -> None:
        assert not SEAMS.search(text.en), text.en
        assert not CHINESE_SEAMS.search(text.zh), text.zh
        assert text.en[0].isupper() or text.en[0].isdigit()
        assert text.en.endswith(".") == text.zh.endswith("。"), text

    return check


@pytest.fixture(scope="session")
def invent() -> Invent:
    def invented(parts: Json | None = None) -> Json:
        record = copy.deepcopy(SAMPLE)
        for dotted, value in (parts or {}).items():
            *way, last = dotted.split(".")
            here = record
            for name in way:
                here = here.setdefault(name, {})
            if value is ...:
                del here[last]
            else:
                here[last] = value
        return record

    return invented


@pytest.fixture(scope="session")
def imported(playbook: Playbook, invent: Invent) -> Callable[..., Imported]:
    """The result for the sample with parts replaced."""

    def result(parts: Json | None = None, by: Playbook = playbook) -> Imported:
        return import_veris(json.dumps(invent(parts)).encode(), "invented.json", by)

    return result


@pytest.fixture(scope="session")
def read(playbook: Playbook) -> Callable[..., Scenario]:
    """The scenario that was imported, by the reader that every scenario goes through."""

    def scenario(found: Imported, by: Playbook = playbook) -> Scenario:
        return read_scenario(found.data, found.file_name, by)

    return scenario


@pytest.fixture(scope="session")
def scenario(imported: Callable[..., Imported], read: Callable[..., Scenario]) -> Callable[..., Scenario]:
    """The scenario that the sample makes with parts replaced."""
    return lambda parts=None: read(imported(parts))


@pytest.fixture(scope="session")
def problems(playbook: Playbook) -> Callable[[bytes], tuple[Problem, ...]]:
    """What is wrong with a file of one record."""

    def found(data: bytes) -> tuple[Problem, ...]:
        with pytest.raises(DefinitionError) as caught:
            import_veris(data, "broken.json", playbook)
        return caught.value.problems

    return found
