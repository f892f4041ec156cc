"""What tests of the library share: a folder of the user's own."""

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which records and keys are kept for this test."""
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path
