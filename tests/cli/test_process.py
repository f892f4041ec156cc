"""The program as a process: what it loads, how it writes, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from incidentsim import composition

ROOT = Path(composition.__file__).parent.parent
SCENARIO = composition.shipped("scenarios") / "false-alarm.yaml"
PLAYBOOK = composition.shipped("playbooks") / "platform-incidents.yaml"


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """The test's environment, speaking English and recording into a folder of its own."""
    foreign = ("INCIDENTSIM_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    database = f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}"
    return {**kept, "PYTHONPATH": str(ROOT), "INCIDENTSIM_DATABASE_URL": database, **more}


def start(
    *argv: str | Path, env: Mapping[str, str], cwd: Path, flags: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *flags, "-m", "incidentsim", *map(str, argv)]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, stdin=subprocess.DEVNULL, check=False)


HEAVY = {
    "pydantic",
    "yaml",
    "orjson",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "textual",
    "faker",
    "pypinyin",
    "transitions",
    "wcwidth",
}
FILES_ONLY = {"sqlmodel", "sqlalchemy", "alembic", "textual", "faker", "pypinyin", "transitions"}


LOADING = [
    (["--help"], HEAVY),
    (["--lang", "zh", "--help"], HEAVY),
    (["--version"], HEAVY),
    (["replay", "--help"], HEAVY),
    (["generate", "--help"], HEAVY),
    (["check", str(PLAYBOOK), str(SCENARIO)], FILES_ONLY),
    (["check", str(composition.archetypes() / "lost-laptop.yaml")], FILES_ONLY),
    (["generate", "--list"], FILES_ONLY),
    (["schema", "scenario"], FILES_ONLY),
    (["diagram", str(PLAYBOOK)], FILES_ONLY),
    (["replay", str(SCENARIO), "--no-record"], {"sqlmodel", "sqlalchemy", "alembic", "textual", "faker"}),
]
"""Commands, and what they may never load: least of all the first, so that one process can run them in this order."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, set[str]]]:
    """The exit code of each of the commands, and the packages that are loaded after it, all in one process."""
    folder = tmp_path_factory.mktemp("loaded")
    code = (
        "import json, sys\n"
        "from incidentsim.cli.main import run\n"
        "for argv in json.loads(sys.argv[1]):\n"
        "    code = run(argv)\n"
        "    print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]), file=sys.stderr)\n"
    )
    argv = [sys.executable, "-c", code, json.dumps([argv for argv, _never in LOADING])]
    done = subprocess.run(argv, env=environment(folder), cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith(b"[")]
    return [(code, set(packages)) for code, packages in map(json.loads, lines)]


@pytest.mark.parametrize(
    ("number", "never"),
    [
        pytest.param(number, never, id=" ".join(Path(part).name for part in argv))
        for number, (argv, never) in enumerate(LOADING)
    ],
)
def test_a_command_loads_only_what_it_needs(number: int, never: set[str], loaded: list[tuple[int, set[str]]]) -> None:
    assert len(loaded) == len(LOADING)
    code, packages = loaded[number]
    assert code == 0
    assert packages & never == set()
    assert "click" in packages


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["--help"], 0),
        ([], 2),
        (["nonsense"], 2),
        (["check", PLAYBOOK], 0),
        (["check", "nowhere"], 2),
        pytest.param(["replay", SCENARIO], 0, marks=pytest.mark.slow),
        pytest.param(["show", "last"], 2, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_exit_codes_reach_the_caller(argv: list[str | Path], code: int, tmp_path: Path) -> None:
    done = start(*argv, env=environment(tmp_path), cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr


def test_data_goes_to_stdout_and_narration_to_stderr(tmp_path: Path) -> None:
    done = start("replay", SCENARIO, "--no-record", "--format", "json", env=environment(tmp_path), cwd=tmp_path)
    assert json.loads(done.stdout)["passed"] == 1
    assert b"1 passed" in done.stderr


@pytest.mark.parametrize(
    "foreign",
    [
        {"LC_ALL": "C"},
        pytest.param({"LC_ALL": "POSIX"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONIOENCODING": "cp1252"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONIOENCODING": "ascii:strict"}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_output_is_utf8_under_any_locale_or_code_page(foreign: dict[str, str], tmp_path: Path) -> None:
    env = environment(tmp_path, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", INCIDENTSIM_LANG="zh", **foreign)
    done = start("replay", SCENARIO, "--no-record", env=env, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "平时的十四倍" in done.stdout.decode("utf-8")
    assert "通过" in done.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="file names are Unicode there")
def test_a_file_name_that_is_no_utf8_is_shown_all_the_same(tmp_path: Path) -> None:
    done = start("check", os.fsdecode(b"n\xf6where.yaml"), env=environment(tmp_path), cwd=tmp_path)
    assert done.returncode == 2
    assert "n⟨U+DCF6⟩where.yaml".encode() in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently there")
def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "incidentsim", "schema", "playbook"]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            command, env=environment(tmp_path), cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_under_stdout_is_said(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "incidentsim", "schema", "playbook"],
            env=environment(tmp_path),
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"Error: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent differently there")
def test_ctrl_c_ends_the_program_with_a_sentence(tmp_path: Path) -> None:
    fifo = tmp_path / "never.yaml"
    os.mkfifo(fifo)
    with subprocess.Popen(
        [sys.executable, "-m", "incidentsim", "check", str(fifo)],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        writer = _opened(fifo)  # the program is reading now, and waits
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=20)
        os.close(writer)
    assert process.returncode == 130
    assert b"Interrupted." in err
    assert b"Traceback" not in err


def _opened(fifo: Path) -> int:
    """The writing end, as soon as somebody reads."""
    for _attempt in range(1000):
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("nobody reads")


@pytest.mark.slow
@pytest.mark.parametrize("where", ["a folder", "a file in the way"])
def test_a_database_that_cannot_be_is_a_fault_of_the_surroundings(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no database")
    path = tmp_path if where == "a folder" else tmp_path / "file" / "runs.sqlite3"
    env = environment(tmp_path, INCIDENTSIM_DATABASE_URL=f"sqlite:///{path.as_posix()}")
    done = start("replay", SCENARIO, env=env, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert b"Traceback" not in done.stderr
    assert start("demo", env=env, cwd=tmp_path).returncode == 0
