"""The screens go on after an erasure: home, debrief and the browser of the record, with a word in its place."""

import asyncio
from collections.abc import Callable
from copy import deepcopy
from functools import cache

import pytest
from textual.pilot import Pilot

from incidentsim.ledger.memory import MemoryStore
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.debrief.screen import DebriefScreen
from tests.support import debrief_screens
from tests.support.erasing import LEAD, MARK, play, read, with_texts
from tests.support.home_screens import settled
from tests.support.ledger_screens import looking_at, shown
from tests.support.screens import LARGE, app_on, service_on

NAMES = ("Gu Yan", "顾岩")
"""Of the person whose name is erased."""


@cache
def _erased() -> tuple[MemoryStore, str]:
    store = MemoryStore()
    service = service_on(store)
    run = play(service)
    service.erasures.erase(run, with_texts(read(store, run)), [LEAD])
    return store, run


@pytest.fixture
def store() -> MemoryStore:
    return deepcopy(_erased()[0])


def said_by(app: IncidentSim, keys: str, look: Callable[[Pilot[None]], str]) -> str:
    """What is shown at first and after each of these keys."""

    async def go() -> str:
        async with app.run_test(size=LARGE) as pilot:
            await settled(pilot)
            said = [look(pilot)]
            for key in keys.split():
                await pilot.press(key)
                await settled(pilot)
                said.append(look(pilot))
            return "\n".join(said)

    return asyncio.run(go())


def check(said: str) -> None:
    assert MARK not in said
    assert not any(name in said for name in NAMES)


def test_the_debrief_goes_on(store: MemoryStore) -> None:
    app = app_on(service_on(store), "en", lambda shell: shell.push_screen(DebriefScreen(_erased()[1])))
    said = said_by(app, "1 2 3 4 5 6 7", debrief_screens.text_of)
    check(said)
    assert "(erased)" in said


def test_the_browser_of_the_record_says_which_words_are_gone(store: MemoryStore) -> None:
    said = said_by(looking_at(service_on(store), run=_erased()[1]), "down " * 30, lambda pilot: shown(app_of(pilot)))
    check(said)
    assert "(erased)" in said


def test_the_home_goes_on(store: MemoryStore) -> None:
    check(said_by(app_on(service_on(store)), "tab tab", lambda pilot: shown(app_of(pilot))))


def app_of(pilot: Pilot[None]) -> IncidentSim:
    assert isinstance(pilot.app, IncidentSim)
    return pilot.app
