"""A few lines to be typed, each under what it asks for. What was typed survives leaving."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.inputs import TextInput
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words

Typed = Mapping[str, str]
"""The words typed into each line, by the line's name."""
Asked = Callable[[], Sequence[tuple[str, str]]]
"""Gives the names of the lines, each with what it asks for in the language spoken."""


class LinesForm(LocalizedScreen, ModalScreen[dict[str, str] | None]):
    """Asks for some lines of text; gives them by name, or `None` if nobody answers."""

    WRITTEN_IN = True
    CSS = """
    LinesForm { align: center middle; }
    LinesForm > Vertical { width: 94%; max-width: 100; height: auto; max-height: 95%; background: $surface;
                           border: round $primary; padding: 0 1; }
    LinesForm VerticalScroll { height: auto; max-height: 80vh; }
    LinesForm .asked { color: $text-muted; }
    LinesForm #title { max-height: 6; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "done", N_("Put on record"), id="lines.done", tooltip=N_("What is typed goes on record")),
        key("escape", "leave", N_("Back"), id="lines.back", tooltip=N_("What is typed stays")),
    ]

    def __init__(
        self,
        title: Callable[[], str],
        asked: Asked,
        typed: Typed,
        keep: Callable[[dict[str, str] | None], None],
        put: Callable[[dict[str, str]], bool],
    ) -> None:
        """Ask.

        Args:
            title: what it is about.
            asked: the lines.
            typed: what stands in the lines at first.
            keep: gets what stands there when it is left, if anything.
            put: puts what was typed on record; where that cannot be, it says so and the form stays as it is.
        """
        super().__init__()
        self._title_of = title
        self._asked = asked
        self._typed = dict(typed)
        self._keep = keep
        self._put = put

    def compose(self) -> ComposeResult:
        """The title, and each line under what it asks for."""
        with Vertical():
            yield Words(self._title_of(), id="title")
            with VerticalScroll(can_focus=False):
                for name, words in self._asked():
                    yield Words(words, classes="asked")
                    typed = TextInput(self._typed.get(name, ""), id=f"line-{name}")
                    typed.select_on_focus = False  # what was typed or stands on record is gone on with
                    yield typed
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query(Input).first().focus()

    async def relocalize(self) -> None:
        """Show everything in another language; what was typed and where the keys go stays."""
        here = self.focused.id if self.focused is not None else None
        self._typed = self._lines()
        await super().relocalize()
        if here is not None:
            self.query_one(f"#{here}", Input).focus()

    def _lines(self) -> dict[str, str]:
        return {name: self.query_one(f"#line-{name}", Input).value for name, _words in self._asked()}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and from the last one on record."""
        lines = list(self.query(Input))
        place = lines.index(event.input)
        if place + 1 < len(lines):
            lines[place + 1].focus()
        else:
            self.action_done()

    def action_done(self) -> None:
        """Put on record what was typed, and give it."""
        lines = self._lines()
        if not self.dismissed and self._put(lines):
            self.dismiss(lines)

    def action_leave(self) -> None:
        """Give nothing; what was typed is kept."""
        lines = self._lines()
        self._keep(lines if lines != self._typed or any(lines.values()) else None)
        self.dismiss(None)
