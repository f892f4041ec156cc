"""A row of names, one for each pane, where there is room for one pane at a time: a click or its digit shows it.

Textual's `Tabs` takes two lines where there is hardly room for one, marks the pane in view by colour and a moving line,
takes part in the focus, which the panes have, and mounts four widgets and one more for each name.
"""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from incidentsim.exports.wording.plain_text import width
from incidentsim.tui.widgets.text import settled, show


class Tabs(Static):
    """The names of the panes, the one in view marked."""

    DEFAULT_CSS = "Tabs { height: 1; padding: 0 1; background: $panel; }"

    class Picked(Message):
        """A pane was clicked on."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, markup=False)
        self._ends: list[int] = []
        self._shown: Text | None = None

    def tell(self, names: Sequence[str], here: int) -> None:
        """Show these names, closer together where they would not all fit."""
        room = self.content_size.width
        gap = "  " if sum(width(name) + 5 for name in map(settled, names)) <= (room or 80) else " "
        shown = Text(no_wrap=True, overflow="ellipsis")
        self._ends = []
        for number, name in enumerate(names):
            at = number == here
            shown.append(f"{'▸' if at else ' '}{number + 1} {settled(name)}{gap}", style="bold reverse" if at else "")
            self._ends.append(width(shown.plain))
        show(self, shown, self._shown)
        self._shown = shown

    def on_click(self, event: events.Click) -> None:
        """Pick the pane whose name was clicked."""
        place = event.x - 1
        for number, end in enumerate(self._ends):
            if place < end:
                self.post_message(self.Picked(number))
                return
