"""The way from the table to the facilitator's console, and from there on."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from incidentsim.domain.errors import SurroundingsError
from incidentsim.tui.console.screen import ConsoleAnswer, ConsoleScreen

if TYPE_CHECKING:
    from incidentsim.session.seat import Seat
    from incidentsim.tui.shell import Shell


def open_console(shell: "Shell", seat: "Seat", ways: Mapping[str, Callable[[], None]]) -> None:
    """Open the console of this seat; when it is left, go the way that its answer names, if there is one.

    Where the record failed, `ways["failed"]` is gone.
    """

    def on(answer: ConsoleAnswer | None) -> None:
        way = "failed" if isinstance(answer, SurroundingsError) else answer
        if way is not None and way in ways:
            ways[way]()

    shell.push_screen(ConsoleScreen(seat), on)
