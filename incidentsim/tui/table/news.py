"""The lines below the head of the table: what happened since time was let pass, and what to do next."""

from collections.abc import Callable

from incidentsim.messages import gettext as _
from incidentsim.session.reading.meanwhile import MOST, meanwhile, opened_words, rest_words
from incidentsim.session.seat_view import LogEntry, Outcome, SeatView, TimeView
from incidentsim.tui.table.keys import key_words, pacing_words
from incidentsim.tui.widgets.line_list import Line
from incidentsim.tui.widgets.text import Words, cut

_ROWS_A_LINE = 4
"""A screen has a line of news for so many of its rows, so that the panes keep most of it."""

Hint = Callable[[SeatView], str]
"""What to do next, in the language spoken."""


class News(Words):
    """Tells what the last outcome brought; once the exercise is over, that it is."""

    DEFAULT_CSS = "News { height: auto; padding: 0 1; background: $surface; color: $text-accent; }"

    def __init__(self, drawn: Callable[[LogEntry], Line], *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """`drawn` gives the line of an entry of the log."""
        super().__init__(id=id)
        self._drawn = drawn
        self._hint: Hint | None = None
        self._outcome: tuple[Outcome, TimeView, TimeView] | None = None

    def hint(self, words: Hint) -> None:
        """Say what to do next, which is no news of the log."""
        self._hint, self._outcome = words, None

    def tell(self, outcome: Outcome, before: TimeView, after: TimeView) -> None:
        """Tell of an outcome of what was done between two times; where nothing came of it, what was told stays."""
        if outcome.anything or outcome.due:
            self._hint, self._outcome = None, (outcome, before, after)

    def show(self, view: SeatView, columns: int, rows: int) -> None:
        """Show it on a screen of so many columns and rows."""
        most = min(max(rows // _ROWS_A_LINE, 1), MOST)
        lines = self._lines(view, most)
        if self._outcome is not None and view.pacing.live and view.pacing.paused and not view.ended:
            lines = [*lines[: most - 1], f"  {pacing_words(self.app, view.pacing)}"]
        self.say("\n".join(cut(line, columns) for line in lines))

    def _lines(self, view: SeatView, most: int) -> list[str]:
        if view.ended:
            if view.run is None:
                return [_("■ Over.")]
            message = _("■ The exercise is over. Press {key} to see how it went.")
            return [message.format(key=key_words(self.app, "debrief"))]
        if self._outcome is None:
            return [f"» {self._hint(view)}"] if self._hint is not None else [""]
        outcome, before, after = self._outcome
        new = meanwhile(view.at(after), outcome, before, most)
        told = ["".join(piece.text for piece in self._drawn(entry).pieces[1:]).strip() for entry in new.told]
        told = [f"{entry.time} {words}" for entry, words in zip(new.told, told, strict=True)]
        again = _("Press {key} again to let it pass.").format(key=key_words(self.app, "go_on"))
        asked = [*new.due, again] if new.due else []
        lines = [new.jump, *told, rest_words(new.rest), opened_words(new.opened), *asked]
        lines = [line for line in lines if line]
        return [f"{'»' if place == 0 else ' '} {line}" for place, line in enumerate(lines[-most:])]
