"""Bots of a proficiency, and lengths of time short enough for a table, in words."""

from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def people_word(proficiency: int) -> str:
    """People of this proficiency in a word; the bare number where there is none."""
    words = {30: _("novices"), 65: _("practised"), 100: _("experts")}
    return words.get(proficiency, str(proficiency))


def people_words(proficiency: int) -> str:
    """The same with the number."""
    word = people_word(proficiency)
    if word == str(proficiency):
        return _("people of proficiency {proficiency}").format(proficiency=proficiency)
    return _("{people} ({proficiency})").format(people=word, proficiency=proficiency)


def short(length: int) -> str:
    """A length of time (ms, below nothing too) in its two largest units, as short as it goes: 3d 21h, 45m."""
    if length < 0:
        return "-" + short(-length)
    days, rest = divmod(length, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    if days:
        return (_("{days}d {hours}h") if hours else _("{days}d")).format(days=days, hours=hours)
    if hours:
        return (_("{hours}h {minutes}m") if minutes else _("{hours}h")).format(hours=hours, minutes=minutes)
    return _("{minutes}m").format(minutes=minutes)


def compact(length: int) -> str:
    """A length of time (ms) in a table: in hours and minutes, in words where it is less than a minute."""
    return short(length) if length >= _MINUTE else duration_words(length)
