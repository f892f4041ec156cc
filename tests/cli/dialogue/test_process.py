"""Plain mode as a process: pipes, interrupts, and input that is no text."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from incidentsim import composition

ROOT = Path(composition.__file__).parent.parent
PLAY = [sys.executable, "-m", "incidentsim", "play", "--plain", "false-alarm", "--as", "discoverer"]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The test's environment, speaking English and recording into a folder of its own."""
    foreign = ("INCIDENTSIM_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    database = f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}"
    return {**kept, "PYTHONPATH": str(ROOT), "INCIDENTSIM_DATABASE_URL": database}


@pytest.mark.slow
@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "ascii"],
)
def test_input_that_is_no_text_does_no_harm_whatever_the_locale(locale: dict[str, str], env: dict[str, str]) -> None:
    given = "go\n阅读\n".encode() + b"\xff\xfe\x00\xe4\xb8\r\n\x1b[31m\ngo\nlog\n"
    done = subprocess.run(PLAY, env={**env, **locale}, input=given, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert "\\xff\\xfe" in done.stdout.decode()
    assert "阅读" in done.stdout.decode()


@pytest.mark.slow
def test_nothing_heavy_that_only_screens_need_is_loaded(env: dict[str, str]) -> None:
    probe = (
        "import sys; from incidentsim.cli.main import run; code = run(sys.argv[1:]); "
        "sys.exit(code or 'textual' in sys.modules)"
    )
    argv = [sys.executable, "-c", probe, *PLAY[3:]]
    done = subprocess.run(argv, env=env, input=b"go\ndo 1\n", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to be sent there")
@pytest.mark.slow
def test_an_interrupt_leaves_and_nothing_is_lost(env: dict[str, str]) -> None:
    with subprocess.Popen(
        PLAY, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as going:
        assert going.stdin is not None
        assert going.stdout is not None
        going.stdin.write(b"go\nlog\n")
        going.stdin.flush()
        for line in going.stdout:
            if line.startswith(b"#0,"):
                break
        going.send_signal(signal.SIGINT)
        told, wrong = going.communicate(timeout=60)
    assert (going.returncode, wrong) == (0, b"")
    assert b"Nothing is lost." in told


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's way of closing a stream")
@pytest.mark.slow
def test_closed_input_is_the_end_of_it(env: dict[str, str]) -> None:
    command = " ".join(f'"{part}"' for part in PLAY)
    for argv, code in ((command, 0), (command.replace('"--plain"', ""), 2)):
        done = subprocess.run(["sh", "-c", f"{argv} <&-"], env=env, capture_output=True, check=False)
        assert done.returncode == code, done.stderr
