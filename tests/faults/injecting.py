"""Disturbing a command at one call, and judging what it left: run in a process that has the library preloaded.

The process imports the program once and forks for every fault, so that one costs little more than the command itself.
"""

import io
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from incidentsim import composition
from incidentsim.cli import main
from incidentsim.cli.commands.write import diagram
from incidentsim.storage.store import SqlLedgerStore
from incidentsim.storage.writer import SqlRunWriter
from tests.faults import shim
from tests.faults.commands import WritingCommand
from tests.faults.shim import FaultKind
from tests.faults.world import World

PATIENCE = 60
"""Seconds of CPU, and of waiting, after which a disturbed command counts as hanging."""
_ALREADY = (
    "incidentsim",
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "click",
    "yaml",
    "alembic",
    "cryptography",
    "faker",
    "holidays",
    "typst",
    "docx",
    "xlsxwriter",
    "junitparser",
    "transitions",
    "rich",
    "pypinyin",
    "orjson",
    "filelock",
    "platformdirs",
)
"""Packages of which a command may need more than was imported here."""
_FAULT_OF_OURS = "fault of incidentsim"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    Attributes:
        status: its exit code, or minus the signal that killed it.
        out: what it printed.
        err: what it told.
        acknowledged: what it was told to be on record: run, number of entries, hash of the last.
        calls: the names of the calls that were counted; empty where it was killed.
    """

    status: int
    out: str
    err: str
    acknowledged: tuple[tuple[str, int, str], ...]
    calls: tuple[str, ...]


@dataclass(slots=True)
class Undisturbed:
    """What a command does when nothing disturbs it."""

    ended: Ended
    targets: dict[str, bytes] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One disturbance: of which command, what happens, and at which of its calls."""

    command: str
    kind: FaultKind
    place: int


