"""`preview`: the forecast on stdout, the papers in files, and every wrong call answered with a sentence."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidentsim import composition
from incidentsim.cli.commands.write import preview
from incidentsim.exercise.forecast.forecast import PLAYS

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SCENARIO = "false-alarm"


def test_the_forecast_is_printed_and_nothing_recorded(run: "Run") -> None:
    outcome = run("preview", SCENARIO, "--plays", "2")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Fourteen times the usual\nBots played it 2 times each as novices (30)")
    assert "Dismissed as not an incident" in outcome.out
    assert json.loads(run("runs", "--format", "json").out)["runs"] == []


def test_the_same_call_prints_the_same(run: "Run") -> None:
    assert run("preview", SCENARIO, "--plays", "2").out == run("preview", SCENARIO, "--plays", "2").out


@pytest.mark.slow
def test_other_hash_seeds_change_nothing(tmp_path: Path) -> None:
    root = str(Path(composition.__file__).parent.parent)
    argv = [sys.executable, "-m", "incidentsim", "preview", SCENARIO, "--plays", "2", "--format", "json"]
    found = [
        subprocess.run(
            argv, env={"PYTHONPATH": root, "PYTHONHASHSEED": seed}, cwd=tmp_path, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]


def test_the_json_is_one_object(run: "Run") -> None:
    outcome = run("preview", SCENARIO, "--plays", "2", "--format", "json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["scenario"], found["playbook"]) == (0, "false-alarm", "platform-incidents")
    assert [one["plays"] for one in found["outlook"]] == [2, 2, 2]


def test_a_file_and_another_playbook_may_be_named(run: "Run", false_alarm: Path, tmp_path: Path) -> None:
    playbook = tmp_path / "other.yaml"
    words = (composition.shipped("playbooks") / "platform-incidents.yaml").read_text(encoding="utf-8")
    playbook.write_text(words.replace("id: platform-incidents", "id: other-rules", 1), encoding="utf-8")
    outcome = run("preview", false_alarm, "--plays", "1", "--playbook", playbook, "--format", "json")
    assert json.loads(outcome.out)["playbook"] == "other-rules"


def test_the_papers_are_written(run: "Run", tmp_path: Path) -> None:
    msel, guide, handout = tmp_path / "msel.CSV", tmp_path / "guide.md", tmp_path / "handout.md"
    outcome = run("preview", SCENARIO, "--plays", "1", "--msel", msel, "--guide", guide, "--handout", handout)
    assert outcome.code == 0
    assert outcome.err.splitlines() == [f"Written: {path}" for path in (handout, guide, msel)]
    rows = list(csv.reader(io.StringIO(msel.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) > 3
    assert guide.read_text(encoding="utf-8").startswith("# For facilitators\n\nFourteen times the usual\n")
    assert handout.read_text(encoding="utf-8").startswith("# For participants\n\nFourteen times the usual\n")


def test_the_papers_may_be_in_the_other_language_or_in_both(run: "Run", tmp_path: Path) -> None:
    handout, guide, table = tmp_path / "h.md", tmp_path / "g.md", tmp_path / "m.csv"
    outcome = run("preview", SCENARIO, "--plays", "1", "--handout", handout, "--in", "zh")
    assert outcome.out.startswith("Fourteen times the usual")
    assert "平时的十四倍" in handout.read_text(encoding="utf-8").splitlines()[2]
    run("preview", SCENARIO, "--plays", "1", "--guide", guide, "--msel", table, "--in", "both")
    page = guide.read_text(encoding="utf-8")
    assert page.count("\n# ") == 1
    assert page.index("Fourteen times the usual") < page.index("平时的十四倍")
    [head, *rows] = csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline=""))
    assert {len(row) for row in rows} == {len(head)} == {29}
    listed = tmp_path / "m.md"
    assert run("preview", SCENARIO, "--plays", "1", "--msel", listed, "--in", "both").code == 0
    assert listed.read_text(encoding="utf-8").count("\n| --- |") == 2


def test_of_a_playbook_there_are_cards_and_nothing_is_played(run: "Run", tmp_path: Path) -> None:
    cards, file = tmp_path / "c.html", composition.shipped("playbooks") / "incident-command.yaml"
    for subject in ("incident-command", file):
        outcome = run("preview", subject, "--cards", cards, "--role", "scribe", "--force", "--in", "both")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", f"Written: {cards}\n")
        page = cards.read_text(encoding="utf-8")
        assert page.count("<article") == 2
        assert "<h1>Scribe</h1>" in page


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ((), "say what to write: --cards, --evaluator."),
        (("--guide", "g.md"), "--guide needs a scenario"),
        (("--cards", "c.md", "--handout", "h.md"), "--handout needs a scenario"),
        (("--cards", "c.md", "--format", "json"), "is a playbook"),
        (("--cards", "c.md", "--playbook", "incident-command"), "is a playbook"),
        (("--cards", "c.md", "--role", "scribble"), "the nearest valid one is scribe"),
    ],
)
def test_what_a_playbook_cannot_give_is_answered_with_a_sentence(
    given: tuple[str, ...], hint: str, run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("preview", "incident-command", *given)
    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_role_is_told_before_anything_is_played(run: "Run", tmp_path: Path) -> None:
    outcome = run("preview", SCENARIO, "--cards", tmp_path / "c.md", "--role", "ctoo")
    assert (outcome.code, outcome.out) == (2, "")
    assert "the nearest valid one is cto" in outcome.err


def test_it_speaks_chinese(run: "Run", tmp_path: Path) -> None:
    handout = tmp_path / "h.md"
    outcome = run("--lang", "zh", "preview", SCENARIO, "--plays", "1", "--handout", handout)
    assert outcome.out.startswith("平时的十四倍\n")
    assert "## 级别与阈值" in handout.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        (("--plays", "0"), "from 1 to 500"),
        (("--plays", "many"), "many"),
        (("--in", "zh"), "--handout, --cards, --injects, --guide, --msel, --evaluator"),
        (("--role", "cto"), "--cards"),
        (("--role", "cto", "--handout", "h.md"), "--cards"),
        (("--in", "fr", "--guide", "g.md"), "both"),
        (("--msel", "events.ods"), "one of: .csv, .xlsx, .md, .html, .docx, .pdf"),
        (("--guide", "guide.doc"), "one of: .md, .html, .docx, .pdf"),
        (("--handout", "handout"), "one of: .md, .html, .docx, .pdf"),
        (("--guide", "a.md", "--handout", "./a.md"), "the same one"),
        (("--guide", "no-such-folder/g.md"), "no-such-folder does not exist"),
        (("--playbook", "nonsense"), "nonsense"),
    ],
)
def test_a_wrong_call_is_answered_with_a_sentence_and_writes_nothing(
    given: tuple[str, ...], hint: str, run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("preview", SCENARIO, *given)
    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_the_scenario_itself_is_never_overwritten(run: "Run", false_alarm: Path, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_bytes(false_alarm.read_bytes())
    outcome = run("preview", path, "--guide", path)
    assert outcome.code == 2
    assert "is what is read" in outcome.err
    assert path.read_bytes() == false_alarm.read_bytes()


@pytest.mark.parametrize("name", ["no-such-story", "no-such-file.yaml"])
def test_a_scenario_that_is_not_there_is_wrong_input(name: str, run: "Run") -> None:
    outcome = run("preview", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert name in outcome.err


def test_a_faulty_scenario_is_wrong_input(run: "Run", tmp_path: Path) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text("schema: incidentsim/scenario/1\nid: x\nplaybook: platform-incidents\n", encoding="utf-8")
    outcome = run("preview", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "faulty.yaml" in outcome.err


def test_the_number_of_plays_is_that_of_the_forecast() -> None:
    assert preview.PLAYS == PLAYS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("argv", "never"),
    [
        (["preview", "--help"], {"pydantic", "yaml", "sqlmodel", "sqlalchemy", "transitions", "wcwidth", "holidays"}),
        (["preview", SCENARIO, "--plays", "1"], {"sqlmodel", "sqlalchemy", "alembic", "faker", "textual"}),
    ],
)
def test_it_loads_only_what_it_needs(argv: list[str], never: set[str], tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from incidentsim.cli.main import run\n"
        f"code = run({argv!r})\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    root = str(Path(composition.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": root}, cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stderr.decode().splitlines()[-1].split()) & never == set()
