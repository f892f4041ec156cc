"""`settings` says where the file is and what holds; a faulty file is refused by every command, with its line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidentsim.cli import screens

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file, which is not there yet."""
    monkeypatch.setattr("incidentsim.composition.settings_file", lambda: tmp_path / "config.toml")
    return tmp_path / "config.toml"


def test_it_says_where_the_file_is_and_what_holds(run: "Run", file: Path) -> None:
    outcome = run("settings")
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, f"{file} (not there yet)")
    file.write_text('theme = "light"\n[keys]\n"table.go_on" = "g"\n', encoding="utf-8")
    outcome = run("settings")
    assert outcome.out.splitlines()[0] == str(file)
    assert 'theme = "light"' in outcome.out
    assert json.loads(run("settings", "--format", "json").out) == {
        "file": str(file),
        "there": True,
        "theme": "light",
        "coach": False,
        "language": "auto",
        "pacing": "stepped",
        "plain": False,
        "keys": {"table.go_on": "g"},
    }


@pytest.mark.parametrize("argv", [("settings",), ("runs",), ("check", "playbooks"), ("--help",)])
def test_a_faulty_file_is_refused_whatever_is_asked(run: "Run", file: Path, argv: tuple[str, ...]) -> None:
    file.write_text('# mine\nthene = "light"\n', encoding="utf-8")
    outcome = run(*argv)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"Error: {file}:2: there is no setting thene; the nearest valid one is theme.\n"


def test_the_language_of_the_file_is_spoken_unless_an_option_or_the_environment_says_otherwise(
    run: "Run", file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('language = "zh"\n', encoding="utf-8")
    assert "演练" in run("--help").out
    assert "Play a scenario" in run("--lang", "en", "--help").out
    monkeypatch.setenv("INCIDENTSIM_LANG", "en")
    assert "Play a scenario" in run("--help").out


def test_plain_of_the_file_plays_line_by_line_unless_screens_are_asked_for(
    run: "Run", file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("plain = true\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", None)
    assert "You are " in run("play", "false-alarm").out
    monkeypatch.setattr(screens, "on_terminal", lambda: False)
    assert run("play", "false-alarm", "--screens").code == 2


def test_plain_of_the_file_plays_the_demo_line_by_line_too(
    run: "Run", file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("plain = true\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr(screens, "on_terminal", lambda: True)
    assert "You are Gu Yan" in run("demo").out
    assert "Timeline" in run("demo", "--watch").out
