"""A long list of lines, drawn one by one as they come into view (Textual's Line API), so ten thousand cost nothing.

Each line is a sequence of pieces of plain text with a style each; nothing in it is ever read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.widgets.sheet import WidthWatch
from incidentsim.tui.widgets.text import cut


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a line. `style` names a component class of `LineList` (`lines--dim` is `dim`), or is empty."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces, and what it stands for (`name`), by which it is found again when the list changes.

    A line without a name is a heading: the cursor passes over it.
    """

    pieces: tuple[Piece, ...]
    name: str | None = None


def line(*pieces: str | Piece, name: str | None = None) -> Line:
    """A line of these pieces."""
    return Line(tuple(piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces), name)


class LineList(ScrollView, can_focus=True):
    """Lines with a cursor. It keeps its place by name when the lines change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--cursor",
        "lines--dim",
        "lines--strong",
        "lines--good",
        "lines--bad",
        "lines--warn",
        "lines--accent",
        "lines--heading",
    }
    DEFAULT_CSS = """
    LineList { height: 1fr; scrollbar-size-vertical: 1; background: $surface; color: $foreground; overflow-x: hidden; }
    LineList .lines--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    LineList .lines--dim { color: $foreground 65%; }
    LineList .lines--strong { text-style: bold; }
    LineList .lines--good { color: $text-success; }
    LineList .lines--bad { color: $text-error; text-style: bold; }
    LineList .lines--warn { color: $text-warning; }
    LineList .lines--accent { color: $text-accent; }
    LineList .lines--heading { text-style: bold underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up,k", "move(-1)", N_("Up"), id="lines.up", show=False),
        key("down,j", "move(1)", N_("Down"), id="lines.down", show=False),
        key("pageup", "page(-1)", N_("Page up"), id="lines.page_up", show=False),
        key("pagedown", "page(1)", N_("Page down"), id="lines.page_down", show=False),
        key("home", "far(-1)", N_("To the top"), id="lines.top", show=False),
        key("end", "far(1)", N_("To the end"), id="lines.end", show=False),
        key("enter", "choose", N_("Open"), id="lines.open", show=False),
    ]

    CLICK_OPENS: ClassVar[bool] = False
    """Whether one click opens a line; else the first one moves the cursor there."""

    cursor: reactive[int] = reactive(0, init=False)

    class Moved(Message):
        """The cursor stands on another line."""

        def __init__(self, lines: "LineList", name: str | None) -> None:
            super().__init__()
            self.lines = lines
            self.name = name

        @property
        def control(self) -> "LineList":
            """The list it comes from."""
            return self.lines

    class Chosen(Moved):
        """A line was opened: Enter, or a click on the line that the cursor stands on."""

    def __init__(self, *, id: str | None = None, empty: str = "", classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        """`empty` is shown where there is no line."""
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = []
        self._empty = empty
        self._strips: dict[tuple[int, int, bool], Strip] = {}
        self._styles: dict[str, Style] = {}
        self._watch = WidthWatch()

    @property
    def lines(self) -> Sequence[Line]:
        """The lines."""
        return self._lines

    @property
    def name_at_cursor(self) -> str | None:
        """The name of the line at the cursor; `None` where that line has none or there is no line."""
        return self._lines[self.cursor].name if 0 <= self.cursor < len(self._lines) else None

    def show(self, lines: Sequence[Line], *, empty: str | None = None, at: str | None = None) -> None:
        """Show other lines; the cursor stays with the name it stood on, or goes to `at`.

        Where the cursor stood at the end and nothing else is asked for, it follows the end.
        """
        wanted = at if at is not None else self.name_at_cursor
        following = bool(self._lines) and at is None and self.cursor >= len(self._lines) - 1 and self.follow
        before = (self.cursor, len(self._lines))
        self._lines = list(lines)
        if empty is not None:
            self._empty = empty
        self._strips.clear()
        self._measure()
        last = max(len(self._lines) - 1, 0)
        place = last if following else min(self.cursor, last)
        if not following and wanted is not None:
            place = next((index for index, one in enumerate(self._lines) if one.name == wanted), place)
        self.set_reactive(LineList.cursor, max(self._nearest(place, 1), 0))
        if (self.cursor, len(self._lines)) != before or at is not None:
            self._reveal()  # else it stays where it was scrolled to
        self.refresh()

    def extend(self, lines: Sequence[Line]) -> None:
        """Add lines below those that are shown; the cursor stays where it is. It costs what the new lines cost."""
        if not self._lines:
            self.show(lines)
            return
        self._lines.extend(lines)
        self._measure()
        self.refresh()

    follow: bool = False
    """Whether the cursor follows the end when lines are added while it stands there."""

    def watch_cursor(self, before: int, now: int) -> None:
        """Show where the cursor is."""
        for place in (before, now):
            self.refresh(Region(0, place - self.scroll_offset.y, self.size.width, 1))
        self._reveal()
        self.post_message(self.Moved(self, self.name_at_cursor))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """Move the cursor by what is in view."""
        self._go(self.cursor + by * max(self.size.height - 1, 1), by)

    def action_far(self, by: int) -> None:
        """Move the cursor to one end."""
        self._go(0 if by < 0 else len(self._lines) - 1, -by)

    def action_choose(self) -> None:
        """Open the line at the cursor."""
        if self.name_at_cursor is not None:
            self.post_message(self.Chosen(self, self.name_at_cursor))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line clicked on; a click on the cursor opens it."""
        place = event.y + self.scroll_offset.y
        if not 0 <= place < len(self._lines) or self._lines[place].name is None:
            return
        if place == self.cursor or self.CLICK_OPENS:
            self.cursor = place
            self.action_choose()
        else:
            self.cursor = place

    def on_hide(self) -> None:
        """Take note of being hidden."""
        self._watch.hide()

    def on_show(self) -> None:
        """Have the lines fitted that others broke for it meanwhile."""
        self._watch.show(self)

    def on_resize(self) -> None:
        """Fit the lines to the new width, and have those fitted that others break for it."""
        self._watch.look(self)
        self._strips.clear()
        self._measure()
        self._reveal()

    def notify_style_update(self) -> None:
        """Draw anew in another theme."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        columns = self.scrollable_content_region.width or self.size.width
        place = y + self.scroll_offset.y
        if not self._lines and y == 0 and self._empty:
            dim = self._style("dim")
            return self._fitted([Segment(cut(f"  {self._empty}", columns), dim)], columns, self.rich_style)
        if place >= len(self._lines):
            return Strip.blank(columns, self.rich_style)
        at_cursor = place == self.cursor and self._lines[place].name is not None
        known = (place, columns, at_cursor and self.has_focus)
        if known not in self._strips:
            self._strips[known] = self._drawn(self._lines[place], columns, at_cursor=at_cursor)
        return self._strips[known]

    def _drawn(self, shown: Line, columns: int, *, at_cursor: bool) -> Strip:
        """The cursor is seen by its mark in the margin, and while the list has the focus by its colours too."""
        lit = at_cursor and self.has_focus
        plain = self._style("cursor") if lit else self._style("")
        segments = [Segment("▸ " if at_cursor else "  ", plain)]
        room = columns - 2
        for place, piece in enumerate(shown.pieces):
            if not piece.text:
                continue
            more = any(other.text for other in shown.pieces[place + 1 :])
            text = cut(piece.text, room)
            used = cell_len(text)
            if more and used >= room > 0 and not text.endswith("…"):
                text = cut(text + " ", room)  # something follows for which there is no room
                used = room
            segments.append(Segment(text, plain if lit else self._style(piece.style)))
            room -= used
            if room <= 0:
                break
        return self._fitted(segments, columns, plain)

    def _fitted(self, segments: list[Segment], columns: int, style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(columns, style)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            style = self.rich_style
            if name:
                style += self.get_component_rich_style(f"lines--{name}", partial=True)
                colour = self.get_component_styles(f"lines--{name}").color
                if colour.a < 1 and colour.ansi is None:
                    style += Style(color=(self.background_colors[1] + colour).rich_color)
            self._styles[name] = style
        return self._styles[name]

    def on_focus(self) -> None:
        """Show the cursor."""
        self._styles.clear()
        self._strips.clear()
        self.refresh()

    def on_blur(self) -> None:
        """Show it no more."""
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(0, max(len(self._lines), 1))

    def _nearest(self, place: int, direction: int) -> int:
        """The nearest line with a name, looked for in this direction first; `place` itself where there is none."""
        count = len(self._lines)
        place = min(max(place, 0), max(count - 1, 0))
        step = 1 if direction >= 0 else -1
        for way in (step, -step):
            found = place
            while 0 <= found < count:
                if self._lines[found].name is not None:
                    return found
                found += way
        return place

    def _go(self, place: int, direction: int) -> None:
        self.cursor = self._nearest(place, direction)

    def _reveal(self) -> None:
        if self._lines and self.size.height:
            region = Region(0, self.cursor, max(self.size.width, 1), 1)
            self.scroll_to_region(region, animate=False, force=True)
