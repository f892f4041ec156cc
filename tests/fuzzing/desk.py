"""A small world for calls of the program within this process: a folder with a file of every kind, and some runs."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Final, NamedTuple
from unittest import mock

import click

from incidentsim import composition, messages
from incidentsim.cli import main
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.streams import ClosedOutputError
from incidentsim.definitions.library.library import Library
from incidentsim.domain.errors import IncidentsimError
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.evidence.keys import Key
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.seats import Seats
from tests.fuzzing.bundles import contents, sound_bundles
from tests.fuzzing.definition_readers import SMALL
from tests.fuzzing.evidence_readers import EVIDENCE_READERS
from tests.fuzzing.reader import scratch
from tests.support.evidence import private_pem

WHEN: Final = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
EXPECTED_CODES: Final = frozenset({ExitCode.POSITIVE, ExitCode.NEGATIVE, ExitCode.WRONG_INPUT, ExitCode.SURROUNDINGS})


class Ended(NamedTuple):
    """How a call ended: its exit code, what it printed, and the error behind it, if there was one."""

    code: int
    out: bytes
    err: str
    error: BaseException | None


@cache
def folder() -> Path:
    """The folder; whoever changes it puts it back by `tidied`."""
    made = scratch() / "desk"
    made.mkdir()
    for name in ("playbook.yaml", "scenario.yaml"):
        shutil.copy(SMALL / name, made / name)
    (made / "veris.json").write_text('{"schema_version":"1.3.7","incident_id":"x"}', encoding="utf-8")
    (made / "bundle.zip").write_bytes(sound_bundles()[0])
    (made / "signed.zip").write_bytes(sound_bundles()[1])
    seeds = {reader.name: reader.seeds()[0] for reader in EVIDENCE_READERS}
    for name, of in {
        "log.jsonl": "log",
        "proof.json": "proof",
        "checkpoint": "checkpoint",
        "roots.pem": "stamp-roots",
    }.items():
        (made / name).write_bytes(seeds[of])
    (made / "key.pem").write_bytes(private_pem(1))
    (made / "key.pem").chmod(0o600)
    (made / "public.pem").write_bytes(seeds["public-key"])
    (made / "unpacked" / "keys").mkdir(parents=True)
    (made / "unpacked" / "views").mkdir()
    for name, part in contents(sound_bundles()[0]).items():
        (made / "unpacked" / name).write_bytes(part)
    (made / "empty").mkdir()
    return made


@cache
def _library() -> Library:
    return composition.library().with_paths([folder() / "playbook.yaml", folder() / "scenario.yaml"])


def new_service(store: MemoryStore) -> Service:
    """The real service on this store, with a fixed clock and counted ids."""
    numbers = itertools.count(len(store.runs()) + 1)
    return Service(
        library=_library(),
        store=store,
        now=lambda: WHEN,
        new_id=lambda: f"run-{next(numbers)}",
        salts=bytes,
        program="incidentsim test",
    )


@cache
def _recorded() -> MemoryStore:
    """Runs: one by script, one by bots, and one that a person plays and has not finished."""
    store = MemoryStore()
    service = new_service(store)
    scenario = folder() / "scenario.yaml"
    service.exercises.replay(scenario)
    service.exercises.replay(scenario, bots=True)
    playable = service.library.playable(scenario)
    first, second = list(playable.scenario.people.values())[:2]
    session = service.exercises.open_session(scenario, Seats(frozenset({first.pseudonym})))
    session.step()  # a run that was only looked at is gone on with by nobody
    channel = next(iter(playable.playbook.channels))
    session.say(Say(first.pseudonym, MessageAct.ASK, (second.pseudonym,), channel, text=FreeText("Who knows more?")))
    session.close()
    return store


@cache
def _record_files() -> dict[str, bytes]:
    """A recorded run as files that are shown and exported without a database: its log, and a bundle of it."""
    service = new_service(_recorded())
    bundle = scratch() / "played.zip"
    service.exports.bundle("run-1", bundle, Key(private_pem(1), bundle))
    log = b"".join(line + b"\n" for line in _recorded().entries("run-1"))
    return {"played.jsonl": log, "played.zip": bundle.read_bytes()}


def place_records() -> None:
    """Put them into the folder, where they are not there."""
    for name, data in _record_files().items():
        if not (folder() / name).exists():
            (folder() / name).write_bytes(data)


def fresh_store() -> MemoryStore:
    """The same runs in a store of its own."""
    recorded, store = _recorded(), MemoryStore()
    store._documents.update(recorded._documents)
    store._runs.update(
        (name, replace(run, entries=list(run.entries), texts=list(run.texts), desk=dict(run.desk), busy=False))
        for name, run in recorded._runs.items()
    )
    return store


@contextmanager
def at_desk() -> Iterator[None]:
    """Work in the folder, with settings of its own, in English; afterwards all is as before."""
    before, language = Path.cwd(), messages.language()
    home = str(scratch() / "home")
    surroundings = {"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "INCIDENTSIM_LANG": "en"}
    with mock.patch.dict(os.environ, surroundings):
        os.environ.pop("INCIDENTSIM_DATABASE_URL", None)
        os.chdir(folder())
        try:
            yield
        finally:
            os.chdir(before)
            messages.use(language)


@contextmanager
def tidied() -> Iterator[None]:
    """Put the folder back as it was: what a call wrote goes, what it changed is made anew."""
    before = _state()
    try:
        yield
    finally:
        if _state() != before:
            shutil.rmtree(folder())
            folder.cache_clear()
            folder()
            os.chdir(folder())


def _state() -> dict[str, tuple[int, int]]:
    return {
        entry.path: (status.st_size, status.st_mtime_ns)
        for entry in os.scandir(folder())
        for status in (entry.stat(follow_symlinks=False),)
    }


def call(arguments: list[str], answers: str, service: Service) -> Ended:
    """Run one command line as the process would, and catch what it prints."""
    errors: list[BaseException] = []
    explain = main._explain

    def noted(error: BaseException) -> int:
        errors.append(error)
        return explain(error)

    out, err = TextIOWrapper(BytesIO(), "utf-8", "backslashreplace"), StringIO()
    with (
        mock.patch.object(main, "_explain", noted),
        mock.patch("sys.stdin", StringIO(answers)),
        mock.patch("sys.stdout", out),
        mock.patch("sys.stderr", err),
        mock.patch("time.sleep"),
    ):
        code = main.run(arguments, lambda *, record: service)  # noqa: ARG005 - always the same store
        out.flush()
    return Ended(int(code), out.buffer.getvalue(), err.getvalue(), errors[0] if errors else None)


def complaint(ended: Ended) -> str | None:
    """What is wrong with how a call ended: an error that is no sentence of ours, or an exit code that is none."""
    ours = (IncidentsimError, click.exceptions.ClickException, click.exceptions.Exit, OSError, SystemExit)
    if ended.error is not None and not isinstance(ended.error, (*ours, ClosedOutputError)):
        raise ended.error
    if ended.code not in EXPECTED_CODES:
        return f"exit code {ended.code}"
    if "Traceback (most recent call last)" in ended.err and not ended.error:
        return "a traceback on stderr"
    return None
