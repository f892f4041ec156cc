"""A screen that opens from anywhere, as one row of the table in `app.py`: its key, its words, and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from incidentsim.tui.base_screen import key


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """A row: with it, the key works on every screen but dialogs, and the screen stands in help and command palette.

    Attributes:
        name: what it is called in the table, in key maps (`app.` before it) and in the action `app.open`.
        keys: the key, or several with commas between.
        title: a word or two, marked with `N_`.
        tooltip: a sentence, marked with `N_`.
        make: makes the screen, given the one in front; `None` where there is nothing to open.
        show: whether the line of keys names it.
        there: whether there is anything to open, given the screen in front; else the palette leaves it out.
    """

    name: str
    keys: str
    title: str
    tooltip: str
    make: Callable[[Screen[Any]], Screen[Any] | None]
    show: bool = True
    there: Callable[[Screen[Any]], bool] = lambda _front: True

    def binding(self) -> Binding:
        """Its key, for the application."""
        return key(
            self.keys, f"open('{self.name}')", self.title, id=f"app.{self.name}", tooltip=self.tooltip, show=self.show
        )
