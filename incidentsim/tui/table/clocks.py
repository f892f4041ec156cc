"""Regulatory deadlines at the table: countdowns with how they end."""

from typing import Final

from incidentsim.exercise.regulatory.views import ClockState
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.countdown import length_left
from incidentsim.session.seat_view import RegulatoryClockView, SeatView
from incidentsim.tui.widgets.line_list import Line, Piece, line

_RANK: Final = {
    ClockState.OVERDUE: 0,
    ClockState.DUE: 1,
    ClockState.TARGET_ONLY: 2,
    ClockState.FILED_LATE: 3,
    ClockState.FILED: 3,
}
"""What is shown, and in which order; the others wait for a judgement."""
_SIGNS: Final = {
    ClockState.OVERDUE: ("‼ ", "bad"),
    ClockState.DUE: ("◷ ", "accent"),
    ClockState.TARGET_ONLY: ("◌ ", "dim"),
    ClockState.FILED: ("✓ ", "good"),
    ClockState.FILED_LATE: ("✓ ", "warn"),
}
_ANSWERED: Final = frozenset({ClockState.FILED, ClockState.FILED_LATE})


def clock_lines(view: SeatView) -> list[Line]:
    """The clocks that run or were answered, those due first at the top."""
    shown = sorted(
        (clock for clock in view.clocks if clock.state in _RANK),
        key=lambda clock: (_RANK[clock.state], clock.due or 0, clock.clock),
    )
    waiting = len(view.clocks) - len(shown)
    if not view.clocks:
        return []
    lines = [line(""), line(Piece(_("Regulatory deadlines"), "heading"))]
    left = [clock.words if clock.state in _ANSWERED else length_left(_left(view, clock)) for clock in shown]
    columns = max(map(width, left), default=0)
    for clock, rest in zip(shown, left, strict=True):
        sign, style = _SIGNS[clock.state]
        about = f"[{clock.incident}] " if view.several else ""
        lines.append(
            line(
                Piece(sign, style),
                Piece(pad(rest, columns) + "  ", style),
                about + clock.title,
                Piece("  " + _ends(clock), "dim"),
                name=f"clock/{clock.incident}/{clock.clock}",
            )
        )
    if waiting:
        message = ngettext("{n} clock waits for a judgement.", "{n} clocks wait for a judgement.", waiting)
        lines.append(line(Piece(message.format(n=waiting), "dim")))
    return lines


def _left(view: SeatView, clock: RegulatoryClockView) -> int:
    return (clock.due or 0) - view.time.now


def _ends(clock: RegulatoryClockView) -> str:
    """Until when by the clock of the exercise, and what ends it."""
    by = ""
    if clock.target:
        by = _("our own target")
    elif clock.until:
        by = _("by {time}").format(time=clock.until)
    if clock.state in _ANSWERED or not clock.ends:
        return by
    return _(" · ").join(part for part in (_("until: {steps}").format(steps=clock.ends), by) if part)
