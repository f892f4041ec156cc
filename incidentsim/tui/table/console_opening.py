"""The way from the table to the facilitator's console, and from there on."""

from typing import TYPE_CHECKING, Protocol

from incidentsim.domain.errors import SurroundingsError
from incidentsim.tui.console.screen import ConsoleAnswer, ConsoleScreen

if TYPE_CHECKING:
    from incidentsim.session.seat import Seat
    from incidentsim.tui.shell import Shell
    from incidentsim.tui.table.hand import Hand


class Table(Protocol):
    """The table, as far as one comes back to it from the console."""

    seat: "Seat"

    @property
    def shell(self) -> "Shell":
        """The application."""

    def action_leave(self) -> None:
        """Go home."""

    def action_debrief(self) -> None:
        """Go to the debrief."""

    def action_players(self) -> None:
        """Ask who sits where."""


def open_console(table: Table, hand: "Hand") -> None:
    """Open the console of this table's seat; when it is left, go where its answer leads, if anywhere.

    Where the record failed, `hand` takes the run up anew.
    """

    def on(answer: ConsoleAnswer | None) -> None:
        match answer:
            case "home":
                table.action_leave()
            case "debrief":
                table.action_debrief()
            case "players":
                table.action_players()
            case SurroundingsError():
                hand.take_up_anew()
            case None:
                pass

    table.shell.push_screen(ConsoleScreen(table.seat), on)
