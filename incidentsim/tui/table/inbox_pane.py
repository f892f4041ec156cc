"""The inbox: what reached whoever sits there, and the message at the cursor below it."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from incidentsim.messages import gettext as _
from incidentsim.session.seat_view import InboxMessage, SeatView
from incidentsim.tui.dialogs.detail import told
from incidentsim.tui.table.keys import pacing_words
from incidentsim.tui.table.rows import inbox_lines
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.sheet import Refitted, Sheet
from incidentsim.tui.widgets.text import plain, show

if TYPE_CHECKING:
    from rich.text import Text


class InboxPane(Vertical):
    """Shows a seat's messages. It tells when one has been read, and when one is opened."""

    class Read(Message):
        """A message was looked at that was unread."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Opened(Read):
        """A message is to be looked at closely."""

    def __init__(self) -> None:
        super().__init__(id="pane-inbox", classes="pane")
        self._view: SeatView | None = None
        self._shown: tuple[int, int] | None = None
        self._words: Text | None = None

    def compose(self) -> ComposeResult:
        """The messages in a list, and room to read one."""
        yield LineList(id="inbox")
        with Sheet(id="reading", can_focus=False):
            yield Static("", id="message", markup=False)

    @property
    def reading(self) -> bool:
        """True if the list of messages has the focus."""
        return self.query_one("#inbox", LineList).has_focus

    def show(self, view: SeatView, *, newest: int | None = None) -> None:
        """Show the messages; the cursor goes to the message `newest`, if any."""
        self._view = view
        at = str(newest) if newest is not None else None
        empty = _("No message yet.") + " " + ("" if view.ended else pacing_words(self.app, view.pacing))
        self.query_one("#inbox", LineList).show(inbox_lines(view), empty=empty, at=at)
        self._look()

    def _at_cursor(self) -> InboxMessage | None:
        name = self.query_one("#inbox", LineList).name_at_cursor
        messages = self._view.inbox if self._view is not None else ()
        return next((message for message in messages if str(message.number) == name), None)

    def _look(self) -> None:
        """Show the message at the cursor; whoever is at the list reads it."""
        message = self._at_cursor()
        self._read(message)
        if message is not None and not message.read and self.reading:
            self.post_message(self.Read(message.number))

    def _read(self, message: InboxMessage | None) -> None:
        if message is None:
            self.query_one("#message", Static).update(plain(_("What reaches you is read here.")))
            self._words = None
            return
        head = _("{time} · {channel} → {people}")
        if message.sender:
            head = _("{time} · {channel} · {sender} → {people}")
        head = head.format(time=message.time, channel=message.channel, sender=message.sender, people=message.to)
        columns = max(self.query_one("#reading").size.width - 3, 20)
        parts = [(message.subject, head), ("", message.body)] if message.body else [("", message.subject), ("", head)]
        if message.attachments:
            parts.append((_("Attachments"), "\n".join(file.words for file in message.attachments)))
        content = told(parts, columns)
        show(self.query_one("#message", Static), content, self._words)
        self._words = content
        if (message.number, columns) != self._shown:
            self._shown = (message.number, columns)
            self.query_one("#reading").scroll_home(animate=False)

    def on_refitted(self, event: Refitted) -> None:
        """Break the message at the cursor for another width of the pane."""
        event.stop()
        self._look()

    def on_descendant_focus(self) -> None:
        """Show the message at the cursor, and report it as read."""
        self._look()

    @on(LineList.Chosen, "#inbox")
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Opened(int(event.name or 0)))

    @on(LineList.Moved, "#inbox")
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._look()
