"""Runs from Python: replayed, recorded, evaluated, exported, verified."""

import json
from pathlib import Path

import pytest

import incidentsim
from incidentsim.exports.formats import FORMATS

ROOT = Path(__file__).parents[2]
DIGESTS: dict[str, object] = json.loads((ROOT / "tests/golden/digests.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def run() -> incidentsim.Run:
    return incidentsim.replay("false-alarm")


def test_a_replay_comes_to_what_is_promised(run: incidentsim.Run) -> None:
    assert run.passed
    assert run.finished
    assert json.dumps(run.outcome_digest) in json.dumps(DIGESTS)
    assert [verdict.holds for verdict in run.expectations] == [True] * len(run.scenario.expectations)
    assert run.facts[0].kind is incidentsim.FactKind.EXERCISE_STARTED
    assert run.playbook.id == "platform-incidents"


@pytest.mark.parametrize("named", ["scenarios/false-alarm.yaml", ROOT / "scenarios" / "false-alarm.yaml"], ids=str)
def test_a_scenario_is_named_by_its_file_as_well(
    named: str | Path, run: incidentsim.Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert incidentsim.replay(named).outcome_digest == run.outcome_digest


def test_a_run_is_shown_in_one_line(run: incidentsim.Run) -> None:
    assert repr(run) == f"Run(id='{run.id}', scenario='false-alarm', passed=True, facts=26)"


def test_nothing_is_kept_unless_it_is_asked_for(home: Path) -> None:
    incidentsim.replay("false-alarm")
    assert list(home.iterdir()) == []
    kept = incidentsim.replay("false-alarm", record=True)
    found = incidentsim.recorded()
    assert (found.id, found.facts, found.outcome_digest) == (kept.id, kept.facts, kept.outcome_digest)
    assert incidentsim.verify("last").holds
    assert incidentsim.verify(kept.id).run == kept.id
    assert incidentsim.evaluate("last") == incidentsim.evaluate(kept)


def test_a_bundle_is_a_run_without_a_database(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = incidentsim.replay("false-alarm", record=True)
    bundle = incidentsim.export("last", "bundle", home / "b.zip")
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", "nonsense://")
    for named in (bundle, str(bundle)):
        found = incidentsim.recorded(named)
        assert (found.id, found.facts, found.report) == (kept.id, kept.facts, kept.report)
        assert incidentsim.verify(found).kind == "bundle"
        assert incidentsim.evaluate(named) == incidentsim.evaluate(kept)
        log = incidentsim.export(found, "jsonl", home / "l.jsonl", replace=True)
        assert incidentsim.verify(log).run == kept.id
        assert incidentsim.export(named, "json", home / "r.json", replace=True).stat().st_size > 0
        with pytest.raises(incidentsim.InputError, match="is made from a run in the database"):
            incidentsim.export(found, "bundle", home / "c.zip")
    bundle.write_bytes(bundle.read_bytes().replace(b"discoverer", b"discoveree", 1))
    with pytest.raises(incidentsim.InputError, match="was changed or damaged"):
        incidentsim.recorded(bundle)


def test_bots_decide_what_the_script_does_not() -> None:
    alone, with_bots = incidentsim.replay("two-fires"), incidentsim.replay("two-fires", bots=True)
    assert len(with_bots.facts) >= len(alone.facts)


def test_a_run_that_was_never_kept_can_be_verified_and_exported(run: incidentsim.Run, tmp_path: Path) -> None:
    assert incidentsim.verify(run).holds
    log = incidentsim.export(run, "jsonl", tmp_path / "log.jsonl")
    assert log == tmp_path / "log.jsonl"
    assert incidentsim.verify(log).size == len(run.facts)
    log.write_bytes(log.read_bytes().replace(b"false-alarm", b"false-alert", 1))
    findings = incidentsim.verify(str(log))
    assert not findings.holds
    assert findings.first_bad == 0


@pytest.mark.parametrize("row", [row for row in FORMATS if row.extra is None], ids=lambda row: row.name)
def test_every_format_of_the_table_can_be_written(row: object, run: incidentsim.Run, home: Path) -> None:
    found = next(one for one in FORMATS if one is row)
    path = incidentsim.export(run, found.id, home / "export", report=found.report or "aar")
    assert path.stat().st_size > 100


def test_a_bundle_is_signed_by_a_key_of_the_users_own(run: incidentsim.Run, home: Path) -> None:
    bundle = incidentsim.export(run, "bundle", str(home / "evidence.zip"))
    findings = incidentsim.verify(bundle)
    assert findings.holds
    assert [signed.holds for signed in findings.signatures] == [True]


def test_a_table_is_chosen_by_name_and_languages_in_their_order(run: incidentsim.Run, tmp_path: Path) -> None:
    path = incidentsim.export(run, "csv", tmp_path / "duties.csv", table="duties", languages=("zh", "en"))
    text = path.read_text(encoding="utf-8-sig")
    assert "第一时间报告[M1]" in text
    assert text.index("职责") < text.index("Duty")
    with pytest.raises(incidentsim.InputError, match="written in one language"):
        incidentsim.export(run, "oscal", tmp_path / "oscal.json", languages=("zh", "en"))


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        (lambda _run: incidentsim.replay("fals-alarm"), "false-alarm"),
        (lambda _run: incidentsim.replay("false-alarm", playbook="platform-incident"), "platform-incidents"),
        (lambda run: incidentsim.export(run, "oscl", "nowhere"), "oscal"),
        (lambda run: incidentsim.export(run, "csv", "nowhere", table="duty"), "duties"),
        (lambda _run: incidentsim.play("false-alarm", roles=["discoverr"]), "discoverer"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(wrong: object, nearest: str, run: incidentsim.Run) -> None:
    assert callable(wrong)
    with pytest.raises(incidentsim.UnknownNameError, match=f"the nearest valid one is {nearest}"):
        wrong(run)


def test_what_is_wrong_is_said_in_chinese_as_well() -> None:
    incidentsim.speak("zh")
    try:
        with pytest.raises(incidentsim.UnknownNameError, match="最接近的有效值是 false-alarm"):
            incidentsim.replay("fals-alarm")
    finally:
        incidentsim.speak("en")


def test_files_are_checked_with_every_problem_at_its_line(tmp_path: Path) -> None:
    written = (ROOT / "scenarios" / "false-alarm.yaml").read_text(encoding="utf-8")
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(written.replace("playbook: platform-incidents", "playbook: platform-incident"), encoding="utf-8")
    sound, wrong = incidentsim.check(ROOT / "scenarios" / "false-alarm.yaml", str(faulty))
    assert sound.problems == ()
    (problem,) = wrong.problems
    assert "the nearest valid one is platform-incidents" in problem.message
    assert problem.line > 1


def test_another_file_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    run, path = incidentsim.replay("false-alarm"), tmp_path / "log.jsonl"
    path.write_bytes(b"precious")
    with pytest.raises(incidentsim.InputError, match="is there already"):
        incidentsim.export(run, "jsonl", path)
    assert path.read_bytes() == b"precious"
    assert incidentsim.export(run, "jsonl", path, replace=True).read_bytes().startswith(b"{")


def test_a_file_in_the_place_of_a_shipped_one_is_warned_of(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = (ROOT / "playbooks" / "platform-incidents.yaml").read_text(encoding="utf-8")
    (home / "platform-incidents.yaml").write_text(shipped.replace('version: "1"', 'version: "own"'), encoding="utf-8")
    monkeypatch.chdir(home)
    with pytest.warns(UserWarning, match=r"platform-incidents.yaml is taken for the playbook platform-incidents"):
        assert incidentsim.replay("false-alarm").playbook.version == "own"
