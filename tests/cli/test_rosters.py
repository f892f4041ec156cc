"""People of a roster on record: kept with the run, and protected as a scenario's own people are."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NAMES = (b"Ada Park", b"Benedikt Ito")
ROSTER = """schema: incidentsim/roster/1
id: acme
people:
  ada-park: {name: Ada Park, roles: [coordinator, manager], desk: London office}
  ben-ito: {name: {en: Benedikt Ito, zh: 伊藤}, roles: [finder, responder]}
"""


@pytest.fixture
def procedure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A procedure of one's own whose first scenario is played by the people of a roster."""
    monkeypatch.chdir(tmp_path)
    run("new", "playbook", "own")
    (tmp_path / "own" / "roster.yaml").write_text(ROSTER, encoding="utf-8")
    path = tmp_path / "own" / "scenarios" / "first.yaml"
    text = path.read_text(encoding="utf-8")
    before, _people, after = text.partition("people:")
    story = after[after.index("incidents:") :]
    for old, new in (("fay", "ben-ito"), ("cora", "ada-park"), ("rob", "ben-ito"), ("mia", "ada-park")):
        story = story.replace(f"by: {old}", f"by: {new}")
    people = "people: {roster: acme, kim: {name: Kim, roles: [customer]}}\n\n"
    path.write_text(before + people + story, encoding="utf-8")
    return path


def test_a_record_needs_no_roster_and_its_bundle_can_be_without_the_names(
    procedure: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run("check", "--quality", "own").code == 0
    played = run("replay", str(procedure), "--bots")
    assert played.code == 0, played.err
    (procedure.parents[1] / "roster.yaml").unlink()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert "Ada Park" in run("show", "last").out
    assert run("verify", "last").code == 0
    whole, without = tmp_path / "whole.zip", tmp_path / "without.zip"
    assert run("export", "last", "--format", "bundle", "-o", str(whole)).code == 0
    assert run("export", "last", "--format", "bundle", "--pseudonymise", "-o", str(without)).code == 0
    assert all(name in whole.read_bytes() for name in NAMES)
    assert not any(name in without.read_bytes() for name in (*NAMES, "伊藤".encode(), b"ada-park", b"London office"))
    assert run("verify", str(whole)).code == run("verify", str(without)).code == 0


def test_a_name_that_is_erased_stands_nowhere_in_the_database(
    procedure: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from incidentsim import composition

    database = tmp_path / "runs.sqlite3"
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", f"sqlite:///{database}")
    opener = composition.service
    assert run("replay", str(procedure), opener=opener).code == 0
    assert NAMES[0] in _held(database)
    assert run("erase", "last", "--person", "ada-park", "--yes", opener=opener).code == 0
    with sqlite3.connect(database) as opened:
        assert opened.execute("select count(*) from entries").fetchone() != (0,)
    held = _held(database)
    assert not any(name in held for name in (NAMES[0], b"London office", b"ada-park"))
    assert run("verify", "last", opener=opener).code == 0
    assert "Ada Park" not in run("show", "last", opener=opener).out


def _held(database: Path) -> bytes:
    """Whatever the database and the files beside it hold."""
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")) if path.is_file())
