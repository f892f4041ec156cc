"""How many minutes: asked the same way wherever somebody lets time pass or puts something off."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.prompts import AskScreen

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell

_MOST_DIGITS: Final = 5


def ask_minutes(shell: "Shell", question: Callable[[], str], take: Callable[[int], None]) -> None:
    """Ask for a whole number of minutes; `take` gets it. What is no such number is said, what is left does nothing."""

    def accept(answer: str) -> bool:
        will_do = answer.isascii() and answer.isdecimal() and len(answer) <= _MOST_DIGITS
        if not will_do:
            shell.say(_("Say a whole number of minutes."), severity="warning")
        return will_do

    def answered(answer: str | None) -> None:
        if answer is not None:
            take(int(answer))

    shell.push_screen(AskScreen(question, "10", accept=accept), answered)
