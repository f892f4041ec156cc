"""Checking many files: each is answered for, whatever the others are like."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.definitions.library.check import CheckedFile, check
from incidentsim.definitions.library.library import Library
from incidentsim.domain.errors import InputError
from tests.definitions.conftest import MARK
from tests.definitions.playbook.test_lint import FAULTS

DATA = Path(__file__).parents[1] / "data"


def copied(folder: Path, name: str, *edits: tuple[str, str]) -> Path:
    text = (DATA / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_valid_files_have_no_problems() -> None:
    assert [replace(file, warnings=()) for file in check([DATA], Library([]))] == [
        CheckedFile(DATA / "playbook.yaml", "playbook", "tiny", (), readable=True),
        CheckedFile(DATA / "scenario.yaml", "scenario", "small", (), readable=True),
    ]


def test_a_bad_file_stops_none_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("[", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(b"\x00\xff")
    (tmp_path / "c.yaml").write_text("schema: else\n", encoding="utf-8")
    copied(tmp_path, "playbook.yaml", ("deputies: [helper]", "deputies: [helpr]"))
    copied(tmp_path, "scenario.yaml", ("playbook: tiny", "playbook: other"))
    copied(tmp_path, "playbook.yaml").rename(tmp_path / "other.yaml")
    text = (tmp_path / "other.yaml").read_text(encoding="utf-8").replace("id: tiny", "id: other")
    (tmp_path / "other.yaml").write_text(text, encoding="utf-8")
    copied(tmp_path, "playbook.yaml", ("deputies: [helper]", "deputies: [helpr]"))
    found = {checked.path.name: checked for checked in check([tmp_path], Library([]))}
    assert {name: (one.kind, len(one.problems), one.readable) for name, one in found.items()} == {
        "a.yaml": (None, 2, False),
        "b.yaml": (None, 1, False),
        "c.yaml": (None, 1, False),
        "other.yaml": ("playbook", 0, True),
        "playbook.yaml": ("playbook", 1, True),
        "scenario.yaml": ("scenario", 0, True),
    }


def test_a_scenario_is_checked_against_the_playbook_among_the_paths_or_beside_it_before_the_shipped_one(
    tmp_path: Path,
) -> None:
    copied(tmp_path, "playbook.yaml", ("do: hush", "do: hide"))
    copied(tmp_path, "scenario.yaml", ("do: hush", "do: hide"))
    assert all(not checked.problems for checked in check([tmp_path], Library([DATA])))
    (alone,) = check([tmp_path / "scenario.yaml"], Library([DATA]))
    assert alone.problems == ()
    (tmp_path / "playbook.yaml").unlink()
    (only,) = check([tmp_path / "scenario.yaml"], Library([DATA]))
    assert (
        only.problems[0].message
        == "There is no step hide; valid are report, grade, note, close, settle, notify_chief, hush."
    )


def test_an_unknown_playbook_is_a_problem_of_the_scenario(tmp_path: Path) -> None:
    copied(tmp_path, "scenario.yaml", ("playbook: tiny", "playbook: tinny"))
    (checked,) = check([tmp_path], Library([DATA]))
    assert [str(problem) for problem in checked.problems] == [
        f"{tmp_path / 'scenario.yaml'}:3:11: There is no playbook tinny; the nearest valid one is tiny. ($.playbook)"
    ]


def test_a_scenario_without_playbook_is_told_so(tmp_path: Path) -> None:
    copied(tmp_path, "scenario.yaml", ("playbook: tiny\n", ""))
    (checked,) = check([tmp_path], Library([DATA]))
    assert "The key playbook is missing" in checked.problems[0].message


def test_a_scenario_of_a_broken_playbook_cannot_be_checked(tmp_path: Path) -> None:
    copied(tmp_path, "playbook.yaml", ("deputies: [helper]", "deputies: [helpr]"))
    copied(tmp_path, "scenario.yaml")
    _playbook, scenario = check([tmp_path], Library([]))
    assert scenario.problems[0].message == "The playbook tiny has problems of its own; mend these first."
    assert len(scenario.problems) == 1


def test_problems_of_all_stages_are_told_at_once(tmp_path: Path) -> None:
    copied(
        tmp_path,
        "playbook.yaml",
        ("deputies: [helper]", "deputies: [helpr]"),
        ("helper: {title: {en: Helper, zh: 组员}", "helper: {title: {en: Lead, zh: 组员}"),
        ("within: {1: 5m, ungraded: 1h}", "within: {1: 5m, 2: 5m}"),
        ("from: opened\n        to: settled", "from: opened\n        to: opened"),
    )
    copied(tmp_path, "scenario.yaml", ("expects: [report", "expects: [repart"), ("{crime: false}", "{malicius: true}"))
    playbook, scenario = check([tmp_path], Library([]))
    told = "\n".join(problem.message for problem in playbook.problems)
    for sentence in (
        "no role helpr",
        "is called “Lead” like lead",
        "No limit is written for ungraded",
        "cannot be reached",
    ):
        assert sentence in told
    told = "\n".join(problem.message for problem in scenario.problems)
    assert "mend these first" in told
    assert "There is no step repart" in told


def test_a_file_that_cannot_be_read_is_one_checked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copied(tmp_path, "playbook.yaml")

    def denied(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    (checked,) = check([path], Library([]))
    assert not checked.readable
    assert "permission denied" in checked.problems[0].message


def test_a_path_that_does_not_exist_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file or folder"):
        check([DATA, tmp_path / "missing"], Library([]))


def test_checking_loads_nothing_that_only_running_needs() -> None:
    code = (
        "import sys, pathlib\n"
        "from incidentsim.definitions.library.check import check\n"
        "from incidentsim.definitions.library.library import Library\n"
        f"assert not any(one.problems for one in check([pathlib.Path({str(DATA)!r})], Library([])))\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'textual', 'faker', 'transitions', 'jsonschema'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = str(Path(__file__).parents[3])
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert ran.stdout.strip() == "[]"


@pytest.mark.slow
def test_whatever_is_wrong_with_a_playbook_it_and_its_scenario_are_looked_at_to_their_end(tmp_path: Path) -> None:
    for name, (edits, _message) in FAULTS.items():
        text = (DATA / "playbook.yaml").read_text(encoding="utf-8")
        for old, new in edits:
            text = text.replace(old, new)
        (tmp_path / "playbook.yaml").write_text(text.replace(MARK, ""), encoding="utf-8")
        copied(tmp_path, "scenario.yaml")
        playbook, scenario = check([tmp_path], Library([]))
        assert playbook.problems, name
        assert scenario.problems, name


def test_a_word_that_is_nearly_right_hides_no_other_fault(tmp_path: Path) -> None:
    copied(
        tmp_path,
        "playbook.yaml",
        ("unit: percent", "unit: percentage"),
        ("requires: {channel: [email], summary: text}", "requires: {channel: [email], summary: txt}"),
        ("  helper: {title", "  Helper: {title"),
        ("do: note\n", "do: Make note\n"),
        ("deputies: [helper]", "deputies: [helpr]"),
    )
    (playbook,) = check([tmp_path], Library([]))
    assert [problem.message for problem in playbook.problems] == [
        "percentage is not valid here; the nearest valid one is percent.",
        "There is no role helpr; the nearest valid one is helper.",
        (
            "Helper is not an id: lower-case letters and digits, with single - or _ between them, a letter first. "
            "Write helper."
        ),
        "txt is not valid here; the nearest valid one is text.",
        (
            "Make note is not an id: lower-case letters and digits, with single - or _ between them, a letter first. "
            "Write make_note."
        ),
    ]
