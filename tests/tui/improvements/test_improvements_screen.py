"""Improvement items on the screen: listed over all runs, edited, given a state and closed, each change on record."""

from copy import deepcopy
from functools import cache

import pytest
from textual.widgets import Input

from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.dialogs.lines_form import LinesForm
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.improvements.screen import ImprovementsScreen
from tests.support.hotwash_screens import Keys, use
from tests.support.screens import LARGE, SMALL, service_on


@cache
def played() -> MemoryStore:
    """A store with a finished run that asks for some items."""
    store = MemoryStore()
    service_on(store).exercises.replay("concealed-outage")
    return store


@pytest.fixture
def service() -> Service:
    return service_on(deepcopy(played()))


def opened(app: IncidentSim) -> object:
    return app.push_screen(ImprovementsScreen())


def test_it_is_a_key_away_from_the_finished_runs(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("3", "i")
        assert isinstance(keys.front, ImprovementsScreen)
        await keys.press("escape")
        assert not isinstance(keys.front, ImprovementsScreen)

    use(service, None, steps)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_an_item_is_edited_taken_in_hand_and_closed(service: Service, size: tuple[int, int]) -> None:
    first = service.improvements.all().items[0]

    async def steps(keys: Keys) -> None:
        assert len(keys.names) == len(service.improvements.all().items)
        await keys.press("enter")
        await keys.fill("Write it down", "Anna", "2025-01-01")
        assert "‼ Write it down" in keys.lines[0]
        await keys.press("s", "down", "enter")
        assert "in progress, OVERDUE; Anna" in keys.lines[1]
        await keys.press("2")
        assert len(keys.names) == 1
        await keys.press("c")
        await keys.fill("", end="enter")
        assert isinstance(keys.front, AskScreen), "nothing shows that it is done"
        await keys.fill("It is in the wiki.", end="enter")
        assert keys.names == []
        await keys.press("3")
        assert "✓ Write it down" in keys.lines[0]

    use(service, opened, steps, size)
    now = service.improvements.find(first.id)
    assert (now.state, now.evidence and now.evidence.say("en")) == ("done", "It is in the wiki.")
    assert len(now.changes) == 3


def test_an_item_that_a_later_run_performed_is_closed_without_typing(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("enter")
        await keys.fill("Mine", "Anna", "")
        service.exercises.replay("voice-platform-fault")
        await keys.press("f5")
        assert "⇒" in keys.lines[1]
        await keys.press("c")
        await keys.fill("", end="enter")

    use(service, opened, steps)
    first = service.improvements.all().items[0]
    assert (first.state, first.closed_by) == ("done", "run-0002")


def test_a_date_that_is_none_is_said_and_the_form_stays_with_what_was_typed(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("enter")
        await keys.fill("Mine", "Anna", "tomorrow")
        assert isinstance(keys.front, LinesForm)
        await keys.fill("Mine", "Anna", "2026-12-31")
        assert "Mine" in keys.lines[0]

    use(service, opened, steps)


def test_a_reason_for_closing_that_was_left_is_gone_on_with(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("c")
        await keys.fill("It is in the wi", end="escape")
        await keys.press("c")
        assert keys.front.query_one(Input).value == "It is in the wi"
        await keys.press(*"ki", "enter")

    use(service, opened, steps)
    first = service.improvements.all().items[0]
    assert first.evidence is not None
    assert first.evidence.say("en") == "It is in the wiki"


def test_everything_is_told_in_the_other_language(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("ctrl+l")
        assert any("未开始" in words for words in keys.lines)

    use(service, opened, steps)
