"""`check`, `schema`, `diagram` and `import`: the commands on files."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

import incidentsim
from incidentsim import composition

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PLAYBOOK = composition.shipped("playbooks") / "platform-incidents.yaml"

RECORD = {
    "schema_version": "1.3.7",
    "incident_id": "INVENTED-0001",
    "source_id": "invented",
    "security_incident": "Confirmed",
    "summary": "SECRET SUMMARY",
    "action": {"hacking": {"variety": ["Use of stolen creds"], "vector": ["Web application"]}},
    "actor": {"external": {"variety": ["Unknown"], "motive": ["Financial"], "country": ["Unknown"]}},
    "asset": {"assets": [{"variety": "S - Web application"}]},
    "attribute": {"confidentiality": {"data_disclosure": "Yes", "data": [{"variety": "Personal", "amount": 5000}]}},
    "discovery_method": {"internal": {"variety": ["Log review"]}},
    "timeline": {"incident": {"year": 2020, "month": 3}},
    "victim": {"victim_id": "SECRET VICTIM", "country": ["US"], "employee_count": "Unknown", "industry": "000000"},
}

LIVELOCK = """
schema: incidentsim/playbook/1
id: livelock
version: "1"
title: Bulletins without end
languages: [en]
sources: {own: {title: Own}}
clauses: {all: {source: own, phase: work, says: Keep the readers informed.}}
phases: {work: Work}
measures: {n: {title: n, unit: count}}
levels: {1: {name: Any, when: {any: [{measure: n, at_least: 1}]}, basis: assumption}}
roles: {lead: {title: Lead, clause: all}}
channels: {chat: chat}
usual_times: {says: Guessed., basis: assumption}
tracks:
  work:
    title: Work
    main: true
    states: {none: {title: None, phase: work, final: true}, prepared: {title: Ready}, issued: {title: Out, final: true}}
    steps:
      - {do: prepare, title: Prepare, from: [none, issued], to: prepared, by: [lead], clause: all}
      - {do: issue, title: Issue, from: prepared, to: issued, by: [lead], clause: all}
