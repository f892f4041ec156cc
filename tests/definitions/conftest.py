"""A tiny procedure and a tiny story that are valid, and a way to plant one fault in them at a marked place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidentsim import messages
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.playbook import Playbook

DATA = Path(__file__).parent / "data"
MARK = "¦"
"""Stands in a planted fault where the problem must be reported."""

Edits = tuple[tuple[str, str], ...]
Planted = tuple[list[Problem], tuple[int, int] | None]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in their source language."""
    before = messages.language()
    messages.use("en")
    yield
    messages.use(before)


@pytest.fixture(scope="session")
def playbook_text() -> str:
    return (DATA / "playbook.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def scenario_text() -> str:
    return (DATA / "scenario.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def tiny(playbook_text: str) -> Playbook:
    return read_playbook(playbook_text.encode(), "playbook.yaml")


@pytest.fixture
def plant_in_playbook(playbook_text: str) -> Callable[[Edits], Planted]:
    """Edit the playbook's text, read it, and say what was found and where the mark stood."""

    def plant(edits: Edits) -> Planted:
        text, place = _edited(playbook_text, edits)
        return _problems(lambda: read_playbook(text.encode(), "playbook.yaml")), place

    return plant


@pytest.fixture
def plant_in_scenario(scenario_text: str, tiny: Playbook) -> Callable[[Edits], Planted]:
    """The same for the scenario."""

    def plant(edits: Edits) -> Planted:
        text, place = _edited(scenario_text, edits)
        return _problems(lambda: read_scenario(text.encode(), "scenario.yaml", tiny)), place

    return plant


def _edited(text: str, edits: Edits) -> tuple[str, tuple[int, int] | None]:
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    before, mark, after = text.partition(MARK)
    if not mark:
        return text, None
    return before + after, (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _problems(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except DefinitionError as error:
        return list(error.problems)
    return []
