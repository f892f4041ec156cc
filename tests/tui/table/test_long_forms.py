"""A form longer than the screen: what is typed is seen, and all that stands above can be read with the keys."""

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
