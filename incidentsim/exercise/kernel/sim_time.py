"""Simulated time: integer milliseconds from the start, and the local hours that people keep."""

from datetime import date
from typing import Final

from incidentsim.domain.playbook import Hours, WorkingHours
from incidentsim.domain.scenario import Person

SECOND: Final = 1_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
MINUTES_A_DAY: Final = 24 * 60
DAYS_A_WEEK: Final = 7


def is_away(person: Person, now: int, start_minute: int) -> bool:
    """Return whether `person` is absent at `now` (ms), in an exercise that starts at `start_minute` of a local day."""
    if person.always_away:
        return True
    if not person.away:
        return False
    minute = (start_minute + now // MINUTE) % MINUTES_A_DAY
    return any(begin <= minute < end for begin, end in person.away)


def back_at(person: Person, now: int, start_minute: int) -> int | None:
    """The first time from `now` on (ms) at which `person` is present; `None` if never."""
    if person.always_away:
        return None
    at = now
    for _ in range(len(person.away) + 1):  # adjoining stretches follow one another at most this often
        minute = (start_minute + at // MINUTE) % MINUTES_A_DAY
        ends = [end for begin, end in person.away if begin <= minute < end]
        if not ends:
            return at
        at = (at // MINUTE + max(ends) - minute) * MINUTE
    return None


def first_weekday(starts: str) -> int:
    """The weekday (0 Monday … 6 Sunday) of the local day on which an exercise starts (ISO 8601, with its offset)."""
    return date.fromisoformat(starts[:10]).weekday()


def in_working_hours(hours: WorkingHours | None, now: int, start_minute: int, weekday: int) -> bool:
    """Return whether `now` (ms) is in working hours; without any, a playbook works round the clock.

    The exercise starts at `start_minute` of a local day that is a `weekday` (0 Monday … 6 Sunday).
    """
    if hours is None:
        return True
    minutes = start_minute + now // MINUTE
    day, minute = (weekday + minutes // MINUTES_A_DAY) % DAYS_A_WEEK, minutes % MINUTES_A_DAY
    return day in hours.days and hours.begins <= minute < hours.ends


def hours_begin(sort: Hours, hours: WorkingHours | None, now: int, start_minute: int, weekday: int) -> int | None:
    """The first time from `now` on (ms) that is in working hours, or out of them; `None` if there is none."""
    wanted = sort == "working"
    if in_working_hours(hours, now, start_minute, weekday) == wanted:
        return now
    if hours is None:
        return None
    today = (start_minute + now // MINUTE) // MINUTES_A_DAY
    for day in range(today, today + DAYS_A_WEEK + 1):
        for minute in (hours.begins, hours.ends):
            at = (day * MINUTES_A_DAY + minute - start_minute) * MINUTE
            if at > now and in_working_hours(hours, at, start_minute, weekday) == wanted:
                return at
    return None
