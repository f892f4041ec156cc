"""Asking line by line: telling what is typed from what is pasted or piped."""

import io
import os
import sys

import pytest

from incidentsim.cli.dialogue.talk import Talk


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_terminal_a_line_with_more_behind_it_is_pasted_and_the_last_one_is_not() -> None:
    keyboard, terminal = os.openpty()
    with os.fdopen(terminal, "r", encoding="utf-8") as answers:
        talk = Talk(answers)
        assert talk.at_keyboard
        os.write(keyboard, "first\n\nlast，末行\n".encode())
        assert [(talk.ask(), talk.is_typed()) for _line in range(3)] == [
            ("first", False),
            ("", False),
            ("last，末行", True),
        ]
    os.close(keyboard)


def test_what_comes_through_a_pipe_or_from_nowhere_is_never_taken_for_typed() -> None:
    for answers in (io.StringIO("a\n"), None):
        talk = Talk(answers)
        assert not talk.at_keyboard
        assert not talk.is_typed()
