"""What is to be improved, in a debrief: items open and closed, over all runs by the same procedure."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.evaluation import poete_words
from incidentsim.exports.wording.local_time import date_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.debrief.data import Debrief, Surroundings
from incidentsim.tui.debrief.evidence import Parts, evidence
from incidentsim.tui.debrief.ratings import rated
from incidentsim.tui.widgets.line_list import Line, Piece, line

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.improvements import CarriedItem


def item_lines(debrief: Debrief, around: Surroundings | None) -> list[Line]:
    """Open items of this run first, then those of other runs, then the closed ones."""
    if around is None:
        return [line(Piece(_("Earlier runs are being looked at …"), "dim"))]
    if around.wrong:
        told = _("Other runs cannot be looked at: {reason}").format(reason=around.wrong)
        return [line(Piece(told, "warn"))]
    items = _items(debrief, around)
    groups = (
        (_("Open, from this run"), [item for item in items if item.closed_by is None and item.run == debrief.run]),
        (_("Open, from other runs"), [item for item in items if item.closed_by is None and item.run != debrief.run]),
        (_("Closed by a later run"), [item for item in items if item.closed_by is not None]),
    )
    lines: list[Line] = []
    for title, members in groups:
        if members:
            lines += [line("")] if lines else []
            lines.append(line(Piece(title, "heading")))
        for item in members:
            lines += _lines_of(debrief, item)
    unread = len(around.improvements.unread)
    if unread:
        message = ngettext(
            "{n} run is left out: it cannot be read.", "{n} runs are left out: they cannot be read.", unread
        )
        lines += [line(""), line(Piece(message.format(n=unread), "warn"))]
    return lines


def _items(debrief: Debrief, around: Surroundings) -> "list[CarriedItem]":
    return [item for item in around.improvements.items if item.playbook == debrief.view.playbook.id]


def _lines_of(debrief: Debrief, carried: "CarriedItem") -> list[Line]:
    closed = carried.closed_by is not None
    sign = Piece("✓ " if closed else "○ ", "good" if closed else "warn")
    what = carried.item.what.say(debrief.teller.language)
    told = _("{owner}, due {due}, {element}").format(
        owner=carried.item.owner_title.say(debrief.teller.language),
        due=_due(carried),
        element=poete_words(carried.item.poete),
    )
    origin = _("from run {run}").format(run=carried.run) if carried.run != debrief.run else ""
    if closed:
        origin = _("{origin}, closed by run {run}").format(origin=origin, run=carried.closed_by)
    return [
        line(sign, Piece(f"{carried.item.rating} ", "strong"), what, name=f"{carried.run}/{carried.item.task}"),
        line(Piece("      " + _("; ").join(part for part in (told, origin) if part), "dim")),
    ]


def _due(carried: "CarriedItem") -> str:
    if carried.item.due_within is None:
        return _("no date")
    moment = datetime.fromisoformat(carried.created) + timedelta(milliseconds=carried.item.due_within)
    return date_words(moment.date())


def about_item(debrief: Debrief, around: Surroundings | None, name: str) -> Parts:
    """One item: what, whose, until when, from which run, and of this run the facts it rests on."""
    if around is None:
        return []
    carried = next(carried for carried in _items(debrief, around) if f"{carried.run}/{carried.item.task}" == name)
    item, language = carried.item, debrief.teller.language
    parts: Parts = [
        (item.what.say(language), rated(item.rating)),
        (_("Whose"), item.owner_title.say(language)),
        (_("Due"), _due(carried)),
        (_("Element of preparedness"), poete_words(item.poete)),
        (_("From which run"), _("run {run}").format(run=carried.run)),
    ]
    if carried.closed_by is not None:
        parts.append((_("Closed by"), _("run {run}, which performed the task").format(run=carried.closed_by)))
    if carried.run != debrief.run:
        return parts
    area = next((area for area in debrief.evaluation.report.areas if area.task == item.task), None)
    if area is not None:
        if area.cause is not None:
            parts.append((_("Usual cause"), cause_words(area.cause)))
        parts += evidence(debrief, (number for reason in area.reasons for number in reason.evidence))
    return parts
