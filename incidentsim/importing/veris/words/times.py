"""Words for stretches of time, as VERIS gives them: a unit, with or without a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.text import Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time. `ms` is its length, `None` where it is no length at all; `vague` speaks of some of them."""

    one: str
    many: str
    zh: str
    vague: Text
    ms: int | None

    def counted(self, number: str) -> Text:
        """So many of them; `number` is already written out."""
        return Text(f"{number} {self.one if number == '1' else self.many}", f"{number} {self.zh}")


_SECOND: Final = 1000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE
DAY: Final = 24 * _HOUR
"""A day in ms."""

UNIT: Final[Mapping[str, Unit]] = {
    "seconds": Unit("second", "seconds", "秒", Text("seconds", "数秒"), _SECOND),
    "minutes": Unit("minute", "minutes", "分钟", Text("minutes", "数分钟"), _MINUTE),
    "hours": Unit("hour", "hours", "小时", Text("hours", "数小时"), _HOUR),
    "days": Unit("day", "days", "天", Text("days", "数天"), DAY),
    "weeks": Unit("week", "weeks", "周", Text("weeks", "数周"), 7 * DAY),
    # VERIS does not say how long a month or a year is: 30 and 365 days here.
    "months": Unit("month", "months", "个月", Text("months", "数月"), 30 * DAY),
    "years": Unit("year", "years", "年", Text("years", "数年"), 365 * DAY),
    "never": Unit("never", "never", "从未", Text("never", "从未"), None),
    "na": Unit("not applicable", "not applicable", "不适用", Text("not applicable", "不适用"), None),
    "unknown": Unit("unknown", "unknown", "不详", Text("a time not known", "时间不详"), None),
}
