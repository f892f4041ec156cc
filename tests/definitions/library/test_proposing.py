"""Meanings are proposed with their reason, never taken; what is proposed for the shipped playbooks is what they say."""

import re
from pathlib import Path
from typing import Any

import pytest

from incidentsim.definitions.library.check import CheckedFile, check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.proposing import RULE, proposals
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.meanings import StepMeaning
from incidentsim.exercise.controls.asked import steps_that_mean

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parents[1] / "data"
PROPOSED = re.compile(r"Proposed: means: (\w+), because .+\.")


def at(value: Any, path: str) -> Any:
    for part in re.findall(r"\w[\w-]*", path):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


@pytest.mark.parametrize("name", ["platform-incidents", "incident-command"])
def test_without_its_meanings_a_shipped_playbook_is_proposed_those_it_has(name: str) -> None:
    source = (ROOT / "playbooks" / f"{name}.yaml").read_text(encoding="utf-8")
    whole = read_playbook(source.encode(), name)
    said = {step.do: step.means for track in whole.tracks.values() for step in track.steps}
    data = bare(name).encode()
    document = read_yaml(data, name)
    right = 0
    for problem in proposals(read_playbook(data, name), document):
        match = PROPOSED.fullmatch(problem.message)
        assert match is not None
        assert problem.rule == RULE
        step = at(document.value, problem.path).get("do", f"notify_{problem.path.rpartition('.')[2]}")
        meanings = said[step]
        assert not meanings or StepMeaning(match.group(1)) in meanings, (step, problem.message)
        right += bool(meanings)
    written = source.count("\n        means: ") + source.count("\n    means: ")
    assert right >= written * 0.7


def bare(name: str) -> str:
    """A shipped playbook without what it says of meanings."""
    source = (ROOT / "playbooks" / f"{name}.yaml").read_text(encoding="utf-8")
    return "\n".join(line for line in source.split("\n") if not line.strip().startswith("means:"))


def checked(folder: Path, text: str, *, propose: bool = True) -> CheckedFile:
    (folder / "playbook.yaml").write_text(text, encoding="utf-8")
    (file,) = check([folder / "playbook.yaml"], Library([]), propose=propose)
    assert file.problems == ()
    return file


def proposed(file: CheckedFile) -> list[str]:
    """Where a step of a track is proposed a meaning."""
    return [one.path for one in file.warnings if PROPOSED.fullmatch(one.message) and one.path.startswith("$.tracks")]


def test_nothing_is_proposed_to_whoever_does_not_ask(tmp_path: Path) -> None:
    assert checked(tmp_path, bare("incident-command"), propose=False).warnings == ()


def test_what_says_its_meaning_or_that_it_has_none_is_proposed_none(tmp_path: Path) -> None:
    text = bare("incident-command")
    assert proposed(checked(tmp_path, text))
    for meaning in ("lessons", "[find_cause, lessons]", "[]"):
        steps, forbidden, rest = text.partition("\nforbidden:")
        said = re.sub(r"^( +)- do: (\w+)$", rf"\1- do: \2\n\1  means: {meaning}", steps, flags=re.MULTILINE)
        assert proposed(checked(tmp_path, said + forbidden + rest)) == []


def test_meanings_that_no_step_has_are_noted_all_of_them(tmp_path: Path) -> None:
    text = (DATA / "playbook.yaml").read_text(encoding="utf-8")
    noted = " ".join(one.message for one in checked(tmp_path, text).warnings if one.message.startswith("No step means"))
    playbook = read_playbook(text.encode(), "playbook.yaml")
    for meaning in StepMeaning:
        assert (re.search(rf"\b{meaning}\b", noted) is None) is bool(steps_that_mean(playbook, meaning))
