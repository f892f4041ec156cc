"""Improvement items as lines of a list, and everything about one beside it."""

from collections.abc import Sequence
from datetime import date

from incidentsim.domain.text import Language
from incidentsim.exercise.afterwards.carrying import CarriedItem
from incidentsim.exports.wording.evaluation import poete_words
from incidentsim.exports.wording.improvements import closing_words, due_words, owner_words, standing_of, whose_words
from incidentsim.messages import gettext as _
from incidentsim.tui.widgets.line_list import Line, Piece, line


def name_of(item: CarriedItem) -> str:
    """Return the name of an item's line: run and id together are unique."""
    return f"{item.run}/{item.id}"


def item_lines(items: Sequence[CarriedItem], language: Language, today: date) -> list[Line]:
    """Two lines for each item: what is to be done, then whose it is, until when, and where it stands."""
    lines: list[Line] = []
    for item in items:
        sign = Piece("✓ ", "good")
        if item.open:
            sign = Piece("‼ ", "bad") if item.overdue(today) else Piece("○ ", "warn")
        lines.append(line(sign, item.action.say(language), name=name_of(item)))
        told = _("; ").join((standing_of(item, today), whose_words(item, language)))
        shown = Piece("  " + told, "dim")
        closable = [Piece("  ⇒", "accent")] if item.open and item.performed_by is not None else []
        lines.append(line(shown, *closable))
    return lines


def about_item(item: CarriedItem, language: Language, today: date) -> tuple[str, list[tuple[str, str]]]:
    """The heading, and titles with texts."""
    parts = [
        ("", item.action.say(language)),
        (_("State"), standing_of(item, today)),
        (_("Whose"), owner_words(item, language)),
        (_("Due"), due_words(item)),
        *((_("Closing"), words) for words in closing_words(item, language)),
        (_("From which run"), _("run {run}").format(run=item.run)),
    ]
    if item.proposal is not None:
        parts.append((_("Task"), item.proposal.what.say(language)))
        parts.append((_("Element of preparedness"), poete_words(item.proposal.poete)))
    return item.id, parts
