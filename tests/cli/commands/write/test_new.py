"""`incidentsim new playbook`: what is written holds, can be played at once, and takes the place of nothing."""

from pathlib import Path

import pytest

from incidentsim.definitions.library.scaffold import MOST_LEVELS, new_playbook
from incidentsim.domain.text import LANGUAGES, Language
from tests.cli.conftest import Run


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "levels", [1, 3, pytest.param(2, marks=pytest.mark.slow), pytest.param(9, marks=pytest.mark.slow)]
)
def test_what_is_written_is_clean_and_passes_by_its_script_and_by_bots(
    language: Language, levels: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("--lang", language, "new", "playbook", "harbour-lights", "--levels", str(levels))
    assert made.code == 0
    assert made.out.split() == ["harbour-lights/playbook.yaml", "harbour-lights/scenarios/first.yaml"]
    checked = run("check", "--quality", "harbour-lights")
    assert (checked.code, checked.err.splitlines()[-1][:20]) == (0, "2 files checked, 0 p")
    for more in ((), ("--bots",)):
        played = run("replay", "--no-record", "harbour-lights", *more)
        assert played.code == 0
        assert "0 escalations; 0 refusals; 0 breaches" in played.out


def test_every_number_of_levels_can_be_had_and_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    numbers = range(1, MOST_LEVELS + 2)
    for levels in numbers[:-1]:
        text = new_playbook("a", levels, "en")["playbook.yaml"].decode()
        assert [f"\n  {number}:" in text for number in numbers] == [number <= levels for number in numbers]
        assert "__" not in text
    for wrong in ("0", "10", "x"):
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
