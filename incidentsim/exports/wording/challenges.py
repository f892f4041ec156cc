"""What makes the rating of a critical task worse, as a rule; `evaluation` says what did so in a run."""

from collections.abc import Iterable
from typing import assert_never

from incidentsim.domain.evaluation import (
    Challenge,
    Lacking,
    Late,
    LevelOff,
    Misjudged,
    Missed,
    Occurred,
    OutOfOrder,
    Unasked,
)
from incidentsim.exports.wording.conditions import pattern_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def challenges_words(challenges: Iterable[Challenge], names: Names) -> str:
    """Several rules of which one is enough, as a phrase; empty where there is none."""
    return _("; ").join(dict.fromkeys(challenge_words(one, names) for one in challenges))


def challenge_words(challenge: Challenge, names: Names) -> str:
    """A rule as a phrase."""
    match challenge:
        case Late(duty, 0):
            return _("“{duty}” done late").format(duty=names.duty(duty))
        case Late(duty, beyond):
            return _("“{duty}” done more than {time} late").format(duty=names.duty(duty), time=duration_words(beyond))
        case Missed(duty):
            return _("“{duty}” due and never done").format(duty=names.duty(duty))
        case Occurred(pattern):
            return pattern_words(pattern, names)
        case Lacking(pattern):
            return _("lacking: {what}").format(what=pattern_words(pattern, names))
        case LevelOff(at_least, at_most):
            return _level_off(at_least, at_most)
        case Misjudged(do):
            return _("“{step}” although the ground truth speaks against it").format(step=names.step(do))
        case OutOfOrder(first, then):
            return _("{then} before {first}").format(then=pattern_words(then, names), first=pattern_words(first, names))
        case Unasked(do):
            return _("“{step}” although nothing asked for it").format(step=names.step(do))
        case _:
            assert_never(challenge)


def _level_off(at_least: int, at_most: int | None) -> str:
    if at_most == at_least:
        return ngettext("first grading {n} level off", "first grading {n} levels off", at_least).format(n=at_least)
    if at_most is None:
        message = ngettext("first grading {n} level off or more", "first grading {n} levels off or more", at_least)
        return message.format(n=at_least)
    return _("first grading {least} to {most} levels off").format(least=at_least, most=at_most)
