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
from incidentsim.domain.meanings.finding import steps_that_mean
from incidentsim.domain.playbook import Playbook

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parents[1] / "data"
PROPOSED = re.compile(r"Proposed: means: (\w+|\[\w+, \w+\]), because .+\.")


def at(value: Any, path: str) -> Any:
    for part in re.findall(r"\w[\w-]*", path):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def said_by(playbook: Playbook) -> dict[str, dict[str, tuple[str, ...]]]:
    """What each rule of a playbook means, by its part and its id."""
    return {
        "steps": {step.do: step.means for track in playbook.tracks.values() for step in track.steps},
        "roles": {name: role.means for name, role in playbook.roles.items()},
        "bodies": {name: body.means for name, body in playbook.bodies.items()},
        "measures": {name: measure.means for name, measure in playbook.measures.items()},
        "channels": dict(playbook.channel_means),
        "judgements": {name: judgement.means for name, judgement in playbook.judgements.items()},
        "circumstances": {name: one.means for name, one in playbook.circumstances.items()},
    }


@pytest.mark.parametrize("name", ["platform-incidents", "incident-command"])
def test_without_its_meanings_a_shipped_playbook_is_proposed_those_it_has(name: str) -> None:
    source = (ROOT / "playbooks" / f"{name}.yaml").read_bytes()
    said = said_by(read_playbook(source, name))
    data = bare(name).encode()
    document, playbook = read_yaml(data, name), read_playbook(data, name)
    silent = said_by(playbook)
    proposed: set[tuple[str, str]] = set()
    for problem in proposals(playbook, document):
        match = PROPOSED.fullmatch(problem.message)
        assert match is not None, problem.message
        assert problem.rule == RULE
        part, rule = problem.path.removeprefix("$.").split(".")[0], problem.path.rpartition(".")[2]
        if part in ("tracks", "notices"):
            rule = at(document.value, problem.path).get("do", f"notify_{rule}")
            part = "steps"
        meanings = said[part][rule]
        assert not silent[part][rule], "what its id says is no proposal"
        for meaning in match.group(1).strip("[]").split(", "):
            assert not meanings or meaning in meanings, (rule, problem.message)
        proposed.add((part, rule))
    lacking = {(part, rule) for part in said for rule, means in said[part].items() if means and not silent[part][rule]}
    assert len(proposed & lacking) >= len(lacking) * 0.8, sorted(lacking - proposed)


def test_a_measure_is_proposed_only_what_is_counted_in_its_unit(tmp_path: Path) -> None:
    text = bare("incident-command").replace("unit: percent", "unit: count")
    file = checked(tmp_path, text)
    assert [one.message for one in file.warnings if one.path == "$.measures.customers_down_percent"] == [
        "Proposed: means: users_affected, because it is called “share of customers without service”."
    ]


def bare(name: str) -> str:
    """A shipped playbook without what it says of meanings."""
    source = (ROOT / "playbooks" / f"{name}.yaml").read_text(encoding="utf-8")
    terms = r"means: (?:\w+|\[[^]]*\])"
    source = re.sub(rf"^ +{terms}\n", "", source, flags=re.MULTILINE)
    return re.sub(rf"(?<={{){terms}, |, {terms}(?=}})", "", source)


def checked(folder: Path, text: str, *, propose: bool = True) -> CheckedFile:
    (folder / "playbook.yaml").write_text(text, encoding="utf-8")
    (file,) = check([folder / "playbook.yaml"], Library([]), propose=propose, play=False)
    assert file.problems == ()
    return file


def proposed(file: CheckedFile) -> list[str]:
    """Where a step of a track is proposed a meaning."""
    return [one.path for one in file.warnings if PROPOSED.fullmatch(one.message) and one.path.startswith("$.tracks")]


def test_nothing_is_proposed_to_whoever_does_not_ask(tmp_path: Path) -> None:
    warnings = checked(tmp_path, bare("incident-command"), propose=False).warnings
    (note,) = (warning for warning in warnings if warning.rule == RULE)
    assert note.message.startswith("No step means ")
    assert note.message.endswith("check --propose says more.")


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
