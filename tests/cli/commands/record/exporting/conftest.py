"""One run on record, and folders of the test's own for keys and files."""

from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.evidence.keys import FILE
from incidentsim.service import Service, exports
from tests.cli.conftest import Run
from tests.support.exporting import service_with_a_run


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys are kept in a folder of the test's, and files go into another."""
    folder = tmp_path / "settings"
    monkeypatch.setattr(composition, "key_file", lambda: folder / FILE)
    monkeypatch.setattr(exports, "MOST_TOLD", 0)  # reports take most of the time that a bundle does
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return folder


@pytest.fixture
def service() -> Service:
    """The service, with one run on record."""
    return service_with_a_run()


@pytest.fixture
def recorded(run: Run) -> Run:
    """One run is on record."""
    return run
