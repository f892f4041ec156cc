"""Improvement items over all runs, as people read them."""

from collections.abc import Sequence
from datetime import date

from incidentsim.domain.text import Language
from incidentsim.exercise.afterwards.carrying import CarriedItem
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.improvements import closing_words, standing_of, whose_words
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _

_MARGIN = "   "


def improvements_lines(items: Sequence[CarriedItem], language: Language, today: date) -> list[str]:
    """The items: what, whose, until when, their ids and states, the run each comes from, and what closes it.

    `today` is the day by which it is told what is overdue.
    """
    lines: list[str] = []
    for item in items:
        rating = item.proposal.rating if item.proposal is not None else "·"
        lines += hanging(f"{rating}  ", visible(item.action.say(language)))
        lines += hanging(_MARGIN, visible(whose_words(item, language)))
        origin = _("{id}: {state}, from run {run} ({playbook})").format(
            id=item.id, state=standing_of(item, today), run=item.run, playbook=item.playbook
        )
        lines += hanging(_MARGIN, visible(origin))
        for words in closing_words(item, language):
            lines += hanging(_MARGIN, visible(words))
    return lines
