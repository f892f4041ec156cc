"""The way from the table to messages: one is written, or one of the inbox is read and then answered or forwarded."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.domain.errors import SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Detail, Outcome
from incidentsim.tui.message.reading import ReadScreen
from incidentsim.tui.message.start import Start, starts
from incidentsim.tui.table.attached import look_at
from incidentsim.tui.table.details import teller

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.tui.shell import Shell
    from incidentsim.tui.table.hand import Hand

Then = Callable[[Outcome], None]
"""What shows that a message was sent."""


def write(seat: Seat, shell: "Shell", hand: "Hand", then: Then, start: Start | None = None) -> None:
    """Open the form of a message.

    Args:
        seat: where it is written.
        shell: opens the screen.
        hand: goes on from the record where that failed.
        then: is told of a message that was sent.
        start: what it answers or forwards.
    """
    from incidentsim.tui.message.screen import WriteScreen

    def sent(result: Outcome | SurroundingsError | None) -> None:
        if isinstance(result, SurroundingsError):
            hand.failed(result)
        elif result is not None:
            then(result)

    shell.push_screen(WriteScreen(seat, shell.language, start), sent)


def read(seat: Seat, shell: "Shell", number: int, hand: "Hand", then: Then) -> None:
    """Show a message of the inbox in full (by the number of its fact); from there it is answered or forwarded."""

    def ask(language: "Language") -> Detail:
        message = next(message for message in seat.view(language).inbox if message.number == number)
        parts = (message.subject, message.body) if message.body else ("", message.subject)
        files = "\n".join(file.words for file in message.attachments)
        return Detail(f"#{number} {message.time}", (parts, (_("Attachments"), files)) if files else (parts,))

    def about(act: str | None) -> None:
        start = next((start for start in known if start.act == act), None)
        if start is not None:
            write(seat, shell, hand, then, start)

    told, known = teller(shell, ask), starts(seat, number, shell.language)
    came = any(message.attachments for message in seat.view(shell.language).inbox if message.number == number)
    attached = (lambda: look_at(seat, shell, number)) if came else None
    acts = [start.act for start in known]
    shell.push_screen(ReadScreen(lambda: told().title, lambda: told().parts, acts, attached), about)
