"""The keyboard goes from hand to hand: what the one had in front of them is covered until the other is there."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Click

from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words


class CoverScreen(LocalizedScreen):
    """Covers the table until somebody presses a key."""

    CSS = """
    CoverScreen { align: center middle; }
    CoverScreen > Vertical { width: 60; max-width: 94%; height: auto; border: round $primary; padding: 1 2;
                             background: $surface; }
    CoverScreen Words { width: 100%; text-align: center; }
    CoverScreen #whom { text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,space,escape", "uncover", N_("I am here"), id="cover.uncover", tooltip=N_("Uncover the table")),
    ]

    def __init__(self, person: str, name: Callable[[], str]) -> None:
        """`person` is the pseudonym of whoever takes the keyboard, `name` says who that is in the language spoken."""
        super().__init__()
        self._person = person
        self._whom = name

    def compose(self) -> ComposeResult:
        """For whom it is, and what to do."""
        with Vertical():
            yield Words(id="whom")
            yield Words(id="say")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say it."""
        self._tell()

    async def relocalize(self) -> None:
        """Say it in another language."""
        self._tell()
        self.refresh_bindings()

    def _tell(self) -> None:
        self.query_one("#whom", Words).say(_("The keyboard is for {name} now.").format(name=self._whom()))
        self.query_one("#say", Words).say(_("Everybody else looks away. Press Enter once you sit here."))

    def on_click(self, _event: Click) -> None:
        """A click will do, too."""
        self.action_uncover()

    def action_uncover(self) -> None:
        """Uncover the table."""
        self.dismiss(self._person)
