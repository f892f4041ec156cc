"""The coach on screens: its strip and marks, hints asked for by one key, on and off, both languages and sizes."""

import pytest

from incidentsim.domain.facts import COACHING, HintGiven
from incidentsim.domain.interventions import Coach
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.session.session import Session
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.table.coaching import CoachScreen, CoachStrip
from tests.support.at_the_table import in_loop, listed, reported, screen_text, session_at, shown, table
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, SMALL, at_table


def top(keyboard: Keyboard) -> type:
    return type(keyboard.app.screen)


def coached(session: Session) -> None:
    session.intervene(Coach(tuple(sorted(session.course.played))))
    reported(session)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("language", LANGUAGES)
@in_loop
async def test_a_strip_says_what_is_owed_first_and_one_key_asks_for_a_hint(
    language: Language, size: tuple[int, int]
) -> None:
    async with running(at_table(language, prepare=coached), size=size) as keyboard:
        strip = table(keyboard.app).query_one(CoachStrip)
        assert strip.said.startswith("◇ ")
        assert "H1" in strip.said
        await keyboard.press("2")
        marked = [line for line in shown(listed(table(keyboard.app), "actions")) if "◇" in line]
        assert len(marked) == 2
        await keyboard.press("H")
        assert top(keyboard) is CoachScreen
        assert "#10" in screen_text(keyboard)
        await keyboard.press("H", "H", "H")
        given = [fact for fact in session_at(keyboard.app).facts if isinstance(fact, HintGiven)]
        assert [fact.step.number for fact in given] == [1, 2, 3]
        await keyboard.press("escape")
        assert top(keyboard) is not CoachScreen
        assert "3" in strip.said.splitlines()[1]


@in_loop
async def test_the_coach_is_switched_on_and_off_at_the_table_and_is_off_by_itself() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        strip = table(keyboard.app).query_one(CoachStrip)
        assert strip.has_class("-silent")
        await keyboard.press("H")
        assert "The coach is off here" in " ".join(screen_text(keyboard).split())
        assert not [fact for fact in session_at(keyboard.app).facts if fact.kind in COACHING]
        await keyboard.press("o", "escape")
        assert not strip.has_class("-silent")
        await keyboard.press("K", "o", "escape")
        assert strip.has_class("-silent")


@in_loop
async def test_a_facilitator_gives_a_hint_in_the_console() -> None:
    async with running(at_table(prepare=reported, mode="facilitated")) as keyboard:
        await keyboard.press("v")
        assert top(keyboard) is ConsoleScreen
        await keyboard.press("h")
        given = [fact for fact in session_at(keyboard.app).facts if isinstance(fact, HintGiven)]
        assert [fact.unasked for fact in given] == [True]
        assert "given by the facilitator" in screen_text(keyboard)
