"""Improvement items in words: what, whose, until when, where it stands, and what closes it."""

from datetime import date

from incidentsim.domain.text import Language
from incidentsim.exercise.afterwards.carrying import CarriedItem
from incidentsim.exports.wording.afterwards import state_words
from incidentsim.exports.wording.evaluation import poete_words
from incidentsim.exports.wording.local_time import date_words
from incidentsim.messages import gettext as _


def due_words(item: CarriedItem) -> str:
    """Return the due date of an item in words."""
    return _("no date") if item.due is None else date_words(item.due)


def owner_words(item: CarriedItem, language: Language) -> str:
    """Return the owner, or that there is none yet."""
    return item.owner.say(language).strip() or _("nobody yet")


def whose_words(item: CarriedItem, language: Language) -> str:
    """Owner, due date, and where it is known the element of preparedness."""
    owner, due = owner_words(item, language), due_words(item)
    if item.proposal is None:
        return _("{owner}, due {due}").format(owner=owner, due=due)
    element = poete_words(item.proposal.poete)
    return _("{owner}, due {due}, {element}").format(owner=owner, due=due, element=element)


def standing_of(item: CarriedItem, today: date) -> str:
    """The state of an item, marked where it is overdue."""
    state = state_words(item.state)
    return _("{state}, OVERDUE").format(state=state) if item.overdue(today) else state


def closing_words(item: CarriedItem, language: Language) -> list[str]:
    """Return the sentences on what closed an item, or what a later run shows so that it can be closed."""
    said = []
    if item.evidence is not None:
        said.append(_("Evidence: {words}").format(words=item.evidence.say(language)))
    if item.closed_by is not None:
        said.append(_("closed by run {run}{facts}").format(run=item.closed_by, facts=_facts(item.facts)))
    if item.performed_by is not None and item.open:
        message = _("Run {run} performed the task{facts}: the item can be closed.")
        said.append(message.format(run=item.performed_by, facts=_facts(item.performed)))
    return said


def _facts(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    return _(" ({facts})").format(facts=_(", ").join(f"#{number}" for number in numbers))
