"""What the table says of its keys is what the settings make of them."""

import pytest

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.session.pacing import Pacing
from incidentsim.settings import Settings
from incidentsim.tui.table.keys import help_words, key_words, pacing_words, shipped_keys
from tests.support.at_the_table import in_loop, screen_text
from tests.support.keyboard import running
from tests.support.screens import at_table

OTHERS = {"table.go_on": "g,f6", "table.pause": "ctrl+p", "table.debrief": "f7", "table.coach": "c", "table.hint": "z"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_the_keys_of_the_settings(language: Language) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(language)) as keyboard:
            app = keyboard.app
            for changed in (False, True):
                if changed:
                    app.settle(Settings(keys=OTHERS))
                names = {name: key_words(app, name.removeprefix("table.")) for name in OTHERS}
                said = [
                    *(pacing_words(app, Pacing(live=live, paused=paused)) for live, paused in
                      ((False, False), (True, True), (True, False))),
                    *help_words(app),
                ]  # fmt: skip
                assert names["table.go_on"] in said[0]
                assert all(names["table.pause"] in sentence for sentence in said[1:3])
                whole = " ".join(said)
                assert names["table.coach"] in whole
                assert names["table.hint"] in whole
                expected = {"table.pause": "^p", "table.go_on": "g"} if changed else {"table.pause": "p"}
                assert expected.items() <= names.items()

    go()


@in_loop
async def test_the_news_and_the_question_before_a_deadline_name_the_key_that_was_chosen() -> None:
    async with running(at_table()) as keyboard:
        keyboard.app.settle(Settings(keys={"table.go_on": "g"}))
        await keyboard.press("g", "g", "g")
        assert "Press g again to let it pass." in screen_text(keyboard)


def test_every_key_of_the_table_has_words() -> None:
    assert {"table.go_on", "table.pause", "table.debrief"} <= shipped_keys().keys()
