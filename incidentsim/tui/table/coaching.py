"""The coach at the table: a strip above the panes, and a dialog with all that it says, where hints are asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from incidentsim.messages import gettext as _
from incidentsim.session.coaching.parts import coach_parts, in_brief, next_hint_words
from incidentsim.session.seat_view import Outcome, SeatView
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.table.keys import key_words
from incidentsim.tui.widgets.text import Words, cut, lines

if TYPE_CHECKING:
    from incidentsim.session.seat import Seat
    from incidentsim.tui.shell import Shell
    from incidentsim.tui.table.hand import Hand

_ROWS_A_LINE = 6
"""A screen has a line of the coach for so many of its rows, so that the panes keep most of it."""
_LEAST = 3

Then = Callable[[Outcome], None]
"""What shows that a hint was given."""


class CoachStrip(Words):
    """Says what is owed first, as much as is still needed; hidden where there is nothing to say."""

    DEFAULT_CSS = """
    CoachStrip { dock: top; height: auto; padding: 0 1; background: $surface; color: $text-success; }
    CoachStrip.-silent { display: none; }
    """

    def tell(self, view: SeatView, columns: int, rows: int) -> None:
        """Show it on a screen of so many columns and rows."""
        said = list(in_brief(view.coach))
        self.set_class(not said, "-silent")
        if not said:
            return
        most = max(rows // _ROWS_A_LINE, _LEAST)
        shown = [broken for words in said for broken in lines(words, columns - 2)]
        asked = view.coach is not None and view.coach.next is not None
        foot = _("{key}: all of it").format(key=key_words(self.app, "coach"))
        if asked:
            foot = _("{key}: the next hint · {rest}").format(key=key_words(self.app, "hint"), rest=foot)
        if len(shown) > most - 1:
            shown = [*shown[: most - 2], cut(shown[most - 2], columns - 6) + " …"]
        first, *rest = shown
        self.say("\n".join([f"◇ {first}", *(f"  {words}" for words in rest), f"  {foot}"]))


class CoachScreen(DetailScreen):
    """The dialog with all that the coach says and the hints that were given; here the next one is asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("H", "hint", N_("Next hint"), id="coach.hint", tooltip=N_("It goes on record and shows in the rating")),
        key("o", "switch", N_("On/off"), id="coach.switch", tooltip=N_("Let the coach help here, or not any more")),
    ]

    def __init__(self, seat: "Seat", shell: "Shell", hand: "Hand", then: Then) -> None:
        """`hand` does what goes on record, `then` is told what came of it."""
        super().__init__(self._called, self._told)
        self._seat = seat
        self._shell = shell
        self._hand = hand
        self._then = then

    @property
    def _view(self) -> SeatView:
        return self._seat.view(self._shell.language)

    def _called(self) -> str:
        coach = self._view.coach
        return _("Coach") if coach is None or coach.act is None else coach.act.title

    def _told(self) -> list[tuple[str, str]]:
        return coach_parts(self._view.coach)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A hint is only there where there is a further one."""
        if action == "hint":
            coach = self._view.coach
            return coach is not None and bool(next_hint_words(coach))
        if action == "switch":
            return not self._view.ended
        return super().check_action(action, parameters)

    def action_hint(self) -> None:
        """Ask for the next hint."""
        self._did(self._seat.hint)

    def action_switch(self) -> None:
        """Let the coach help whoever sits here, or not any more."""
        on = self._view.coach is None
        self._did(lambda: self._seat.set_coaching(on=on))

    def _did(self, work: Callable[[], Outcome]) -> None:
        outcome = self._hand.attempt(work)
        if outcome is not None:
            self._then(outcome)
        self._fit()
        self.refresh_bindings()


def open_coach(seat: "Seat", shell: "Shell", hand: "Hand", then: Then, *, hint: bool) -> None:
    """Open all that the coach says; with `hint`, the next hint is asked for first, where there is one."""
    coach = seat.view(shell.language).coach
    if hint and coach is not None and coach.next is not None:
        outcome = hand.attempt(seat.hint)
        if outcome is not None:
            then(outcome)
    shell.push_screen(CoachScreen(seat, shell, hand, then))
