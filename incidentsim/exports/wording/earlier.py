"""How a run compares with earlier ones, in words."""

from typing import TYPE_CHECKING

from incidentsim.exercise.evaluation.history import better
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.metrics import Metric


def change_words(now: "Metric", then: "Metric") -> str:
    """The difference between a value and an earlier one of the same metric, and whether it is better or worse."""
    told = difference_words(now, then)
    match better(now, then):
        case True:
            return _("better: {difference}").format(difference=told)
        case False:
            return _("worse: {difference}").format(difference=told)
        case None:
            return told


def difference_words(now: "Metric", then: "Metric") -> str:
    """The difference between a value and an earlier one of the same metric."""
    value, earlier = now.value, then.value
    if value == earlier:
        return _("the same")
    if earlier is None:
        return _("reached this time")
    if value is None:
        return _("not reached this time")
    more = int(value) - int(earlier)
    match now.unit:
        case "ms" if more < 0:
            return _("{length} shorter").format(length=duration_words(-more))
        case "ms":
            return _("{length} longer").format(length=duration_words(more))
        case "yes_no":
            return _("yes this time") if value else _("no this time")
        case "levels":
            return _off(abs(int(value)), abs(int(earlier)))
        case "count":
            if more < 0:
                return ngettext("{n} fewer", "{n} fewer", -more).format(n=-more)
            return ngettext("{n} more", "{n} more", more).format(n=more)


def _off(now: int, then: int) -> str:
    if now == then:
        return _("as far off, the other way")
    if now < then:
        return ngettext("{n} level nearer to the truth", "{n} levels nearer to the truth", then - now).format(
            n=then - now
        )
    return ngettext("{n} level farther from the truth", "{n} levels farther from the truth", now - then).format(
        n=now - then
    )
