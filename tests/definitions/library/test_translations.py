"""What a translator still has to do is listed, place by place; what is wrong is told once for all its places."""

from pathlib import Path

from incidentsim.definitions.library.check import CheckedFile, check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.translations import RULE
from incidentsim.definitions.yaml12.problems import Problem, folded
from tests.support.translating import Written, written

DATA = Path(__file__).parents[1] / "data"


def copied(folder: Path, how: Written) -> None:
    for name in ("playbook.yaml", "scenario.yaml"):
        (folder / name).write_bytes(written((DATA / name).read_bytes(), how))


def missing(file: CheckedFile) -> list[Problem]:
    return [warning for warning in file.warnings if warning.rule == RULE]


def test_what_is_missing_is_a_warning_only_for_whoever_asks(tmp_path: Path) -> None:
    copied(tmp_path, Written.ENGLISH)
    for file in check([tmp_path], Library([])):
        assert (file.problems, missing(file)) == ((), [])
    told = check([tmp_path], Library([]), translations=True)
    for file in told:
        assert file.problems == ()
        assert {warning.message for warning in missing(file)} == {"The text in Chinese is missing."}
    playbook, scenario = told
    assert {"$.title.zh", "$.roles.finder.title.zh", "$.tracks.blame.steps[0].title.zh"} <= {
        warning.path for warning in playbook.warnings
    }
    assert {"$.injects[0].body.zh", "$.objectives[0].zh"} <= {warning.path for warning in scenario.warnings}


def test_where_nothing_is_missing_nothing_is_told(tmp_path: Path) -> None:
    copied(tmp_path, Written.THREE)
    assert [missing(file) for file in check([tmp_path], Library([]), translations=True)] == [[], []]


def test_both_of_the_programs_languages_are_missing_in_a_third(tmp_path: Path) -> None:
    copied(tmp_path, Written.GERMAN)
    playbook, _scenario = check([tmp_path], Library([]), translations=True)
    told = [warning.message for warning in playbook.warnings if warning.path.startswith("$.title.")]
    assert told == ["The text in English is missing.", "The text in Chinese is missing."]


def problems(count: int, message: str = "It is missing.") -> list[Problem]:
    return [Problem("a.yaml", line, 3, f"$.{line}", message) for line in range(1, count + 1)]


def test_repeats_are_one_line_with_a_count_and_places() -> None:
    other = Problem("a.yaml", 2, 1, "$.x", "Something else.")
    first, second, *rest = problems(20)
    assert folded([first, other, second, *rest]) == [
        "a.yaml:1:3: It is missing. ($.1) 20 times, also at 2:3, 3:3, 4:3, 5:3, 6:3, 7:3, 8:3 and others.",
        "a.yaml:2:1: Something else. ($.x)",
    ]
    assert folded(problems(4)) == ["a.yaml:1:3: It is missing. ($.1) 4 times, also at 2:3, 3:3, 4:3."]


def test_what_is_said_a_few_times_stands_at_each_place() -> None:
    assert folded(problems(3)) == [str(problem) for problem in problems(3)]
