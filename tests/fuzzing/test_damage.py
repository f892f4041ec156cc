"""Damaged databases: whatever commands make of one, it is no traceback, and nothing that differs is told as sound."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from incidentsim.evidence.findings import Findings
from tests.fuzzing import damage
from tests.fuzzing.reader import scratch

PARTS = 6
SLOW, LONG = 10, 200
"""Databases a part."""


def at_length(part: int, count: int) -> None:
    """Look at so many databases: the same where CI runs, others every day elsewhere."""
    seed = "ci" if "CI" in os.environ else datetime.now(UTC).date().isoformat()
    for number in range(part * count, (part + 1) * count):
        told = damage.faults(seed, number)
        again = f"python -m tests.fuzzing --databases 1 --seed {seed} --from {number}"
        assert not told, "\n".join([*told, again])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_command_takes_a_damaged_database_for_a_sound_one(part: int) -> None:
    at_length(part, SLOW)


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_command_takes_any_of_many_damaged_databases_for_a_sound_one(part: int) -> None:
    at_length(part, LONG)


@pytest.mark.slow
def test_what_holds_of_a_changed_record_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    file = scratch() / "planted.sqlite3"
    file.write_bytes(damage.sound())
    connection = sqlite3.connect(file)
    with connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(
            "UPDATE entries SET data = CAST(replace(data, '\"at\":0', '\"at\":1') AS BLOB) WHERE seq = 2"
        )
    connection.close()
    call = ("verify", "--format", "json", "run-1")
    now = damage.stored(file)
    ended = damage._called(call, file)
    assert (ended.code, damage._unsound(call, ended, now)) == (1, None)
    monkeypatch.setattr(Findings, "holds", True)
    assert damage._unsound(call, damage._called(call, file), now) == "an entry differs, and it holds"


@pytest.mark.slow
def test_a_database_is_damaged_in_every_way_and_always_alike(tmp_path: Path) -> None:
    assert damage.damaged("x", 1).read_bytes() == damage.damaged("x", 1).read_bytes()
    for way in dict.fromkeys(damage.DAMAGES):
        for seed in range(20):
            file = tmp_path / "one.sqlite3"
            file.write_bytes(damage.sound())
            way(file, Random(seed))  # noqa: S311 - the same damage in every run
            if file.read_bytes() != damage.sound() or len(list(tmp_path.iterdir())) > 1:
                break
        else:
            pytest.fail(f"{way} changes nothing")


def test_what_is_gone_is_told_from_what_is_another() -> None:
    was = damage.Stored(("run",), [(0, "h", b"a"), (1, "i", b"b")], {(1, "/x"): (b"s", False, b"w")}, {"p1": (b"n",)})
    gone = damage.Stored(("run",), was.entries[:1], {}, {})
    assert damage.difference(was, gone) is None
    assert damage.gone(was, gone)
    kept = damage.Stored(was.row, was.entries, {}, {}, {"sha256:x": b"d"})
    assert damage.difference(kept, damage.Stored(was.row, was.entries)) == "a document"
    for other, what in (
        (damage.Stored(("run",), [(0, "h", b"x")]), "an entry"),
        (damage.Stored(("other",), was.entries), "the row of the run"),
        (damage.Stored(("run",), was.entries, {(1, "/x"): (b"s", False, b"v")}), "a text"),
        (damage.Stored(("run",), was.entries, {}, {"p1": (b"m",)}), "a name"),
    ):
        assert damage.difference(was, other) == what
