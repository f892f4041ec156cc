"""What tests of the table share: sessions brought to interesting moments, and tests that run in a loop of their own."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec

from textual.screen import Screen
from textual.widget import Widget

from incidentsim.domain.actions import Action
from incidentsim.domain.text import FreeText
from incidentsim.session.form_view import ActionKey
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.reading.reader import step_id
from incidentsim.session.session import Session
from incidentsim.session.views import OfferedAction, offers
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.line_list import LineList
from tests.support.keyboard import Keyboard
from tests.support.sessions import drive

P = ParamSpec("P")

LEAD = "response_team_lead"
BOTH = (LEAD, "security_administrator")
NASTY = "[bold]x[/] [@click=app.quit]y[/] \x1b[31mred\x1b[0m \u202eabc\u202c 表情👩‍💻❤️ " + "w" * 10_000
"""Markup, a link that acts, an ANSI escape, a turned reading direction, wide characters, and a word without end."""


def in_loop(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """A test that waits for things, as one that pytest can call."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def whole() -> None:
            await test(*args, **kwargs)

        asyncio.run(whole())

    return run


def reported(session: Session) -> None:
    """The report has reached the team: its lead is to judge it."""
    session.go_on()


def judged(session: Session) -> None:
    """Some way into the story: several steps taken, clocks running, messages to read."""
    drive(session, most=14)


def over(session: Session) -> None:
    """The exercise has ended."""
    drive(session)


def confirmation(words: str = "It is ours.") -> Action:
    """The lead confirms the incident."""
    return Action("p2", "confirm", "leak", LEAD, {"reasons": FreeText(words)})


def table(app: IncidentSim) -> TableScreen:
    """The table, wherever in the stack it is."""
    return next(screen for screen in app.screen_stack if isinstance(screen, TableScreen))


def session_of(screen: TableScreen | ConsoleScreen) -> Session:
    """The session behind a screen: tests may look where screens may not."""
    assert isinstance(screen.seat, LocalSeat)
    return screen.seat.session


def session_at(app: IncidentSim) -> Session:
    """The session behind the table."""
    return session_of(table(app))


def offer_of(screen: TableScreen, do: str) -> OfferedAction:
    """The offer of a step, open or closed."""
    incident = screen.view.incident
    assert incident is not None
    return next(one for one in offers(session_of(screen), incident) if one.step.do == do)


def key_of(screen: TableScreen, do: str) -> ActionKey:
    """What names a step at the table, open or closed."""
    offer = offer_of(screen, do)
    step = step_id(session_of(screen).exercise.playbook, offer.step)
    return ActionKey(offer.incident, do, offer.person.pseudonym, offer.role, step)


def listed(where: Screen[object] | Widget, name: str) -> LineList:
    """A list on the screen."""
    return where.query_one(f"#{name}", LineList)


def shown(found: LineList) -> list[str]:
    """The lines of a list as text."""
    return ["".join(piece.text for piece in one.pieces) for one in found.lines]


def screen_text(keyboard: Keyboard) -> str:
    """Everything that is drawn on the screen."""
    strips = keyboard.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)
