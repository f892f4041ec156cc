"""A small archetype that has one of everything, and a way to plant one fault in it at a marked place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidentsim import composition, messages
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.playbook import Playbook
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.archetypes import read_archetype

DATA = Path(__file__).parent / "data"
MARK = "¦"
"""Stands in a planted fault where the problem must be reported."""

Planted = tuple[list[Problem], tuple[int, int] | None]
Plant = Callable[..., Planted]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in their source language."""
    before = messages.language()
    messages.use("en")
    yield
    messages.use(before)


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    path, data = composition.library().playbook("platform-incidents")
    return read_playbook(data, str(path))


@pytest.fixture(scope="session")
def archetype_text() -> str:
    return (DATA / "archetype.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def tiny(archetype_text: str, playbook: Playbook) -> Archetype:
    return read_archetype(archetype_text.encode(), "archetype.yaml", playbook)


@pytest.fixture
def plant(archetype_text: str, playbook: Playbook) -> Plant:
    """Edit the archetype's text, read it, and say what was found and where the mark stood."""

    def edited(*edits: tuple[str, str]) -> Planted:
        text = archetype_text
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
            text = text.replace(old, new)
        before, mark, after = text.partition(MARK)
        place = (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else None
        try:
            read_archetype((before + after).encode(), "archetype.yaml", playbook)
        except DefinitionError as error:
            return list(error.problems), place
        return [], place

    return edited
