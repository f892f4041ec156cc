"""The line at the top of every form and dialog above an exercise: what time it is there, what falls due, new mail."""

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from incidentsim.tui.widgets.text import Words, cut

if TYPE_CHECKING:
    from textual.app import App

_EVERY: Final = 0.5
"""Seconds between two looks at the clock."""


@runtime_checkable
class Telling(Protocol):
    """A screen with an exercise under way, of which the strip tells."""

    def strip_words(self) -> str:
        """Return the time, what falls due next, and what was not read, in the language spoken."""


def telling(app: "App[object]") -> Telling | None:
    """Return the screen nearest to the top that tells of an exercise; `None` where there is none."""
    return next((screen for screen in reversed(app.screen_stack) if isinstance(screen, Telling)), None)


class LiveStrip(Words, can_focus=False):
    """Says how the exercise stands while something else is in front of it; it is not seen where there is none."""

    DEFAULT_CSS = "LiveStrip { dock: top; height: 1; padding: 0 1; background: $panel; color: $text-accent; }"

    def on_mount(self) -> None:
        """Tell it now, and go on while time passes."""
        self.set_interval(_EVERY, self.tell)
        self.tell()

    def on_resize(self) -> None:
        """Fit it to the width."""
        self.tell()

    def tell(self) -> None:
        """Tell how the exercise stands now."""
        below = telling(self.app)
        self.display = below is not None
        if below is not None:
            self.say(cut(below.strip_words(), max(self.app.size.width - 2, 10)))
