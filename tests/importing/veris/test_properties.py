"""What holds for every record that VERIS allows, and for anything else that is taken for one."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario, Truth
from incidentsim.domain.text import Text
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.outcome import report
from incidentsim.exercise.running.runner import run
from incidentsim.importing.imported import Imported
from incidentsim.importing.veris import import_veris, import_veris_file
from tests.support.examples import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.facts import Fact

ENUMERATIONS: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "vocabulary" / "enumerations.json").read_text(encoding="utf-8")
)
MARK = "zqx"
"""Stands in every text of an invented record, and in no word of ours."""

secrets = st.text(alphabet="abcdefgh ", max_size=8).map(lambda text: f"{MARK}{text}")


def one_of(place: str) -> st.SearchStrategy[str]:
    return st.sampled_from(ENUMERATIONS[place])


def some_of(place: str) -> st.SearchStrategy[list[str]]:
    return st.lists(one_of(place), min_size=1, max_size=4, unique=True)


def part(place: str, required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A part of a record: names of enumerations below `place` for its keys, or strategies."""

    def resolved(parts: dict[str, Any]) -> dict[str, Any]:
        return {key: some_of(f"{place}.{key}") if value is ... else value for key, value in parts.items()}

    return st.fixed_dictionaries(resolved(required), optional=resolved(optional) | {"notes": secrets})


def span(place: str) -> st.SearchStrategy[dict[str, Any]]:
    values = st.integers(-2, 10**6) | st.floats(0, 10**4, allow_nan=False)
    return st.fixed_dictionaries({"unit": one_of(f"{place}.unit")}, optional={"value": values})