class Bench:
    """One command in its world, ready to be disturbed again and again."""

    def __init__(self, command: WritingCommand, folder: Path) -> None:
        self.command = command
        self.world = World(folder)
        self.world.begin()
        with self.world.inside():
            if command.prepare is not None:
                command.prepare(self.world)
            for call in command.before:
                ended = run(call)
                if ended.status not in {0, 1}:
                    raise RuntimeError(f"{call}: {ended.err}")
            self.world.keep()
            self._before = self.world.files()
            self._runs_before = self.world.entries()
            self.world.afresh()
            self.usual = self._undisturbed()

    def _undisturbed(self) -> Undisturbed:
        usual = Undisturbed(run(self.command.call, self.command.answers))
        if usual.ended.status not in {0, 1}:
            raise RuntimeError(f"{self.command.call}: {usual.ended}")
        files = self.world.files()
        usual.targets = {name: data for name, data in files.items() if self._is_target(name)}
        new = [run for run in self.world.entries() if run not in self._runs_before]
        if self.command.goes_on:
            usual.digest = outcome_of(new[0])
        return usual

    def _is_target(self, name: str) -> bool:
        inside = self.command.folder and name.startswith(f"{self.command.folder}/")
        return bool(name in self.command.targets or inside)

    def disturb(self, kind: FaultKind, place: int) -> list[str]:
        """Let this happen at this call, and say what is wrong afterwards; nothing if all is well."""
        self.world.afresh()
        with self.world.inside():
            ended = run(self.command.call, self.command.answers, kind, place)
            told = [*self._ending(ended, kind), *self._record(ended), *self._targets(ended)]
            if not kind.kills and kind is not FaultKind.BROKEN_FOR_GOOD:  # there, nothing can be taken away either
                told += [f"left behind: {name}" for name in self.world.unfinished()]
            told += self._afterwards(ended)
            told += [f"left behind for good: {name}" for name in self.world.unfinished()]
        return told

    def _ending(self, ended: Ended, kind: FaultKind) -> Iterator[str]:
        usual = self.usual.ended.status
        if kind.kills and ended.status == -signal.SIGKILL:
            return
        if ended.status not in {usual, 3}:
            yield f"it ended with {ended.status}: {ended.err[-2000:]}"
        elif ended.status == 3 != usual and "Error: " not in ended.err:
            yield f"no sentence says why: {ended.err[-2000:]}"
        for word in (_FAULT_OF_OURS, "Traceback", "Exception ignored"):
            if word in ended.err:
                yield f"“{word}” is told: {ended.err[-2000:]}"

    def _record(self, ended: Ended) -> Iterator[str]:
        """Everything that was on record, or acknowledged, is there, and all of it verifies."""
        yield from self.world.faults_of_records()
        entries = self.world.entries()
        going = [*self._runs_before][-1:] if self.command.removes else []  # as a whole, or not at all
        if going and ended.status == self.usual.ended.status and going[0] in entries:
            yield f"the run {going[0]} is there, and it is said that it is deleted"
        for name, before in self._runs_before.items():
            if name in going and name not in entries:
                continue
            if entries.get(name, [])[: len(before)] != before:
                yield f"the run {name} that was there is another"
        for name, size, last in ended.acknowledged:
            there = entries.get(name, [])
            if len(there) < size or "sha256:" + sha256(there[size - 1]).hexdigest() != last:
                yield f"of {name} {size} entries were acknowledged, and {len(there)} are there"

    def _targets(self, ended: Ended) -> Iterator[str]:
        files = self.world.files()
        done = ended.status == self.usual.ended.status
        for name, data in self._before.items():
            if not self._is_target(name) and files.get(name) != data:
                yield f"{name} is another"
        for name in files:
            if name not in self._before and not self._is_target(name) and name not in self.world.unfinished():
                yield f"{name} is new"
        for name, usual in self.usual.targets.items():
            if name not in files:
                if done or name in self._before:
                    yield f"{name} is not there"
            elif files[name] != self._before.get(name):
                yield from self._whole(name, files[name], usual)
            elif done and usual != self._before.get(name):
                yield f"{name} is as it was, and it is said that all is done"

    def _whole(self, name: str, data: bytes, usual: bytes) -> Iterator[str]:
        if self.command.whole is None and data != usual:
            yield f"{name} has {len(data)} bytes that are not the {len(usual)} it should have"
        wrong = self.command.whole(self.world.folder / name) if self.command.whole is not None else None
        if wrong:
            yield wrong

    def _afterwards(self, ended: Ended) -> Iterator[str]:
        """Go on with the run, or make the call again: now nothing disturbs, and it comes to the same end."""
        new = [name for name in self.world.entries() if name not in self._runs_before]
        if self.command.goes_on and new:
            finished = outcome_of(new[0], only_finished=True)
            if not (finished and self.command.call[0] == "play"):  # what is over cannot be played on
                then = run((*self.command.goes_on, new[0]), self.command.answers)
                if then.status != self.usual.ended.status:
                    yield f"going on ended with {then.status}: {then.err[-2000:]}"
            digest = outcome_of(new[0])
            if digest != self.usual.digest:
                yield f"the outcome is {digest} and not {self.usual.digest}"
        else:
            then = run(self.command.call, self.command.answers)
            there = any(name in self.world.files() and name not in self._before for name in self.usual.targets)
            over = self._over_existing(ended) or self.command.once
            if then.status != self.usual.ended.status and not (then.status == 2 and (there or over)):
                yield f"the same call again ended with {then.status}: {then.err[-2000:]}"
        yield from self.world.faults_of_records()

    def _over_existing(self, _ended: Ended) -> bool:
        """Whether the call changes a file in its place, so that it may have been done the first time."""
        files = self.world.files()
        return any(name in self._before and files.get(name) != self._before[name] for name in self.usual.targets)


def outcome_of(name: str, *, only_finished: bool = False) -> str:
    """The outcome digest of a run; empty where it is not finished and only that of a finished one is wanted."""
    service = composition.service()
    try:
        view = service.records.show(name)
        return "" if only_finished and not view.finished else view.report.outcome_digest or ""
    finally:
        service._context.store.close()


