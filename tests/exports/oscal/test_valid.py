"""Whatever is exported is valid by NIST's schema, every reference in it resolves, and other tools read it."""

import hashlib
import json
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.controls.read import shipped_control_maps
from incidentsim.domain.controls import RELATIONS, Control, ControlMap, Evidence
from incidentsim.domain.facts import DecisionSource
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.controls.controls import ControlFinding, EvidenceFound, find_evidence
from incidentsim.exports.oscal import oscal
from incidentsim.exports.reports import Dossier
from tests.support.evaluating import SCENARIOS
from tests.support.examples import examples
from tests.support.facts import acting
from tests.support.oscal import SCHEMA, reference_errors, schema_errors
from tests.support.reporting import BOTH, CONTROLS, PINS, decided, hostile, shipped


@cache
def dossier(name: str, source: DecisionSource = DecisionSource.SCRIPT) -> Dossier:
    """A shipped scenario with what it holds for all shipped controls."""
    told = decided(shipped(name, provenance=PINS), source)
    account = told.account
    people = range(len(account.facts)) if source is DecisionSource.PERSON else ()
    controls = find_evidence(
        shipped_control_maps(),
        account.playbook,
        account.scenario,
        account.facts,
        by_people=people,
        proofs=("chain", "checkpoint"),
    )
    return replace(told, controls=controls)


def document(told: Dossier, language: Language = "en") -> Any:
    return json.loads(oscal(told, language=language))


def check(found: Any) -> None:
    assert schema_errors(found) == []
    assert reference_errors(found) == []


def test_the_schema_is_the_one_that_nist_published() -> None:
    digest = hashlib.sha256(SCHEMA.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    assert digest == "4f9e277a177adbcca9527612ce450a33dc6096773fa229d413d801d196c61985"


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("source", [DecisionSource.SCRIPT, DecisionSource.PERSON])
def test_a_run_is_valid_in_both_languages(language: Language, source: DecisionSource) -> None:
    check(document(dossier("concealed-outage", source), language))


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_shipped_scenario_is_valid(name: str, language: Language) -> None:
    check(document(dossier(name), language))


def test_a_run_without_any_evidence_is_valid() -> None:
    told = dossier("false-alarm")
    none = [
        replace(one, evidence=tuple(EvidenceFound(each.evidence, ()) for each in one.evidence))
        for one in told.controls or ()
    ]
    found = document(replace(told, controls=none))
    check(found)
    assert "findings" not in found["assessment-results"]["results"][0]


def test_a_run_of_which_little_is_known_is_valid() -> None:
    provenance = replace(
        PINS,
        program=None,
        playbook_digest=None,
        scenario_digest=None,
        outcome_digest=None,
        size=None,
        head=None,
        root=None,
        origin=None,
        checks=None,
        unchecked=(),
    )
    check(document(shipped("false-alarm", provenance=provenance, controls=CONTROLS)))


def test_a_run_in_which_nobody_acted_is_valid() -> None:
    told = shipped("false-alarm", provenance=PINS, controls=CONTROLS)
    account = replace(told.account, facts=[fact for fact in told.account.facts if acting(fact) is None])
    found = document(decided(replace(told, account=account)))
    check(found)
    assert "parties" not in found["assessment-results"]["metadata"]


@pytest.mark.parametrize("words", ["# *a* <b>[c](d)", "\n\t\r\n", "a\x00b\u202ec\ud800", "  ", "|" * 300])
def test_foreign_text_of_any_kind_is_valid(words: str) -> None:
    check(document(replace(hostile(words), provenance=PINS, controls=CONTROLS)))


def foreign_map(number: int, id_: str, words: Text, source: str) -> ControlMap:
    return ControlMap(f"map-{number}", words, words.en, id_, f"https://example.invalid/{source}", words, ())


def looked_for(evidence: Evidence) -> EvidenceFound:
    """What a run holds for it, which is the same for whoever asks."""
    return EvidenceFound(evidence, tuple(range(len(evidence.asks.zh))) if len(evidence.asks.en) % 2 else ())


def a_finding(number: int, control: Control, evidence: list[Evidence]) -> ControlFinding:
    framework = foreign_map(number, "2", Text("a", "甲"), "ü x")
    return ControlFinding(framework, replace(control, evidence=tuple(evidence)), tuple(map(looked_for, evidence)))


TEXTS = st.builds(Text, st.text(), st.text())
PRINTED = st.sampled_from(["IR-3(2)", "GV.OC-01", "7.2", "Art. 57", "art-57", "第57条"]) | st.text()
CONTROL = st.builds(Control, PRINTED, TEXTS, st.sampled_from(RELATIONS), st.just(()))
EVIDENCE = st.builds(Evidence, st.sampled_from(["a", "b"]), TEXTS, proofs=st.sampled_from([(), ("chain",)]))
PIECES = st.lists(EVIDENCE, min_size=1, max_size=3, unique=True)
FINDINGS = st.lists(st.builds(a_finding, st.integers(1, 2), CONTROL, PIECES), min_size=1, max_size=4)


@examples(50)  # each is a whole document, and the schema is a large one
@given(FINDINGS)
def test_controls_of_any_kind_are_valid_and_kept_apart(findings: list[ControlFinding]) -> None:
    """Also where two frameworks print the same id, or one prints it twice."""
    found = document(shipped("false-alarm", provenance=PINS, controls=findings))
    check(found)
    objectives = found["assessment-results"]["local-definitions"]["objectives-and-methods"]
    assert len({one["control-id"] for one in objectives}) == len(findings)


@cache
def _small() -> str:
    return oscal(decided(shipped("concealed-outage", provenance=PINS, controls=CONTROLS))).decode()


def small() -> Any:
    """A document with a few controls only, to be spoiled."""
    return json.loads(_small())


def _results(found: Any) -> Any:
    return found["assessment-results"]["results"][0]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: r["reviewed-controls"]["control-selections"][0]["include-controls"][0].update({"control-id": "7.2"}),
        lambda r: r["findings"][0]["target"]["status"].update(state="perhaps"),
        lambda r: r["findings"][0].update(title="two\nlines"),
        lambda r: r["observations"][0].update(uuid="3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        lambda r: r["observations"][0].update(props=[]),
        lambda r: r["observations"][0].update(collected="2026-05-01"),
        lambda r: r["observations"][0]["props"][0].update(value="line break at the end\n"),
        lambda r: r.pop("start"),
    ],
)
def test_the_schema_check_finds_what_is_wrong(spoil: Callable[[Any], object]) -> None:
    found = small()
    assert schema_errors(found) == []
    spoil(_results(found))
    assert schema_errors(found)


