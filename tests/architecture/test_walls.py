"""The screens stand apart: a program without them plays, records and tells all the same."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ON_TERMINAL = (
    "import sys; from incidentsim.cli import main, screens; screens.on_terminal = lambda: True; "
    "sys.exit(main.run(sys.argv[1:]))"
)
"""The program as if there were a screen and a keyboard."""


@pytest.fixture(scope="module")
def without_screens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the whole program but `tui/`."""
    folder = tmp_path_factory.mktemp("without-screens")
    for part in ("incidentsim", "playbooks", "scenarios"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "tui"))
    assert not (folder / "incidentsim" / "tui").exists()
    return folder


def start(folder: Path, *argv: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments on the program in `folder`, in English, recording beside it."""
    database = f"sqlite:///{(folder / 'runs.sqlite3').as_posix()}"
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "PYTHONUTF8": "1",
        "INCIDENTSIM_LANG": "en",
        "INCIDENTSIM_DATABASE_URL": database,
    }
    return subprocess.run(
        [sys.executable, *argv],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_plain_mode_plays_without_the_screens(without_screens: Path) -> None:
    play = ("-m", "incidentsim", "play", "false-alarm", "--plain", "--as", "discoverer")
    done = start(without_screens, *play, given="go\ndo 1\n2\n\nlog\nquit\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "#3, 14:34: Chen Si (Reporting person): Discover the incident." in done.stdout
    assert "Nothing is lost." in done.stdout


@pytest.mark.slow
def test_the_demo_runs_without_the_screens(without_screens: Path) -> None:
    done = start(without_screens, "-m", "incidentsim", "demo")
    assert done.returncode == 0, done.stderr
    assert "Escalation log" in done.stdout


@pytest.mark.slow
def test_on_a_terminal_a_sentence_says_that_the_screens_are_missing(without_screens: Path) -> None:
    done = start(without_screens, "-c", ON_TERMINAL, "demo")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("Error: The screens are not part of this installation (incidentsim.tui is missing).")
    assert "incidentsim play --plain" in done.stderr
    assert "Traceback" not in done.stderr
