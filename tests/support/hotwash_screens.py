"""Screens that follow an exercise: keys pressed and lines typed, until everything is on record and shown."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from incidentsim.domain.text import Language
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.browser import Browser
from tests.support.home_screens import settled
from tests.support.screens import SMALL, app_on

Steps = Callable[["Keys"], Awaitable[None]]


class Keys:
    """Somebody at the keyboard."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until what they led to is shown."""
        await self.pilot.press(*keys)
        await settled(self.pilot)

    async def to(self, name: str) -> None:
        """Go to the line of this name, key by key."""
        assert isinstance(self.front, Browser)
        await self.press("home")
        for _number in range(len(self.front.listed.lines)):
            if self.front.listed.name_at_cursor == name:
                return
            await self.press("down")
        raise AssertionError(name)

    async def fill(self, *lines: str, end: str = "ctrl+s") -> None:
        """Write these into the lines of the dialog in front, and answer."""
        for field, words in zip(self.pilot.app.screen.query(Input), lines, strict=True):
            field.value = words
        await self.press(end)

    @property
    def front(self) -> Screen[object]:
        """The screen in front."""
        return self.pilot.app.screen

    @property
    def lines(self) -> list[str]:
        """The lines of the list of the screen in front."""
        assert isinstance(self.front, Browser)
        return ["".join(piece.text for piece in one.pieces) for one in self.front.listed.lines]

    @property
    def names(self) -> list[str]:
        """The names of the lines that the cursor can stand on."""
        assert isinstance(self.front, Browser)
        return [one.name for one in self.front.listed.lines if one.name is not None]


def use(
    service: Service,
    start: Callable[[IncidentSim], object] | None,
    steps: Steps,
    size: tuple[int, int] = SMALL,
    language: Language = "en",
) -> None:
    """Open the application on this service, do what `start` does, and then the steps."""

    async def all_of_it() -> None:
        app = app_on(service, language, start)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await steps(Keys(pilot))

    asyncio.run(all_of_it())
