"""Local time: the one notion of it that timeline, working hours, absences, dates and regulatory deadlines share.

Nothing here knows a time zone. The offsets of each place from UTC are resolved beforehand, for as long as an exercise
can matter, and are handed in as a small table; so no newer or older zone data can move what followed from them.

Instants and offsets are whole milliseconds: instants since 1970-01-01T00:00Z, offsets positive east of Greenwich. What
a clock shows is written as the milliseconds since its own 1970-01-01T00:00.

Where the clocks go back, they show some times twice: then the first is meant, unless an offset is written. Where they
go forward, they skip some times: then the moment of the change is meant, the first at which they show a later one. So
what comes earlier on the clock never comes later in the exercise (RFC 5545, section 3.3.5, agrees about the former; it
takes the latter as much later as the clocks skip, by which 02:30 would come after 03:10).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK_EPOCH = EPOCH.replace(tzinfo=None)
_MILLISECOND = timedelta(milliseconds=1)
_SECOND = 1_000
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Offsets:
    """The offsets from UTC of the clocks of one place, and the times that these show.

    Attributes:
        first: their offset from UTC before the first change (ms).
        changes: the instants from which they have another, each with that offset (ms), in order of time.
    """

    first: int
    changes: tuple[tuple[int, int], ...] = ()

    def at(self, instant: int) -> int:
        """The offset at an instant (ms)."""
        offset = self.first
        for since, changed in self.changes:
            if instant < since:
                break
            offset = changed
        return offset

    def shown(self, instant: int) -> int:
        """The time that the clocks show at an instant (ms)."""
        return instant + self.at(instant)

    def furthest(self, instant: int) -> int:
        """The latest time that the clocks have shown by an instant (ms): where they went back, they stand until then.

        Daily stretches, such as absences and working hours, go by this, so that none is entered or left twice.
        """
        peak, offset = None, self.first
        for since, changed in self.changes:
            if instant < since:
                break
            before = since - 1 + offset
            peak = before if peak is None else max(peak, before)
            offset = changed
        return instant + offset if peak is None else max(peak, instant + offset)

    def first_at(self, shown: int) -> int:
        """The first instant at which the clocks show this time (ms) or a later one."""
        begins: int | None = None
        offset = self.first
        for since, changed in self.changes:
            instant = shown - offset if begins is None else max(begins, shown - offset)
            if instant < since:
                return instant
            begins, offset = since, changed
        return shown - offset if begins is None else max(begins, shown - offset)

    def twice(self, instant: int) -> bool:
        """Return whether the clocks show the time of this instant at another instant too."""
        shown, offset = self.shown(instant), self.first
        for since, changed in self.changes:
            if changed < offset and since + changed <= shown < since + offset:
                return True
            offset = changed
        return False

    def moment(self, instant: int) -> datetime:
        """The local date and time of an instant, with its offset to the minute.

        Raises:
            OverflowError: it lies outside of the calendar, which ends with the year 9999.
        """
        # ISO 8601 writes whole minutes of offset; a place that has seconds of it is shown that much earlier.
        whole = self.at(instant) // _MINUTE * _MINUTE
        return (EPOCH + instant * _MILLISECOND).astimezone(timezone(whole * _MILLISECOND))

    def iso(self, instant: int) -> str:
        """The local date and time with its offset, ISO 8601, exact: milliseconds stand only where there are some."""
        return self.moment(instant).isoformat(timespec="milliseconds" if instant % _SECOND else "seconds")


@dataclass(frozen=True, slots=True)
class OffsetTable:
    """The offsets that a run rests on, as they were resolved before it.

    Attributes:
        exercise: what the clocks of the exercise show.
        zone: the time zone that this is; `None` where the offset of the start holds throughout, or the scenario says
            itself when its clocks change.
        places: the time zones by which regulatory deadlines are reckoned, by name.
        until: the instant up to which changes were looked for (ms); from there on the last offset holds.
        tzdata: the version of the zone data.
        to_the_minute: true for a run of a version without such a table, whose absences and working hours were counted
            from the minute of the start, its seconds left out.
    """

    exercise: Offsets
    zone: str | None = None
    places: Mapping[str, Offsets] = field(default_factory=dict)
    until: int | None = None
    tzdata: str = ""
    to_the_minute: bool = False

    def place(self, zone: str) -> Offsets:
        """The offsets of a time zone.

        Raises:
            InputError: they were not resolved for this run.
        """
        try:
            return self.places[zone]
        except KeyError:
            message = _("The changes of the clocks in the time zone {name} were not looked up for this run.")
            raise InputError(message.format(name=zone)) from None


class LocalTime:
    """The clock on the wall of an exercise, which is asked in milliseconds from the start."""

    def __init__(self, start: int, offsets: Offsets) -> None:
        """`start` is the instant at which the exercise starts (ms)."""
        self.start = start
        self.offsets = offsets
        first = offsets.at(start)
        later = tuple(change for change in offsets.changes if change[0] > start)
        self._shown_at_start = start + first
        self._later = Offsets(first, later) if later else None

    def kept(self, at: int) -> int:
        """The local time that daily stretches go by (ms); it never goes back.

        It is what the clock shows, and while the clock shows for the second time what it showed since the start, the
        latest of it.
        """
        if self._later is None:
            return self._shown_at_start + at
        return self._later.furthest(self.start + at)

    def when(self, kept: int) -> int:
        """The first time (ms from the start) at which `kept` says this or more."""
        if self._later is None:
            return kept - self._shown_at_start
        return self._later.first_at(kept) - self.start

    def changes(self, until: int) -> list[tuple[int, int, int]]:
        """The changes of the clock after the start and up to `until` (ms from the start).

        Each with its time (ms from the start) and the offsets before it and from it on (ms).
        """
        found, offset = [], self.offsets.at(self.start)
        for since, changed in self.offsets.changes:
            if self.start < since <= self.start + until:
                found.append((since - self.start, offset, changed))
                offset = changed
        return found


def instant_and_offset(written: str) -> tuple[int, int]:
    """The instant of a local date and time with its offset from UTC (ISO 8601), and that offset, both in ms."""
    moment = datetime.fromisoformat(written)
    return (moment - EPOCH) // _MILLISECOND, (moment.utcoffset() or timedelta()) // _MILLISECOND


def shown_as(moment: datetime) -> int:
    """The local date and time in `moment`, as a clock shows it (ms); an offset in it is not looked at."""
    return (moment.replace(tzinfo=None) - _CLOCK_EPOCH) // _MILLISECOND


def offset_of(written: str) -> int:
    """The offset that `offset_words` writes (ms)."""
    size = int(written[1:3]) * 60 + int(written[4:6])
    return (-size if written[0] == "-" else size) * _MINUTE


def offset_words(offset: int) -> str:
    """An offset as ISO 8601 writes it, to the minute: +02:00."""
    minutes = offset // _MINUTE
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
