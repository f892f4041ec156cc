"""Names for those who play: asked for at the table and at the console, shown where the keyboard is handed over."""

from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.table.keys import can_be_done
from incidentsim.tui.table.screen import TableScreen
from tests.support.at_the_table import BOTH, in_loop, screen_text, session_at, table
from tests.support.keyboard import Keyboard, running
from tests.support.screens import at_table


def top(keyboard: Keyboard) -> object:
    return keyboard.app.screen


def names(keyboard: Keyboard) -> list[str]:
    return [person.played_by for person in table(keyboard.app).seat.view("en").people]


@in_loop
async def test_a_seat_is_chosen_and_named_and_the_name_stands_where_the_keyboard_is_handed_over() -> None:
    async with running(at_table(roles=BOTH, mode="hot_seat")) as keyboard:
        await keyboard.press("f4")
        assert isinstance(top(keyboard), ChooseScreen)
        await keyboard.press("down", "enter")
        assert isinstance(top(keyboard), AskScreen)
        await keyboard.press(*"Ben", "enter")
        assert isinstance(top(keyboard), TableScreen)
        assert names(keyboard) == ["", "Ben"]
        await keyboard.press("x")
        assert "Ben: Zhou Heng" in screen_text(keyboard)


@in_loop
async def test_leaving_without_an_answer_changes_nothing_and_an_empty_name_leaves_the_seat() -> None:
    async with running(at_table()) as keyboard:
        await keyboard.press("f4", "escape", "f4", "enter", "escape")
        assert names(keyboard) == [""]
        await keyboard.press("f4", "enter", *"Anna", "enter", "f4", "enter", "ctrl+l")
        assert "Anna" in screen_text(keyboard)
        await keyboard.press("ctrl+l", *["backspace"] * 4, "enter")
        assert names(keyboard) == [""]


@in_loop
async def test_a_facilitator_names_them_from_the_console() -> None:
    async with running(at_table(mode="facilitated")) as keyboard:
        await keyboard.press("v")
        assert isinstance(top(keyboard), ConsoleScreen)
        await keyboard.press("f4", "enter", *"Anna", "enter")
        assert names(keyboard) == ["Anna"]


@in_loop
async def test_nobody_is_seated_where_bots_play_everybody_or_it_is_over() -> None:
    async with running(at_table(roles=(), mode="facilitated")) as keyboard:
        assert not can_be_done("players", table(keyboard.app).view)
        assert session_at(keyboard.app).people == ()
