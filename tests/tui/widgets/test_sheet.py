"""What is laid out for the width of a pane is laid out anew when the pane has another, whatever gave it that."""

import asyncio
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from textual.screen import Screen
from textual.widgets import Static

from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.briefing.screen import BriefingScreen
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.home.screen import HomeScreen
from incidentsim.tui.ledger.screen import LedgerScreen
from incidentsim.tui.procedure.screen import ProcedureScreen
from incidentsim.tui.table.inbox_pane import InboxPane
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import open_table
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.sheet import Sheet
from tests.support.keyboard import running
from tests.support.screens import LARGE, app_on, service_on, session_on
from tests.support.sessions import drive

NARROW = 34
"""Columns that a pane is left with."""


def _table(service: Service) -> Callable[[IncidentSim], object]:
    session = session_on(service)
    drive(session, most=4)
    return lambda app: open_table(app, session)


def _console(service: Service) -> Callable[[IncidentSim], object]:
    session = session_on(service, mode="facilitated")
    return lambda app: open_table(app, session)


def _ledger(service: Service) -> Callable[[IncidentSim], object]:
    session = session_on(service)
    drive(session, most=4)
    return lambda app: app.push_screen(LedgerScreen(session.run or ""))


OPENED: dict[type[Screen[object]], tuple[Callable[[Service], Callable[[IncidentSim], object]], tuple[str, ...]]] = {
    TableScreen: (_table, ()),
    ConsoleScreen: (_console, ()),
    LedgerScreen: (_ledger, ()),
    ProcedureScreen: (_table, ("h",)),
    HomeScreen: (lambda _service: lambda app: app.push_screen(HomeScreen()), ()),
    BriefingScreen: (lambda _service: lambda app: app.push_screen(BriefingScreen("number-masking-leak")), ()),
}


def too_wide(screen: Screen[object]) -> list[str]:
    """The lines of a screen that are wider than the pane for which they were broken."""
    return [
        line
        for sheet in screen.query(Sheet)
        for text in sheet.query(Static)
        for line in str(text.visual).split("\n")
        if cell_len(line) > max(sheet.outer_size.width, NARROW)
    ]


@pytest.mark.parametrize("kind", OPENED, ids=lambda kind: kind.__name__)
def test_texts_are_broken_for_the_width_that_a_pane_has_now(kind: type[Screen[object]]) -> None:
    async def act() -> None:
        service = service_on(MemoryStore())
        start, keys = OPENED[kind]
        async with running(app_on(service, "en", start(service)), LARGE) as keyboard:
            await keyboard.press(*keys)
            screen = keyboard.app.screen
            assert isinstance(screen, kind)
            panes = [*screen.query(Sheet)] or [*screen.query(LineList)]
            assert too_wide(screen) == []
            for pane in panes:
                pane.styles.width = NARROW
            await keyboard.settle()
            assert {pane.outer_size.width for pane in panes} == {NARROW}
            assert too_wide(screen) == []
            if kind is ProcedureScreen:
                page = screen.query_one("#page", LineList)
                assert all(sum(cell_len(piece.text) for piece in line.pieces) <= NARROW for line in page.lines)

    asyncio.run(act())


def test_a_pane_that_had_next_to_no_width_is_laid_out_anew() -> None:
    async def act() -> None:
        service = service_on(MemoryStore())
        async with running(app_on(service, "en", _table(service)), LARGE) as keyboard:
            table = keyboard.app.screen
            (sheet,) = table.query(Sheet)
            before = [str(text.visual) for text in sheet.query(Static)]
            for width in (0, None):
                sheet.styles.width = width if width is not None else "1fr"
                await keyboard.settle()
            assert [str(text.visual) for text in sheet.query(Static)] == before

    asyncio.run(act())


def test_a_text_that_was_laid_out_while_its_pane_was_hidden_is_laid_out_anew_when_it_is_shown() -> None:
    """A hidden widget has no width, and when it is shown with the one it had, nobody is told of a resize."""

    async def act() -> None:
        service = service_on(MemoryStore())
        async with running(app_on(service, "en", _table(service)), LARGE) as keyboard:
            table = keyboard.app.screen
            assert isinstance(table, TableScreen)
            pane, (sheet,) = table.query_one(InboxPane), table.query(Sheet)
            before = [str(text.visual) for text in sheet.query(Static)]
            pane.display = False
            await keyboard.settle()
            assert pane.reading is False
            pane._look()
            assert [str(text.visual) for text in sheet.query(Static)] != before
            pane.display = True
            await keyboard.settle()
            assert [str(text.visual) for text in sheet.query(Static)] == before

    asyncio.run(act())
