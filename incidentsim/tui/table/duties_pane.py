"""The duties: who owes what until when, and the regulatory deadlines below them."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from incidentsim.session.seat_view import SeatView
from incidentsim.tui.table.clocks import clock_lines
from incidentsim.tui.table.rows import duty_lines
from incidentsim.tui.widgets.line_list import LineList


class DutiesPane(Vertical):
    """Shows open duties and regulatory deadlines; tells which is to be looked at closely."""

    class Opened(Message):
        """A duty (its number) or a clock (`clock/INCIDENT/CLOCK`) is to be looked at closely."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id="pane-duties", classes="pane")

    def compose(self) -> ComposeResult:
        """The list."""
        yield LineList(id="duties")

    def show(self, view: SeatView) -> None:
        """Show what is owed."""
        self.query_one("#duties", LineList).show([*duty_lines(view), *clock_lines(view)])

    @on(LineList.Chosen, "#duties")
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Opened(event.name or ""))
