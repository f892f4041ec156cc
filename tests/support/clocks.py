"""Asking one clock of the shipped packs where it stands, as tersely as a worked case is told."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.clocks import ClockPack, Declaration, Scope
from incidentsim.domain.text import Text
from incidentsim.exercise.regulatory.engine import Situation, clock_views
from incidentsim.exercise.regulatory.views import ClockView, DeadlineView, Moment, QuietView, TargetView
from tests.support.local_times import places_of

HOUR = 3_600_000
DAY = 24 * HOUR
YES, NO = 1, 0


def moment(text: str) -> Moment:
    """An instant written as local time with its offset."""
    local = datetime.fromisoformat(text)
    assert local.utcoffset() is not None
    return Moment(round(local.timestamp() * 1000))


def pack(name: str) -> ClockPack:
    """A shipped pack."""
    (found,) = [one for one in shipped_packs() if one.id == name]
    return found


def scope_in(jurisdiction: str, **declared: Declaration) -> Scope:
    """An organisation subject to one jurisdiction that declares so much."""
    return Scope((jurisdiction,), declared)


def situation(
    now: str,
    *,
    levels: Mapping[str, str | None] | None = None,
    measures: Mapping[str, int] | None = None,
    filings: Mapping[str, str] | None = None,
    moments: Mapping[str, str] | None = None,
    **anchors: str,
) -> Situation:
    """What is on record, anchors by their names (`moments`, where the case picks the name)."""
    return Situation(
        now=moment(now).at,
        anchors={Anchor(name): moment(text) for name, text in {**(moments or {}), **anchors}.items()},
        levels=levels or {},
        measures=measures or {},
        filings={name: moment(text) for name, text in (filings or {}).items()},
    )


def view_of(clock: str, scope: Scope, known: Situation) -> ClockView:
    """Where one shipped clock stands."""
    (found,) = [view for view in clock_views(shipped_packs(), scope, known, places_of(scope)) if view.clock.id == clock]
    return found


def deadline(clock: str, scope: Scope, known: Situation) -> DeadlineView:
    """The same, of a clock that has a deadline."""
    found = view_of(clock, scope, known)
    assert isinstance(found, DeadlineView), found
    return found


def due(clock: str, scope: Scope, known: Situation) -> str:
    """Until when a clock runs, by the local clocks."""
    return deadline(clock, scope, known).due.local


def target(clock: str, scope: Scope, known: Situation) -> TargetView:
    """Where a clock without a number stands."""
    found = view_of(clock, scope, known)
    assert isinstance(found, TargetView), found
    return found


def quiet(clock: str, scope: Scope, known: Situation) -> QuietView:
    """Where a clock stands of which no time can be shown."""
    found = view_of(clock, scope, known)
    assert isinstance(found, QuietView), found
    return found


def texts(value: object, where: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in `value`, with the way to it."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from texts(part, f"{where}.{key}")
    elif isinstance(value, tuple):
        for order, part in enumerate(value):
            yield from texts(part, f"{where}[{order}]")
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{where}.{one.name}")
