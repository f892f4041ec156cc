"""`incidentsim adopt`: a shipped procedure as one's own, and a file into the library."""

import re
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.definitions.playbook.unused import unused
from incidentsim.definitions.yaml12.problems import path_text
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.text import LANGUAGES, Language
from tests.cli.conftest import Run


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which is empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("playbook", "language", "without"),
    [
        ("incident-command", "en", ("law", "customers")),
        ("platform-incidents", "zh", ("accountability",)),
        *(
            pytest.param(playbook, language, (), marks=pytest.mark.slow)
            for playbook in ("incident-command", "platform-incidents")
            for language in LANGUAGES
        ),
    ],
)
def test_what_is_adopted_is_clean_and_bots_play_it(
    playbook: str, language: Language, without: tuple[str, ...], own: Path, run: Run
) -> None:
    more = [word for name in without for word in ("--without", name)]
    made = run("--lang", language, "adopt", playbook, "--as", "mine", *more)
    assert made.code == 0, made.err
    assert made.out.splitlines()[:3] == ["mine/playbook.yaml", "mine/roster.yaml", "mine/scenarios/first.yaml"]
    assert made.out.splitlines()[-1] == "mine/questions.md"
    checked = run("check", "--quality", "mine")
    assert checked.code == 0, checked.out
    warned = set(re.findall(r"\(unused, (.*)\)", checked.out))
    shipped = composition.shipped("playbooks") / f"{playbook}.yaml"
    before = {path_text(path) for path, _said in unused(read_yaml(shipped.read_bytes(), playbook).value)}
    assert warned <= before, "nothing is left that nothing uses any more"
    assert run("replay", "--no-record", "--bots", "mine").code == 0
    roster = read_yaml((own / "mine" / "roster.yaml").read_bytes(), "roster").value["people"].values()
    other = {"en": r"[{}\u4e00-\u9fff]", "zh": r"[{}A-Za-z]"}[language]
    assert not [who["name"] for who in roster if re.search(other, who["name"])]
    assert (own / "mine" / "questions.md").read_text("utf-8").count("- [ ]") > 10


def test_a_file_is_checked_and_found_by_its_id_from_then_on(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    monkeypatch.setattr(composition, "_data_folder", lambda: library)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    run("new", "playbook", "own")
    kept = run("adopt", "own/playbook.yaml")
    assert kept.code == 0, kept.err
    names = ["playbooks/own.yaml", "rosters/own-people.yaml", "scenarios/own-first.yaml"]
    assert sorted(kept.out.splitlines()) == [str(library / name) for name in names]
    monkeypatch.chdir(tmp_path)
    assert "own" in composition.library().playbooks
    assert run("check", str(library)).code == 0
    assert run("adopt", "work/own/playbook.yaml").code == 0, "equal files are left as they are"
    (work / "own" / "roster.yaml").write_text("schema: incidentsim/roster/1\nid: own-people\npeople: {}\n")
    broken = run("adopt", "work/own/playbook.yaml", "--force")
    assert (broken.code, "Nothing was copied" in broken.err) == (1, True)


def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for call, sentence in (
        (("incident-command",), "Under which name is it to be yours?"),
        (("incident-comand", "--as", "a"), "the nearest valid one is incident-command"),
        (("incident-command", "--as", "A b"), "is not an id"),
        (("incident-command", "--as", "a", "--without", "response"), "is the main track"),
        (("incident-command", "--as", "a", "--without", "laws"), "the nearest valid one is law"),
        (("nowhere.yaml",), "There is no file or folder"),
    ):
        refused = run("adopt", *call)
        assert refused.code == 2
        assert sentence in refused.err, refused.err
    assert list(tmp_path.iterdir()) == []
