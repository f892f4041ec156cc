"""`incidentsim new playbook`: what is written holds, can be played at once, and takes the place of nothing."""

import io
import json
from pathlib import Path

import jsonschema
import pytest

from incidentsim.definitions.library.scaffold import MOST_LEVELS, new_playbook
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.text import LANGUAGES, Language
from tests.cli.conftest import Run

WRITTEN = (
    "playbook.yaml",
    "roster.yaml",
    "scenarios/first.yaml",
    "ci.sh",
    ".vscode/settings.json",
    ".vscode/incidentsim-playbook.schema.json",
    ".vscode/incidentsim-scenario.schema.json",
    ".vscode/incidentsim-roster.schema.json",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("levels", [0, 3, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 9))])
def test_what_is_written_is_clean_and_passes_by_its_script_and_by_bots(
    language: Language, levels: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("--lang", language, "new", "playbook", "harbour-lights", "--levels", str(levels))
    assert made.code == 0
    assert made.out.split() == [f"harbour-lights/{name}" for name in WRITTEN]
    checked = run("check", "--quality", "harbour-lights")
    assert (checked.code, checked.err.splitlines()[-1][:20]) == (0, "3 files checked, 0 p")
    for more in ((), ("--bots",)):
        played = run("replay", "--no-record", "harbour-lights", *more)
        assert played.code == 0
        assert "0 escalations; 0 refusals; 0 breaches" in played.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_procedure_fits_into_sixty_lines(language: Language) -> None:
    data = new_playbook("harbour-lights", 3, language)["playbook.yaml"]
    assert len(data.decode().splitlines()) <= 60
    playbook = read_playbook(data, "playbook.yaml")
    inside = [role for role in playbook.roles.values() if not role.outside]
    steps = playbook.main_track.steps
    assert (len(inside), len(playbook.levels)) == (4, 3)
    assert len(steps) >= 7
    assert len(playbook.duties) > len([name for name in playbook.duties if name.startswith("notify_")]) > 0


def test_every_number_of_levels_can_be_had_and_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for levels in range(MOST_LEVELS + 1):
        text = new_playbook("a", levels, "en")["playbook.yaml"].decode()
        assert text.count("\n  - {name: Level ") == levels
        assert "__" not in text
    for wrong in ("-1", "10", "x"):
        assert run("new", "playbook", "a", "--levels", wrong).code == 2


def test_a_name_that_is_no_id_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("../x", "A", "", "a b", "a/b", ".", "con\u202e"):
        refused = run("new", "playbook", name)
        assert refused.code == 2
        assert "is not an id" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_takes_the_place_of_another_file_unless_it_is_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "playbook", "own").code == 0
    assert run("new", "playbook", "own").code == 0, "equal files are left as they are"
    scenario = tmp_path / "own" / "scenarios" / "first.yaml"
    scenario.write_text("mine", encoding="utf-8")
    (tmp_path / "own" / "playbook.yaml").unlink()
    refused = run("new", "playbook", "own")
    assert (refused.code, "use --force" in refused.err) == (2, True)
    assert scenario.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "own" / "playbook.yaml").exists(), "none where one would take another's place"
    assert run("new", "playbook", "own", "--force").code == 0
    assert scenario.read_text(encoding="utf-8") != "mine"


@pytest.mark.slow
def test_without_levels_everything_else_is_there(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bots, reports, papers, tables and plain mode, in both languages: nothing is graded, and nothing asks for it."""
    monkeypatch.chdir(tmp_path)
    for language in LANGUAGES:
        name = f"own-{language}"
        assert run("--lang", language, "new", "playbook", name, "--levels", "0").code == 0
        scenario = Path(name) / "scenarios" / "first.yaml"
        head, _script, rest = scenario.read_text(encoding="utf-8").partition("script:\n")
        scenario.write_text(head + rest[rest.index("expect:") :], encoding="utf-8")
        played = run("--lang", language, "replay", str(scenario), "--bots")
        assert played.code == 0
        told = [played.out]
        for format_ in ("md", "html", "xlsx", "csv", "controls", "oscal", "jsonl", "bundle"):
            assert run("--lang", language, "export", "last", "--format", format_, "-o", f"{name}.{format_}").code == 0
        told.append(Path(f"{name}.md").read_text(encoding="utf-8"))
        assert run("export", "last", "--format", "md", "--report", "audit", "-o", f"{name}-audit.md").code == 0
        papers = [f"--{paper}={name}-{paper}.md" for paper in ("handout", "guide", "evaluator", "cards", "injects")]
        assert run("--lang", language, "preview", str(scenario), *papers).code == 0
        monkeypatch.setattr("sys.stdin", io.StringIO("\n\n\n1\n"))
        shown = run("--lang", language, "play", "--plain", "--no-record", str(scenario))
        told.append(shown.out)
        for said in told:
            assert {"en": "not graded", "zh": "未定级"}[language] not in said
            assert {"en": "how severe", "zh": "严重程度"}[language] not in said


def test_the_settings_name_schemas_that_are_there_and_files_that_are_valid_by_them(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "playbook", "own")
    folder = tmp_path / "own"
    schemas = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    seen = set()
    for name, patterns in schemas.items():
        schema = json.loads((folder / name).read_text("utf-8"))
        for path in (path for pattern in patterns for path in folder.glob(pattern)):
            value = read_yaml(path.read_bytes(), path.name).value
            jsonschema.Draft202012Validator(schema).validate(value)
            seen.add(path.name)
    assert seen == {"playbook.yaml", "roster.yaml", "first.yaml"}
    assert "--no-record" in (folder / "ci.sh").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("playbook", ["incident-command", "own/playbook.yaml"])
def test_a_new_scenario_and_a_new_roster_fit_any_procedure(
    language: Language, playbook: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if playbook != "incident-command":
        run("--lang", language, "new", "playbook", "own", "--levels", "2")
    roster = run("--lang", language, "new", "roster", "acme", "--playbook", playbook).out.strip()
    for name, more in (("alone", ()), ("together", ("--people", "acme"))):
        made = run("--lang", language, "new", "scenario", name, "--playbook", playbook, *more)
        assert made.code == 0, made.err
        scenario = made.out.strip()
        assert Path(scenario).parts[:-2] == Path(roster).parts[:-2] == Path(playbook).parts[:-1]
        checked = run("check", "--quality", scenario, roster)
        assert (checked.code, checked.out) == (0, "")
        played = run("replay", "--no-record", "--bots", scenario)
        assert played.code == 0, played.out
        assert ("roster: acme" in Path(scenario).read_text("utf-8")) == bool(more)


def test_what_means_nothing_for_a_kind_and_what_is_missing_is_said(run: Run) -> None:
    for call, sentence in (
        (("roster", "a", "--levels", "2"), "--levels means nothing for a new roster"),
        (("playbook", "a", "--people", "x"), "--people means nothing for a new playbook"),
        (("scenario", "a"), "Which procedure is the scenario for?"),
        (("scenario", "a", "--playbook", "incident-comand"), "the nearest valid one is incident-command"),
        (("scenario", "a", "--playbook", "incident-command", "--people", "x"), "There is no roster x"),
    ):
        refused = run("new", *call)
        assert refused.code == 2
        assert sentence in refused.err
