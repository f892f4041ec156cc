"""What is to be improved, in a debrief: items open and closed, over all runs by the same procedure."""

from typing import TYPE_CHECKING

from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.evaluation import poete_words
from incidentsim.exports.wording.improvements import closing_words, due_words, owner_words, standing_of, whose_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.debrief.data import Debrief, Surroundings
from incidentsim.tui.debrief.evidence import Parts, evidence
from incidentsim.tui.debrief.ratings import rated
from incidentsim.tui.widgets.line_list import Line, Piece, line

if TYPE_CHECKING:
    from incidentsim.exercise.afterwards.carrying import CarriedItem


def item_lines(debrief: Debrief, around: Surroundings | None) -> list[Line]:
    """Open items of this run first, then those of other runs, then the closed ones."""
    if around is None:
        return [line(Piece(_("Earlier runs are being looked at …"), "dim"))]
    if around.wrong:
        told = _("Other runs cannot be looked at: {reason}").format(reason=around.wrong)
        return [line(Piece(told, "warn"))]
    items = _items(debrief, around)
    groups = (
        (_("Open, from this run"), [item for item in items if item.open and item.run == debrief.run]),
        (_("Open, from other runs"), [item for item in items if item.open and item.run != debrief.run]),
        (_("Closed"), [item for item in items if not item.open]),
    )
    lines: list[Line] = []
    for title, members in groups:
        if members:
            lines += [line("")] if lines else []
            lines.append(line(Piece(title, "heading")))
        for item in members:
            lines += _lines_of(debrief, around, item)
    unread = len(around.improvements.unread)
    if unread:
        message = ngettext(
            "{n} run is left out: it cannot be read.", "{n} runs are left out: they cannot be read.", unread
        )
        lines += [line(""), line(Piece(message.format(n=unread), "warn"))]
    return lines


def _items(debrief: Debrief, around: Surroundings) -> "list[CarriedItem]":
    return [item for item in around.improvements.items if item.playbook == debrief.view.playbook.id]


def _lines_of(debrief: Debrief, around: Surroundings, carried: "CarriedItem") -> list[Line]:
    language = debrief.teller.language
    sign = Piece("○ ", "warn") if carried.open else Piece("✓ ", "good")
    told = [whose_words(carried, language), standing_of(carried, around.today), *closing_words(carried, language)]
    if carried.run != debrief.run:
        told.append(_("from run {run}").format(run=carried.run))
    rating = carried.proposal.rating if carried.proposal is not None else "·"
    what = carried.action.say(language)
    return [
        line(sign, Piece(f"{rating} ", "strong"), what, name=f"{carried.run}/{carried.id}"),
        line(Piece("      " + _("; ").join(told), "dim")),
    ]


def about_item(debrief: Debrief, around: Surroundings | None, name: str) -> Parts:
    """One item: what, whose, until when, from which run, and of this run the facts it rests on."""
    if around is None:
        return []
    carried = next(carried for carried in _items(debrief, around) if f"{carried.run}/{carried.id}" == name)
    proposal, language = carried.proposal, debrief.teller.language
    parts: Parts = [
        (carried.action.say(language), rated(proposal.rating) if proposal is not None else ""),
        (_("Whose"), owner_words(carried, language)),
        (_("Due"), due_words(carried)),
        (_("State"), standing_of(carried, around.today)),
        (_("Id"), carried.id),
        (_("From which run"), _("run {run}").format(run=carried.run)),
    ]
    if proposal is not None:
        parts.append((_("Element of preparedness"), poete_words(proposal.poete)))
    parts += [(_("Closing"), words) for words in closing_words(carried, language)]
    if carried.run != debrief.run:
        return parts
    area = next((area for area in debrief.evaluation.report.areas if area.task == carried.task), None)
    if area is not None:
        if area.cause is not None:
            parts.append((_("Usual cause"), cause_words(area.cause)))
        parts += evidence(debrief, (number for reason in area.reasons for number in reason.evidence))
    return parts
