"""A run beside its team's earlier runs and beside bots' plays, on the screen, by keys alone."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from incidentsim.domain.text import Language
from incidentsim.exercise.forecast import forecast
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.compare import loading
from incidentsim.tui.compare.screen import EARLIER, CompareScreen
from incidentsim.tui.debrief.parts import LOG
from incidentsim.tui.debrief.screen import DebriefScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.home.screen import HomeScreen
from tests.support.comparing import series
from tests.support.hotwash_screens import Keys, use
from tests.support.screens import LARGE, SMALL

LAST = "run-0006"
At = TypeVar("At")


@pytest.fixture
def service() -> Service:
    return series()


def opened(run: str = LAST) -> Callable[[IncidentSim], object]:
    return lambda app: app.push_screen(CompareScreen(run))


def front(keys: Keys, kind: type[At]) -> At:
    """The screen in front, which is one of this kind."""
    screen = keys.front
    assert isinstance(screen, kind)
    return screen


def told(keys: Keys) -> str:
    """Everything that the list and what stands beside it say, in one line."""
    beside = " ".join(f"{title} {words}" for title, words in front(keys, CompareScreen)._details())
    return " ".join(" ".join([*keys.lines, beside]).split())


def test_as_many_plays_are_made_as_the_forecast_makes() -> None:
    assert loading.PLAYS == forecast.PLAYS


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_from_the_debrief_to_a_fact_and_back(service: Service, language: Language, size: tuple[int, int]) -> None:
    words = {
        "en": ("The same team", "gone", "better", "told apart"),
        "zh": ("同一团队", "不再出现", "更好", "分开列出"),
    }[language]

    async def steps(keys: Keys) -> None:
        await keys.press("b")
        front(keys, CompareScreen)
        assert words[0] in told(keys)
        await keys.press("2")
        assert words[1] in told(keys)
        assert words[3] in told(keys)
        await keys.press("4")
        assert words[2] in told(keys)
        assert front(keys, CompareScreen).listed.region.right <= size[0]
        row = front(keys, CompareScreen)._row
        assert row is not None
        await keys.press("enter")
        front(keys, DetailScreen)
        await keys.press("escape", "t")
        front(keys, DebriefScreen)
        assert front(keys, DebriefScreen).here == LOG
        assert front(keys, DebriefScreen).parts.name_at_cursor == str(row.facts[0])

    use(service, lambda app: app.push_screen(DebriefScreen(LAST)), steps, size, language)


def test_a_fact_of_the_earlier_run_opens_the_debrief_of_that_run(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("b", "2", "u")
        front(keys, DebriefScreen)
        assert (front(keys, DebriefScreen).run_id, front(keys, DebriefScreen).here) == ("run-0005", LOG)
        await keys.press("escape")
        front(keys, DebriefScreen)
        assert front(keys, DebriefScreen).run_id == LAST

    use(service, lambda app: app.push_screen(DebriefScreen(LAST)), steps)


def test_from_the_home_s_finished_runs(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        front(keys, HomeScreen)
        await keys.press("1", "b")
        front(keys, HomeScreen)
        await keys.press("3", "home", "b")
        front(keys, CompareScreen)
        await keys.press("escape")
        front(keys, HomeScreen)

    use(service, None, steps)


def test_another_earlier_run_is_chosen_and_whose_it_was_is_said(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("o")
        lines = " ".join(keys.lines)
        assert "another team" in lines
        assert "run-0003: not finished: not compared" in lines
        assert "run-0004: hidden from lists: not compared" in lines
        await keys.to("run/run-0002")
        await keys.press("enter")
        front(keys, CompareScreen)
        assert front(keys, CompareScreen).section == 0
        assert "Another team by the player names on record" in told(keys)
        assert "run-0002" in told(keys)

    use(service, opened(), steps)


def test_beside_the_bots_and_back_again_without_playing_twice(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "PLAYS", 1)
    calls: list[int] = []
    real = service.comparing.forecast

    def counted(*args: object, **kwargs: object) -> object:
        calls.append(1)
        return real(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come

    monkeypatch.setattr(service.comparing, "forecast", counted)

    async def steps(keys: Keys) -> None:
        await keys.press("b")
        assert "1 times each as novices, practised, experts: 3 plays" in told(keys)
        await keys.press("2", "b")
        assert "gone" in told(keys)
        await keys.press("b", "4", "a")
        assert "as bots do" in told(keys)

    use(service, opened(), steps)
    assert calls == [1]


def test_bots_at_play_can_be_stopped_and_asked_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.comparing, "forecast", lambda *_args: None)

    async def steps(keys: Keys) -> None:
        await keys.press("b")
        front(keys, CompareScreen)
        assert front(keys, CompareScreen)._state() == "It was stopped."
        front(keys, CompareScreen).action_stop()
        assert front(keys, CompareScreen)._enough()
        await keys.press("b", "b")
        assert not front(keys, CompareScreen)._enough()

    use(service, opened(), steps)


def test_what_is_alike_is_shown_when_asked_for(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("3")
        few = len(keys.names)
        assert any("more are alike" in words for words in keys.lines)
        await keys.press("a")
        assert len(keys.names) > few
        assert not any("more are alike" in words for words in keys.lines)
        await keys.press("a", "end", "enter")
        assert len(keys.names) > few

    use(service, opened(), steps)


def test_without_an_earlier_run_that_is_said_and_the_bots_are_there(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "PLAYS", 1)

    async def steps(keys: Keys) -> None:
        front(keys, CompareScreen)
        assert front(keys, CompareScreen).section == EARLIER
        assert any("No earlier finished run of this scenario was found." in words for words in keys.lines)
        await keys.press("1")
        assert keys.names == []
        await keys.press("b")
        assert "The forecast" in told(keys)

    use(service, opened("run-0001"), steps)


def test_an_unfinished_or_unknown_run_is_said_to_be_none(service: Service) -> None:
    for run, words in (("run-0003", "not finished"), ("nothing", "nothing")):

        async def steps(keys: Keys, words: str = words) -> None:
            front(keys, CompareScreen)
            assert words in front(keys, CompareScreen)._state()
            await keys.press("enter", "b", "5", "t", "a", "x", "1")
            await keys.press("escape")
            assert not isinstance(keys.front, CompareScreen)

        use(service, opened(run), steps)


def test_another_language_tells_the_same_rows(service: Service) -> None:
    async def steps(keys: Keys) -> None:
        await keys.press("2", "down")
        before = keys.names
        front(keys, CompareScreen)
        at = front(keys, CompareScreen).listed.name_at_cursor
        await keys.press("ctrl+l")
        assert keys.names == before
        assert front(keys, CompareScreen).listed.name_at_cursor == at
        assert any("不再出现" in words for words in keys.lines)

    use(service, opened(), steps)