def run(call: tuple[str, ...], answers: str = "", kind: FaultKind = FaultKind.COUNT, place: int = 0) -> Ended:
    """Run a command line in a process of its own, disturbed or not."""
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as typed:
        typed.write(answers.encode())
        typed.seek(0)
        child = os.fork()
        if child == 0:
            os.close(reading)
            _child(call, (typed, out, err), writing, kind, place)
        os.close(writing)
        with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
            said = [json.loads(line) for line in pipe.read().splitlines()]
        _import_too(name for line in said for name in line.get("modules", ()))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return Ended(
            status,
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace"),
            tuple((line["run"], line["size"], line["hash"]) for line in said if "run" in line),
            tuple(name for line in said for name in line.get("calls", ())),
        )


def _import_too(names: Iterable[str]) -> None:
    """Import what a command needed, so that the next process that is forked has it already."""
    for name in names:
        if name not in sys.modules and name.partition(".")[0] in _ALREADY:
            with suppress(ImportError):
                import_module(name)


def _child(
    call: tuple[str, ...], streams: tuple[BinaryIO, BinaryIO, BinaryIO], pipe: int, kind: FaultKind, place: int
) -> NoReturn:
    """The process that runs it. It never comes back."""
    code = 97
    try:
        for descriptor, stream in enumerate(streams):
            os.dup2(stream.fileno(), descriptor)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, "rb", closefd=False), "utf-8")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "wb", closefd=False)), "utf-8")
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "wb", closefd=False)), "utf-8", write_through=True)
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        signal.alarm(PATIENCE)
        _tell_what_is_acknowledged(pipe)
        if "INCIDENTSIM_TEST_PLANTED" in os.environ:
            _plant_faults(pipe)
        shim.arm(kind, place)
        try:
            main.main(list(call))
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 96
        sys.stderr.flush()
        os.write(pipe, json.dumps({"calls": shim.calls(), "modules": list(sys.modules)}).encode() + b"\n")
    finally:
        os._exit(code)


def _tell_what_is_acknowledged(pipe: int) -> None:
    """Have the store say through the pipe what it has acknowledged, as soon as it has."""
    append, erase, create = SqlRunWriter.append, SqlRunWriter.erase, SqlLedgerStore.create

    def erased(self: SqlRunWriter, *given: Any, **named: Any) -> Any:
        head = erase(self, *given, **named)
        os.write(pipe, json.dumps({"run": self._run_id, "size": head.size, "hash": head.hash}).encode() + b"\n")
        return head

    def appended(self: SqlRunWriter, *given: Any, **named: Any) -> Any:
        head = append(self, *given, **named)
        os.write(pipe, json.dumps({"run": self._run_id, "size": head.size, "hash": head.hash}).encode() + b"\n")
        return head

    def created(self: SqlLedgerStore, run_id: str, **named: Any) -> None:
        create(self, run_id, **named)
        entries = named.get("entries", ())
        if entries:
            line = {"run": run_id, "size": len(entries), "hash": entries[-1].hash}
            os.write(pipe, json.dumps(line).encode() + b"\n")

    SqlRunWriter.append, SqlLedgerStore.create = appended, created  # type: ignore[method-assign]  # in this process only
    SqlRunWriter.erase = erased  # type: ignore[method-assign]  # the same


def _plant_faults(pipe: int) -> None:
    """Have the program promise what it has not kept yet, and write files in place: a test has this found."""
    append = SqlRunWriter.append

    def promised(self: SqlRunWriter, entries: Any, texts: Any = ()) -> Any:
        line = {"run": self._run_id, "size": self.head().size + len(entries), "hash": entries[-1].hash}
        os.write(pipe, json.dumps(line).encode() + b"\n")
        return append(self, entries, texts)

    def in_place(path: Path, data: bytes, **_named: Any) -> None:
        path.write_bytes(data)

    SqlRunWriter.append = promised  # type: ignore[method-assign]  # in this process only
    vars(diagram)["write_file"] = in_place