counts = st.integers(0, 10**9) | st.integers(0, 10**9).map(str)
money = st.floats(0, 1e12, allow_nan=False) | st.integers(0, 10**12)
countries = st.lists(st.sampled_from(["Unknown", "NL", "CN", "Other"]), min_size=1, unique=True)
acted = {"variety": ..., "vector": ...}
actions = st.fixed_dictionaries(
    {},
    optional={
        "hacking": part("action.hacking", acted, {"result": ..., "cve": secrets}),
        "malware": part("action.malware", acted, {"result": ..., "name": secrets}),
        "social": part("action.social", {**acted, "target": ...}, {"result": ...}),
        "misuse": part("action.misuse", acted, {"result": ...}),
        "physical": part("action.physical", acted, {"result": ...}),
        "error": part("action.error", acted, {}),
        "environmental": part("action.environmental", {"variety": ...}, {}),
        "unknown": part("action.unknown", {}, {"result": ...}),
    },
)
actors = st.fixed_dictionaries(
    {},
    optional={
        "external": part(
            "actor.external", {"variety": ..., "motive": ...}, {"country": countries, "name": st.lists(secrets)}
        ),
        "internal": part("actor.internal", {"variety": ..., "motive": ...}, {"job_change": ...}),
        "partner": part("actor.partner", {"motive": ..., "country": countries}, {"industry": secrets}),
        "unknown": st.fixed_dictionaries({}, optional={"notes": secrets}),
    },
)
assets = part(
    "asset",
    {
        "assets": st.lists(
            st.fixed_dictionaries({"variety": one_of("asset.assets.variety")}, optional={"amount": counts}),
            min_size=1,
            max_size=5,
        ),
        "cloud": ...,
    },
    {"total_amount": counts, "ownership": ..., "hosting": ..., "management": ..., "role": ..., "country": countries},
)
data = st.lists(
    st.fixed_dictionaries({"variety": one_of("attribute.confidentiality.data.variety")}, optional={"amount": counts}),
    min_size=1,
    max_size=4,
)
attributes = st.fixed_dictionaries(
    {},
    optional={
        "confidentiality": part(
            "attribute.confidentiality",
            {"data_disclosure": one_of("attribute.confidentiality.data_disclosure")},
            {"data_total": counts, "data_volume": counts, "data": data, "data_victim": ..., "state": ...},
        ),
        "integrity": part("attribute.integrity", {"variety": ...}, {}),
        "availability": part(
            "attribute.availability", {"variety": ...}, {"duration": span("attribute.availability.duration")}
        ),
    },
)
timelines = st.fixed_dictionaries(
    {
        "incident": st.fixed_dictionaries(
            {"year": st.integers(1950, 2050)},
            optional={"month": st.integers(1, 12), "day": st.integers(1, 31), "time": st.just("05:45:00 PM")},
        )
    },
    optional={name: span(f"timeline.{name}") for name in ("compromise", "exfiltration", "discovery", "containment")},
)
discoveries = st.fixed_dictionaries(
    {},
    optional={
        **{
            kind: part(f"discovery_method.{kind}", {"variety": ...}, {}) for kind in ("external", "internal", "partner")
        },
        "unknown": st.booleans(),
        "other": st.booleans(),
    },
)
losses = st.fixed_dictionaries(
    {"variety": one_of("impact.loss.variety")},
    optional={"rating": one_of("impact.loss.rating"), "amount": money, "min_amount": money, "max_amount": money},
)
impacts = st.fixed_dictionaries(
    {"overall_rating": one_of("impact.overall_rating")},
    optional={
        "iso_currency_code": st.sampled_from(["CNY", "USD", "EUR", "JPY", "XBT", "ZWD"]),
        "overall_amount": money,
        "overall_min_amount": money,
        "overall_max_amount": money,
        "loss": st.lists(losses, min_size=1, max_size=3),
        "notes": secrets,
    },
)
records: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "schema_version": st.sampled_from(["1.3.3", "1.3.4", "1.3.5", "1.3.6", "1.3.7", "1.4.0", "1.4.1"]),
        "incident_id": secrets,
        "security_incident": one_of("security_incident"),
        "summary": secrets,
        "timeline": timelines,
        "action": actions,
        "actor": actors,
        "asset": assets,
        "discovery_method": discoveries,
    },
    optional={
        "attribute": attributes,
        "impact": impacts,
        "victim": st.fixed_dictionaries({"victim_id": secrets, "country": countries}, optional={"notes": secrets}),
        "confidence": one_of("confidence"),
        "targeted": one_of("targeted"),
        "reference": secrets,
        "notes": secrets,
        "plus": st.dictionaries(secrets, secrets | st.integers() | st.lists(secrets), max_size=3),
        "campaign_id": secrets,
        "value_chain": st.fixed_dictionaries({"money laundering": st.fixed_dictionaries({"notes": secrets})}),
    },
)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=10,
)


