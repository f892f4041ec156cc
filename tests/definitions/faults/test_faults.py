"""Deliberate faults of every kind in a tiny playbook and scenario: each is told at its place, with what would be valid.

The faults stand in `faults.yaml`. Whoever makes a mistake reads one sentence, and nothing that only follows from it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidentsim.definitions.library.check import CheckedFile, check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.yaml12.problems import Problem
from tests.definitions.conftest import DATA, MARK

ASKED = ("fits: {incident: true}", "fits: {incident: true, malicious: true}")
"""In the playbook of the scenario's faults: a flag is asked for that can be misspelt."""
OURS = frozenset({"$.circumstances.silence", "$.incidents.leak.truth.flags.crime"})
"""What the tiny pair is warned of without any fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One deliberate fault: the file with it, and what must be said of it where."""

    name: str
    text: str
    place: tuple[int, int]
    says: str
    problems: int


def faults(file: str) -> list[Fault]:
    written: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
    return [_fault(one) for one in written if one["file"] == file]


def _fault(written: dict[str, Any]) -> Fault:
    text = (DATA / f"{written['file']}.yaml").read_text(encoding="utf-8")
    for old, new in written["edits"]:
        assert text.count(old) == 1, (written["name"], old)
        text = text.replace(old, new)
    before, mark, after = text.partition(MARK)
    place = (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else tuple(written["at"])
    return Fault(written["name"], before + after, place, written["says"], written.get("problems", 1))


def told(checked: CheckedFile) -> list[Problem]:
    warned = [one for one in checked.warnings if one.rule in ("unused", "empty") and one.path not in OURS]
    return [*checked.problems, *warned]


def wrong(fault: Fault, path: Path) -> str:
    """In which way what is said of a fault is not what it should be; empty where it is."""
    path.write_text(fault.text, encoding="utf-8")
    (checked,) = check([path], Library([]), play=False)
    problems = told(checked)
    said = [str(problem) for problem in problems]
    line, column = fault.place
    wanted = f"{path}:{line}:{column}: {fault.says} ("
    if len(problems) == fault.problems and any(sentence.startswith(wanted) for sentence in said):
        return ""
    return f"{fault.name}: {fault.problems} × {wanted!r}, not {said}"


@pytest.mark.slow
def test_each_fault_of_a_playbook_is_one_sentence_at_its_place(tmp_path: Path) -> None:
    written = faults("playbook")
    assert [words for fault in written if (words := wrong(fault, tmp_path / "playbook.yaml"))] == []
    assert len(written) >= 50


@pytest.mark.slow
def test_each_fault_of_a_scenario_beside_its_playbook_is_one_sentence_at_its_place(tmp_path: Path) -> None:
    playbook = (DATA / "playbook.yaml").read_text(encoding="utf-8").replace(*ASKED)
    (tmp_path / "playbook.yaml").write_text(playbook, encoding="utf-8")
    written = faults("scenario")
    assert [words for fault in written if (words := wrong(fault, tmp_path / "scenario.yaml"))] == []
    assert len(written) >= 30
