"""The command line run inside the test's process, on a service that keeps its records in memory."""

import gettext
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incidentsim import composition, messages
from incidentsim.cli import main
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service

SCENARIOS = composition.shipped("scenarios")
PLAYBOOKS = composition.shipped("playbooks")
WHEN = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What a command line came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def service() -> Service:
    """The real service on a store in memory, with a fixed clock and counted ids."""
    numbers = itertools.count(1)
    return Service(
        library=composition.library(),
        store=MemoryStore(),
        now=lambda: WHEN,
        new_id=lambda: f"run-{next(numbers)}",
        salts=bytes,
        program="incidentsim test",
    )


@pytest.fixture
def run(service: Service, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command line in English (unless `--lang` or the environment says otherwise)."""
    for name in ("INCIDENTSIM_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    before = gettext.textdomain()

    def go(*argv: str | os.PathLike[str], opener: Callable[..., Any] | None = None) -> Outcome:
        capfd.readouterr()
        code = main.run([os.fspath(argument) for argument in argv], opener or (lambda *, record: service))  # noqa: ARG005
        out, err = capfd.readouterr()
        return Outcome(code, out, err)

    yield go
    messages.use("en")
    gettext.textdomain(before)


@pytest.fixture
def false_alarm() -> Path:
    """A shipped scenario that is short."""
    return SCENARIOS / "false-alarm.yaml"


@pytest.fixture
def disappointed(tmp_path: Path, false_alarm: Path) -> Path:
    """The same with one more expectation, which does not hold."""
    path = tmp_path / "disappointed.yaml"
    path.write_text(false_alarm.read_text(encoding="utf-8") + "  - {breaches: 99}\n", encoding="utf-8")
    return path
