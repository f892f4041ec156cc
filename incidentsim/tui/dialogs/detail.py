"""Something looked at closely: a message, a fact with its clause, or why an action is closed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words, cut, lines

Parts = Sequence[tuple[str, str]]
"""Titles, each with a text; either may be empty."""

_FRAME = 6


def told(parts: Parts, columns: int) -> Text:
    """Titles and texts below one another; nothing in them is markup."""
    shown = Text()
    for title, words in parts:
        if shown.plain:
            shown.append("\n")
        if title:
            shown.append("\n".join(lines(title, columns)) + "\n", style="bold")
        if words:
            shown.append("\n".join(lines(words, columns)) + "\n")
    shown.rstrip()
    return shown


class DetailScreen(LocalizedScreen, ModalScreen[str | None]):
    """Shows titles and texts; with `act`, offers to go ahead (gives `act`)."""

    CSS = """
    DetailScreen { align: center middle; }
    DetailScreen > Vertical { width: 94%; max-width: 110; height: auto; max-height: 90%; background: $surface;
                              border: round $primary; padding: 0 1; }
    DetailScreen .heading { padding: 0; }
    DetailScreen VerticalScroll { height: auto; max-height: 80vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,enter,q", "leave", N_("Back"), id="detail.back", tooltip=N_("Back to the screen")),
        key("exclamation_mark", "act", N_("Try it all the same"), id="detail.try",
            tooltip=N_("The attempt and its refusal go on record")),
    ]  # fmt: skip

    def __init__(
        self, title: str | Callable[[], str], parts: Parts | Callable[[], Parts], *, act: str | None = None
    ) -> None:
        """Title and parts, or what says them in the language spoken."""
        super().__init__()
        self._title = title
        self._parts = parts
        self._act = act

    def compose(self) -> ComposeResult:
        """A title and the texts."""
        with Vertical():
            yield Words(classes="heading", id="subject")
            with VerticalScroll():
                yield Static(id="told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Fit the texts to the width."""
        self.call_after_refresh(self._fit)

    async def relocalize(self) -> None:
        """Say the same in another language."""
        self._fit()
        self.refresh_bindings()

    def _fit(self) -> None:
        if not self.stands("subject", "told"):
            return
        title = self._title if isinstance(self._title, str) else self._title()
        parts = self._parts() if callable(self._parts) else self._parts
        columns = max(min(self.size.width * 94 // 100, 110) - _FRAME, 10)
        self.query_one("#subject", Words).say(cut(title, columns))
        self.query_one("#told", Static).update(told(parts, columns))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Trying is only there where there is something to try."""
        return action != "act" or self._act is not None

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_act(self) -> None:
        """Go ahead."""
        self.dismiss(self._act)
