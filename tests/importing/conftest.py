"""The shipped playbooks that records are imported for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from incidentsim import messages
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.domain.playbook import Playbook

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in their source language."""
    before = messages.language()
    messages.use("en")
    yield
    messages.use(before)


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return _shipped("platform-incidents")


@pytest.fixture(scope="session")
def other_playbook() -> Playbook:
    """A procedure with other roles, measures and tracks."""
    return _shipped("incident-command")


def _shipped(name: str) -> Playbook:
    path = ROOT / "playbooks" / f"{name}.yaml"
    return read_playbook(path.read_bytes(), path.name)
