"""The two panes of a debrief: the lists of its parts, one of them in view, and what the line at the cursor rests on."""

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from incidentsim.tui.debrief.evidence import Parts
from incidentsim.tui.debrief.parts import LOG, PARTS, PICTURE, SHORT, empty_words
from incidentsim.tui.debrief.tellers import PartLines
from incidentsim.tui.dialogs.detail import told
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.text import Words

_ABOVE = {PICTURE: "axis", LOG: "filter"}
"""Where what stands above the lines of a part is shown."""


class PartsPane(Vertical):
    """A list for each part, of which one is in view; each keeps its cursor."""

    DEFAULT_CSS = """
    PartsPane .part { display: none; height: 1fr; }
    PartsPane .part.-here { display: block; }
    PartsPane #axis { height: auto; padding: 0 2; background: $surface; display: none; text-wrap: nowrap; }
    PartsPane #filter { height: 1; padding: 0 2; color: $text-muted; display: none; }
    """

    class Moved(Message):
        """The cursor of the part in view stands on another line."""

    class Chosen(Message):
        """The line at the cursor was chosen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._part = SHORT
        self._places: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Make the texts that stand above the timeline and the log, and a list for each part."""
        yield Words(id="axis")
        yield Words(id="filter")
        for name, _title in PARTS:
            yield LineList(id=f"part-{name}", classes="part")

    @property
    def in_view(self) -> LineList:
        """The list of the part in view."""
        return self._list(self._part)

    def _list(self, part: int) -> LineList:
        return self.query_one(f"#part-{PARTS[part][0]}", LineList)

    @property
    def name_at_cursor(self) -> str | None:
        """The name of the line at the cursor of the part in view."""
        return self.in_view.name_at_cursor

    def places(self) -> dict[str, str]:
        """Return the name of the line at the cursor of each list, by the name of the part.

        A list that shows no such line now keeps the one it was left at.
        """
        standing = {name: self._list(part).name_at_cursor for part, (name, _title) in enumerate(PARTS)}
        return {**self._places, **{name: at for name, at in standing.items() if at is not None}}

    def put_back(self, places: Mapping[str, str]) -> None:
        """Let the cursors stand there when the parts are filled for the first time."""
        self._places = dict(places)

    def bring(self, part: int) -> None:
        """Bring a part into view."""
        self._part = part
        for number in range(len(PARTS)):
            self._list(number).set_class(number == part, "-here")

    def fill(self, shown: PartLines) -> None:
        """Show these lines in the part in view; its cursor stays where it stood."""
        if self._part in _ABOVE:
            self.query_one(f"#{_ABOVE[self._part]}", Words).say(shown.above)
        lines = self.in_view
        at = self._places.pop(PARTS[self._part][0], None) if not lines.lines else None
        lines.show(shown.lines, empty=empty_words(self._part), at=at)

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        if event.lines is self.in_view:
            self.post_message(self.Moved())

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen())


class AboutPane(VerticalScroll, can_focus=False):
    """The pane with the explanation of the line at the cursor."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static("", id="about", markup=False)

    def tell(self, parts: Parts, columns: int) -> None:
        """Tell it from its beginning, in so many columns."""
        self.query_one("#about", Static).update(told(parts, columns))
        self.scroll_home(animate=False)
