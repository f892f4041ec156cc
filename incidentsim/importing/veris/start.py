"""When the exercise starts: at the discovery, by the record's own dates as far as they are real dates."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.exercise.kernel.sim_time import DAY
from incidentsim.importing.veris.facts import span
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.vocabulary.tables import units
from incidentsim.messages import gettext as _

_INCIDENT: Final[Path] = ("timeline", "incident")
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_FALLBACK_YEAR, _FALLBACK_MONTH, _FALLBACK_DAY = 2021, 6, 15
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?( ?([AaPp])[Mm])?")
_NOON: Final = 12
_OFFSET: Final = timezone(timedelta(hours=8))
_MADE: Final[tuple[Path, ...]] = (("plus", "created"), ("plus", "modified"))
_LONGEST_DELAY: Final = 30 * 365 * DAY


def starts(record: Record) -> str:
    """The local date and time at which the exercise starts, with the offset of the company of the story."""
    record.section(_INCIDENT)
    year = _part(record, "year", _FIRST_YEAR, _LAST_YEAR, _FALLBACK_YEAR)
    month = _part(record, "month", 1, 12, _FALLBACK_MONTH)
    day = _part(record, "day", 1, 31, _FALLBACK_DAY)
    try:
        dated = datetime(year, month, day)  # noqa: DTZ001 - local time; the offset is written behind it
    except ValueError:
        record.carried.discard((*_INCIDENT, "day"))
        record.drop((*_INCIDENT, "day"), _("There is no such day; the first of the month is used."))
        dated = datetime(year, month, 1)  # noqa: DTZ001 - the same
    delay = span(record, ("timeline", "discovery"), "timeline.discovery.unit")
    unit = units()[delay.unit].ms if delay is not None else None
    moment = dated + _time_of_day(record)
    if delay is not None and delay.value and unit and delay.value * unit <= _LONGEST_DELAY:
        # The record dates the first act; the exercise starts when it is discovered.
        record.carry(delay.path)
        moment += timedelta(milliseconds=int(delay.value * unit))
    has_year, has_month, has_day = ((*_INCIDENT, name) in record.carried for name in ("year", "month", "day"))
    known = dated.replace(month=dated.month if has_month else 1, day=dated.day if has_day else 1)
    if not has_year:
        known = known.replace(year=_FIRST_YEAR, month=1, day=1)
    return f"{_before_recorded(record, moment, known):%Y-%m-%dT%H:%M}+08:00"


def day_of(begins: str) -> date:
    """Return the day, at the company of the story, on which an exercise starts whose local time `starts` gave."""
    return datetime.fromisoformat(begins).date()


def _before_recorded(record: Record, moment: datetime, known: datetime) -> datetime:
    """`moment`, or the day before the record was made, if that is earlier: no story begins after it was recorded.

    It does not go back further than the date that the record gives, as far as that is not itself after the record.
    """
    recorded = _recorded(record)
    if recorded is None or moment <= recorded[1]:
        return moment
    path, made = recorded
    message = _("The date would lie after the day on which the record was made; the day before that is assumed.")
    record.assume(path, message)
    before = moment.replace(year=made.year, month=made.month, day=1) + timedelta(days=made.day - 2)
    return max(before, min(known, made))


def _recorded(record: Record) -> tuple[Path, datetime] | None:
    """Where the record says when it was made, and the earliest of these moments, in the local time of the story."""
    moments = []
    for path in _MADE:
        value = record.at(path)
        try:
            made = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        except ValueError:
            continue
        if made is None or not _FIRST_YEAR < made.year < _LAST_YEAR:
            continue
        local = made.astimezone(_OFFSET) if made.tzinfo is not None else made
        moments.append((path, local.replace(tzinfo=None)))
    return min(moments, key=lambda made: made[1], default=None)


def _part(record: Record, name: str, least: int, most: int, fallback: int) -> int:
    path = (*_INCIDENT, name)
    number = record.count(path)
    if number is not None and least <= number <= most:
        record.carry(path)
        return number
    if number is not None:
        record.drop(
            path, _("This is no such part of a date between {least} and {most}.").format(least=least, most=most)
        )
    record.assume(path, _("The date is not given in full; {number} is assumed.").format(number=fallback))
    return fallback


def _time_of_day(record: Record) -> timedelta:
    path = (*_INCIDENT, "time")
    value = record.at(path)
    if value is not None:
        clock = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
        hour, minute = (int(clock[1]), int(clock[2])) if clock else (24, 0)
        if clock and clock[5]:  # twelve o'clock begins the half of the day
            hour = hour % _NOON + (_NOON if clock[5] in "Pp" else 0) if 1 <= hour <= _NOON else 24
        if hour < 24 and minute < 60:  # noqa: PLR2004 - the clock
            record.carry(path)
            return timedelta(hours=hour, minutes=minute)
        record.drop(path, _("This is no time of day that can be read here."))
    return timedelta(hours=9)
