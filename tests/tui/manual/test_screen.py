"""The manual on the screens: by keys alone, from anywhere, in both languages, at 80 columns."""

import pytest
from textual.screen import Screen

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.manual.pages import TOPICS, page, pages
from incidentsim.tui.dialogs.help import HelpScreen
from incidentsim.tui.manual.screen import ManualScreen
from incidentsim.tui.table.screen import TableScreen
from tests.support.at_the_table import in_loop, listed, reported, screen_text, shown
from tests.support.keyboard import Keyboard, running
from tests.support.screens import SMALL, at_table


def front(keyboard: Keyboard) -> type[Screen[object]]:
    return type(keyboard.app.screen)


def told(keyboard: Keyboard) -> str:
    return "\n".join(shown(listed(keyboard.app.screen, "page")))


@pytest.mark.parametrize("language", LANGUAGES)
@in_loop
async def test_the_help_leads_to_it_and_every_page_is_a_digit_away(language: Language) -> None:
    async with running(at_table(language, prepare=reported), SMALL) as keyboard:
        await keyboard.press("question_mark", "m")
        assert front(keyboard) is ManualScreen
        assert all(about.title in told(keyboard) for about in pages(language))
        assert "esc" in screen_text(keyboard)
        for number, topic in enumerate(TOPICS, 1):
            await keyboard.press(str(number))
            assert page(topic, language).title in screen_text(keyboard)
            await keyboard.press("end", "home", "pagedown")
        await keyboard.press("right")
        assert page(TOPICS[0], language).title in screen_text(keyboard)
        await keyboard.press("left", "left")
        assert told(keyboard).splitlines()[0] == page(TOPICS[-2], language).title
        await keyboard.press("escape", "down", "enter")
        assert told(keyboard).splitlines()[0] == page(TOPICS[-1], language).title, (
            "the cursor stood on the page read last"
        )
        await keyboard.press("escape", "escape")
        assert front(keyboard) is HelpScreen
        await keyboard.press("escape")
        assert front(keyboard) is TableScreen


@in_loop
async def test_a_key_opens_it_above_a_form_and_it_speaks_the_other_language() -> None:
    async with running(at_table(prepare=reported), SMALL) as keyboard:
        await keyboard.press("w")
        below = keyboard.app.screen
        await keyboard.press("f6", "f6", "1", "ctrl+l")
        assert front(keyboard) is ManualScreen
        assert page(TOPICS[0], "zh").title in screen_text(keyboard)
        await keyboard.press("ctrl+l", "escape", "escape")
        assert keyboard.app.screen is below


@in_loop
async def test_a_command_stands_whole_in_a_narrow_window() -> None:
    async with running(at_table(prepare=reported), SMALL) as keyboard:
        await keyboard.press("f6", str(len(TOPICS)))
        await keyboard.resize(40, 20)
        assert "--report audit" in " ".join(told(keyboard).split())
