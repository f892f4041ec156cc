"""The log, line by line, for the table, the console and the debrief; nothing is drawn twice."""

from collections.abc import Callable, Hashable
from typing import Final

from incidentsim.domain.facts import FactKind
from incidentsim.messages import gettext as _
from incidentsim.session.seat_view import LogEntry, LogView
from incidentsim.tui.widgets.line_list import Line, Piece, line

_SIGNS: Final = {
    FactKind.REFUSED: ("✕ ", "bad"),
    FactKind.DUTY_BREACHED: ("‼ ", "bad"),
    FactKind.ESCALATED: ("↑ ", "warn"),
    FactKind.ESCALATION_PLANNED: ("… ", "dim"),
    FactKind.INJECT_DELIVERED: ("✉ ", "accent"),
    FactKind.INJECT_ADDED: ("✉ ", "accent"),
    FactKind.MESSAGE_SENT: ("✉ ", "accent"),
    FactKind.STEP_TAKEN: ("✓ ", "good"),
    FactKind.STEP_UNDONE: ("↶ ", "warn"),
    FactKind.OBSERVED: ("✎ ", "accent"),
    FactKind.COACHING_SET: ("◇ ", "accent"),
    FactKind.HINT_GIVEN: ("◇ ", "accent"),
    FactKind.EXERCISE_STARTED: ("▶ ", ""),
    FactKind.EXERCISE_ENDED: ("■ ", ""),
}


def incident_mark(incident: str | None, *, several: bool) -> Piece:
    """Return the mark that names the incident; empty where there is one incident only, or none is meant."""
    return Piece(f"[{incident}] " if several and incident is not None else "", "accent")


def log_line(entry: LogEntry, *, several: bool) -> Line:
    """An entry in a line; `several` says that there is more than one incident."""
    head = Piece(f"#{entry.number:<4} {entry.time} ", "dim")
    about = incident_mark(entry.incident, several=several)
    if entry.undone:
        told = _("undone: {what}").format(what=entry.sentence)
        return line(head, Piece("↶ ", "dim"), about, Piece(told, "dim"), name=str(entry.number))
    sign, style = _SIGNS.get(entry.kind, ("  ", ""))
    return line(head, Piece(sign, style), about, entry.sentence, name=str(entry.number))


def day_line(entry: LogEntry) -> Line:
    """Return the line that stands in the log where another day begins."""
    return line(Piece(f"── {entry.day} ──", "dim"))


class LogLines:
    """The lines of a log that grows: what was added is drawn, and all of it only where something else is shown of it.

    A line once drawn is kept as long as its entry says the same.
    """

    def __init__(self) -> None:
        self._drawn: dict[int, tuple[LogEntry, bool, Line]] = {}
        self._shown: tuple[object, ...] = ()
        self._read = 0
        self._day = ""
        self.lines: list[Line] = []

    def line(self, entry: LogEntry, *, several: bool) -> Line:
        """The line of an entry."""
        known = self._drawn.get(entry.number)
        if known is None or known[0] is not entry or known[1] is not several:
            known = self._drawn[entry.number] = (entry, several, log_line(entry, several=several))
        return known[2]

    def show(
        self, log: LogView, *, several: bool, wanted: Hashable = None, passes: Callable[[LogEntry], bool] | None = None,
        search: str = "",
    ) -> bool:  # fmt: skip
        """Bring `lines` up to date; whether they changed.

        Args:
            log: the log as it is now.
            several: whether there is more than one incident.
            wanted: stands for what is shown of the log: all is drawn anew where it is another than before.
            passes: which entries are shown; all of them if left out.
            search: words that a line must hold.
        """
        shown = (log.edition, several, wanted, search)
        if shown == self._shown and self._read == len(log.entries):
            return False
        if shown != self._shown:
            self._shown, self._read, self.lines = shown, 0, []
        words = search.casefold()
        for entry in log.entries[self._read :]:
            if passes is not None and not passes(entry):
                continue
            drawn = self.line(entry, several=several)
            if words and words not in "".join(piece.text for piece in drawn.pieces).casefold():
                continue
            if entry.day != self._day or not self.lines:
                self.lines.append(day_line(entry))
                self._day = entry.day
            self.lines.append(drawn)
        self._read = len(log.entries)
        return True
