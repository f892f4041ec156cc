"""The log: what happened, all of it or narrowed down to a kind, an incident or some words."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click
from textual.message import Message

from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.log_filters import FILTERS, filter_words, passes
from incidentsim.session.seat_view import LogEntry, SeatView
from incidentsim.tui.log_rows import LogLines
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.text import Words, cut


class FilterLine(Words):
    """The line that says which facts the log shows; a click goes on to the next filter."""

    class Clicked(Message):
        """It was clicked on."""

    def on_click(self, _event: Click) -> None:
        """Tell the pane."""
        self.post_message(self.Clicked())


class LogPane(Vertical):
    """Shows the log; tells which fact is to be looked at closely."""

    class Opened(Message):
        """A fact is to be looked at closely."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__(id="pane-log", classes="pane")
        self.filter = "all"
        """One of `FILTERS`, or `incident`: what is about the one that actions are about."""
        self.search = ""
        """Words that a line must hold."""
        self._view: SeatView | None = None
        self._lines = LogLines()
        self._looked_at: tuple[object, ...] = ()
        self._seen = 0

    def compose(self) -> ComposeResult:
        """Make the line with the filter, and the log."""
        yield FilterLine(id="filter")
        log = LineList(id="log")
        log.follow = True  # the cursor follows the end while it stands there
        yield log

    def show(self, view: SeatView) -> None:
        """Show the log; only what is new is drawn, unless what is shown of it has changed."""
        self._view = view
        log = self.query_one("#log", LineList)
        only = view.incident if self.filter == "incident" else None
        wanted = (self.filter, only)
        if self._lines.show(view.log, several=view.several, wanted=wanted, passes=self._passes, search=self.search):
            log.show(self._lines.lines, empty=_("Nothing of this kind is on record."))
            looked_at = (*wanted, self.search, view.keyboard)
            if looked_at != self._looked_at:
                log.action_far(1)  # something else is looked at: its end is what counts
                self._looked_at = looked_at
        self._note_end()
        self._show_filter(view)  # there may be another width

    def _note_end(self) -> None:
        """Note how many lines were there when the cursor last stood at the end: what comes then lies below it."""
        log = self.query_one("#log", LineList)
        if log.cursor >= len(log.lines) - 1 or self._seen > len(log.lines):
            self._seen = len(log.lines)

    @on(LineList.Moved, "#log")
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._note_end()
        if self._view is not None:
            self._show_filter(self._view)

    @property
    def narrowed(self) -> bool:
        """True if not all of the log is shown."""
        return self.filter != "all" or bool(self.search)

    def widen(self) -> bool:
        """Show all of the log again; whether less of it was shown."""
        narrowed = self.narrowed
        self.filter, self.search = "all", ""
        if narrowed and self._view is not None:
            self.show(self._view)
        return narrowed

    def ask(self) -> None:
        """Ask for words and narrow it down to lines with them."""
        from incidentsim.tui.dialogs.prompts import AskScreen

        ask = AskScreen(lambda: _("Which words? (none: everything)"), self.search)
        self.app.push_screen(ask, lambda words: None if words is None else self.find(words))

    def _passes(self, entry: LogEntry) -> bool:
        if self.filter == "incident":
            return self._view is not None and entry.incident == self._view.incident
        return passes(entry.kind, self.filter)

    def _show_filter(self, view: SeatView) -> None:
        shown = filter_words().get(self.filter) or _("what is about {incident}").format(incident=view.incident or "")
        words = _("Shown: {what}").format(what=shown)
        searched = _(" · with “{words}”").format(words=self.search) if self.search else ""
        hint = _("  (f: filter, /: search, esc: show all)") if self.narrowed else _("  (f: filter, /: search)")
        below = len(self.query_one("#log", LineList).lines) - self._seen
        if below > 0:
            hint = "  " + ngettext("{n} new below: End", "{n} new below: End", below).format(n=below) + hint
        columns = max(self.screen.size.width - 4, 20)
        self.query_one("#filter", Words).say(cut(words + searched + hint, columns))

    def drawn(self, entry: LogEntry, *, several: bool) -> Line:
        """The line of an entry."""
        return self._lines.line(entry, several=several)

    def next_filter(self) -> None:
        """Narrow it down to the next kind of facts."""
        if self._view is None:
            return
        filters = [*FILTERS, "incident"] if len(self._view.incidents) > 1 else list(FILTERS)
        here = filters.index(self.filter) if self.filter in filters else -1
        self.filter = filters[(here + 1) % len(filters)]
        self.show(self._view)

    def find(self, words: str) -> None:
        """Narrow it down to lines with these words; all of it if there are none."""
        self.search = words.strip()
        if self._view is not None:
            self.show(self._view)

    @on(FilterLine.Clicked)
    def _filter_clicked(self, event: FilterLine.Clicked) -> None:
        event.stop()
        self.next_filter()

    @on(LineList.Chosen, "#log")
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Opened(int(event.name or 0)))
