"""The hot wash on the screen: a facilitator's whole hot wash, by keys alone, ends in a report that holds all of it."""

from copy import deepcopy
from functools import cache

import pytest
from textual.widgets import Input

from incidentsim.domain.text import Language
from incidentsim.exports.format_types import ExportOptions
from incidentsim.exports.formats import FORMATS
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.debrief.screen import DebriefScreen
from incidentsim.tui.dialogs.lines_form import LinesForm
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.hotwash.screen import HotWashScreen
from incidentsim.tui.improvements.rows import name_of
from tests.support.debrief_screens import played_badly
from tests.support.hotwash_screens import Keys, use
from tests.support.screens import LARGE, SMALL, service_on


@cache
def played() -> MemoryStore:
    """A store with a run in which much went wrong."""
    store = MemoryStore()
    played_badly(service_on(store))
    return store


@pytest.fixture
def service() -> Service:
    return service_on(deepcopy(played()))


def opened(app: IncidentSim) -> object:
    return app.push_screen(HotWashScreen("last"))


def report(service: Service, language: Language) -> str:
    row = next(row for row in FORMATS if row.id == "md")
    return b"".join(row.blocks(service.exports.source("last"), ExportOptions(languages=(language,)))).decode()


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_hot_wash_ends_in_a_report_that_holds_every_answer(
    service: Service, language: Language, size: tuple[int, int]
) -> None:
    questions = service.hotwash.of("last").questions
    said: list[str] = []
    fronts: list[type] = []

    async def steps(keys: Keys) -> None:
        await keys.press("w")
        assert isinstance(keys.front, HotWashScreen)
        for number, question in enumerate(questions):
            await keys.to(f"question/{question.id}")
            await keys.press("enter")
            said.append(f"回答 answer {number}")
            await keys.fill(said[-1], "Anna" if number else "")
        await keys.press("2", "enter")
        await keys.fill("5", end="enter")
        await keys.press("n")
        await keys.fill("- quartz weakness", end="enter")
        await keys.fill("3", end="enter")
        await keys.press("3", "n")
        await keys.fill("Renew the list", "Wu", "2026-12-01", "")
        assert any("Renew the list" in words for words in keys.lines)
        assert keys.front.listed.region.right <= size[0]
        said.extend(["quartz weakness", "Renew the list"])
        await keys.press("escape")
        fronts.append(type(keys.front))

    use(service, lambda app: app.push_screen(DebriefScreen("last")), steps, size, language)
    assert fronts == [DebriefScreen]
    told = report(service, language)
    assert [words for words in said if words not in told] == []
    assert service.records.verify("last").holds
    assert [point.votes for point in service.hotwash.of("last").said.points] == [5, 3]


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_an_item_typed_in_is_closed_by_a_later_run_that_performs_its_task(
    size: tuple[int, int],
) -> None:
    service = service_on(MemoryStore())
    service.exercises.replay("concealed-outage")
    wanted = service.improvements.weak_tasks("last")[0][0]

    async def steps(keys: Keys) -> None:
        await keys.press("3", "n")
        await keys.fill("Renew the list", "Wu", "2026-12-01", "nothing of the kind")
        assert isinstance(keys.front, LinesForm)
        await keys.fill("Renew the list", "Wu", "2026-12-01", "1")
        assert any("Renew the list" in words for words in keys.lines)

    use(service, opened, steps, size)
    service.exercises.replay("voice-platform-fault")
    item = next(one for one in service.improvements.all().items if one.action.say("en") == "Renew the list")
    assert (item.task, item.performed_by) == (wanted, "run-0002")

    async def close(keys: Keys) -> None:
        await keys.press("3")
        await keys.to(name_of(item))
        await keys.press("c")
        await keys.fill("", end="enter")

    use(service, lambda app: app.push_screen(HotWashScreen("run-0001")), close, size)
    closed = service.improvements.find(item.id)
    assert (closed.state, closed.closed_by) == ("done", "run-0002")


def test_an_answer_is_corrected_and_taken_back(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("enter")
        await keys.fill("yes", "Anna")
        assert any("Anna: yes" in words for words in keys.lines)
        await keys.press("down", "enter")
        await keys.fill("no", "Bo")
        assert any("Bo: no" in words for words in keys.lines)
        assert not any("Anna" in words for words in keys.lines)
        await keys.press("enter")
        await keys.fill("", "Bo")
        assert not any("Bo" in words for words in keys.lines)

    use(service, opened, steps)
    assert service.hotwash.of("last").said.answers == ()


def test_what_was_typed_survives_leaving_the_form_and_another_language(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("enter", *"half")
        await keys.press("ctrl+l")
        assert isinstance(keys.front, LinesForm)
        await keys.press("escape", "enter", "space", *"done", "ctrl+s")
        assert any("half done" in words for words in keys.lines)

    use(service, opened, steps)


def test_what_will_not_do_is_said_and_the_question_stays_with_what_was_typed(service: Service) -> None:
    """An answer without words, hands that are no number, and a point that is neither strength nor weakness."""

    async def steps(keys: Keys) -> None:
        await keys.press("enter")
        await keys.fill("", "Anna")
        assert type(keys.front).__name__ == LinesForm.__name__
        await keys.press("escape", "2", "enter")
        for words, key in (("many", "n"), ("no sign", "")):
            await keys.fill(words, end="enter")
            assert type(keys.front).__name__ == AskScreen.__name__
            assert keys.front.query_one(Input).value == words
            await keys.press("escape", *key)
        assert isinstance(keys.front, HotWashScreen)

    use(service, opened, steps)
    assert service.hotwash.of("last").said.points == ()


def test_a_run_that_is_not_there_is_said_to_be_missing(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("enter", "2", "n", "escape")

    use(service, lambda app: app.push_screen(HotWashScreen("nothing")), steps)
