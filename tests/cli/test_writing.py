"""Every command that writes a file where the user says does it with the same care, a new one as well."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from incidentsim import composition
from incidentsim.cli import command_table
from incidentsim.cli.options import OutputFile
from incidentsim.evidence.keys import FILE
from incidentsim.service import Service, exports
from tests.cli.conftest import Outcome, Run
from tests.support.evidence import bundle, private_pem
from tests.support.exporting import service_with_a_run


class Writer(NamedTuple):
    """One way to have a file written: the words before and after the name of the file, and what the file is like."""

    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    private: bool = True
    replaces: bool = False
    slow: bool = False


WRITERS = {
    ("replay", "--junit"): [Writer(("replay", "{scenario}", "--no-record", "--junit"), private=False, replaces=True)],
    ("generate", "--output"): [Writer(("generate", "lost-laptop", "--seed", "1", "-o"), private=False)],
    ("preview", "--msel"): [Writer(("preview", "false-alarm", "--plays", "1", "--msel"), slow=True)],
    ("preview", "--guide"): [Writer(("preview", "false-alarm", "--plays", "1", "--guide"), slow=True)],
    ("preview", "--handout"): [Writer(("preview", "false-alarm", "--plays", "1", "--handout"), slow=True)],
    ("preview", "--cards"): [Writer(("preview", "false-alarm", "--plays", "1", "--cards"), slow=True)],
    ("preview", "--injects"): [Writer(("preview", "false-alarm", "--plays", "1", "--injects"), slow=True)],
    ("preview", "--evaluator"): [Writer(("preview", "false-alarm", "--plays", "1", "--evaluator"), slow=True)],
    ("diagram", "--output"): [Writer(("diagram", "platform-incidents", "-o"), private=False)],
    ("runs script", "--output"): [Writer(("runs", "script", "last", "-o"))],
    ("export", "--output"): [
        Writer(("export", "last", "--format", "md", "-o")),
        Writer(("export", "last", "--format", "jsonl", "-o"), private=False),
        Writer(("export", "last", "--format", "bundle", "-o")),
        Writer(("export", "last", "--format", "bundle", "--pseudonymise", "-o"), private=False),
        Writer(("export", "b.zip", "--format", "bundle", "--pseudonymise", "-o"), private=False),
    ],
    ("prove", "--output"): [
        Writer(("prove", "b.zip", "3", "-o"), private=False),
        Writer(("prove", "b.zip", "3", "--disclose", "all", "-o")),
    ],
    ("cosign", "--output"): [Writer(("cosign", "b.zip", "--key", "key.pem", "-o"))],
}
"""By command and option; what is listed for each differs in how it is made."""

EVERY = [
    pytest.param(writer, id=" ".join(writer.before), marks=[pytest.mark.slow] if writer.slow else [])
    for writers in WRITERS.values()
    for writer in writers
]


@pytest.fixture
def service() -> Service:
    """The service, with one run on record."""
    return service_with_a_run()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, with what the commands read in it."""
    monkeypatch.setattr(composition, "key_file", lambda: tmp_path / "settings" / FILE)
    monkeypatch.setattr(exports, "MOST_TOLD", 0)  # reports take most of the time that a bundle does
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    bundle(here / "b.zip")
    (here / "key.pem").write_bytes(private_pem(2))
    (here / "key.pem").chmod(0o600)
    return here


@pytest.fixture
def write(run: Run, false_alarm: Path) -> Callable[..., Outcome]:
    """Calls a command that writes a file."""

    def go(writer: Writer, path: Path | str, *more: str) -> Outcome:
        words = [word.format(scenario=false_alarm) for word in writer.before]
        return run(*words, str(path), *writer.after, *more)

    return go


