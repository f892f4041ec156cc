"""What the facilitator's console shows: planned against actual, inject by inject."""

from collections.abc import Sequence
from typing import Final

from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.session.console_view import PlannedInjectView
from incidentsim.session.countdown import brief
from incidentsim.tui.widgets.line_list import Line, Piece, line

_SIGNS: Final = {
    "delivered": ("✓ ", "good"),
    "withheld": ("– ", "dim"),
    "skipped": ("✕ ", "warn"),
    "planned": ("… ", "accent"),
    "waiting": ("? ", "dim"),
}


def plan_lines(plan: Sequence[PlannedInjectView]) -> list[Line]:
    """Planned against actual: a sign, the times, what it says, for whom it is, what became of it."""
    meant = [planned.planned_elapsed or _("on a fact") for planned in plan]
    actual = [_came(planned) for planned in plan]
    heads = (_("planned"), _("actual"))
    first = max([width(heads[0]), *map(width, meant)])
    second = max([width(heads[1]), *map(width, actual)])
    lines = [line(Piece(f"  {pad(heads[0], first)}  {pad(heads[1], second)}  " + _("inject"), "heading"))]
    for planned, told, came in zip(plan, meant, actual, strict=True):
        sign, style = _SIGNS[planned.standing]
        became = _(", ").join(part for part in (planned.standing_words, _shift(planned)) if part)
        lines.append(
            line(
                Piece(sign, style),
                Piece(pad(told, first) + "  ", "dim"),
                pad(came, second) + "  ",
                planned.subject,
                Piece(f"  {became} → {planned.to}", "dim"),
                name=planned.id,
            )
        )
    return lines


def _came(planned: PlannedInjectView) -> str:
    """When it came; in brackets when it will come as things stand, for that is not what happened."""
    if not planned.comes_elapsed:
        return "–"
    expected = planned.standing == "planned"
    return _("({time})").format(time=planned.comes_elapsed) if expected else planned.comes_elapsed


def _shift(planned: PlannedInjectView) -> str:
    """By how much it comes, or came, otherwise than the scenario meant it to."""
    at, meant = planned.comes, planned.planned
    if meant is None or at is None or at == meant or planned.standing in {"withheld", "skipped"}:
        return ""
    by = brief(abs(at - meant))
    return _("{length} later").format(length=by) if at > meant else _("{length} earlier").format(length=by)
