"""One of several, or several of many, chosen from a list: a mark in brackets says what is chosen, not a colour.

Textual's `SelectionList` and `RadioSet` draw the same mark before what is chosen and what is not (`▐X▌`, `▐●▌`) and
tell them apart by colour alone. Neither has headings or is narrowed down by typing, nothing chosen in a `RadioSet` can
be taken back, and a `RadioSet` mounts a widget for each choice: of 40, five times as slow as a list that is one widget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.events import Key
from textual.geometry import Region
from textual.message import Message

from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.widgets.line_list import Line, LineList, Piece, line
from incidentsim.tui.widgets.text import lines

_MOST_SEEN: Final = 8
"""More lines than this are scrolled through,"""
_MOST_ANNOTATED: Final = 16
"""or than this, where lines bear notes."""
_NOTE_MARGIN: Final = 6
"""Columns before a note, and as many that the list itself needs."""
_BELOW: Final = " " * _NOTE_MARGIN
"""Stands before a note."""
_FINDABLE: Final = 12
"""More choices than this can be narrowed down by typing."""

Options = Sequence[tuple[str | None, str]]
"""What can be chosen: names, each with what it is called. A heading has no name."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words about an option: behind it, in a style of `LineList`, and below it in lines of their own."""

    behind: str = ""
    style: str = "accent"
    below: str = ""


Notes = Mapping[str, Note]
"""By name of an option."""


class Choices(LineList):
    """A list in which one line (or, if `several`, any number) bears a mark."""

    CLICK_OPENS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,enter", "choose", N_("Choose"), id="choices.choose", tooltip=N_("Choose the line, or take it back")),
    ]

    class Changed(Message):
        """Something else is chosen now."""

        def __init__(self, choices: "Choices") -> None:
            super().__init__()
            self.choices = choices

        @property
        def control(self) -> "Choices":
            """The list it comes from."""
            return self.choices

    def __init__(
        self,
        options: Options,
        chosen: Sequence[str],
        *,
        several: bool,
        notes: Notes | None = None,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        """Make the list.

        Args:
            options: in the order in which they are shown, each heading before what belongs to it.
            chosen: the names of those that are chosen.
            several: whether any number can be chosen.
            notes: what is said of an option besides what it is called.
            id: the widget's id.
        """
        super().__init__(id=id)
        self._options = options
        self._notes: Notes = notes or {}
        self._several = several
        self._find = ""
        self.chosen = [name for name, _title in options if name is not None and name in chosen]
        self._fit(len(options) + self.findable)

    def _fit(self, count: int) -> None:
        """Be as high as so many lines, up to a limit."""
        annotated = any(note.below for note in self._notes.values())
        height = min(max(count, 1), _MOST_ANNOTATED if annotated else _MOST_SEEN)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    @property
    def findable(self) -> bool:
        """True if there are so many options that typing narrows them down."""
        return sum(name is not None for name, _title in self._options) > _FINDABLE

    def cursor_in_view(self) -> bool:
        """Return whether the line at the cursor can be seen, and is not scrolled away with what is around it."""
        place = self.screen.find_widget(self)
        row = place.region.y + self.gutter.top + self.cursor - round(self.scroll_y)
        return place.visible_region.contains(place.visible_region.x, row)

    def on_mount(self) -> None:
        """Show the options; the cursor stands on what is chosen."""
        self.tell(self._options, at=self.chosen[0] if self.chosen else None)

    def tell(self, options: Options, at: str | None = None, notes: Notes | None = None) -> None:
        """Show the same options, called otherwise, and with other `notes` where these are given."""
        self._options = options
        if notes is not None:
            self._notes = notes
        self.show(self._drawn_options(), at=at)

    def offer(self, options: Options, chosen: Sequence[str]) -> None:
        """Show other options, `chosen` of them with a mark; nobody is told of a change."""
        self._options = options
        self.chosen = [name for name, _title in options if name is not None and name in chosen]
        self._fit(len(options) + self.findable)
        self.show(self._drawn_options())

    def on_resize(self) -> None:
        """Break the notes anew."""
        super().on_resize()
        if self._notes:
            shown = self._drawn_options()
            self.show(shown)
            if not self._find:
                self._fit(len(shown))

    def _reveal(self) -> None:
        """Show the notes below the line at the cursor, too."""
        after = self.cursor + 1
        while after < len(self.lines) and self.lines[after].name is None and self.lines[after].pieces[0].text == _BELOW:
            after += 1
        if self.lines and self.size.height:
            height = min(max(after - self.cursor, 1), self.size.height)
            region = Region(0, self.cursor, max(self.size.width, 1), height)
            self.scroll_to_region(region, animate=False, force=True)

    def on_key(self, event: Key) -> None:
        """In a long list, typing narrows it down, and Escape or Backspace widens it again.

        A space chooses until something is typed; then it is part of that, and Enter chooses.
        """
        if not self.findable:
            return
        if event.key == "backspace" and self._find:
            self._narrow(self._find[:-1])
        elif event.key == "escape" and self._find:
            self._narrow("")
        elif event.is_printable and event.character is not None and (event.character != " " or self._find):
            self._narrow(self._find + event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _narrow(self, words: str) -> None:
        self._find = words
        shown = self._drawn_options()
        first = next((drawn.name for drawn in shown if drawn.name is not None), None)
        self.show(shown, at=first if words else self.name_at_cursor)

    def action_choose(self) -> None:
        """Choose the line at the cursor, or take the choice back."""
        name = self.name_at_cursor
        if name is None:
            return
        taken_back = name in self.chosen
        kept = [other for other in self.chosen if other != name] if self._several else []
        wanted = set(kept) | (set() if taken_back else {name})
        self.chosen = [option for option, _title in self._options if option is not None and option in wanted]
        self.changed()

    def changed(self) -> None:
        """Show what is chosen, and say so."""
        self.show(self._drawn_options())
        self.post_message(self.Changed(self))

    def _drawn_options(self) -> list[Line]:
        shown: list[Line] = []
        heading: Line | None = None
        for name, title in self._options:
            if name is None:
                heading = line(Piece(title, "heading"))
            elif self._find.casefold() in f"{title} {name}".casefold():
                if heading is not None:
                    shown.append(heading)
                    heading = None
                shown += self._annotated(name, self._drawn_option(name, title))
        if not self.findable:
            return shown
        count = sum(drawn.name is not None for drawn in shown)
        if self._find:
            message = ngettext("Found by “{words}”: {n}", "Found by “{words}”: {n}", count)
            hint = message.format(words=self._find, n=count)
        else:
            hint = _("Type to narrow down these {n}.").format(n=count)
        return [line(Piece(hint, "dim")), *shown]

    def _annotated(self, name: str, drawn: Line) -> list[Line]:
        """An option with what is said of it."""
        note = self._notes.get(name, Note())
        pieces = (*drawn.pieces, Piece("  "), Piece(note.behind, note.style)) if note.behind else drawn.pieces
        columns = self.size.width - 2 * _NOTE_MARGIN
        told = lines(note.below, columns) if note.below and columns > 0 else []
        return [line(*pieces, name=name), *(line(_BELOW, Piece(words, "dim")) for words in told)]

    def _drawn_option(self, name: str, title: str) -> Line:
        marks = ("[x] ", "[ ] ") if self._several else ("(•) ", "( ) ")
        at = name in self.chosen
        return line(Piece(marks[not at], "accent" if at else ""), Piece(title, "strong" if at else ""), name=name)
