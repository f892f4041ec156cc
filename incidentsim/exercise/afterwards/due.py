"""Dates by which something is to be done: read as they were written, and reckoned from when a run was made."""

from datetime import date, datetime, timedelta

Day = date
"""A day, of no time zone: dates are agreed on, not measured."""


def due_after(created: str, within: int | None) -> Day | None:
    """The day so many ms after a run was made (UTC as in entries); `None` where one of both is not known."""
    if within is None or not created:
        return None
    return (datetime.fromisoformat(created) + timedelta(milliseconds=within)).date()


def written_day(written: str) -> Day | None:
    """The day that is written so (ISO 8601, `2026-12-31`); `None` where it is none, or written in another way."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day.isoformat() == written else None
