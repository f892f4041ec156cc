"""Lengths of time as they are shown beside what is owed: in words, or as short as it goes."""

from typing import TYPE_CHECKING

from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.session.seat_view import OpenDutyView


def length_left_words(rest: int) -> str:
    """Return the words for the time left (ms), or where it is negative, for how late it is."""
    if rest >= 0:
        return _("{length} left").format(length=duration_words(rest)) if rest else _("due now")
    return _("{length} late").format(length=duration_words(-rest))


def length_left(rest: int) -> str:
    """A countdown: how long is left (ms), or for how long it has been over."""
    if rest == 0:
        return _("due now")
    return _("{length} left").format(length=brief(rest)) if rest > 0 else _("{length} late").format(length=brief(-rest))


def brief(length: int) -> str:
    """A length of time (ms) in its two largest units, as short as it goes: `2d 3h`, `1h 05m`, `4m 09s`."""
    seconds = length // 1_000
    days, hours, minutes = seconds // 86_400, seconds // 3_600 % 24, seconds // 60 % 60
    if days:
        return _("{d}d {h}h").format(d=days, h=hours)
    if hours:
        return _("{h}h {m}m").format(h=hours, m=f"{minutes:02d}")
    return _("{m}m {s}s").format(m=minutes, s=f"{seconds % 60:02d}")


def owed_words(duty: "OpenDutyView") -> str:
    """Return the words that say which duty an action ends, and until when that is owed."""
    if duty.due is None:
        return _("owed: {duty}").format(duty=duty.title)
    if duty.late:
        return _("late since {time}: {duty}").format(time=duty.until, duty=duty.title)
    return _("due by {time}: {duty}").format(time=duty.until, duty=duty.title)
