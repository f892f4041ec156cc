"""The settings: every change holds at once and is kept, and what cannot be kept is said."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import cast

import pytest
from textual.pilot import Pilot

from incidentsim.domain.errors import SurroundingsError
from incidentsim.settings import PacingName, Settings, SpokenLanguage, ThemeName
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.briefing.screen import BriefingScreen
from incidentsim.tui.settings.screen import SettingsScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.line_list import LineList
from tests.support.at_the_table import session_at
from tests.support.home_screens import home, press, screen, settled, told
from tests.support.screens import LARGE, at_table

KEPT: list[Settings] = []


def keeping(app: IncidentSim, settings: Settings = Settings()) -> IncidentSim:  # noqa: B008 - a frozen value
    """The application with these settings, which keeps what is changed of them in `KEPT`."""
    KEPT.clear()
    app.settings, app._keep_settings = settings, KEPT.append
    app.set_keymap(dict(settings.keys))
    return app


async def to(pilot: Pilot[None], name: str) -> None:
    """Move the cursor to a setting."""
    listed = pilot.app.screen.query_one("#settings", LineList)
    for _step in range(60):
        if listed.name_at_cursor == name:
            return
        await press(pilot, "down")
    raise AssertionError(name)


def visit(app: IncidentSim, check: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    async def go() -> None:
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            await check(pilot)

    asyncio.run(go())


def test_theme_language_pacing_and_plain_are_changed_from_inside_and_kept() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "f2")
        assert isinstance(screen(pilot), SettingsScreen)
        await to(pilot, "theme")
        await press(pilot, "enter")
        assert pilot.app.theme == "incidentsim-light"
        await to(pilot, "pacing")
        await press(pilot, "right")
        await to(pilot, "plain")
        await press(pilot, "space")
        await press(pilot, "home")
        await to(pilot, "language")
        await press(pilot, "right", "right")
        assert told(pilot, "title") == "设置"
        assert KEPT[-1] == Settings(ThemeName.LIGHT, SpokenLanguage.CHINESE, PacingName.LIVE, plain=True)
        await press(pilot, "delete")
        assert KEPT[-1].language is SpokenLanguage.AUTO
        await press(pilot, "escape", "1", "enter")
        front = pilot.app.screen
        assert isinstance(front, BriefingScreen)
        assert front.choices.live

    visit(keeping(home()), check)


def test_a_key_of_the_table_is_changed_and_works_at_once() -> None:
    async def check(pilot: Pilot[None]) -> None:
        front = pilot.app.screen
        assert isinstance(front, TableScreen)
        before = len(session_at(cast("IncidentSim", pilot.app)).facts)
        await press(pilot, "f2")
        await to(pilot, "table.go_on")
        await press(pilot, "enter", *["backspace"] * 5, "p", "enter")
        assert not KEPT, "another action has it"
        await press(pilot, "enter", *["backspace"] * 5, "g", "enter")
        assert KEPT[-1].keys == {"table.go_on": "g"}
        await press(pilot, "escape", "space")
        assert len(session_at(cast("IncidentSim", pilot.app)).facts) == before
        await press(pilot, "g")
        assert len(session_at(cast("IncidentSim", pilot.app)).facts) > before
        await press(pilot, "f2")
        await to(pilot, "table.go_on")
        await press(pilot, "delete")
        assert KEPT[-1].keys == {}

    visit(keeping(at_table()), check)


@pytest.mark.parametrize(
    ("key", "kept"), [("ctrl+t", Settings(ThemeName.LIGHT)), ("ctrl+l", Settings(language=SpokenLanguage.CHINESE))]
)
def test_theme_and_language_are_remembered_wherever_they_are_changed(key: str, kept: Settings) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, key)
        assert [kept] == KEPT

    visit(keeping(home()), check)


def test_it_begins_with_the_theme_that_was_kept() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert pilot.app.theme == "incidentsim-contrast"

    visit(keeping(home(), Settings(ThemeName.CONTRAST)), check)


def test_what_cannot_be_kept_is_said_and_holds_all_the_same() -> None:
    app = home()

    def refuse(_settings: Settings) -> None:
        raise SurroundingsError("The disk is read-only.")

    app._keep_settings = refuse

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "ctrl+t")
        assert pilot.app.theme == "incidentsim-light"
        assert [one.message for one in pilot.app._notifications] == ["The disk is read-only."]

    visit(app, check)
    assert app.settings == replace(Settings(), theme=ThemeName.LIGHT)
