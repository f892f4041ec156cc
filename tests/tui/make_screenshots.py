"""Makes the pictures of the README and of the manual: plays to a good moment and draws the screen.

For the README as SVG, for the manual as text of 80 columns; the same bytes every time. One call makes all of them:

python -m tests.tui.make_screenshots [FOLDER]
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.widgets import Input, TextArea

import incidentsim
from incidentsim import messages
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.seats import Mode
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.briefing.screen import BriefingScreen
from incidentsim.tui.debrief.screen import DebriefScreen
from incidentsim.tui.table_opening import open_table
from tests.support.at_the_table import screen_text
from tests.support.fingers import Fingers
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, SMALL, app_on, service_on, session_on
from tests.support.sessions import drive

if TYPE_CHECKING:
    from incidentsim.session.session import Session

FOLDER: Final = Path(__file__).parent / "pictures"
FONTS: Final = (
    "'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Noto Sans SC', monospace"
)
"""Fonts that machines have; none is fetched from anywhere."""

Play = Callable[[Keyboard], Awaitable[None]]
"""What is pressed before the picture is taken."""


async def nothing(_keyboard: Keyboard) -> None:
    """The first screen is the picture."""


async def halfway(keyboard: Keyboard) -> None:
    """Play until the incident is being handled and its law is looked into."""
    fingers = Fingers(keyboard)
    while fingers.acted < 7 and not fingers.session.ended:
        await fingers.turn()
    await keyboard.press("1", "home")


async def form(keyboard: Keyboard) -> None:
    """Begin the grading: some of it is filled in, some is still missing."""
    fingers = Fingers(keyboard)
    while not await fingers.choose("actions", "open/grade"):
        await fingers.turn()
    await keyboard.press("down", "down", "space", "tab", "down", "space", "down", "space")


async def console(keyboard: Keyboard) -> None:
    """The facilitator's console after a third of the story."""
    fingers = Fingers(keyboard)
    await fingers.uncover()
    while fingers.acted < 3:
        await fingers.turn()
    await keyboard.press("v")


def at_home(service: Service) -> IncidentSim:
    """The home, with a finished run and one under way."""
    session = session_on(service, "number-masking-leak", ("response_team_lead",))
    session.go_on()
    session.close()
    finished(service, "false-alarm")
    return app_on(service)


def finished(service: Service, scenario: str) -> str:
    """A run that has come to its end."""
    session = session_on(service, scenario, service.library.playable(scenario).roles[:6])
    drive(session)
    session.close()
    return session.run or ""


def table(mode: Mode = "solo") -> Callable[[Service], IncidentSim]:
    """The table of a fresh session."""

    def begin(service: Service) -> IncidentSim:
        session: Session = session_on(
            service, "number-masking-leak", ("response_team_lead", "security_administrator"), mode
        )
        return app_on(service, start=lambda app: open_table(app, session))

    return begin


def briefing(service: Service) -> IncidentSim:
    """The briefing of a scenario."""
    return app_on(service, start=lambda app: app.push_screen(BriefingScreen("number-masking-leak")))


def debrief(service: Service) -> IncidentSim:
    """The debrief of a run that went through."""
    run = finished(service, "number-masking-leak")
    return app_on(service, start=lambda app: app.push_screen(DebriefScreen(run)))


PICTURES: Final[dict[str, tuple[Callable[[Service], IncidentSim], Play, Language, tuple[int, int]]]] = {
    "home": (at_home, nothing, "en", LARGE),
    "briefing": (briefing, nothing, "en", LARGE),
    "table": (table(), halfway, "en", LARGE),
    "table-zh": (table(), halfway, "zh", LARGE),
    "table-small": (table(), halfway, "en", SMALL),
    "form": (table(), form, "en", LARGE),
    "console": (table("facilitated"), console, "en", LARGE),
    "debrief": (debrief, nothing, "en", LARGE),
}
"""Each picture: what opens the application, what is pressed, the language and the size."""

CAPTURES: Final[dict[str, tuple[Callable[[Service], IncidentSim], Play]]] = {
    "home": (at_home, nothing),
    "briefing": (briefing, nothing),
    "table": (table(), halfway),
    "form": (table(), form),
    "console": (table("facilitated"), console),
    "debrief": (debrief, nothing),
}
"""Each screen of the manual, which is drawn as text in both languages."""
MANUAL: Final = Path(incidentsim.__file__).parent / "manual"


async def draw(name: str) -> str:
    """A picture as SVG."""
    open_app, play, language, size = PICTURES[name]
    async with played(open_app, play, language, size) as keyboard:
        return lasting(keyboard.app.export_screenshot(title="incidentsim", simplify=False))


async def capture(name: str, language: Language) -> str:
    """A screen of the manual as text."""
    open_app, play = CAPTURES[name]
    async with played(open_app, play, language, SMALL) as keyboard:
        return "".join(f"{text.rstrip()}\n" for text in screen_text(keyboard).splitlines())


@asynccontextmanager
async def played(
    open_app: Callable[[Service], IncidentSim], play: Play, language: Language, size: tuple[int, int]
) -> AsyncIterator[Keyboard]:
    """The application, at the moment of the picture."""
    messages.use(language)
    app = open_app(service_on(MemoryStore()))
    app.language = language
    messages.use(language)
    async with running(app, size) as keyboard:
        await play(keyboard)
        app.clear_notifications()
        await keyboard.settle()
        yield keyboard


def lasting(svg: str) -> str:
    """The same picture without what is fetched from the network, and without names that differ from time to time."""
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    svg = re.sub(r"font-family: arial", f"font-family: {FONTS}", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


@contextmanager
def still() -> Iterator[None]:
    """Nothing blinks and no animation runs while pictures are taken."""
    kept = Input._toggle_cursor, TextArea._toggle_cursor_blink_visible, App.NOTIFICATION_TIMEOUT
    Input._toggle_cursor = lambda self: None  # type: ignore[method-assign]  # noqa: ARG005 - in place of a method
    TextArea._toggle_cursor_blink_visible = lambda self: None  # type: ignore[method-assign]  # noqa: ARG005 - the same
    try:
        yield
    finally:
        Input._toggle_cursor, TextArea._toggle_cursor_blink_visible, App.NOTIFICATION_TIMEOUT = kept  # type: ignore[method-assign]
        messages.use("en")


def main(folder: Path) -> None:
    """Make every picture anew."""
    folder.mkdir(exist_ok=True)
    with still():
        for name in PICTURES:
            (folder / f"{name}.svg").write_text(asyncio.run(draw(name)), encoding="utf-8", newline="\n")
        for language in LANGUAGES:
            for name in CAPTURES:
                text = asyncio.run(capture(name, language))
                (MANUAL / language / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
