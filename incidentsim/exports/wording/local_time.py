"""Simulated milliseconds as people say them: the local clock of the scenario, elapsed time, durations."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from incidentsim.domain.local_time import LocalTime, offset_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

_SECOND = 1_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


class LocalClock:
    """The clock on the wall of a scenario. Seconds are shown where some time of the exercise has any.

    A time of day that the clock shows twice, because it goes back, bears its offset from UTC.
    """

    def __init__(self, local: LocalTime, times: Iterable[int] = ()) -> None:
        """`times` are the times (ms from the start) that will be shown."""
        self.local = local
        self.seconds = any(at % _MINUTE >= _SECOND for at in times)
        """Whether times of day are told with seconds."""

    def _moment(self, at: int) -> datetime | None:
        try:
            return self.local.offsets.moment(self.local.start + at)
        except OverflowError:  # an exercise may be longer than the calendar
            return None

    def instant(self, at: int) -> str:
        """The local date and time with its offset, as programs read it (ISO 8601); empty after the year 9999."""
        try:
            return self.local.offsets.iso(self.local.start + at)
        except OverflowError:
            return ""

    def day(self, at: int) -> date | None:
        """The local date; `None` after the year 9999."""
        moment = self._moment(at)
        return moment.date() if moment is not None else None

    def time(self, at: int, *, seconds: bool = False) -> str:
        """The local time of day, as 09:14 or 09:14:05; as 02:14+01:00 where the clock shows it twice.

        With `seconds` it has seconds even where no time of the exercise has any.
        """
        moment, precise = self._moment(at), self.seconds or seconds
        if moment is None:
            return "--:--:--" if precise else "--:--"
        shown = f"{moment:%H:%M:%S}" if precise else f"{moment:%H:%M}"
        instant = self.local.start + at
        return shown + offset_words(self.local.offsets.at(instant)) if self.local.offsets.twice(instant) else shown

    def until(self, at: int, now: int) -> str:
        """The time of day of `at`, with its date where that is not the date of `now`."""
        day = self.day(at)
        if day is None or day == self.day(now):
            return self.time(at)
        return _("{time} on {date}").format(time=self.time(at), date=day.isoformat())

    def changes(self, until: int) -> list[tuple[int, str]]:
        """The changes of the clock up to `until`: when each comes (ms from the start), and a sentence about it."""
        return [(at, self._change(at, before, after)) for at, before, after in self.local.changes(until)]

    def _change(self, at: int, before: int, after: int) -> str:
        moment = self._moment(at)
        if moment is None:
            return ""
        old = moment + timedelta(milliseconds=before - after)  # what the clock would have shown
        if after > before:
            message = _("At {old} on {date} the clock goes forward by {length}, to {new}.")
        else:
            message = _("At {old} on {date} the clock goes back by {length}, to {new}.")
        return message.format(
            old=f"{old:%H:%M}{offset_words(before)}",
            date=date_words(old.date()),
            length=duration_words(abs(after - before)),
            new=f"{moment:%H:%M}{offset_words(after)}",
        )

    def elapsed(self, at: int, *, seconds: bool = False) -> str:
        """The time since the start, as +0:04 or +2d 03:10, or with seconds as for `time`."""
        days, rest = divmod(at, _DAY)
        hours, rest = divmod(rest, _HOUR)
        minutes = f"{rest // _MINUTE:02d}"
        if self.seconds or seconds:
            minutes += f":{rest % _MINUTE // _SECOND:02d}"
        if days:
            return _("+{days}d {hours}:{minutes}").format(days=days, hours=f"{hours:02d}", minutes=minutes)
        return f"+{hours}:{minutes}"


def weekday_words(weekday: int) -> str:
    """A day of the week, 0 Monday … 6 Sunday."""
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return weekdays[weekday]


def date_words(day: date) -> str:
    """A date with its weekday, written out."""
    months = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return _("{weekday}, {day} {month} {year}").format(
        weekday=weekday_words(day.weekday()), day=day.day, month=months[day.month - 1], year=day.year
    )


def duration_words(length: int) -> str:
    """A length of time (ms) in words, in its two largest units: `1 hour 30 minutes`."""
    days, rest = divmod(length, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    seconds = rest // _SECOND
    parts = [
        ngettext("{n} day", "{n} days", days).format(n=days) if days else "",
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if minutes else "",
        ngettext("{n} second", "{n} seconds", seconds).format(n=seconds) if seconds else "",
    ]
    said = [part for part in parts if part][:2]
    if len(said) > 1:
        return _("{larger} {smaller}").format(larger=said[0], smaller=said[1])
    return said[0] if said else ngettext("{n} second", "{n} seconds", 0).format(n=0)
