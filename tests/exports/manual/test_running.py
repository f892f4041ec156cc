"""Every command of the manual does what its page says, one page after the other in a fresh folder."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.manual.blocks import Code, SpanKind
from incidentsim.exports.manual.pages import TOPICS, Topic, page
from tests.support import manual


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, a database and settings that nobody has used."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("INCIDENTSIM_PATH", raising=False)
    return folder


def walked(topic: Topic, language: Language, folder: Path) -> int:
    """Do what a page says; the number of commands that were run."""
    ran = 0
    for block in page(topic, language).blocks:
        if not isinstance(block, Code):
            continue
        if (file := manual.FILE.fullmatch(block.info)) is not None:
            (folder / file[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / file[1]).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        elif block.info == manual.EXCERPT:
            written = [path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")]
            assert any("\n".join(block.lines) in text for text in written), f"in no file: {block.lines}"
        elif block.info == manual.RUN:
            for line in block.lines:
                code, told = manual.run(line)
                assert code == 0, f"{line}\n{told}"
                ran += 1
        elif language == "en" and sys.platform != "win32":  # terminals are others there
            assert block.info == manual.TERMINAL
            for line in block.lines:
                open_the_screens(line)
                ran += 1
    named = {span.text for span in manual.spans(page(topic, language), SpanKind.CODE)}
    assert all(any(folder.rglob(name)) for name in named & manual.WRITTEN)
    return ran


def open_the_screens(line: str) -> None:
    """Run a command on a terminal: begin what it opens, and leave it."""
    from tests.support.terminals import Terminal

    terminal = Terminal(shlex.split(line)[1:], url=os.environ["INCIDENTSIM_DATABASE_URL"], size=(80, 24))
    terminal.wait_for("Help")
    terminal.quiet()
    if "Briefing" in terminal.text:
        terminal.wait_for("Enter starts")
        terminal.press("s")
        terminal.wait_for(lambda text: "Enter starts" not in text)
        terminal.quiet()
        terminal.press("enter", "space")  # where a keyboard goes from hand to hand, the table is covered
        terminal.quiet()
    terminal.press("ctrl+q")
    terminal.wait_until_over()


def test_the_first_command_of_a_page_runs_and_one_that_fails_is_noticed(fresh: Path) -> None:
    """A sample; all of them are slow."""
    first = next(line for line in manual.commands(page(Topic.AUDITOR, "en")))
    assert manual.run(first)[0] == 0
    assert manual.run("incidentsim show last")[0] == 0, "the second goes on where the first ended"
    assert manual.run("incidentsim verify nowhere.zip")[0] != 0
    assert not any(fresh.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_command_of_a_page_runs(
    topic: Topic, language: Language, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTSIM_LANG", language)
    assert walked(topic, language, fresh) > 0
