"""Standard streams may be missing, closed, full, abandoned or of another encoding: the exit code says the verdict."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.cli import command_table
from tests.support.evidence import bundle, private_pem

if sys.platform == "win32":
    pytest.skip("streams are closed and forked differently there", allow_module_level=True)

from tests.support.streams import STATES, Ended

ROOT = Path(composition.__file__).parent.parent

CALLS = {
    "demo": ["demo"],
    "play": ["play", "--plain", "false-alarm"],
    "plan": ["plan", "false-alarm", "--players", "2", "--minutes", "60"],
    "replay": ["replay", "false-alarm", "--no-record"],
    "new": ["new", "playbook", "Own"],
    "adopt": ["adopt", "incident-command"],
    "generate": ["generate", "lost-laptop", "--seed", "1"],
    "preview": ["preview", "false-alarm", "--plays", "1"],
    "check": ["check", "platform-incidents"],
    "import": ["import", "veris", "nowhere.json"],
    "explain": ["explain", "platform-incidents"],
    "schema": ["schema", "playbook"],
    "diagram": ["diagram", "platform-incidents"],
    "manual": ["manual", "team"],
    "glossary": ["glossary", "inject"],
    "settings": ["settings"],
    "runs": ["runs"],
    "show": ["show", "last"],
    "export": ["export", "last", "--format", "md"],
    "erase": ["erase", "last", "--text", "0", "--yes"],
    "verify": ["verify", "b.zip"],
    "prove": ["prove", "b.zip", "3"],
    "cosign": ["cosign", "b.zip", "--key", "nowhere.pem"],
    "compare": ["compare", "last", "last"],
    "rejudge": ["rejudge", "last", "--playbook", "platform-incidents"],
    "hotwash": ["hotwash", "last"],
    "improvements": ["improvements"],
    "rate": ["rate", "last", "nothing"],
}
"""A call of each command: some do their work, some are refused; to each, its help and the language come besides."""

RUN = re.compile(rb"\d{8}-\d{6}-[0-9a-f]{8}")
"""What a new run is called, which is another name each time."""

LOST_VERDICTS = [["replay", "nowhere"], [], ["nonsense"], ["--help"], ["--version"], ["runs", "--format", "json"]]
"""Calls of no command in particular."""


def calls_of(name: str) -> list[list[str]]:
    return [CALLS[name], [name, "--help"], ["--lang", "zh", *CALLS[name]]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bundle in it, and a database that holds a run."""
    folder = tmp_path_factory.mktemp("streams")
    bundle(folder / "b.zip")
    (folder / "key.pem").write_bytes(private_pem(2))
    done = subprocess.run(
        [sys.executable, "-m", "incidentsim", "replay", "false-alarm"],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    foreign = ("INCIDENTSIM_LANG", "LANGUAGE", "LC_ALL", "LANG", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "INCIDENTSIM_DATABASE_URL": f"sqlite:///{folder}/runs.sqlite3",
        "XDG_CONFIG_HOME": str(folder / "settings"),
        **more,
    }


def ended(folder: Path, calls: Sequence[tuple[list[str], str]]) -> list[Ended]:
    """How these calls end, each in its state; all of them in forks of one process."""
    (folder / "calls.json").write_text(json.dumps(calls), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.streams", folder / "calls.json", folder / "ends.json"],
        env=environment(folder, PYTHONPATH=os.pathsep.join([str(ROOT), str(Path(__file__).parents[2])])),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = (folder / "ends.json").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(calls), done.stderr
    return [
        Ended(code, *(text.encode("utf-8", "surrogateescape") for text in texts))
        for code, *texts in map(json.loads, lines)
    ]


def check(argv: list[str], state: str, usual: Ended, found: Ended) -> None:
    """What must hold of a call in a state, given how it ends as usual."""
    where = (argv, state, found.err.decode(errors="replace")[-300:])
    assert usual.code in {0, 1, 2}, where
    for sign in (b"Traceback", b"Exception ignored", b"a fault of incidentsim", "程序本身的故障".encode()):
        assert sign not in found.err, where
    lost = STATES[state].lost
    assert found.code == (usual.code if lost is None or not usual.out else lost), where
    if state == "stdout full" and usual.out:
        assert b"the output could not be written: the disk is full." in found.err or "磁盘已满".encode() in found.err
        assert found.err.count(b"could not be written") <= 1, where
    if state in {"ASCII", "Latin-1", "stdin closed"}:
        assert RUN.sub(b"", found.out) == RUN.sub(b"", usual.out), where


def examine(folder: Path, calls: Sequence[list[str]], states: Sequence[str]) -> None:
    wanted = [(argv, state) for argv in calls for state in ("as usual", *states)]
    found = iter(ended(folder, wanted))
    for argv in calls:
        usual = next(found)
        for state in states:
            check(argv, state, usual, next(found))


def test_every_command_of_the_table_is_called_here() -> None:
    assert list(command_table.names()) == list(CALLS)


@pytest.mark.slow
def test_a_call_ends_the_same_in_every_state(place: Path) -> None:
    examine(place, [["--help"], ["schema", "playbook"], ["--lang", "zh", "check", "nowhere"]], list(STATES)[1:])


def test_commands_end_the_same_without_any_stream(place: Path) -> None:
    """Some stand for the others, which are slow: one that tells, one that is refused, one that only prints."""
    examine(place, [CALLS["verify"], CALLS["cosign"], ["runs", "--help"]], ["all closed"])


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLS)
def test_every_command_ends_the_same_in_every_state(name: str, place: Path) -> None:
    examine(place, calls_of(name), list(STATES)[1:])


@pytest.mark.slow
def test_calls_of_no_command_end_the_same_in_every_state(place: Path) -> None:
    examine(place, LOST_VERDICTS, list(STATES)[1:])


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("closing", "code"),
    [
        ("", 0),
        (">&-", 0),
        pytest.param("2>&-", 0, marks=pytest.mark.slow),
        pytest.param("<&-", 0, marks=pytest.mark.slow),
        (">&- 2>&- <&-", 0),
        (">/dev/full", 3),
        pytest.param("2>/dev/full", 0, marks=pytest.mark.slow),
        pytest.param(">/dev/full 2>/dev/full", 3, marks=pytest.mark.slow),
        pytest.param(">/dev/full 2>&-", 3, marks=pytest.mark.slow),
    ],
)
def test_a_real_process_ends_so_too(closing: str, code: int, unbuffered: str, place: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m incidentsim --version {closing}'],
        env=environment(place, PYTHONUNBUFFERED=unbuffered),
        cwd=place,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.slow
def test_what_is_opened_never_gets_the_number_of_a_closed_stream(place: Path) -> None:
    """Else whatever is written to the stream would go into a database, or a file that was asked for."""
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m incidentsim diagram platform-incidents -o out.txt >&- 2>&- <&-'],
        env=environment(place),
        cwd=place,
        check=False,
    )
    assert done.returncode == 0
    told = subprocess.run(
        [sys.executable, "-m", "incidentsim", "diagram", "platform-incidents"],
        env=environment(place),
        cwd=place,
        capture_output=True,
        check=True,
    )
    assert (place / "out.txt").read_bytes() == told.stdout


def test_a_reader_that_is_not_ready_is_waited_for(place: Path) -> None:
    """Somebody else may have made the pipe non-blocking."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with subprocess.Popen(
        [sys.executable, "-m", "incidentsim", "schema", "playbook"],
        env=environment(place),
        cwd=place,
        stdout=writer,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(writer)
        with open(reader, "rb") as pipe:  # noqa: PTH123 - a descriptor
            data = pipe.read()
        _out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    json.loads(data)