def test_the_schema_check_knows_letters_of_all_scripts() -> None:
    found = small()
    selected = _results(found)["reviewed-controls"]["control-selections"][0]["include-controls"][0]
    selected["control-id"] = "第57条"
    assert schema_errors(found) == []


ELSEWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a["import-ap"].update(href=f"#{ELSEWHERE}"),
        lambda a: a["results"][0]["links"][0].update(href=f"#{ELSEWHERE}"),
        lambda a: a["results"][0]["findings"][0]["related-observations"][0].update({"observation-uuid": ELSEWHERE}),
        lambda a: a["results"][0]["findings"][0]["target"].update({"target-id": "elsewhere"}),
        lambda a: a["results"][0]["findings"][0]["origins"][0]["actors"][0].update({"actor-uuid": ELSEWHERE}),
        lambda a: a["results"][0]["findings"][0]["origins"][0]["related-tasks"][0].update({"task-uuid": ELSEWHERE}),
        lambda a: a["results"][0]["observations"][0]["subjects"][0].update({"subject-uuid": ELSEWHERE}),
        lambda a: a["results"][0]["observations"][0]["relevant-evidence"][0].update(href=f"#{ELSEWHERE}"),
        lambda a: a["results"][0]["local-definitions"]["tasks"][0]["responsible-roles"][0].update({"role-id": "no"}),
        lambda a: a["metadata"]["parties"].pop(),
        lambda a: a["metadata"]["roles"].append(a["metadata"]["roles"][0]),
        lambda a: a["local-definitions"]["objectives-and-methods"][0].update({"control-id": "elsewhere"}),
        lambda a: a["local-definitions"]["objectives-and-methods"].pop(),
        lambda a: a["results"][0]["observations"][0].update(uuid=a["uuid"]),
        lambda a: a["results"][0]["findings"][0].update({"implementation-statement-uuid": ELSEWHERE}),
        lambda a: a["back-matter"]["resources"].pop(),
    ],
)
def test_a_dangling_or_doubled_reference_is_found(spoil: Callable[[Any], object]) -> None:
    found = small()
    assert reference_errors(found) == []
    spoil(found["assessment-results"])
    assert reference_errors(found)


@pytest.mark.parametrize("language", BOTH)
def test_compliance_trestle_reads_it(tmp_path: Path, language: Language) -> None:
    from trestle.oscal.assessment_results import AssessmentResults

    told = dossier("concealed-outage")
    path = tmp_path / "assessment-results.json"
    path.write_bytes(oscal(told, language=language))
    found: Any = AssessmentResults.oscal_read(path)
    given_ = json.loads(path.read_bytes())["assessment-results"]
    assert json.loads(found.oscal_serialize_json())["assessment-results"].keys() == given_.keys()
    assert len(found.results[0].findings) == sum(one.found for one in told.controls or ())
    assert [str(one.uuid) for one in found.results[0].observations] == [
        one["uuid"] for one in given_["results"][0]["observations"]
    ]


@pytest.mark.slow
def test_the_checks_that_compliance_trestle_adds_to_reading_hold(tmp_path: Path) -> None:
    from trestle.core.validator_factory import validator_factory
    from trestle.oscal.assessment_results import AssessmentResults

    checks = validator_factory.get(Namespace(mode="all"))
    path = tmp_path / "assessment-results.json"
    path.write_bytes(oscal(dossier("concealed-outage")))
    assert checks.model_is_valid(AssessmentResults.oscal_read(path), quiet=True, trestle_root=tmp_path)
    doubled = document(dossier("concealed-outage"))
    doubled["assessment-results"]["results"][0]["uuid"] = doubled["assessment-results"]["uuid"]
    path.write_text(json.dumps(doubled), encoding="utf-8")
    assert not checks.model_is_valid(AssessmentResults.oscal_read(path), quiet=True, trestle_root=tmp_path)
