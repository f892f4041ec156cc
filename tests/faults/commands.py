"""Every command that writes, as data: how it is called, what must be there before, what it writes, how it goes on.

Whoever adds a command that writes adds a row; a test compares them with the table of commands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.world import World, older_database, whole_bundle

Prepare = Callable[[World], None]


@dataclass(frozen=True, slots=True)
class WritingCommand:
    """A call that changes the disk.

    Attributes:
        name: what it is called in results.
        call: the arguments.
        before: calls that are made, undisturbed, before it.
        prepare: what else must be there.
        answers: what is typed.
        targets: the files that it writes, each of which must be whole, absent, or as it was.
        folder: a folder whose files are targets too.
        whole: says what is wrong with a target; where left out, it must have the bytes it has when nothing disturbs.
        removes: the latest run goes, as a whole.
        once: what is done cannot be done again, so that a second call may be refused.
        goes_on: the call that goes on with an unfinished run, to which the run's id is added; and what is typed then.
    """

    name: str
    call: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    prepare: Prepare | None = None
    answers: str = ""
    targets: tuple[str, ...] = ()
    folder: str = ""
    whole: Callable[[Path], str | None] | None = None
    goes_on: tuple[str, ...] = ()
    once: bool = False
    removes: bool = False


REPLAY: Final = ("replay", "scenario.yaml", "--playbook", "playbook.yaml")
BUNDLE: Final = ("export", "last", "--format", "bundle", "--key", "key-1.pem", "-o", "bundle.zip")
GO: Final = "\n" * 80
"""Lets time go on until the exercise is over: then only bots decide, and how it ends depends on nobody's answers."""


def _older(revision: str) -> Prepare:
    return lambda world: older_database(world.database, revision)


def _export(ending: str, *more: str) -> WritingCommand:
    call = ("export", "last", *more, "-o", f"new.{ending}")
    return WritingCommand(f"export-{ending}", call, (REPLAY,), targets=(f"new.{ending}",))


COMMANDS: Final[tuple[WritingCommand, ...]] = (
    WritingCommand("replay", REPLAY, goes_on=("replay", "--resume")),
    WritingCommand("replay-beside-others", REPLAY, (REPLAY,), goes_on=("replay", "--resume")),
    WritingCommand("replay-bots", (*REPLAY, "--bots"), (REPLAY,), goes_on=("replay", "--resume")),
    WritingCommand("replay-junit", (*REPLAY, "--no-record", "--junit", "new.xml"), targets=("new.xml",)),
    WritingCommand(
        "play",
        ("play", "--plain", "scenario.yaml", "--playbook", "playbook.yaml", "--as", "finder"),
        (REPLAY,),
        answers=GO,
        goes_on=("play", "--plain", "--resume"),
    ),
    WritingCommand(
        "rate", ("rate", "last", "report-at-once", "M", "--reason", "It was late."), (("replay", "false-alarm"),)
    ),
    WritingCommand("hotwash", ("hotwash", "last"), (("replay", "false-alarm"),), answers="Quick\nAnna\nquit\n"),
    WritingCommand(
        "improvements-add", ("improvements", "add", "last", "Write it down", "--id", "mine"), (REPLAY,), once=True
    ),
    WritingCommand(
        "improvements-edit",
        ("improvements", "edit", "mine", "--owner", "Anna"),
        (REPLAY, ("improvements", "add", "last", "Write it down", "--id", "mine")),
    ),
    WritingCommand(
        "improvements-assign",
        ("improvements", "assign", "mine", "Anna"),
        (REPLAY, ("improvements", "add", "last", "Write it down", "--id", "mine")),
    ),
    WritingCommand(
        "improvements-close",
        ("improvements", "close", "mine", "--evidence", "It is there."),
        (REPLAY, ("improvements", "add", "last", "Write it down", "--id", "mine")),
    ),
    WritingCommand(
        "erase", ("erase", "last", "--text", "8", "--person", "p1", "--yes"), (("replay", "false-alarm"),), once=True
    ),
    WritingCommand("runs-name", ("runs", "name", "last", "Team A"), (REPLAY,)),
    WritingCommand("runs-hide", ("runs", "hide", "last"), (REPLAY,)),
    WritingCommand("runs-delete", ("runs", "delete", "last", "--yes"), (REPLAY, REPLAY), once=True, removes=True),
    WritingCommand("bundle", BUNDLE, (REPLAY,), targets=("bundle.zip",), whole=whole_bundle),
    WritingCommand(
        "bundle-first-key",
        ("export", "last", "--format", "bundle", "-o", "bundle.zip"),
        (REPLAY,),
        targets=("bundle.zip",),
        folder="home",
        whole=lambda path: whole_bundle(path) if path.suffix == ".zip" else None,
    ),
    _export("md", "--format", "md"),
    _export("html", "--format", "html", "--report", "audit"),
    _export("jsonl", "--format", "jsonl"),
    _export("csv", "--format", "csv", "--table", "timeline"),
    WritingCommand(
        "export-over", ("export", "last", "--format", "md", "--force", "-o", "old.md"), (REPLAY,), targets=("old.md",)
    ),
    WritingCommand("script", ("runs", "script", "last", "-o", "new.yaml"), (REPLAY,), targets=("new.yaml",)),
    WritingCommand(
        "cosign",
        ("cosign", "bundle.zip", "--key", "key-2.pem"),
        (REPLAY, BUNDLE),
        targets=("bundle.zip",),
        whole=whole_bundle,
    ),
    WritingCommand("prove", ("prove", "bundle.zip", "3", "-o", "new.json"), (REPLAY, BUNDLE), targets=("new.json",)),
    WritingCommand("import", ("import", "veris", "veris.json", "-o", "new"), folder="new"),
    WritingCommand("generate", ("generate", "false-alarm", "--seed", "5", "-o", "new.yaml"), targets=("new.yaml",)),
    WritingCommand("new", ("new", "playbook", "own"), folder="own"),
    WritingCommand("new-roster", ("new", "roster", "own"), folder="rosters"),
    WritingCommand("adopt", ("adopt", "incident-command", "--as", "own", "--without", "law"), folder="own"),
    WritingCommand("diagram", ("diagram", "playbook.yaml", "-o", "new.mmd"), targets=("new.mmd",)),
    WritingCommand(
        "preview",
        (
            "preview",
            "scenario.yaml",
            "--playbook",
            "playbook.yaml",
            "--plays",
            "1",
            "--guide",
            "new.md",
            "--msel",
            "m.csv",
        ),
        targets=("new.md", "m.csv"),
    ),
    WritingCommand("migrate-0001", ("runs",), prepare=_older("0001")),
    WritingCommand("migrate-0002", ("runs",), prepare=_older("0002")),
    WritingCommand("migrate-0003", ("runs",), prepare=_older("0003")),
    WritingCommand("migrate-0004", ("runs",), prepare=_older("0004")),
    WritingCommand("migrate-0005", ("runs",), prepare=_older("0005")),
)
