"""Room in which texts are laid out by hand, and the news that it has another width.

The library lays a screen out in turns: after a resize, styles that depend on the window's size come a turn later than
the resize itself. What was laid out for the width of the first turn would stay so; therefore whatever lays texts out
for the width of a widget does so anew when that widget has another width, however it came about.
"""

from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget


class Refitted(Message):
    """A widget that others lay texts out for has another width than it had."""


class WidthWatch:
    """Reports `Refitted` when a widget has another width; the first one is no change.

    The whole width counts, whether a scroll bar stands in it or not: else a text that is just too long would be laid
    out for ever.
    """

    def __init__(self) -> None:
        self._width: int | None = None
        self._hidden = False

    def hide(self) -> None:
        """Take note that a widget is shown no more: what is laid out for it meanwhile is laid out for no width."""
        self._hidden = True

    def show(self, widget: Widget) -> None:
        """Take note that a widget is shown: after it was hidden it may have the width it had, and no news of that."""
        if self._hidden:
            self._hidden = False
            widget.post_message(Refitted())

    def look(self, widget: Widget) -> None:
        """Look at a widget that was resized."""
        before, self._width = self._width, widget.outer_size.width
        if before is not None and before != self._width > 0:  # it may have been hidden, or the window next to nothing
            widget.post_message(Refitted())


class Sheet(VerticalScroll):
    """A container whose text is laid out for its width: it reports `Refitted`."""

    def __init__(self, *children: Widget, id: str, classes: str | None = None, can_focus: bool | None = None) -> None:  # noqa: A002 - Textual's word
        """What Textual's own container takes."""
        super().__init__(*children, id=id, classes=classes, can_focus=can_focus)
        self._watch = WidthWatch()

    def on_resize(self) -> None:
        """Report another width."""
        self._watch.look(self)

    def on_hide(self) -> None:
        """Take note of being hidden."""
        self._watch.hide()

    def on_show(self) -> None:
        """Have what was laid out meanwhile laid out anew."""
        self._watch.show(self)
