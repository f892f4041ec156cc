"""Values of measures: as files write them, and as people say them in English and in Chinese."""

from typing import Final

from incidentsim.definitions.formats.durations import format_duration
from incidentsim.domain.meanings import Unit
from incidentsim.domain.text import Language

_WAN: Final = 10_000
_YI: Final = 100_000_000
_FINE: Final = 100
"""A part of a hundredth of 万 or 亿 is said; what is finer is written in digits."""
_MINUTE: Final = 60_000
_HOUR: Final = 60 * _MINUTE
_SECOND: Final = 1000


def number(value: int, language: Language) -> str:
    """A count: 184,000 and 18.4万; 183,742 and 183742; 4,200 and 4200."""
    if language == "en":
        return f"{value:,}"
    for size, word in ((_YI, "亿"), (_WAN, "万")):
        if value >= size and value % (size // _FINE) == 0:
            whole, rest = divmod(value // (size // _FINE), _FINE)
            return f"{whole}{f'.{rest:02d}'.rstrip('0') if rest else ''}{word}"
    return str(value)


def money(value: int, language: Language) -> str:
    """An amount of yuan."""
    return f"{number(value, 'en')} yuan" if language == "en" else f"{number(value, 'zh')}元"


def duration(value: int, language: Language) -> str:
    """A duration of `value` ms, to the second."""
    hours, rest = divmod(value, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    seconds = rest // _SECOND
    if language == "zh":
        parts = [(hours, "小时"), (minutes, "分钟" if not seconds else "分"), (seconds, "秒")]
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0秒"
    named = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in named if count]
    return " ".join(words) or "0 seconds"


def written(value: int, unit: Unit) -> int | bool | str:
    """The value of a measure as a file writes it; a duration is in ms."""
    match unit:
        case "duration":
            return format_duration(value)
        case "flag":
            return bool(value)
        case "count" | "money" | "percent":
            return value


def amount(value: int, unit: Unit, language: Language) -> str:
    """The value of a measure beside its title, which says the currency of money: 184,000, 1%, 2 hours."""
    match unit:
        case "duration":
            return duration(value, language)
        case "percent":
            return f"{number(value, language)}%"
        case "count" | "money" | "flag":
            return number(value, language)
