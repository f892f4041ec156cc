"""The same record and key give the same bundle, whoever exports it, where, and in which surroundings."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.evidence.bundle import record_of, write_bundle
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.evidence import key, members_of, private_pem

SCENARIO = composition.shipped("scenarios") / "false-alarm.yaml"


def recorded(path: Path, *, when: datetime, salts: Callable[[int], bytes] = bytes) -> dict[str, bytes]:
    """The bundle of a run that is recorded for it, at this time and with these salts."""
    store = MemoryStore()
    service = Service(
        library=composition.library(),
        store=store,
        now=lambda: when,
        new_id=lambda: "r1",
        salts=salts,
        program="incidentsim test",
    )
    service.exercises.replay("false-alarm")
    write_bundle(path, record_of(store, store.find("r1")), key())
    assert verify_bundle(path).holds
    return members_of(path)


def test_two_recordings_of_the_same_differ_in_their_time_alone(tmp_path: Path) -> None:
    """And in what follows from it: the hashes, the root and the signature."""
    one = recorded(tmp_path / "a.zip", when=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC))
    same = recorded(tmp_path / "b.zip", when=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC))
    later = recorded(tmp_path / "c.zip", when=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert one == same
    assert one.keys() == later.keys()
    differ = {name for name in one if one[name] != later[name]}
    assert differ == {"log.jsonl", "roster.json", "checkpoint", "manifest.sha256"}  # the roster by its salt
    for line, other in zip(one["log.jsonl"].splitlines(), later["log.jsonl"].splitlines(), strict=True):
        body, again = read_entry(line), read_entry(other)
        assert (body.run, body.seq, body.source, body.fact) == (again.run, again.seq, again.source, again.fact)
        assert body.header == again.header
        assert body.recorded != again.recorded


SURROUNDINGS: list[dict[str, str]] = [
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "4242", "COLUMNS": "40"},
    {"TZ": "America/St_Johns", "PYTHONUTF8": "1", "PYTHONHASHSEED": "77", "NO_COLOR": "1", "PYTHONOPTIMIZE": "1"},
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="umask is of POSIX")
@pytest.mark.parametrize("options", [(), ("--pseudonymise",)], ids=["full", "pseudonymised"])
def test_no_surroundings_change_a_byte(options: tuple[str, ...], tmp_path: Path) -> None:
    """Other time zones, languages, hash seeds, folders, masks and copies of the database."""
    pem = tmp_path / "key.pem"
    pem.touch(mode=0o600)
    pem.write_bytes(private_pem(1))
    database = tmp_path / "runs.sqlite3"
    own = {name: text for name, text in os.environ.items() if name not in {"LANG", "LC_ALL", "TZ", "INCIDENTSIM_LANG"}}

    def run(folder: Path, more: dict[str, str], *argv: str, mask: int = 0o022) -> None:
        environment = {**own, "PYTHONPATH": str(Path(composition.__file__).parent.parent), **more}
        environment["INCIDENTSIM_DATABASE_URL"] = f"sqlite:///{folder.as_posix()}/runs.sqlite3"
        command = [sys.executable, "-m", "incidentsim", *argv]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, umask=mask)
        assert done.returncode == 0, done.stderr

    run(tmp_path, {}, "replay", str(SCENARIO))
    digests = set()
    for number, more in enumerate(SURROUNDINGS):
        folder = tmp_path / f"folder {number}"
        folder.mkdir()
        shutil.copy(database, folder)
        target = ("--format", "bundle", "--key", str(pem), "-o", "b.zip", *options)
        run(folder, more, "export", "last", *target, mask=(0o077, 0o002, 0o022)[number])
        digests.add(sha256((folder / "b.zip").read_bytes()).hexdigest())
        assert verify_bundle(folder / "b.zip").holds
    assert len(digests) == 1
