"""The questions for the debriefing: about the objectives, about likely mistakes, and about what comes next."""

from collections import Counter
from typing import Final, assert_never

from incidentsim.domain.facts import RefusalReason
from incidentsim.exercise.forecast.shapes import Mistake, Preview
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _

ASKED_ABOUT: Final = 6
"""So many of the likely mistakes become questions,"""
ALIKE: Final = 2
"""and of each kind at most so many."""


def questions(preview: Preview, names: Names) -> list[str]:
    """Return the questions, in the order in which they are asked."""
    asked = [
        _("Our objective was “{objective}” Did we reach it, and what shows that?").format(
            objective=_sentence(names.say(objective.text))
        )
        for objective in preview.scenario.objectives
    ]
    seen: Counter[str] = Counter()
    for mistake in preview.forecast.mistakes:
        seen[mistake.kind] += 1
        if seen[mistake.kind] <= ALIKE and sum(min(number, ALIKE) for number in seen.values()) <= ASKED_ABOUT:
            asked.append(_about(mistake, names))
    return [
        *dict.fromkeys(asked),
        _("What did somebody know that the others would have needed, and when?"),
        _("Which decision would we take again, and which would we not?"),
        _("Which one thing do we change now, who does it, and by when?"),
    ]


def _sentence(words: str) -> str:
    """The words with a full stop, if they end in none."""
    return words if words.endswith((".", "!", "?", "。", "！", "？", "…")) else _("{sentence}.").format(sentence=words)


def _about(mistake: Mistake, names: Names) -> str:
    match mistake.kind:
        case "late":
            message = _("Were we in time with “{duty}”, and if not, what held us up?")
            return message.format(duty=names.duty(mistake.subject))
        case "level":
            return _("Which figures decide on the level, and when did we have them?")
        case "judgement":
            message = _("“{step}” – what did we know when this was decided, and from whom?")
            return message.format(step=names.step(mistake.subject))
        case "refused" if mistake.why == RefusalReason.CONTENT:
            message = _("“{step}” – what has to be written down for this, and which of us knew it?")
            return message.format(step=names.step(mistake.subject))
        case "refused" if mistake.why in {RefusalReason.STATE, RefusalReason.NEEDS, RefusalReason.NOT_RAISED}:
            message = _("“{step}” – what must have been done before, and had we done it?")
            return message.format(step=names.step(mistake.subject))
        case "unasked" | "refused":
            message = _("“{step}” – who may do this, and which clause says so?")
            return message.format(step=names.step(mistake.subject))
        case _:
            assert_never(mistake.kind)
