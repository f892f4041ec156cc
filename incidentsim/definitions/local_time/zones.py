"""Time zones, always those of the `tzdata` package and never of the machine. The only reader of zone data."""

from collections.abc import Collection
from datetime import timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from incidentsim.domain.errors import InputError
from incidentsim.domain.local_time import EPOCH, Offsets
from incidentsim.messages import gettext as _

_MILLISECOND = timedelta(milliseconds=1)
_SECOND = 1_000
_DAY = 86_400_000


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone `name` of the `tzdata` package.

    Raises:
        InputError: it has no such zone.
    """
    if name not in known_zones():
        raise InputError(_("There is no time zone {name}.").format(name=name))
    file = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with file.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@cache
def known_zones() -> Collection[str]:
    """The names of all time zones."""
    return tuple(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


@cache
def zones_version() -> str:
    """Return the version of `tzdata` that these time zones are of, such as `2026.6`."""
    import tzdata  # type: ignore[import-untyped]  # a version and data files, no types

    return str(tzdata.__version__)


@lru_cache(maxsize=1024)
def offsets_between(name: str, begins: int, ends: int) -> Offsets:
    """The offsets of a time zone from one instant to another (ms since 1970-01-01T00:00Z).

    It is asked once a day, and between two answers that differ, where the change lies; since 1970 no zone has changed
    twice within a day.

    Raises:
        InputError: there is no such zone.
    """
    place = zone(name)
    first = known = _offset(place, begins)
    changes = []
    for day in range(begins, ends, _DAY):
        until = min(day + _DAY, ends)
        offset = _offset(place, until)
        if offset != known:
            changes.append((_change(place, day, until), offset))
            known = offset
    return Offsets(first, tuple(changes))


def _offset(place: ZoneInfo, instant: int) -> int:
    return ((EPOCH + instant * _MILLISECOND).astimezone(place).utcoffset() or timedelta()) // _MILLISECOND


def _change(place: ZoneInfo, before: int, after: int) -> int:
    """The first instant with the offset of `after`; zones change at whole seconds."""
    changed = _offset(place, after)
    low, high = before // _SECOND, -(-after // _SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(place, middle * _SECOND) == changed:
            high = middle
        else:
            low = middle
    return high * _SECOND
