"""When an exercise starts, and how moments before and after it are written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from incidentsim.definitions.local_time.zones import zone
from incidentsim.domain.text import Language
from incidentsim.generation.settings import Streams

_FIRST_DAY: Final = date(2026, 1, 5)
_DAYS: Final = 2 * 364
"""Exercises start in 2026 and 2027."""
_FRIDAY: Final = 4
_STEP: Final = 5
_DAY_STARTS, _DAY_ENDS = 8 * 60 + 30, 16 * 60
_NIGHT_STARTS, _NIGHT_ENDS = 19 * 60, 23 * 60
_HARD: Final = 4
_LATE_PERCENT: Final = 40

MOMENT_FORMS: Final = frozenset({"time", "date", "day", "stamp", "log"})
_DAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_ZH: Final = "一二三四五六日"
_MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time of the organisation's place, with its offset from UTC."""

    at: datetime

    def say(self, form: str, language: Language) -> str:
        """The time of day, or the form asked for."""
        at = self.at
        match form:
            case "date":
                return f"{at.day} {_MONTHS_EN[at.month - 1]}" if language == "en" else f"{at.month}月{at.day}日"
            case "day":
                weekday = at.weekday()
                return _DAYS_EN[weekday] if language == "en" else f"星期{_DAYS_ZH[weekday]}"
            case "stamp":
                return at.isoformat(timespec="seconds")
            case "log":
                return f"{at:%Y-%m-%d %H:%M:%S}"
            case _:
                return f"{at:%H:%M}"

    def later(self, seconds: int) -> "Moment":
        """The moment so many seconds later (or earlier), on the clocks of the place."""
        there = self.at.tzinfo
        return Moment((self.at.astimezone(_UTC) + timedelta(seconds=seconds)).astimezone(there))


_UTC: Final = zone("UTC")


def may_be_late(streams: Streams) -> bool:
    """Return whether the exercise starts in the evening, provided that it is hard enough."""
    return streams("start/late").chance(_LATE_PERCENT)


def start(streams: Streams, zone_name: str, difficulty: int) -> Moment:
    """Draw the moment at which the exercise starts: a working day in 2026 or 2027, within working hours of the place.

    From difficulty 4 on it is sometimes in the evening. Minutes are multiples of five.
    """
    day = _FIRST_DAY + timedelta(days=streams("start/day").below(_DAYS))
    if day.weekday() > _FRIDAY:
        day -= timedelta(days=2)
    late = difficulty >= _HARD and may_be_late(streams)
    first, last = (_NIGHT_STARTS, _NIGHT_ENDS) if late else (_DAY_STARTS, _DAY_ENDS)
    minute = streams("start/minute").between(first // _STEP, last // _STEP) * _STEP
    return Moment(datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone(zone_name)))
