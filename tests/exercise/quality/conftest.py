"""A clean story, and a way to plant one fault in it at a marked place and to see what the lint finds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from incidentsim import messages
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import path_text
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.quality import quality
from tests.support.shipped import procedure

CLEAN = (Path(__file__).parent / "data" / "clean.yaml").read_text(encoding="utf-8")
MARK = "¦"
"""Stands in a planted fault where it must be found."""

Edits = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """What was found after planting: rules and places, and where the mark stood."""

    findings: Sequence[tuple[str, tuple[int, int], str]]
    mark: tuple[int, int]
    messages: str

    @property
    def rules(self) -> list[str]:
        return [rule for rule, _place, _path in self.findings]


Plant = Callable[[Edits], Found]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in their source language."""
    before = messages.language()
    messages.use("en")
    yield
    messages.use(before)


@pytest.fixture
def platform() -> Playbook:
    return procedure("platform-incidents")


@pytest.fixture
def clean(platform: Playbook) -> Scenario:
    return read_scenario(CLEAN.encode(), "clean.yaml", platform)


@pytest.fixture
def plant(platform: Playbook) -> Plant:
    """Edit the clean story's text, run the lint on it, and say what it found."""

    def planted(edits: Edits) -> Found:
        text = CLEAN
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
            text = text.replace(old, new)
        before, mark, after = text.partition(MARK)
        assert mark, "no place is marked"
        text = before + after
        place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        found = quality(platform, read_scenario(text.encode(), "planted.yaml", platform))
        document = read_yaml(text.encode(), "planted.yaml")
        findings = [(one.rule, document.position(one.path), path_text(one.path)) for one in found]
        return Found(findings, place, "\n".join(one.message for one in found))

    return planted