Write = Callable[[Writer, Path | str], Outcome]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand, by its name."""
    for name in command_table.names():
        command = command_table.build(name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for inner, subcommand in command.commands.items():
                yield f"{name} {inner}", subcommand


def options() -> Iterator[tuple[str, click.Option]]:
    for name, command in commands():
        for option in command.params:
            if isinstance(option, click.Option):
                yield name, option


def test_every_option_that_names_a_file_to_be_written_is_tried_here() -> None:
    assert {(name, option.opts[-1]) for name, option in options() if isinstance(option.type, OutputFile)} == set(
        WRITERS
    )


def test_an_option_called_output_is_of_that_type_or_names_a_folder() -> None:
    for name, option in options():
        if "-o" in option.opts:
            folder = isinstance(option.type, click.Path) and not option.type.file_okay
            assert folder or isinstance(option.type, OutputFile), name


def test_every_command_that_writes_a_file_can_be_forced_but_the_one_that_always_replaces_it() -> None:
    forced = {name for name, option in options() if "--force" in option.opts}
    assert forced == {name for name, _option in WRITERS} - {"replay"} | {"import", "new", "adopt"}


@pytest.mark.parametrize("writer", EVERY)
def test_a_file_that_is_there_stays_unless_that_is_forced(writer: Writer, write: Write, folder: Path) -> None:
    path = folder / "out.md"
    path.write_bytes(b"precious")
    outcome = write(writer, path)
    if writer.replaces:
        assert outcome.code == 0
        assert path.read_bytes() != b"precious"
        return
    assert outcome.code == 2
    assert f"{path} is there already" in outcome.err
    assert path.read_bytes() == b"precious"
    outcome = write(writer, path, "--force")  # type: ignore[call-arg]  # more words
    assert outcome.code == 0, outcome.err
    assert path.read_bytes() != b"precious"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("writer", EVERY)
def test_what_names_people_is_for_the_owner_alone(writer: Writer, write: Write, folder: Path) -> None:
    before = os.umask(0o022)
    try:
        assert write(writer, folder / "out.md").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "out.md").stat().st_mode) == (0o600 if writer.private else 0o644)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("writer", EVERY)
def test_a_link_is_followed_and_a_pipe_is_written_into(writer: Writer, write: Write, folder: Path) -> None:
    (folder / "link.md").symlink_to("end.md")
    assert write(writer, folder / "link.md").code == 0
    assert (folder / "link.md").is_symlink()
    os.mkfifo(folder / "pipe.md")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((folder / "pipe.md").read_bytes()))
    reader.start()
    outcome = write(writer, folder / "pipe.md")
    reader.join()
    assert outcome.code == 0, outcome.err
    assert stat.S_ISFIFO((folder / "pipe.md").stat().st_mode)
    assert len(read[0]) == (folder / "end.md").stat().st_size


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("writer", EVERY)
def test_a_full_disk_is_said_by_the_name_of_the_file(writer: Writer, write: Write, folder: Path) -> None:
    (folder / "full.md").symlink_to("/dev/full")
    outcome = write(writer, folder / "full.md")
    assert outcome.code == 3
    assert outcome.err.endswith(f"Error: {folder / 'full.md'} could not be written: the disk is full.\n")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("writer", EVERY)
@pytest.mark.parametrize("place", ["a folder", "missing", "too long"])
def test_what_can_be_no_file_is_a_wrong_call(place: str, writer: Writer, write: Write, folder: Path) -> None:
    (folder / "folder.md").mkdir()
    path = {"a folder": folder / "folder.md", "missing": folder / "no" / "x.md", "too long": folder / ("x" * 5000)}
    outcome = write(writer, path[place])
    assert outcome.code == 2, outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.out == "" or writer.replaces


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what our own streams are called elsewhere is another matter")
@pytest.mark.parametrize("writer", EVERY)
def test_stdout_can_be_named(writer: Writer, write: Write, folder: Path) -> None:
    assert write(writer, folder / "out.md").code == 0
    (folder / "stream.md").symlink_to("/dev/stdout")  # the name of a list of events says how it is written
    outcome = write(writer, folder / "stream.md")
    assert outcome.code == 0, outcome.err
    assert Path("/dev/stdout").is_symlink() or not Path("/dev/stdout").is_file()
    written = (folder / "out.md").read_bytes()
    assert b"\0" in written or written.decode().replace("\r\n", "\n") in outcome.out


@pytest.mark.slow
@pytest.mark.parametrize("writer", EVERY)
def test_a_hyphen_is_stdout_and_no_file(writer: Writer, write: Write, folder: Path) -> None:
    suffixed = folder / ("out.md" if "preview" in writer.before else "out")
    assert write(writer, suffixed).code == 0
    before = sorted(folder.iterdir())
    outcome = write(writer, "-")
    assert outcome.code == 0, outcome.err
    assert sorted(folder.iterdir()) == before
    written = suffixed.read_bytes()
    assert b"\0" in written or written.decode().replace("\r\n", "\n") in outcome.out


def test_a_hyphen_is_stdout_and_with_a_folder_before_it_a_file(run: Run, folder: Path) -> None:
    before = sorted(folder.iterdir())
    printed = run("diagram", "platform-incidents", "-o", "-")
    assert (printed.code, sorted(folder.iterdir())) == (0, before)
    assert run("diagram", "platform-incidents", "-o", "./-").code == 0
    assert (folder / "-").read_text(encoding="utf-8") == printed.out
    record = Path(__file__).parents[1] / "importing" / "veris" / "data"
    assert not record.exists() or run("import", "veris", str(next(record.glob("*.json"))), "-o", "-").code in {0, 1}
    assert sorted(folder.iterdir()) == sorted([*before, folder / "-"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("call", [["replay"], ["verify"], ["check"], ["show"], ["preview"], ["diagram"], ["cosign"]])
def test_a_name_that_no_file_can_have_is_a_wrong_call_wherever_a_file_is_read(call: list[str], run: Run) -> None:
    more = ["--key", "key.pem"] if call == ["cosign"] else []
    for name in ("x" * 5000, "x" * 5000 + ".yaml", "b.zip/x.yaml"):
        outcome = run(*call, name, *more)
        assert outcome.code == 2, (name[-20:], outcome.err)
        assert "a fault of incidentsim" not in outcome.err


def test_a_bundle_that_is_signed_in_its_place_keeps_its_mode(run: Run, folder: Path) -> None:
    (folder / "b.zip").chmod(0o640)
    assert run("cosign", "b.zip", "--key", "key.pem").code == 0
    assert stat.S_IMODE((folder / "b.zip").stat().st_mode) == 0o640 or sys.platform == "win32"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or shutil.which("strace") is None, reason="strace kills at a chosen call")
@pytest.mark.parametrize("call", ["fsync", "linkat"])
def test_a_killed_export_leaves_nothing_hidden(call: str, folder: Path) -> None:
    """Before the file has its name it has none, so that nothing needs to be taken away."""
    environment = {**os.environ, "INCIDENTSIM_DATABASE_URL": f"sqlite:///{folder.parent}/runs.sqlite3"}
    program = [sys.executable, "-m", "incidentsim"]
    replay = [*program, "replay", "false-alarm"]
    assert subprocess.run(replay, env=environment, capture_output=True, check=False).returncode == 0
    before = sorted(folder.iterdir())
    strace = ["strace", "-f", "-o", str(folder.parent / "calls"), "-e", f"inject={call}:signal=KILL:when=1"]
    export = [*program, "export", "last", "--format", "bundle", "--key", "key.pem", "-o", "out.zip"]
    killed = subprocess.run([*strace, *export], env=environment, capture_output=True, check=False)
    if b"ptrace" in killed.stderr:
        pytest.skip("strace may not look into processes here")
    assert f"{call}(" in (folder.parent / "calls").read_text(encoding="utf-8")
    assert killed.returncode != 0
    assert sorted(folder.iterdir()) in (before, sorted([*before, folder / "out.zip"]))
    if (folder / "out.zip").exists():  # killed as it got its name
        assert subprocess.run([*program, "verify", "out.zip"], env=environment, check=False).returncode == 0
