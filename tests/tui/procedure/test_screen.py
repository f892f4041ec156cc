"""The procedure lies on the table: one key opens it from anywhere, nothing typed is lost, nobody else's is shown."""

import pytest
from textual.screen import Screen

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.session.procedure.sections import section_names
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.dialogs.handover import CoverScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.procedure.screen import ProcedureScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.inputs import MultilineInput
from incidentsim.tui.widgets.tabs import Tabs
from tests.support.at_the_table import BOTH, in_loop, judged, key_of, listed, reported, screen_text, shown, table
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, SMALL, at_table

FOUR_WORDS = {"en": ("personal records exposed: 100,000 or more", "Known to you:"), "zh": ("100,000及以上", "您已知：")}


def front(keyboard: Keyboard) -> type[Screen[object]]:
    return type(keyboard.app.screen)


def page(keyboard: Keyboard) -> str:
    return "\n".join(shown(listed(keyboard.app.screen, "page")))


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("language", LANGUAGES)
@in_loop
async def test_one_key_opens_it_and_every_section_is_a_digit_away(language: Language, size: tuple[int, int]) -> None:
    async with running(at_table(language, prepare=reported), size) as keyboard:
        await keyboard.press("h")
        assert front(keyboard) is ProcedureScreen
        for number in range(1, 9):
            await keyboard.press(str(number))
            assert section_names()[number - 1] in str(keyboard.app.screen.query_one(Tabs).render())
            assert page(keyboard).strip(), number
            assert section_names()[-1] in screen_text(keyboard), "all names fit"
            if number == 3:
                assert all(words in page(keyboard).replace("\n", " ") for words in FOUR_WORDS[language])
        await keyboard.press("escape")
        assert front(keyboard) is TableScreen
        await keyboard.press("h")
        assert "▸8" in str(keyboard.app.screen.query_one(Tabs).render()), "the section that was read last"


@in_loop
async def test_it_opens_above_a_form_and_what_was_typed_stays() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        at = table(keyboard.app)
        keyboard.app.push_screen(FormScreen(at.seat, key_of(at, "confirm"), "en"), at.take)
        await keyboard.settle()
        await keyboard.type("It is ")
        await keyboard.press("f3")
        assert front(keyboard) is ProcedureScreen
        await keyboard.press("h")
        screen = keyboard.app.screen
        assert isinstance(screen, FormScreen)
        await keyboard.type("ours")
        assert screen.query_one("#field-reasons", MultilineInput).text == "It is ours"


@in_loop
async def test_it_opens_above_a_dialog_and_the_dialog_goes_on() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("w")
        assert front(keyboard) is AskScreen
        await keyboard.press("f3")
        assert front(keyboard) is ProcedureScreen
        await keyboard.press("f3")
        assert front(keyboard) is AskScreen
        assert "10" in screen_text(keyboard)


@in_loop
async def test_the_key_line_the_help_and_the_palette_tell_of_it_at_the_table_only() -> None:
    async with running(at_table(prepare=reported), LARGE) as keyboard:
        assert "h Procedure" in screen_text(keyboard)
        titles = [command.title for command in keyboard.app.get_system_commands(keyboard.app.screen)]
        assert "Procedure" in titles
        await keyboard.press("question_mark")
        assert "Your role, levels with thresholds" in page_of_help(keyboard)
        await keyboard.press("escape", "escape")
        assert front(keyboard) is not TableScreen
        assert "Procedure" not in screen_text(keyboard)
        titles = [command.title for command in keyboard.app.get_system_commands(keyboard.app.screen)]
        assert "Procedure" not in titles
        await keyboard.press("f3")
        assert front(keyboard) is not ProcedureScreen


def page_of_help(keyboard: Keyboard) -> str:
    return "\n".join(shown(listed(keyboard.app.screen, "keys")))


@in_loop
async def test_words_are_found_and_let_go_of() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("h", "4", "slash")
        await keyboard.type("grade")
        await keyboard.press("enter")
        assert "Grade the failure" in page(keyboard)
        assert "Circulate the result" not in page(keyboard)
        assert "c shows everything" in screen_text(keyboard)
        await keyboard.press("c")
        assert "Circulate the result" in page(keyboard)


@in_loop
async def test_in_a_hot_seat_it_is_of_whoever_sits_there_and_shut_while_nobody_does() -> None:
    async with running(at_table(roles=BOTH, mode="hot_seat", prepare=reported)) as keyboard:
        await keyboard.press("h", "2")
        assert "Response team lead" in page(keyboard).splitlines()[0]
        await keyboard.press("escape", "x")
        assert front(keyboard) is ChooseScreen
        await keyboard.press("f3")
        assert front(keyboard) is ChooseScreen
        await keyboard.press("enter")
        assert front(keyboard) is CoverScreen
        await keyboard.press("f3")
        assert front(keyboard) is CoverScreen
        await keyboard.press("enter", "h", "2")
        assert "Security administrator" in page(keyboard).splitlines()[0]


@in_loop
async def test_a_facilitator_reads_it_at_the_console_too() -> None:
    async with running(at_table(roles=(), mode="facilitated", prepare=judged)) as keyboard:
        await keyboard.press("v", "f3")
        assert front(keyboard) is ProcedureScreen
        await keyboard.press("2")
        assert "Nobody at this seat plays a role." in page(keyboard)


@in_loop
async def test_what_comes_in_while_it_is_read_is_shown_and_the_place_kept() -> None:
    async with running(at_table(roles=("discoverer",))) as keyboard:
        await keyboard.press("h", "1")
        before = page(keyboard)
        assert "No message yet." in before
        table(keyboard.app).seat.go_on()
        await keyboard.settle()
        assert "No message yet." not in page(keyboard)


@in_loop
async def test_it_is_told_in_the_other_language_at_once() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("h", "3", "ctrl+l")
        assert "如何确定级别" in page(keyboard)
