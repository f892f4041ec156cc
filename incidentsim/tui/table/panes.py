"""The four panes of the table side by side, or where there is room for one only, the one that the keys go to."""

from typing import Final

from textual.app import ComposeResult
from textual.containers import Container

from incidentsim.session.seat_view import SeatView
from incidentsim.tui.table.actions_pane import ActionsPane
from incidentsim.tui.table.coaching import CoachStrip
from incidentsim.tui.table.duties_pane import DutiesPane
from incidentsim.tui.table.head import pane_names
from incidentsim.tui.table.inbox_pane import InboxPane
from incidentsim.tui.table.log_pane import LogPane
from incidentsim.tui.widgets.text import plain

PANES: Final = ("inbox", "actions", "duties", "log")


class Panes(Container):
    """Inbox, actions, duties and log."""

    def __init__(self, here: int) -> None:
        """`here` is the place of the pane that the keys go to."""
        super().__init__(id="panes")
        self.here = here

    def compose(self) -> ComposeResult:
        """The strip of the coach above the panes."""
        yield CoachStrip(id="coach", classes="-silent")
        yield InboxPane()
        yield ActionsPane()
        yield DutiesPane()
        yield LogPane()

    def show(self, view: SeatView, *, newest: int | None = None) -> None:
        """Show what a seat sees; the cursor of the inbox goes to the message `newest`, if any."""
        self.query_one(CoachStrip).tell(view, max(self.screen.size.width - 2, 20), self.screen.size.height)
        self.query_one(InboxPane).show(view, newest=newest)
        self.query_one(ActionsPane).show(view)
        self.query_one(DutiesPane).show(view)
        self.query_one(LogPane).show(view)

    def entitle(self, view: SeatView) -> list[str]:
        """Name the panes, each with its digit and with how much in it asks for attention; gives the names."""
        names = pane_names(view)
        for number, pane in enumerate(PANES):
            about = f" · {view.incident}" if pane == "actions" and len(view.incidents) > 1 else ""
            self.query_one(f"#pane-{pane}").border_title = plain(f"{number + 1} {names[number]}{about}")
        return names

    def mark(self) -> None:
        """Mark the pane that the keys go to; where there is room for one pane only, it is the one shown."""
        for place, pane in enumerate(PANES):
            self.query_one(f"#pane-{pane}").set_class(place == self.here, "-here")

    def enter(self) -> None:
        """Let the keys go to the pane."""
        self.screen.set_focus(self.query_one(f"#{PANES[self.here]}"))  # at once: the next key may be another pane's
