"""The pictures of the README are what the program shows, and fetch nothing from anywhere."""

import asyncio
import re

import pytest

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.wording.plain_text import width
from tests.support.screens import SMALL
from tests.support.snapshots import skip_elsewhere
from tests.tui.make_screenshots import CAPTURES, FOLDER, MANUAL, PICTURES, capture, draw, still


def test_every_picture_is_there_and_shown_in_the_readme() -> None:
    readme = (FOLDER.parents[2] / "README.md").read_text(encoding="utf-8")
    assert {file.stem for file in FOLDER.glob("*.svg")} == set(PICTURES)
    shown = set(re.findall(r"tests/tui/pictures/([a-z-]+)\.svg", readme))
    assert shown, "the README shows no picture"
    assert shown <= set(PICTURES)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.svg")), ids=lambda file: file.stem)
def test_a_picture_fetches_nothing(file: object) -> None:
    text = file.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # a path
    assert "@font-face" not in text
    assert set(re.findall(r"https?://[^\"') >]*", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_the_program_shows(name: str, request: pytest.FixtureRequest) -> None:
    """To make them anew: python -m tests.tui.make_screenshots."""
    skip_elsewhere(request.config)
    with still():
        drawn = asyncio.run(draw(name))
    assert drawn == (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def test_every_capture_of_the_manual_is_there_and_no_other() -> None:
    for language in LANGUAGES:
        files = {file.stem: file.read_text(encoding="utf-8") for file in (MANUAL / language).glob("*.txt")}
        assert set(files) == set(CAPTURES)
        assert all(max(map(width, text.splitlines())) <= SMALL[0] for text in files.values())
        assert all(len(text.splitlines()) == SMALL[1] for text in files.values())


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CAPTURES)
def test_a_capture_is_what_the_program_shows(name: str, language: Language, request: pytest.FixtureRequest) -> None:
    """To make them anew: python -m tests.tui.make_screenshots."""
    skip_elsewhere(request.config)
    with still():
        drawn = asyncio.run(capture(name, language))
    assert drawn == (MANUAL / language / f"{name}.txt").read_text(encoding="utf-8")
