"""Talking line by line: what is said goes to stdout in whole lines, what is answered is read line by line.

Nothing here moves a cursor or changes a colour, and nothing that is shown can.
"""

import io
import select
from collections.abc import Iterable
from typing import Final, TextIO

import click

from incidentsim.cli.output import say
from incidentsim.exports.wording.plain_text import PAGE, visible, wrap
from incidentsim.messages import gettext as _

PROMPT: Final = "> "
PASTE_WAIT: Final = 0.1
"""Seconds after which nothing more follows of what was pasted into a terminal."""


class NoAnswerError(Exception):
    """Nobody answers any more: the input is at its end."""


class LeaveError(Exception):
    """A person who answers has asked to leave the dialogue."""


class Talk:
    """One conversation: what is said and what is answered."""

    def __init__(self, answers: TextIO | None) -> None:
        """`answers` is `None` where there is no input at all."""
        if isinstance(answers, io.TextIOWrapper):
            answers.reconfigure(encoding="utf-8", errors="backslashreplace")
        self._answers = answers
        self._echo = answers is None or not answers.isatty()

    def say(self, *paragraphs: str) -> None:
        """Say each of these, in lines that fit the page; line breaks within them are kept."""
        say(line for paragraph in paragraphs for line in self._lines(paragraph))

    def ask(self) -> str:
        """The next answer. Where it comes through a pipe it is repeated, so that the transcript can be read.

        Raises:
            NoAnswerError: there is none.
        """
        click.echo(PROMPT, nl=False)
        try:
            answer = self._answers.readline() if self._answers is not None else ""
        except (OSError, ValueError):  # the terminal went away
            answer = ""
        if not answer:
            say()
            raise NoAnswerError
        answer = answer.rstrip("\r\n")
        if self._echo:
            say(visible(answer))
        return answer

    @property
    def at_keyboard(self) -> bool:
        """True if answers come from a terminal."""
        return not self._echo

    def is_typed(self) -> bool:
        """Return whether a line that was read came from a keyboard, with nothing behind it: no paste, no pipe."""
        answers = self._answers
        if not self.at_keyboard or answers is None:
            return False
        try:
            return not select.select([answers], [], [], PASTE_WAIT)[0]
        except (OSError, ValueError):  # what cannot be asked, as a console of Windows, may hold more
            return False

    @staticmethod
    def _lines(paragraph: str) -> Iterable[str]:
        for part in paragraph.splitlines() or [""]:
            yield from wrap(visible(part), PAGE.get())


def farewell(run: str | None, *, ended: bool) -> str:
    """Return the sentence that ends a dialogue; `run` is the id of its record, `None` where none was kept."""
    if run is None:
        return _("Until next time. No record was kept of this run.")
    if ended:
        told = _("Everything is on record: “incidentsim show {run}” tells all of it.")
        more = _("“incidentsim compare {run}” sets it beside earlier runs of the team.")
        return _("{sentence} {more}").format(sentence=told, more=more).format(run=run)
    return _("Nothing is lost. “incidentsim play --plain --resume {run}” goes on from here.").format(run=run)
