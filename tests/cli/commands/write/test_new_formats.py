"""A new paper, and a new format for pictures of playbooks, is a row: the command line and the screens then offer it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language
from incidentsim.exports import pictures
from incidentsim.exports.pictures import PictureFormat
from incidentsim.exports.preparation import papers
from incidentsim.exports.preparation.papers import PaperSource, PreparationPaper
from tests.support.home_screens import home, press, settled, visit

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ALARM = "false-alarm"


def _invitation(source: PaperSource, languages: Sequence[Language], suffix: str) -> bytes:
    return " / ".join(source.story.title.say(language) for language in languages).encode() + suffix.encode()


def _count(playbook: Playbook, language: Language) -> bytes:
    return f"{language} {len(playbook.tracks)}".encode()


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = PreparationPaper("invite", "An invitation", "Write an invitation.", "{scenario}-invite.md", _invitation)
    monkeypatch.setattr(papers, "PAPERS", (*papers.PAPERS, paper))
    picture = PictureFormat("count", "How many tracks", ".count", _count)
    monkeypatch.setattr(pictures, "PICTURES", (*pictures.PICTURES, picture))


def test_the_command_line_offers_and_writes_a_new_paper(run: "Run", tmp_path: Path) -> None:
    assert "--invite FILE" in run("preview", "--help").out
    assert run("preview", ALARM, "--plays", "1", "--invite", tmp_path / "i.md", "--in", "both").code == 0
    assert (tmp_path / "i.md").read_text(encoding="utf-8") == "Fourteen times the usual / 平时的十四倍.md"


@pytest.mark.slow
def test_the_home_offers_and_writes_a_new_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "e", "end", "enter", "enter")
        await settled(pilot)
        assert (tmp_path / f"{ALARM}-invite.md").read_text(encoding="utf-8") == "Fourteen times the usual.md"

    visit(home(), check)


@pytest.mark.slow
def test_the_command_line_and_the_playbooks_screen_offer_and_write_a_new_picture(
    run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    counted = run("diagram", "platform-incidents", "--format", "count").out
    assert counted.startswith("en ")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "4", "enter")
        await settled(pilot)
        await press(pilot, "s", "end", "enter", "enter")
        await settled(pilot)
        (name,) = [name for name in os.listdir(tmp_path) if name.endswith(".count")]  # noqa: PTH208 - nobody waits for it
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("en ")

    visit(home(), check)
