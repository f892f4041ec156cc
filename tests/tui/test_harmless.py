"""Whatever a scenario, a facilitator or a player writes is shown, and does nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.interventions import Add, Note, Undo
from incidentsim.domain.text import FreeText
from incidentsim.session.session import Session
from incidentsim.session.writing.field_entries import typed
from incidentsim.tui.dialogs.detail import DetailScreen, told
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.widgets.text import Words, lines, plain
from tests.support.at_the_table import BOTH, NASTY, confirmation, in_loop, judged, reported, screen_text, table
from tests.support.examples import examples
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, SMALL, at_table
from tests.tui.widgets.test_line_list import harmless

CELLS = {SMALL: 80, LARGE: 160}


def nasty(session: Session) -> None:
    """Nasty text wherever people can write any."""
    reported(session)
    session.act(confirmation(NASTY), takes=0)
    session.intervene(Add(("response_team",), "phone", typed(NASTY), typed(NASTY + "\n" + NASTY), "leak"))
    session.intervene(Note(typed(NASTY), 1))
    session.live_to(session.now)


def is_harmless(keyboard: Keyboard, columns: int) -> bool:
    """Every row is exactly as wide as the screen, nothing in it acts, and no link came of it."""
    strips = keyboard.app.screen._compositor.render_strips()
    assert all(strip.cell_length == columns for strip in strips)
    assert all(one.style is None or one.style.meta.get("@click") != "app.quit" for strip in strips for one in strip)
    assert keyboard.app.is_running
    return all(harmless(strip.text) for strip in strips)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
@pytest.mark.parametrize(
    "keys",
    ["1", "1 enter", "4", "4 end enter", "2", "v", "v i", "v tab end o", "v u"],
)
def test_nasty_text_is_only_text_on_every_screen(keys: str, size: tuple[int, int]) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(mode="facilitated", prepare=nasty), size) as keyboard:
            await keyboard.press(*keys.split())
            assert is_harmless(keyboard, CELLS[size])

    go()


@in_loop
async def test_nasty_text_is_only_text_in_forms_questions_titles_and_notices() -> None:
    async with running(at_table(prepare=reported), LARGE) as keyboard:
        at = table(keyboard.app)
        await keyboard.press("a")
        await keyboard.paste(NASTY)
        assert is_harmless(keyboard, 160)
        await keyboard.press("escape")
        for screen in (
            AskScreen(NASTY, NASTY),
            ChooseScreen(NASTY, [("a", NASTY)]),
            DetailScreen(NASTY, [(NASTY, NASTY)]),
        ):
            keyboard.app.push_screen(screen)
            await keyboard.settle()
            assert is_harmless(keyboard, 160)
            assert "[bold]x[/]" in screen_text(keyboard)
            await keyboard.press("escape")
        at.say(NASTY, wrong=True)
        at.query_one("#pane-log").border_title = plain(NASTY)
        at.query_one("#head", Words).say(NASTY)
        await keyboard.settle()
        assert is_harmless(keyboard, 160)
        assert screen_text(keyboard).count("[bold]x[/]") >= 2


@in_loop
async def test_a_link_in_a_text_cannot_be_clicked() -> None:
    async with running(at_table(mode="facilitated", prepare=nasty), LARGE) as keyboard:
        await keyboard.press("1")
        rows = screen_text(keyboard).splitlines()
        for y, row in enumerate(rows):
            if (x := row.find("@click")) >= 0:
                await keyboard.click(x + 2, y)
        assert keyboard.app.is_running


@given(st.text(st.characters(), max_size=200), st.integers(1, 80))
@examples(300)
def test_every_line_of_any_text_is_harmless(text: str, columns: int) -> None:
    assert all(harmless(one) for one in lines(text, columns))
    assert harmless(plain(text).plain)
    assert all(harmless(one) for one in told([(text, text)], columns).plain.split("\n"))


@in_loop
async def test_a_reason_for_undoing_is_only_text() -> None:
    def prepare(session: Session) -> None:
        judged(session)
        session.intervene(Undo(FreeText(NASTY)))

    async with running(at_table(roles=BOTH, mode="facilitated", prepare=prepare)) as keyboard:
        await keyboard.press("4", "end")
        assert is_harmless(keyboard, 80)
