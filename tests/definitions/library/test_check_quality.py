"""What the quality lint finds is reported like any other problem, in the order of the file."""

from pathlib import Path

from incidentsim import composition
from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.yaml12.problems import Problem

FALSE_ALARM = composition.shipped("scenarios") / "false-alarm.yaml"


def test_findings_are_problems_of_the_file_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "spoilt.yaml"
    text = FALSE_ALARM.read_text(encoding="utf-8")
    for old, new in (
        ("Tang Yue", "Gu Yan"),
        ("sink channel 99", "sink {channel}"),
        ("像极了账号被盗", "像极了账号,被盗"),
    ):
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text.replace("tested_by: [gateway-alert]", "", 1), encoding="utf-8")
    (checked,) = check([path], composition.library(), quality=True)
    assert checked.readable
    assert checked.id == "false-alarm"
    assert [problem.rule for problem in checked.problems] == [
        "wrong-language",
        "untested-objective",
        "same-name",
        "placeholder",
    ]
    places = [(problem.line, problem.column) for problem in checked.problems]
    assert places == sorted(places)


def test_a_playbook_has_no_story(tmp_path: Path) -> None:
    playbook = composition.shipped("playbooks") / "platform-incidents.yaml"
    (tmp_path / "p.yaml").write_text(playbook.read_text(encoding="utf-8"), encoding="utf-8")
    assert check([tmp_path], Library([]), quality=True) == check([tmp_path], Library([]))


def test_a_problem_names_its_rule_where_it_breaks_one() -> None:
    assert str(Problem("f", 1, 2, "$.x", "So it is.")) == "f:1:2: So it is. ($.x)"
    assert str(Problem("f", 1, 2, "$.x", "So it is.", "seam")) == "f:1:2: So it is. (seam, $.x)"
