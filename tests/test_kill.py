"""A replay that is killed at any moment leaves a sound record that goes on to the same outcome."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from incidentsim.composition import library, now, shipped
from incidentsim.ledger.store import LedgerStore
from incidentsim.ledger.verify import verify_chain
from incidentsim.service import Service
from incidentsim.storage import open_store

PATIENCE = 60.0
"""Seconds within which even a busy machine has started the program and recorded something."""
EARLY = 0.15
"""The part of the kills that come at any moment from the start, before anything is recorded as well."""
RECORDING = 0.8
"""Seconds that recording the shipped scenarios takes at the least."""


@contextmanager
def opened(url: str) -> Iterator[tuple[LedgerStore, Service]]:
    store = open_store(url)
    numbers = iter(range(1_000_000))
    try:
        yield (
            store,
            Service(
                library=library(),
                store=store,
                now=now,
                new_id=lambda: f"again-{next(numbers)}",
                salts=os.urandom,
                program="incidentsim test",
            ),
        )
    finally:
        store.close()


def undisturbed(tmp_path: Path) -> dict[str, str | None]:
    """The outcome digest of each shipped scenario when nobody interferes."""
    with opened(f"sqlite:///{tmp_path / 'whole.sqlite3'}") as (_, service):
        files = service.library.scenarios([str(shipped("scenarios"))])
        views = [service.exercises.replay(file, record=False) for file in files]
        return {view.scenario.id: view.report.outcome_digest for view in views}


def start_replay(url: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "incidentsim", "replay", str(shipped("scenarios"))],
        env={**os.environ, "INCIDENTSIM_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for_a_record(url: str, before: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a run more is on record than `before`, however long the program takes to start."""
    end = time.monotonic() + PATIENCE
    with opened(url) as (store, _):
        while time.monotonic() < end and process.poll() is None and len(store.runs()) <= before:
            time.sleep(0.01)


def kill_and_examine(tmp_path: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill so many replays; check every run they left. Returns how many runs there were, and how many unfinished."""
    expected = undisturbed(tmp_path)
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    seen: set[str] = set()
    unfinished = 0
    url = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    for _ in range(kills):
        process = start_replay(url)
        if chance.random() < EARLY:
            time.sleep(chance.uniform(0, RECORDING))
        else:
            wait_for_a_record(url, len(seen), process)
            time.sleep(chance.uniform(0, RECORDING))
        process.kill()
        process.wait()
        with opened(url) as (store, service):
            for info in store.runs():
                if info.id in seen:
                    continue
                seen.add(info.id)
                unfinished += not info.finished
                verdict = verify_chain(store.entries(info.id))
                assert verdict.holds, (info, verdict)
                before = service.records.show(info.id)
                assert len(before.facts) == info.entries
                after = service.exercises.resume(info.id)
                assert after.facts[: info.entries] == before.facts, "what was acknowledged is still there"
                assert after.report.outcome_digest == expected[info.scenario]
                assert verify_chain(store.entries(info.id)).holds
    return len(seen), unfinished


@pytest.mark.slow
def test_a_killed_replay_is_sound_and_goes_on_to_the_same_outcome(tmp_path: Path) -> None:
    runs, _ = kill_and_examine(tmp_path, kills=2, seed=1)
    assert runs, "no replay got as far as recording anything: the test has to wait longer"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_killed_replays_are_sound_and_go_on_to_the_same_outcome(tmp_path: Path) -> None:
    runs, unfinished = kill_and_examine(tmp_path, kills=200, seed=2)
    assert runs >= 100
    assert unfinished >= 20, "most kills came before or after the recording: the test has to wait otherwise"
