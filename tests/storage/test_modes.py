"""What holds names and texts is readable by its owner alone."""

import os
import stat
import sys
from pathlib import Path

import pytest

from incidentsim.storage import open_store
from tests.support.record import begin, record, some_facts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_new_database_its_folders_and_what_lies_beside_it_are_the_owners_alone(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        file = tmp_path / "share" / "incidentsim" / "runs.sqlite3"
        store = open_store(f"sqlite:///{file}")
        begin(store, "r1")
        beside = {path.name: mode(path) for path in file.parent.iterdir() if path.is_file()}
        assert beside == dict.fromkeys(["runs.sqlite3", "runs.sqlite3-wal", "runs.sqlite3-shm"], 0o600)
        store.close()
    finally:
        os.umask(before)
    assert [mode(file.parent), mode(file.parent.parent)] == [0o700, 0o700]


def test_a_database_that_is_there_keeps_the_mode_that_its_owner_gave_it(tmp_path: Path) -> None:
    file = tmp_path / "runs.sqlite3"
    for wanted in (0o600, 0o640, 0o660):
        file.unlink(missing_ok=True)
        file.touch()
        file.chmod(wanted)
        store = open_store(f"sqlite:///{file}")
        record(store, "r1", some_facts(2))
        store.close()
        assert mode(file) == wanted
