"""Clocks on walls, for tests: of a given time of day, and of real places over a century."""

import struct
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.definitions.local_time import zones
from incidentsim.definitions.local_time.zones import offsets_between, zones_version
from incidentsim.domain.clocks import Scope
from incidentsim.domain.local_time import LocalTime, Offsets, OffsetTable, instant_and_offset
from incidentsim.service import context

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
MONDAY_THE_FIFTH = instant_and_offset("2026-01-05T00:00+00:00")[0]
BEGINS = instant_and_offset("1990-01-01T00:00+00:00")[0]
ENDS = instant_and_offset("2100-03-01T00:00+00:00")[0]


def clock_at(minute: int, weekday: int = 0) -> LocalTime:
    """The clock of an exercise that starts at this minute of a Monday, or of a later day of that week; it is right."""
    return LocalTime(MONDAY_THE_FIFTH + weekday * DAY + minute * MINUTE, Offsets(0))


def clock_of(starts: str) -> LocalTime:
    """The clock of an exercise that starts then (ISO 8601 with its offset), which never changes."""
    start, offset = instant_and_offset(starts)
    return LocalTime(start, Offsets(offset))


@cache
def place(zone: str) -> Offsets:
    """The clocks of a time zone from 1990 to 2100."""
    return offsets_between(zone, BEGINS, ENDS)


def places_of(scope: Scope | None = None) -> OffsetTable:
    """The clocks of all places of the shipped packs, and of those that `scope` names; the exercise goes by UTC."""
    zones = {pack.zone for pack in shipped_packs()} | set((scope or Scope()).zones.values())
    return OffsetTable(Offsets(0), None, {zone: place(zone) for zone in sorted(zones)}, None, zones_version())


def tzif(rule: str) -> bytes:
    """A file of zone data that knows nothing but a rule (POSIX TZ, as in RFC 9636, section 3.3): `CET-1`."""
    head = b"TZif2" + bytes(15)
    old = head + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbb", 0, 0, 0) + b"UTC\0"
    return old + old + f"\n{rule}\n".encode()


class PlantedZones:
    """Zone data in which some zones have another rule (POSIX TZ), or with `None` are missing."""

    def __init__(self, folder: Path, rules: Mapping[str, str | None]) -> None:
        self._folder = folder
        self._rules = rules

    def joinpath(self, kind: str, *parts: str) -> Traversable:
        """The list of all zones, or the file of one of them."""
        real = files("tzdata").joinpath(kind, *parts)
        if kind == "zones":
            names = real.read_text(encoding="ascii").split()
            return self._written(
                "zones", "\n".join(name for name in names if self._rules.get(name, "") is not None).encode()
            )
        rule = self._rules.get("/".join(parts))
        return real if rule is None else self._written("-".join(parts), tzif(rule))

    def _written(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data)
        return path


def plant(monkeypatch: pytest.MonkeyPatch, folder: Path, rules: Mapping[str, str | None]) -> None:
    """Let the program find other zone data from now on: of these zones, the rule given, or `None`: no such zone."""
    monkeypatch.setattr(zones, "files", lambda _package: PlantedZones(folder, rules))
    forget_zone_data()


def forget_zone_data() -> None:
    """Have the program read zone data anew, and whatever scenarios it read by them."""
    context._SCENARIOS.clear()
    for known in (zones.zone, zones.known_zones, zones.zones_version, zones.offsets_between):
        known.cache_clear()
