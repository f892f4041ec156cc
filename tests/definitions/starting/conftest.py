"""The shipped playbooks, which stories are to fit."""

import pytest

from incidentsim import composition
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.domain.playbook import Playbook


def _shipped(name: str) -> Playbook:
    path = composition.shipped("playbooks") / f"{name}.yaml"
    return read_playbook(path.read_bytes(), path.name)


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return _shipped("platform-incidents")


@pytest.fixture(scope="session")
def other_playbook() -> Playbook:
    return _shipped("incident-command")
