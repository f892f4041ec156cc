"""A keyboard and a mouse for the application under test: everything that follows from a key has happened on return.

Textual's own pilot waits by the clock after every key; thousands of keys need something quicker, and exact: here, a
key is done with when nothing that could answer it has anything left to do.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot

from incidentsim.tui.app import IncidentSim

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

MOST_ROUNDS: Final = 200
"""Rounds of messages after which whatever is going on is taken to go on for ever."""


class Keyboard:
    """Keys, mouse and window size of one application that is running in a test."""

    def __init__(self, app: IncidentSim, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot
        self.steps = 0

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each done with before the next."""
        for name in keys:
            shown = name if len(name) == 1 else None
            await self._put(events.Key(_character_to_key(name) if shown else name, shown or _CHARACTERS.get(name)))

    async def type(self, words: str) -> None:
        """Type words, key by key."""
        await self.press(*("enter" if one == "\n" else one for one in words))

    async def paste(self, words: str) -> None:
        """Paste words all at once."""
        await self._put(events.Paste(words))

    async def click(self, x: int, y: int) -> None:
        """Click on a place of the screen."""
        for kind in (events.MouseDown, events.MouseUp):
            event = kind(
                None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y
            )  # fmt: skip
            self.app.post_message(event)
            await self.settle()
        self.steps += 1

    async def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        size = Size(width, height)
        if (driver := self.app._driver) is not None:
            driver._size = size.width, size.height
        await self._put(events.Resize(size, size))

    async def settle(self) -> None:
        """Wait until nothing is left to be done, work in other threads included."""
        app = self.app
        for _round in range(MOST_ROUNDS):
            if not app.is_running or not await self._pilot._wait_for_screen():
                return
            if any(not worker.is_finished for worker in app.workers):
                await app.workers.wait_for_complete()
            elif not self._busy():
                app.screen._on_timer_update()  # only now is anything drawn, as if it all had come in one moment
                await app.animator.wait_until_complete()  # a key that scrolls does so at the animator's next beat
                if not self._busy():
                    return
        raise AssertionError(f"{app.screen} never comes to rest.")

    def _busy(self) -> bool:
        pumps: list[MessagePump] = [self.app, *self.app.screen_stack, *self.app.screen.walk_children()]
        return any(pump.message_queue_size or pump._next_callbacks for pump in pumps)

    async def _put(self, event: events.Event) -> None:
        self.app.post_message(event)
        self.steps += 1
        await self.settle()


_CHARACTERS: Final = {"enter": "\r", "tab": "\t", "space": " ", "escape": "\x1b", "backspace": "\x7f"}
"""The characters that some keys bear that are not named by one."""


@asynccontextmanager
async def running(app: IncidentSim, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Keyboard]:
    """The application, running without a terminal; an exception in it is raised here."""
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        keyboard = Keyboard(app, pilot)
        await keyboard.settle()
        yield keyboard


def has(screen: Any, selector: str) -> bool:
    """Whether something on the screen fits the selector."""
    try:
        screen.query_one(selector)
    except NoMatches:
        return False
    return True