class BotView:
    """Where records are imported for one playbook, with a name short enough for a failing example."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    def __repr__(self) -> str:
        return f"Desk({self.playbook.id})"

    def imported(self, record: Any) -> Imported:
        return import_veris(json.dumps(record).encode(), "any.json", self.playbook)

    def read(self, found: Imported) -> Scenario:
        return read_scenario(found.data, found.file_name, self.playbook)

    def levels_agree(self, truth: Truth) -> bool:
        """Whether the level is the one of the values, or more severe than these make and said to be an assumption."""
        if not truth.incident:
            return truth.level is None
        judged = self.playbook.judged_level(truth.why)
        stated = any("The level is an assumption" in note.en for note in truth.notes)
        if stated:
            return truth.level is not None and (truth.level == judged if truth.why else judged is not None)
        return truth.level == judged

    def takes_or_tells(self, data: bytes) -> None:
        """Import whatever `data` is; what comes of it must be a scenario or an error with a place and a sentence."""
        try:
            results = import_veris_file(data, "any.json", self.playbook)
        except DefinitionError as error:
            results = [error]
        for result in results:
            if isinstance(result, Imported):
                self.read(result)
                continue
            for problem in result.problems:
                assert problem.path.startswith("$")
                assert problem.line >= 1
                assert problem.column >= 1
                assert problem.message.endswith(".")


@pytest.fixture(scope="session")
def desk(playbook: Playbook) -> BotView:
    return BotView(playbook)


@pytest.fixture(scope="session")
def other_desk(other_playbook: Playbook) -> BotView:
    return BotView(other_playbook)


def texts(scenario: Scenario) -> list[Text]:
    incident = scenario.incidents["case"]
    found = [scenario.title, incident.title, *(inject.body for inject in scenario.injects)]
    found += [inject.subject for inject in scenario.injects if inject.subject is not None]
    return found + [
        one for one in (incident.truth.scope, incident.truth.loss, *incident.truth.notes) if one is not None
    ]


@given(record=records)
def test_every_record_that_veris_allows_becomes_a_scenario_that_passes_the_checks(
    record: dict[str, Any], desk: BotView
) -> None:
    found = desk.imported(record)
    scenario = desk.read(found)
    truth = scenario.incidents["case"].truth
    assert truth.incident is (record["security_incident"] in ("Confirmed", "Suspected"))
    assert desk.levels_agree(truth)
    assert found.data == desk.imported(dict(reversed(record.items()))).data
    assert MARK not in found.data.decode()


@given(record=records)
def test_every_value_of_a_record_is_carried_or_reported(record: dict[str, Any], desk: BotView) -> None:
    found = desk.imported(record)
    reported = tuple(entry.path for entry in found.not_carried)
    under = tuple(f"{path}{mark}" for path in reported for mark in ".[")

    def check(value: Any, path: str) -> None:
        if isinstance(value, dict) and value:
            for key, inner in value.items():
                simple = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", key)
                check(inner, f"{path}.{key}" if simple else f"{path}[{json.dumps(key)}]")
        elif isinstance(value, list) and value:
            for index, inner in enumerate(value):
                check(inner, f"{path}[{index}]")
        else:
            assert path in found.carried or path in reported or path.startswith(under), path

    check(record, "$")


@given(record=records)
def test_no_text_shows_a_seam(record: dict[str, Any], desk: BotView, seams: "Callable[[Text], None]") -> None:
    found = desk.imported(record)
    for text in texts(desk.read(found)):
        seams(text)


@examples(25)
@given(record=records)
def test_bots_play_every_record_to_the_end_that_it_expects(record: dict[str, Any], desk: BotView) -> None:
    found = desk.imported(record)
    exercise = Exercise(CompiledPlaybook(desk.playbook), desk.read(found))
    facts: list[Fact] = []
    run(exercise, [BotDecider()], lambda new, _source: facts.extend(new))
    outcome = report(exercise, facts, run=None, digest="", must_rest=True)
    assert outcome.passed, outcome


@given(record=records)
def test_another_playbook_takes_every_record_too(record: dict[str, Any], other_desk: BotView) -> None:
    found = other_desk.imported(record)
    truth = other_desk.read(found).incidents["case"].truth
    assert other_desk.levels_agree(truth)


@st.composite
def broken_records(draw: st.DrawFn) -> Any:
    """A record in which one value was replaced by something else."""
    record = draw(records)
    here: Any = record
    while True:
        if not isinstance(here, dict | list) or not here:
            return record
        key = draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if draw(st.booleans()) or not isinstance(here[key], dict | list):
            here[key] = draw(anything)
            return record
        here = here[key]


@given(record=broken_records())
def test_a_record_with_anything_in_it_is_imported_or_told_why_not(record: Any, desk: BotView) -> None:
    desk.takes_or_tells(json.dumps(record).encode())


@given(value=anything)
def test_any_json_is_imported_or_told_why_not(value: Any, desk: BotView) -> None:
    desk.takes_or_tells(json.dumps(value).encode())


@given(data=st.binary(max_size=60))
def test_any_bytes_are_imported_or_told_why_not(data: bytes, desk: BotView) -> None:
    desk.takes_or_tells(data)


@given(record=records, where=st.integers(0, 10**6), what=st.binary(max_size=3))
def test_a_damaged_file_is_imported_or_told_why_not(
    record: dict[str, Any], where: int, what: bytes, desk: BotView
) -> None:
    data = json.dumps(record).encode()
    where %= len(data)
    desk.takes_or_tells(data[:where] + what + data[where + len(what) :])
