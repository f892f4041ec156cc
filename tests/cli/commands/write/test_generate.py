"""`incidentsim generate` and what `check` says of archetypes."""

import json
import re
from pathlib import Path

import pytest

from incidentsim import composition
from tests.cli.conftest import Run

ARCHETYPE = Path(__file__).parents[3] / "generation" / "data" / "archetype.yaml"


def test_a_scenario_is_printed_that_passes_the_check(run: Run, tmp_path: Path) -> None:
    made = run("generate", ARCHETYPE, "--seed", "1", "--level", "3", "--locale", "zh_CN", "--difficulty", "2")
    assert (made.code, made.err) == (0, "")
    path = tmp_path / "made.yaml"
    path.write_text(made.out, encoding="utf-8")
    assert run("check", path).code == 0
    assert "tags: [data-leak, tiny-leak, level-3, difficulty-2, generated]" in made.out


def test_it_plays_to_its_end(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    assert run("generate", ARCHETYPE, "--seed", "1", "-o", path).code == 0
    assert run("replay", path, "--bots", "--no-record").code == 0


def test_a_file_is_written_and_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    done = run("generate", ARCHETYPE, "--seed", "1", "-o", path)
    assert (done.code, done.out.strip()) == (0, str(path))
    assert path.read_text(encoding="utf-8") == run("generate", ARCHETYPE, "--seed", "1").out


def test_a_file_that_holds_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    assert run("generate", ARCHETYPE, "--seed", "1", "-o", path).code == 0
    assert run("generate", ARCHETYPE, "--seed", "1", "-o", path).code == 0, "the same may be written again"
    before = path.read_bytes()
    refused = run("generate", ARCHETYPE, "--seed", "2", "-o", path)
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_bytes() == before
    assert run("generate", ARCHETYPE, "--seed", "2", "-o", path, "--force").code == 0
    assert path.read_bytes() != before


def test_without_a_seed_a_fresh_one_is_named_so_that_it_can_be_repeated(run: Run) -> None:
    first, second = run("generate", ARCHETYPE), run("generate", ARCHETYPE)
    seeds = [re.search(r"The seed is (\d+)", one.err) for one in (first, second)]
    assert seeds[0] is not None
    assert seeds[1] is not None
    assert seeds[0][1] != seeds[1][1]
    assert run("generate", ARCHETYPE, "--seed", seeds[0][1]).out == first.out


def test_the_usual_level_and_the_locale_of_the_language_are_taken(run: Run) -> None:
    assert "--level 2 --locale en_US --difficulty 3" in run("generate", ARCHETYPE, "--seed", "1").out
    assert "--level 2 --locale zh_CN" in run("--lang", "zh", "generate", ARCHETYPE, "--seed", "1").out


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["generate"], "Which archetype?"),
        (["generate", "lost-laptob"], "There is no archetype lost-laptob; the nearest valid one is lost-laptop."),
        (["generate", "nowhere.yaml"], "There is no file or folder nowhere.yaml."),
        (["generate", str(ARCHETYPE), "--level", "5", "--seed", "1"], "cannot reach level 5; it can reach 1, 2, 3, 4."),
        (["generate", str(ARCHETYPE), "--level", "6"], "6"),
        (["generate", str(ARCHETYPE), "--seed", "-1"], "-1"),
        (["generate", str(ARCHETYPE), "--seed", "9" * 20], "cannot be a seed"),
        (["generate", str(ARCHETYPE), "--locale", "fr_FR"], "fr_FR"),
        (["generate", str(ARCHETYPE), "-o", "no/such/folder/x.yaml"], "does not exist"),
        (["generate", str(composition.shipped("scenarios") / "false-alarm.yaml")], "is no archetype"),
    ],
    ids=lambda value: " ".join(Path(part).name for part in value[1:]) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_answered_with_a_sentence(argv: list[str], message: str, run: Run) -> None:
    done = run(*argv)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_the_list_names_every_shipped_archetype(run: Run) -> None:
    done = run("generate", "--list")
    assert done.code == 0
    for path in composition.archetypes().glob("*.yaml"):
        assert path.stem in done.out


def test_the_list_as_data(run: Run) -> None:
    listed = json.loads(run("generate", "--list", "--format", "json").out)["archetypes"]
    assert len(listed) >= 16
    assert all({"id", "title", "levels", "tags", "attack"} <= one.keys() for one in listed)
    assert [one["id"] for one in listed] == sorted(one["id"] for one in listed)


def test_an_archetype_can_be_checked(run: Run, tmp_path: Path) -> None:
    assert run("check", ARCHETYPE).code == 0
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        ARCHETYPE.read_text(encoding="utf-8").replace("channel: press", "channel: pres"), encoding="utf-8"
    )
    done = run("check", broken)
    assert done.code == 1
    assert "There is no channel pres; the nearest valid one is press." in done.out
    assert re.match(r".*broken\.yaml:\d+:\d+: ", done.out)


@pytest.mark.slow
def test_folders_of_archetypes_can_be_checked(run: Run) -> None:
    done = run("check", composition.archetypes(), "--format", "json")
    files = json.loads(done.out)["files"]
    assert {file["kind"] for file in files} == {"archetype"}
    assert done.code == 0, [problem for file in files for problem in file["problems"]]


def test_a_story_is_told_by_another_playbook_and_what_that_lacks_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    call = ("generate", "false-alarm", "--playbook", "incident-command", "--seed", "2", "--level", "4")
    made = run(*call, "-o", path)
    assert made.code == 0
    lacking, unanswered = made.err.splitlines()
    assert lacking.startswith("Nothing in incident-command means detect, reporter, users_affected; what rests on these")
    assert unanswered == (
        "The story does not answer malicious, public, which steps of incident-command ask for; they count as no."
    )
    head = path.read_text(encoding="utf-8")
    assert "--difficulty 3 --playbook=incident-command\n" in head
    assert "id: false-alarm-incident-command-en-l4-d3-s2" in head
    assert run("check", path).code == 0


def test_levels_are_those_of_the_playbook(run: Run) -> None:
    refused = run("generate", "masked-number-leak", "--playbook", "incident-command", "--level", "5")
    assert refused.code == 2
    assert "The archetype masked-number-leak cannot reach level 5; it can reach 1, 2, 3." in refused.err
    assert run("generate", "masked-number-leak", "--playbook", "nowhere").code == 2


def test_the_people_of_a_roster_take_part(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "playbook", "ours").code == 0
    made = run("generate", ARCHETYPE, "--seed", "1", "--playbook", "ours/playbook.yaml", "--people", "ours-people")
    assert (made.code, "Nobody of the roster takes these parts" in made.err) == (0, True)
    assert "name: {en: Rob, zh: Rob}" in made.out
    assert run("generate", ARCHETYPE, "--people", "nobody").code == 2
