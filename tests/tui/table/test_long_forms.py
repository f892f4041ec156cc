"""A form longer than the screen: what is typed is seen, and all that stands above can be read with the keys."""

from textual.containers import VerticalScroll

from tests.support.at_the_table import in_loop, reported, screen_text
from tests.support.keyboard import running
from tests.support.screens import at_table


@in_loop
async def test_what_is_typed_is_seen_and_what_stands_above_is_read_with_the_keys() -> None:
    async with running(at_table(prepare=reported), (80, 24)) as keyboard:
        await keyboard.press("a")
        assert "Is it an information-security incident?" in screen_text(keyboard)
        await keyboard.press(*"mine")
        assert "mine" in screen_text(keyboard)
        await keyboard.press("shift+tab", "home")
        assert "Is it an information-security incident?" in screen_text(keyboard)
        await keyboard.press("pagedown")
        assert "Speaks against it:" in screen_text(keyboard)
        await keyboard.press("tab")
        await keyboard.press(*"!")
        assert "mine!" in screen_text(keyboard)


@in_loop
async def test_words_that_are_typed_or_pasted_while_one_reads_go_where_they_are_asked_for() -> None:
    async with running(at_table(prepare=reported), (80, 24)) as keyboard:
        await keyboard.press("b", "tab")
        await keyboard.press(*"a routine")
        assert "a routine" in screen_text(keyboard)
        assert "Ready to send" in screen_text(keyboard)
        await keyboard.press("shift+tab", "home")
        await keyboard.paste(" test")
        assert "a routine test" in screen_text(keyboard)


@in_loop
async def test_whoever_sends_too_early_is_brought_to_what_is_missing() -> None:
    async with running(at_table(prepare=reported), (80, 24)) as keyboard:
        await keyboard.press("b")
        assert "Reasons" not in screen_text(keyboard)
        await keyboard.press("f2")
        assert "Reasons" in screen_text(keyboard)
        above = keyboard.app.screen.query_one(VerticalScroll)
        await keyboard.press("shift+tab")
        above.scroll_home(animate=False)
        await keyboard.settle()
        assert above.scroll_offset.y == 0
        await keyboard.press("tab")
        assert above.scroll_offset.y == above.max_scroll_y > 0, "the first field comes into view like any other"
