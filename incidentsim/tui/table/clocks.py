"""Regulatory deadlines at the table: countdowns with how they end, and what the others wait for."""

from collections.abc import Sequence
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
"""What is shown singly, and in which order; the others wait for a judgement, and stand by what they wait for."""
_SIGNS: Final = {
    ClockState.OVERDUE: ("‼ ", "bad"),
    ClockState.DUE: ("◷ ", "accent"),
    ClockState.TARGET_ONLY: ("◌ ", "dim"),
    ClockState.FILED: ("✓ ", "good"),
    ClockState.FILED_LATE: ("✓ ", "warn"),
}
_ANSWERED: Final = frozenset({ClockState.FILED, ClockState.FILED_LATE})


def clock_lines(view: SeatView) -> list[Line]:
    """The clocks that run or were answered, those due first at the top; then those that wait, a line for each step."""
    shown = sorted(
        (clock for clock in view.clocks if clock.state in _RANK),
        key=lambda clock: (_RANK[clock.state], clock.due or 0, clock.clock),
    )
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
    return [*lines, *(_waiting_line(view, clocks) for clocks in waiting_clocks(view).values())]


def waiting_clocks(view: SeatView) -> dict[str, list[RegulatoryClockView]]:
    """Return the clocks that do not run yet, by the name of the line in which they stand: `waiting/INCIDENT/STEPS`."""
    groups: dict[str, list[RegulatoryClockView]] = {}
    for clock in view.clocks:
        if clock.state not in _RANK:
            groups.setdefault(f"waiting/{clock.incident}/{','.join(clock.steps)}", []).append(clock)
    return groups


def waiting_words(view: SeatView, clocks: Sequence[RegulatoryClockView]) -> str:
    """Return how many clocks wait, and for what."""
    count, first = len(clocks), clocks[0]
    message = ngettext("{n} clock waits for the story.", "{n} clocks wait for the story.", count)
    if first.waits:
        message = ngettext("{n} clock waits for {steps}", "{n} clocks wait for {steps}", count)
    about = f"[{first.incident}] " if view.several else ""
    return about + message.format(n=count, steps=first.waits)


def _waiting_line(view: SeatView, clocks: Sequence[RegulatoryClockView]) -> Line:
    opened = {action.key.do for action in view.actions if action.open and action.key.incident == clocks[0].incident}
    mine = bool(opened & set(clocks[0].steps))
    steps = ",".join(clocks[0].steps)
    return line(
        Piece("▸ " if mine else "  ", "accent"),
        Piece(waiting_words(view, clocks), "" if mine else "dim"),
        name=f"waiting/{clocks[0].incident}/{steps}",
    )


def _left(view: SeatView, clock: RegulatoryClockView) -> int:
    return (clock.due or 0) - view.time.now


def _ends(clock: RegulatoryClockView) -> str:
    """Until when by the clock of the exercise, and what ends it."""
    by = ""
    if clock.target:
        by = _("our own target")
    elif clock.until:
        by = _("by {time}").format(time=clock.until)
    if clock.state in _ANSWERED or not clock.waits:
        return by
    return _(" · ").join(part for part in (by, _("until: {steps}").format(steps=clock.waits)) if part)
