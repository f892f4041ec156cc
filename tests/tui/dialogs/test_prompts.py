"""Questions: an answer that is given several times at once is taken once, and nothing else goes away with it."""

from typing import Any

import pytest
from textual.events import Key
from textual.screen import Screen

from incidentsim.tui.dialogs.lines_form import LinesForm
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from tests.support.at_the_table import in_loop, table
from tests.support.keyboard import running
from tests.support.screens import at_table


@pytest.mark.parametrize("kind", [AskScreen, LinesForm, ChooseScreen])
def test_an_answer_that_is_given_several_times_at_once_is_taken_once(kind: type[Screen[Any]]) -> None:
    taken: list[object] = []

    def take(answer: object) -> bool:
        taken.append(answer)
        return True

    def question() -> Screen[Any]:
        if kind is AskScreen:
            return AskScreen("What?", "this", accept=take)
        if kind is LinesForm:
            return LinesForm(lambda: "What?", lambda: [("a", "A")], {"a": "that"}, lambda _kept: None, take)
        return ChooseScreen("Which?", [("one", "One")])

    @in_loop
    async def look() -> None:
        async with running(at_table()) as keyboard:
            here, answers = table(keyboard.app), list[object]()
            keyboard.app.push_screen(question(), answers.append)
            await keyboard.settle()
            for _time in range(4):
                keyboard.app.post_message(Key("enter", "\r"))
            await keyboard.settle()
            assert len(answers) == 1
            assert taken == ([] if kind is ChooseScreen else answers)
            assert keyboard.app.screen is here

    look()