"""


def test_shipped_definitions_have_no_problems(run: "Run") -> None:
    outcome = run("check", PLAYBOOK, composition.shipped("scenarios"))
    assert outcome.code == 0
    assert [line for line in outcome.out.splitlines() if "(meaning, $.tracks)" not in line] == []
    assert "0 problems" in outcome.err


def test_check_lets_bots_play_unless_it_is_left_out(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "livelock.yaml").write_text(LIVELOCK, encoding="utf-8")
    played = run("check", tmp_path)
    assert played.code == 0
    assert "Warning: " in played.out
    assert "Nobody leaves this circle" in played.out
    assert "Nobody leaves this circle" not in run("check", tmp_path, "--no-play").out


def test_shipped_clock_packs_have_no_problems(run: "Run") -> None:
    outcome = run("check", Path(incidentsim.__file__).parent / "clockpacks", "--format", "json")
    assert outcome.code == 0
    printed = json.loads(outcome.out)
    assert {file["kind"] for file in printed["files"]} == {"clocks"}
    assert len(printed["files"]) == 9


def test_shipped_control_maps_have_no_problems(run: "Run") -> None:
    outcome = run("check", Path(incidentsim.__file__).parent / "controlmaps", "--format", "json")
    assert outcome.code == 0
    printed = json.loads(outcome.out)
    assert {file["kind"] for file in printed["files"]} == {"controls", "evidence"}


def test_a_control_map_is_checked_against_the_playbooks_that_it_names(run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "evidence.yaml"
    asks = "asks: {en: It was contained., zh: 控制了损害。}"
    wrong = "procedures: {platform-incidents: [{do: contian}]}"
    path.write_text(f"schema: incidentsim/evidence/1\nevidence:\n  one:\n    {asks}\n    {wrong}\n", "utf-8")
    outcome = run("check", path)
    assert outcome.code == 1
    assert f"{path}:5:" in outcome.out
    assert "There is no step contian; the nearest valid one is contain." in outcome.out


def test_problems_are_printed_with_file_line_and_column(run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(PLAYBOOK.read_text(encoding="utf-8").replace("by: [discoverer]", "by: [discovrer]", 1), "utf-8")
    outcome = run("check", path)
    assert outcome.code == 1
    line = next(line for line in outcome.out.splitlines() if "discovrer" in line)
    number = path.read_text(encoding="utf-8").split("discovrer")[0].count("\n") + 1
    assert line.startswith(f"{path}:{number}:")
    assert "discoverer" in line


def test_problems_as_json(run: "Run", tmp_path: Path, false_alarm: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("schema: incidentsim/playbook/1\n", encoding="utf-8")
    outcome = run("check", path, false_alarm, "--format", "json")
    assert outcome.code == 1
    printed = json.loads(outcome.out)
    first, second = printed["files"]
    assert (first["readable"], first["kind"], second["id"], second["problems"]) == (True, "playbook", "false-alarm", [])
    assert printed["problems"] == len(first["problems"]) > 0
    assert set(first["problems"][0]) == {"line", "column", "path", "message"}


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a: [", b"a: 1\n"], ids=["empty", "binary", "broken", "other"])
def test_what_is_no_definition_at_all_is_wrong_input(content: bytes, run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    outcome = run("check", path)
    assert outcome.code == 2
    assert outcome.out.startswith(f"{path}:")


def test_a_path_that_is_not_there_and_an_empty_folder_are_wrong_input(run: "Run", tmp_path: Path) -> None:
    assert run("check", tmp_path / "nowhere").code == 2
    assert run("check", tmp_path).code == 2


def test_a_file_name_cannot_act_on_the_terminal(run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[31m.yaml"
    try:
        path.write_text("a: 1\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    outcome = run("check", path)
    assert "\x1b" not in outcome.out + outcome.err
    assert "evil␛[31m.yaml" in outcome.out


@pytest.mark.parametrize("kind", ["playbook", "scenario", "clocks", "controls", "evidence"])
def test_the_schema_is_a_json_schema(kind: str, run: "Run") -> None:
    schema = json.loads(run("schema", kind).out)
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_playbook_is_drawn_by_file_or_id(run: "Run") -> None:
    by_id = run("diagram", "platform-incidents")
    assert by_id.code == 0
    assert by_id.out.startswith("flowchart TD\n")
    assert run("diagram", PLAYBOOK).out == by_id.out
    assert run("diagram", PLAYBOOK, "--format", "dot").out.startswith("digraph ")
    assert "发现事件" in run("--lang", "zh", "diagram", PLAYBOOK).out


def test_a_picture_goes_into_a_file(run: "Run", tmp_path: Path) -> None:
    picture = tmp_path / "picture.mmd"
    outcome = run("diagram", "platform-incidents", "-o", picture)
    assert (outcome.code, outcome.out) == (0, "")
    assert picture.read_text(encoding="utf-8").startswith("flowchart TD\n")
    assert run("diagram", "platform-incidents", "-o", tmp_path / "nowhere" / "p.mmd").code == 2


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_an_svg_is_drawn_where_graphviz_is(run: "Run") -> None:
    assert "<svg" in run("diagram", "platform-incidents", "--format", "svg").out


def test_without_graphviz_an_svg_fails_for_the_surroundings(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    outcome = run("diagram", "platform-incidents", "--format", "svg")
    assert (outcome.code, outcome.out) == (3, "")
    assert "Graphviz" in outcome.err


@pytest.mark.parametrize("wrong", ["platform-incident", "nowhere/x.yaml"])
def test_an_unknown_playbook_is_wrong_input(wrong: str, run: "Run") -> None:
    outcome = run("diagram", wrong)
    assert outcome.code == 2
    assert wrong.split("/", maxsplit=1)[0] in outcome.err


def test_a_scenario_is_no_playbook_to_draw(run: "Run", false_alarm: Path) -> None:
    assert run("diagram", false_alarm).code == 2


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """An invented VERIS record."""
    path = tmp_path / "record.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return path


def test_a_record_becomes_a_scenario_and_an_account_of_the_rest(run: "Run", record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    outcome = run("import", "veris", record, "-o", folder)
    assert outcome.code == 0
    (written,) = folder.iterdir()
    assert str(written) in outcome.out
    assert "$.victim" in outcome.out
    assert "SECRET" not in outcome.out + outcome.err + written.read_text(encoding="utf-8")
    assert run("check", folder).code == 0
    assert run("replay", folder, "--bots", "--no-record").code == 0


def test_a_single_scenario_is_printed_where_no_folder_is_named(run: "Run", record: Path, tmp_path: Path) -> None:
    outcome = run("import", "veris", record)
    assert outcome.out.startswith("schema: incidentsim/scenario/1\n")
    assert "not carried over" in outcome.err
    path = tmp_path / "printed.yaml"
    path.write_text(outcome.out, encoding="utf-8")
    assert run("check", path).code == 0


def test_several_scenarios_need_a_folder(run: "Run", record: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**RECORD, "incident_id": "INVENTED-0002"}), encoding="utf-8")
    outcome = run("import", "veris", record, other)
    assert (outcome.code, outcome.out) == (2, "")
    assert "-o" in outcome.err


def test_a_broken_record_does_not_keep_the_others_out(run: "Run", record: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({**RECORD, "timeline": {"incident": {"year": "soon"}}}), encoding="utf-8")
    outcome = run("import", "veris", broken, record, tmp_path / "missing.json", "-o", tmp_path / "made")
    assert outcome.code == 2
    assert "$.timeline.incident.year" in outcome.err
    assert "missing.json" in outcome.err
    assert len(list((tmp_path / "made").iterdir())) == 1
    assert "2 records read: 1 imported, 0 equal to one before, 1 refused." in outcome.err


def test_the_account_as_json(run: "Run", record: Path, tmp_path: Path) -> None:
    printed = json.loads(run("import", "veris", record, "-o", tmp_path / "made", "--format", "json").out)
    (one,) = printed["imported"]
    assert Path(one["written"]).name == f"{one['scenario']}.yaml"
    assert "$.summary" in {left["path"] for left in one["not_carried"]}
    assert printed["broken"] == []


def test_an_edited_scenario_is_not_overwritten_unasked(run: "Run", record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    assert run("import", "veris", record, "-o", folder).code == 0
    assert run("import", "veris", record, "-o", folder).code == 0
    (written,) = folder.iterdir()
    original = written.read_bytes()
    written.write_bytes(original + b"# edited\n")
    outcome = run("import", "veris", record, "-o", folder)
    assert outcome.code == 2
    assert "--force" in outcome.err
    assert written.read_bytes().endswith(b"# edited\n")
    assert run("import", "veris", record, "-o", folder, "--force").code == 0
    assert written.read_bytes() == original


def test_a_folder_of_records_is_taken_whole(run: "Run", record: Path, tmp_path: Path) -> None:
    assert run("import", "veris", record.parent, "-o", tmp_path / "made").code == 0
    (tmp_path / "empty").mkdir()
    assert run("import", "veris", tmp_path / "empty", "-o", tmp_path / "made").code == 2
