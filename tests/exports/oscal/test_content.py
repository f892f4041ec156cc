"""What the assessment results say of a run, and what they never say."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from incidentsim import messages
from incidentsim.definitions.controls.read import shipped_control_maps
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.controls import Control, Evidence, Proof, Relation, Sign
from incidentsim.domain.facts import DecisionSource, EndReason, ExerciseEnded, FactKind
from incidentsim.domain.text import Language, Text
from incidentsim.evidence import members
from incidentsim.exercise.controls.controls import ControlFinding, EvidenceFound, find_evidence
from incidentsim.exports.oscal import context as scene
from incidentsim.exports.oscal import oscal
from incidentsim.exports.oscal.controls import published_id
from incidentsim.exports.oscal.document import NothingToAssessError
from incidentsim.exports.oscal.values import NS, ranges, string, token
from incidentsim.exports.reports import Dossier
from tests.support.evaluating import SCENARIOS
from tests.support.facts import a_fact, acting
from tests.support.reporting import BOTH, CONTROLS, DIGEST, FRAMEWORK, PINS, decided, hostile, material, shipped

PLAYED = Sign(Pattern(FactKind.STEP_TAKEN))


CHAIN: tuple[Proof, ...] = ("chain",)


def piece(name: str, *, played: bool = True, checked: bool = False) -> Evidence:
    text = Text(f"Asked {name}.", f"问 {name}。")
    return Evidence(name, text, (PLAYED,) if played else (), proofs=CHAIN if checked else ())


def finding(control: str, *evidence: EvidenceFound, relation: Relation = "simulated") -> ControlFinding:
    pieces = tuple(each.evidence for each in evidence)
    return ControlFinding(FRAMEWORK, Control(control, Text(f"Title {control}", "标题"), relation, pieces), evidence)


def results(told: Dossier | None = None, *controls: ControlFinding, language: Language = "en", **more: Any) -> Any:
    given = told or decided(shipped("concealed-outage", provenance=PINS))
    return json.loads(oscal(replace(given, controls=controls or CONTROLS), language=language, **more))[
        "assessment-results"
    ]


def values(part: Any, name: str) -> list[str]:
    return [one["value"] for one in part["props"] if one["name"] == name]


def test_it_says_what_it_is_and_when_it_was_recorded() -> None:
    found = results()
    metadata, result = found["metadata"], found["results"][0]
    assert metadata["oscal-version"] == "1.2.1"
    assert metadata["last-modified"] == result["end"] == PINS.recorded_to
    assert result["start"] == PINS.recorded_from
    assert metadata["document-ids"] == [{"scheme": NS, "identifier": PINS.run}]
    assert metadata["version"] == str(PINS.size)
    assert metadata["title"] == "Assessment results of an exercise: A quiet Friday evening"
    assert {one["collected"] for one in result["observations"]} == {PINS.recorded_to}


def test_times_of_the_story_are_properties() -> None:
    told = shipped("concealed-outage", provenance=PINS)
    result = results(told)["results"][0]
    assert values(result, "simulated-start") == [told.account.scenario.starts.replace("+08:00", ":00+08:00")]
    assert values(result, "simulated-end")[0] > values(result, "simulated-start")[0]


def test_an_end_after_the_calendar_is_left_out() -> None:
    told = shipped("false-alarm", provenance=PINS)
    late = ExerciseEnded(10**18, None, EndReason.FINISHED)
    account = replace(told.account, facts=[*told.account.facts, late])
    result = results(replace(told, account=account))["results"][0]
    assert values(result, "simulated-start")
    assert not values(result, "simulated-end")


def test_evidence_is_an_observation_with_its_entries_and_is_asked_for_once() -> None:
    shared, alone = piece("shared"), piece("alone")
    found = results(
        None,
        finding("A.1", EvidenceFound(shared, (3, 4, 5, 9))),
        finding("A.2", EvidenceFound(shared, (3, 4, 5, 9)), EvidenceFound(alone, ())),
    )["results"][0]
    first, second = found["observations"]
    assert first["title"] == "Looked for: Asked shared."
    assert first["description"].endswith("found in 4 entries: 3-5, 9.")
    assert values(first, "entries") == ["3-5 9"]
    assert values(first, "asked-for-by") == ["an-example_a.1", "an-example_a.2"]
    assert values(first, "found-in-this-run") == ["yes"]
    assert values(second, "found-in-this-run") == ["no"]
    assert "relevant-evidence" not in second
    assert "says nothing about the controls" in second["remarks"]
    assert [one["related-observations"] for one in found["findings"]] == [[{"observation-uuid": first["uuid"]}]] * 2


def test_a_control_without_evidence_has_no_finding_and_is_told_as_such() -> None:
    found = results()["results"][0]
    (selection,) = found["reviewed-controls"]["control-selections"]
    assert [one["control-id"] for one in selection["include-controls"]] == ["ir-4", "ir-5", "ir-3"]
    assert values(selection, "no-evidence-in-this-run") == ["ir-5"]
    assert [values(one, "printed-id") for one in found["findings"]] == [["IR-4"], ["IR-3"]]
    assert "says nothing about the control" in found["reviewed-controls"]["remarks"]


def test_what_is_satisfied_is_never_the_control_itself() -> None:
    found = results()
    for one in found["results"][0]["findings"]:
        assert one["target"]["type"] == "objective-id"
        assert not one["target"]["target-id"].startswith(values(one, "control-id")[0])
        assert one["target"]["status"]["state"] == "satisfied"
        assert one["target"]["status"]["reason"] == "other"
        assert "Whether the control is satisfied, an assessor has to judge." in one["target"]["status"]["remarks"]
    objectives = {one["parts"][0]["id"]: one for one in found["local-definitions"]["objectives-and-methods"]}
    assert objectives.keys() == {"exercise-evidence_ir-4", "exercise-evidence_ir-5", "exercise-evidence_ir-3"}
    prose = objectives["exercise-evidence_ir-5"]["parts"][0]["prose"]
    assert prose == "The record of the exercise holds evidence of at least one of these:\n\n- Something that was done"


def test_a_control_of_which_an_exercise_can_show_nothing_was_not_looked_at() -> None:
    found = results(None, finding("A.1"), finding("A.2", EvidenceFound(piece("x"), (1,))))
    assert [one["control-id"] for one in found["local-definitions"]["objectives-and-methods"]] == ["an-example_a.2"]
    assert "a.1" not in json.dumps(found)


@pytest.mark.parametrize(
    ("evidence", "methods", "subject"),
    [
        (piece("x"), ["TEST"], "component"),
        (piece("x", checked=True), ["TEST", "EXAMINE"], "component"),
        (piece("x", played=False, checked=True), ["EXAMINE"], "resource"),
    ],
)
def test_playing_is_a_test_and_checking_the_record_an_examination(
    evidence: Evidence, methods: list[str], subject: str
) -> None:
    (seen,) = results(None, finding("A.1", EvidenceFound(evidence, (0, 9))))["results"][0]["observations"]
    assert seen["methods"] == methods
    assert seen["subjects"][0]["type"] == subject


def test_a_check_of_the_whole_record_is_told_by_its_first_and_last_entry() -> None:
    checked, other = piece("checked", played=False, checked=True), piece("other", played=False, checked=True)
    seen = EvidenceFound(checked, (0, 99))
    result = results(None, finding("A.1", seen, EvidenceFound(other, ())), finding("A.2", seen))["results"][0]
    found, missing = result["observations"]
    assert values(found, "entries") == values(found["relevant-evidence"][0], "entries") == ["0-99"]
    assert found["description"].endswith("as a whole and holds: entries 0-99.")
    assert "not found to have been checked" in missing["description"]
    assert "the evidence bundle" in missing["remarks"]
    assert [values(one, "entries") for one in result["findings"]] == [[], []]


def test_how_evidence_counts_is_said_with_each_finding() -> None:
    relations: tuple[tuple[Relation, str], ...] = (
        ("exercise", "asks for exercises"),
        ("simulated", "in a simulated incident"),
        ("record", "about the records of other systems it says nothing"),
    )
    for relation, words in relations:
        (one,) = results(None, finding("A.1", EvidenceFound(piece("x"), (1,)), relation=relation))["results"][0][
            "findings"
        ]
        assert words in one["description"]
        assert values(one, "evidence-counts-as") == [relation]


@pytest.mark.parametrize("source", [DecisionSource.PERSON, DecisionSource.SCRIPT, DecisionSource.BOT])
def test_it_says_what_an_exercise_proves_what_not_and_who_decided(source: DecisionSource) -> None:
    found = results(decided(shipped("concealed-outage", provenance=PINS), source))
    parts = {one["name"]: one["prose"] for one in found["results"][0]["attestations"][0]["parts"]}
    assert parts["proves"].startswith("What an exercise proves: that the process was rehearsed.")
    assert parts["does-not-prove"].startswith("What an exercise does not prove: that the process worked")
    assert ("rehearsed nobody" in parts["decided-by"]) == (source != "person")
    assert parts["checked"].endswith("and holds:\n\n- Chain of hashes")
    assert parts["does-not-hold"].endswith("and DOES NOT HOLD:\n\n- Times of recording")
    assert parts["not-checked"].endswith("- No checkpoint from outside was given.")
    assert {value for one in found["metadata"]["parties"] for value in values(one, "decided-by")} == {source}


def test_the_plan_is_the_exercise_and_files_are_those_of_the_bundle() -> None:
    for folder in ("", "../"):
        found = results(members=folder)
        resources = {one["uuid"]: one for one in found["back-matter"]["resources"]}
        plan = resources[found["import-ap"]["href"][1:]]
        assert plan["rlinks"][0]["hashes"] == [{"algorithm": "SHA-256", "value": DIGEST.removeprefix("sha256:")}]
        assert values(plan, "playbook-digest") == values(plan, "scenario-digest") == [DIGEST]
        files = [one["rlinks"][0]["href"] for one in resources.values()]
        names = [members.SCENARIO, members.PLAYBOOK, members.LOG, members.CHECKPOINT]
        assert files == [*(folder + name for name in names), FRAMEWORK.source]
        log = next(one for one in resources.values() if one["rlinks"][0]["href"].endswith(scene.LOG))
        assert values(log, "root") == [PINS.root]
        assert values(log, "size") == [str(PINS.size)]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", ["concealed-outage", pytest.param(SCENARIOS, marks=pytest.mark.slow)])
def test_no_name_and_no_word_that_anybody_wrote_is_in_it(name: str | tuple[str, ...], language: Language) -> None:
    for one in (name,) if isinstance(name, str) else name:
        marked = hostile("zqxj", one)
        told = shipped(one).account
        scenario = replace(marked.account.scenario, title=told.scenario.title)
        account = replace(marked.account, scenario=scenario)
        controls = find_evidence(
            shipped_control_maps(), told.playbook, told.scenario, told.facts, by_people=range(999), proofs=CHAIN
        )
        words = oscal(
            decided(replace(marked, account=account, provenance=PINS, controls=controls), DecisionSource.PERSON),
            language=language,
        ).decode()
        assert "zqxj" not in words
        assert all(person.pseudonym in words for person in _acting(told))
        plain = oscal(
            decided(shipped(one, provenance=PINS, controls=controls), DecisionSource.PERSON), language=language
        ).decode()
        for person in told.scenario.people.values():
            assert person.name.en not in plain
            assert person.name.zh not in plain


def _acting(told: Any) -> list[Any]:
    acted = {actor[0] for fact in told.facts if (actor := acting(fact)) is not None}
    return [person for person in told.scenario.people.values() if person.pseudonym in acted]


def test_what_was_undone_makes_nobody_a_participant() -> None:
    told = shipped("concealed-outage", provenance=PINS)
    facts = list(told.account.facts)
    undoing = a_fact(
        facts[-1].at, FactKind.STEP_UNDONE, None, {"first": 1, "last": len(facts) - 1, "reason": {"text": "x"}}
    )
    undone = material(told.account.scenario, [*facts, undoing], provenance=PINS)
    assert "parties" in results(told)["metadata"]
    assert "parties" not in results(undone)["metadata"]


def test_texts_are_in_the_language_asked_for_and_ids_are_the_same_in_each() -> None:
    messages.use("en")
    english, chinese = results(language="en"), results(language="zh")
    assert english["results"][0]["observations"][0]["title"] == "Looked for: Something that was done"
    assert "做了某件事" in chinese["results"][0]["observations"][0]["title"]
    assert "Looked" not in json.dumps(chinese)
    assert _ids(english) == _ids(chinese)
    assert messages.gettext("passed") == "passed"


def _ids(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [
            text for name, text in value.items() if name.endswith(("uuid", "id", "href")) and isinstance(text, str)
        ]
        return found + [one for part in value.values() for one in _ids(part)]
    return [one for part in value for one in _ids(part)] if isinstance(value, list) else []


def test_ids_follow_from_the_run_and_its_outcome() -> None:
    told = decided(shipped("concealed-outage", provenance=PINS))
    again = replace(
        told, provenance=replace(told.provenance, recorded_to="2026-06-01T08:00:00.000Z", program="another")
    )
    other_run = replace(told, provenance=replace(told.provenance, run="another"))
    other_outcome = replace(told, provenance=replace(told.provenance, outcome_digest="another"))
    ids = [_ids(results(one)) for one in (told, again, other_run, other_outcome)]
    assert ids[0] == ids[1]
    assert not {one for one in ids[0] if len(one) == 36} & {*ids[2], *ids[3]}


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed here")
def test_the_zone_of_the_machine_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    told = decided(shipped("concealed-outage", provenance=PINS, controls=CONTROLS))
    found = set()
    for zone in ("UTC", "Asia/Shanghai", "America/St_Johns"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.add(oscal(told))
    monkeypatch.undo()
    time.tzset()
    assert len(found) == 1


@pytest.mark.slow
def test_identical_inputs_give_identical_bytes_in_every_process() -> None:
    program = (
        "import hashlib\n"
        "from tests.exports.oscal.test_valid import dossier, oscal\n"
        "print(*(hashlib.sha256(oscal(dossier('concealed-outage'), language=one)).hexdigest() for one in ('en', 'zh')))"
    )
    found = set()
    for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Tokyo", "zh_CN.UTF-8"), ("3", "America/Lima", "tr_TR")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": "."}
        answer = subprocess.run(
            [sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True
        )
        found.add(answer.stdout)
    assert len(found) == 1


def test_bytes_are_utf_8_and_end_in_one_line_break() -> None:
    data = oscal(shipped("concealed-outage", provenance=PINS, controls=CONTROLS), language="zh")
    assert data.decode().endswith("}\n")
    assert not data.endswith(b"\n\n")
    assert "做了某件事".encode() in data


@pytest.mark.parametrize("missing", ["run", "recorded_from", "recorded_to"])
def test_without_what_the_schema_needs_it_says_what_is_missing(missing: str) -> None:
    provenance = replace(PINS, **{missing: None})  # type: ignore[arg-type]  # every pin may be missing
    with pytest.raises(NothingToAssessError, match="need the id of the run, and when"):
        oscal(shipped("false-alarm", provenance=provenance, controls=CONTROLS))


def test_without_a_control_there_is_nothing_to_assess() -> None:
    for controls in (None, (), (finding("A.1"),)):
        with pytest.raises(NothingToAssessError, match="at least one control"):
            oscal(shipped("false-alarm", provenance=PINS, controls=controls))


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("IR-3", "ir-3"),
        ("IR-3(2)", "ir-3.2"),
        ("AT-3(3)", "at-3.3"),
        ("RS.MA-01", "RS.MA-01"),
        ("DE.AE", "DE.AE"),
        ("A.5.24", None),
        ("7.2", None),
        ("Item 106(c)(1)", None),
        ("IR-3(2) and more", None),
    ],
)
def test_ids_are_those_of_nists_catalogues_where_there_are_some(printed: str, published: str | None) -> None:
    assert published_id(printed) == published


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A.5.24", "A.5.24"), ("art. 57 (2)", "art-57-2"), ("7.2", "_7.2"), ("第57条", "第57条"), ("!", "_")],
)
def test_what_is_no_token_becomes_one(text: str, expected: str) -> None:
    assert token(text) == expected


def test_a_string_begins_and_ends_with_something_visible() -> None:
    assert string(" a\nb ") == "a b"
    assert string("\n") == "–"


def test_numbers_that_follow_on_each_other_are_written_as_one() -> None:
    assert ranges([]) == []
    assert ranges([0, 1, 2, 5, 7, 8]) == ["0-2", "5", "7-8"]
