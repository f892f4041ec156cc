"""Local dates, ends of days and working days, reckoned from instants that are given.

Instants are whole milliseconds since 1970-01-01T00:00Z. Two bodies of data decide about dates: the changes of the
clocks at a place, which are handed in as they were resolved before the run, and the `holidays` library. Both are named
with their version wherever a result rests on them, so that a date can be explained on another machine or in another
year.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.domain.local_time import Offsets, shown_as
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from holidays import HolidayBase

_DAY = timedelta(days=1)
_MONTHS = 12


def local_day(instant: int, place: Offsets) -> date:
    """The local date of an instant."""
    return place.moment(instant).date()


def instant_of(day: date, minute: int, place: Offsets) -> int:
    """The first instant at which the clocks show this minute of a local day, or where they skip it a later one."""
    return place.first_at(shown_as(datetime(day.year, day.month, day.day, minute // 60, minute % 60)))  # noqa: DTZ001 - what a clock shows


def end_of_day(day: date, place: Offsets) -> int:
    """The last millisecond of a local day."""
    return instant_of(day + _DAY, 0, place) - 1


def plus_days(day: date, count: int) -> date:
    """`count` days later."""
    return day + count * _DAY


def plus_months(day: date, count: int) -> date:
    """The day of the same number `count` months later, or that month's last where it has no such day."""
    months = day.year * _MONTHS + day.month - 1 + count
    year, month = months // _MONTHS, months % _MONTHS + 1
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return min(date(year, month, 1) + (day.day - 1) * _DAY, following - _DAY)


def plus_business_days(day: date, count: int, calendar: str) -> date:
    """The `count`th working day (at least the first) after `day`, which itself is day zero."""
    return _holidays_of(calendar).get_nth_working_day(day, count)


def next_working_day(day: date, calendar: str) -> date:
    """The first working day after `day`."""
    return plus_business_days(day, 1, calendar)


def is_working_day(day: date, calendar: str) -> bool:
    """Return whether people work on `day`; so they do on the Saturdays and Sundays that China declares working days.

    Raises:
        InputError: there is no such holiday calendar.
    """
    return _holidays_of(calendar).is_working_day(day)


@cache
def holidays_version() -> str:
    """Return the version of `holidays` that these calendars are of, such as `0.109`."""
    from holidays.version import __version__

    return __version__


@cache
def known_calendars() -> Collection[str]:
    """The codes of all holiday calendars: countries, their parts after a hyphen (`DE-BY`), and markets."""
    import holidays

    countries = holidays.list_supported_countries(include_aliases=False)
    parts = [f"{country}-{part}" for country, found in countries.items() for part in found]
    return (*countries, *parts, *holidays.list_supported_financial(include_aliases=False))


@cache
def _holidays_of(calendar: str) -> "HolidayBase":
    import holidays  # 0.1 s and 14 MB on disk: only where a date asks for it

    try:
        if calendar in holidays.list_supported_financial(include_aliases=False):
            return holidays.financial_holidays(calendar)
        country, _hyphen, part = calendar.partition("-")
        return holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError as error:
        raise InputError(_("There is no holiday calendar {name}.").format(name=calendar)) from error
