"""Simulated time: integer milliseconds from the start, and the local hours that people keep."""

from typing import Final

from incidentsim.domain.local_time import LocalTime
from incidentsim.domain.playbook import Hours, WorkingHours
from incidentsim.domain.scenario import Person

SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
MINUTES_A_DAY: Final = 24 * 60
DAYS_A_WEEK: Final = 7
THURSDAY: Final = 3
"""The weekday (0 Monday … 6 Sunday) of 1970-01-01, the day from which local time is counted."""


def is_away(person: Person, now: int, local: LocalTime) -> bool:
    """Return whether `person` is absent at `now` (ms) by the clock on the wall."""
    if person.always_away:
        return True
    if not person.away:
        return False
    minute = local.kept(now) // MINUTE % MINUTES_A_DAY
    return any(begin <= minute < end for begin, end in person.away)


def back_at(person: Person, now: int, local: LocalTime) -> int | None:
    """The first time from `now` on (ms) at which `person` is present; `None` if never."""
    if person.always_away:
        return None
    at = now
    # Adjoining stretches follow one another at most so often, and a change of clocks may swallow what lies between.
    for _ in range(3 * (len(person.away) + 1)):
        minutes = local.kept(at) // MINUTE
        minute = minutes % MINUTES_A_DAY
        ends = [end for begin, end in person.away if begin <= minute < end]
        if not ends:
            return at
        at = local.when((minutes + max(ends) - minute) * MINUTE)
    return None


def in_working_hours(hours: WorkingHours | None, now: int, local: LocalTime) -> bool:
    """Return whether `now` (ms) is in working hours; without any, a playbook works round the clock."""
    if hours is None:
        return True
    day, minute = divmod(local.kept(now) // MINUTE, MINUTES_A_DAY)
    return (day + THURSDAY) % DAYS_A_WEEK in hours.days and hours.begins <= minute < hours.ends


def hours_begin(sort: Hours, hours: WorkingHours | None, now: int, local: LocalTime) -> int | None:
    """The first time from `now` on (ms) that is in working hours, or out of them; `None` if there is none."""
    wanted = sort == "working"
    if in_working_hours(hours, now, local) == wanted:
        return now
    if hours is None:
        return None
    today = local.kept(now) // DAY
    for day in range(today, today + 2 * DAYS_A_WEEK):  # a change of clocks may swallow a day that they work on
        for minute in (hours.begins, hours.ends):
            at = local.when(day * DAY + minute * MINUTE)
            if at > now and in_working_hours(hours, at, local) == wanted:
                return at
    return None
