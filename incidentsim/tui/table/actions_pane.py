"""The actions: what is open, what is closed, and what nobody may do."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from incidentsim.messages import gettext as _
from incidentsim.session.seat_view import SeatView
from incidentsim.tui.table.rows import action_lines, letter_of
from incidentsim.tui.widgets.line_list import LineList, Piece, line


class ActionList(LineList):
    """The list of actions: one click begins an action."""

    CLICK_OPENS = True


class ActionsPane(Vertical):
    """Shows what can be done about an incident; tells which line is begun, by its name.

    A name is `open/STEP`, `shut/STEP`, `never/ACT`, or `over/debrief` once the exercise is over.
    """

    class Begun(Message):
        """An action is begun."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id="pane-actions", classes="pane")
        self._letters: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The list."""
        yield ActionList(id="actions")

    def show(self, view: SeatView) -> None:
        """Show what can be done."""
        self._letters = {letter_of(action): action.key.do for action in view.actions if action.open and not view.ended}
        self._letters.pop(" ", None)
        actions = self.query_one("#actions", LineList)
        lines = action_lines(view) if view.incident is not None and view.keyboard and not view.ended else []
        if view.ended:
            lines = [line(Piece(_("The exercise is over; nothing can be done any more."), "dim"))]
            if view.run is not None:
                lines.append(line(Piece("d  ", "accent"), Piece(_("See how it went"), "strong"), name="over/debrief"))
        at = next((known.name for known in lines if known.name is not None), None) if not actions.lines else None
        empty = _("Nothing to act on yet.") if view.keyboard else _("Bots play everybody; the console is yours.")
        actions.show(lines, empty=empty, at=at)

    def begin(self, letter: str) -> bool:
        """Begin the open action with this letter; whether there is one."""
        do = self._letters.get(letter)
        if do is not None:
            self.post_message(self.Begun(f"open/{do}"))
        return do is not None

    @on(LineList.Chosen, "#actions")
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Begun(event.name or ""))
