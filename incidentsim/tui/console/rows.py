"""What the facilitator's console shows: planned against actual, inject by inject, and the truth behind them."""

from collections.abc import Sequence
from typing import Final

from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.session.inject_plan import PlannedInject
from incidentsim.session.narration import Teller, brief
from incidentsim.tui.widgets.line_list import Line, Piece, line

_SIGNS: Final = {
    "delivered": ("✓ ", "good"),
    "withheld": ("– ", "dim"),
    "skipped": ("✕ ", "warn"),
    "planned": ("… ", "accent"),
    "waiting": ("? ", "dim"),
}


def plan_lines(teller: Teller, planned: Sequence[PlannedInject]) -> list[Line]:
    """Planned against actual: a sign, the times, what it says, for whom it is, what became of it."""
    names = teller.names
    rows = []
    for one in planned:
        meant = teller.elapsed(one.planned) if one.planned is not None else _("on a fact")
        at = one.came if one.came is not None else one.due
        rows.append((one, meant, teller.elapsed(at) if at is not None else "–"))
    heads = (_("planned"), _("actual"))
    first = max([width(heads[0]), *(width(meant) for _one, meant, _at in rows)])
    second = max([width(heads[1]), *(width(actual) for _one, _meant, actual in rows)])
    lines = [line(Piece(f"  {pad(heads[0], first)}  {pad(heads[1], second)}  " + _("inject"), "heading"))]
    for one, meant, actual in rows:
        sign, style = _SIGNS[one.standing]
        subject, _body = names.inject(one.inject.id)
        to = names.listed(names.somebody(name) for name in one.inject.to)
        came = _(", ").join(part for part in (standing_words()[one.standing], _shift(one)) if part)
        lines.append(
            line(
                Piece(sign, style),
                Piece(pad(meant, first) + "  ", "dim"),
                pad(actual, second) + "  ",
                subject,
                Piece(f"  {came} → {to}", "dim"),
                name=one.inject.id,
            )
        )
    return lines


def _shift(one: PlannedInject) -> str:
    """By how much it comes, or came, otherwise than the scenario meant it to."""
    at = one.came if one.came is not None else one.due
    if one.planned is None or at is None or at == one.planned or one.standing in {"withheld", "skipped"}:
        return ""
    by = brief(abs(at - one.planned))
    return _("{length} later").format(length=by) if at > one.planned else _("{length} earlier").format(length=by)


def standing_words() -> dict[str, str]:
    """What the standings of injects are called."""
    return {
        "delivered": _("came"),
        "withheld": _("not needed"),
        "skipped": _("left out"),
        "planned": _("to come"),
        "waiting": _("waits for something to happen"),
    }


def spoilers(teller: Teller, planned: PlannedInject | None) -> list[tuple[str, str]]:
    """An inject in full with its hint, and the truth about its incident."""
    if planned is None:
        return []
    names, inject = teller.names, planned.inject
    subject, body = names.inject(inject.id)
    steps = names.listed(names.step(do) for do in inject.expects)
    parts = [(subject, standing_words()[planned.standing]), ("", body)]
    parts += [(_("Should prompt"), steps)] if steps else []
    parts += [(_("Hint"), names.say(inject.hint))] if inject.hint is not None else []
    truth = teller.account.scenario.incidents[inject.incident].truth if inject.incident is not None else None
    if truth is not None:
        level = names.level(truth.level) if truth.level is not None else _("no incident")
        parts.append((_("What really happened"), level))
        parts += [("", names.say(note)) for note in truth.notes]
    return [part for part in parts if part[1]]
