"""When a scenario starts, and how the clocks of its places change from then on: resolved once, before a run."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.local_time.zones import known_zones, offsets_between, zones_version
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.domain.clocks import Scope
from incidentsim.domain.local_time import Offsets, OffsetTable, instant_and_offset, offset_of, shown_as
from incidentsim.messages import gettext as _

_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2200
"""Beyond these, clocks and calendars of the places an exercise is shown in stop being sure."""
_DAY: Final = 86_400_000
_BEFORE: Final = _DAY
"""So long before the start changes are looked up, to tell whether its hour comes twice."""
AFTER: Final = 400 * _DAY
"""So long after the end they are: legal time limits are counted from moments in the exercise."""
MOST: Final = 3_653 * _DAY
"""Of a longer exercise they are looked up for ten years, and as long after it; then the last offset holds."""


def offsets_of(
    checker: Checker, shape: ScenarioShape, scope: Scope | None, ends: int, pinned: OffsetTable | None = None
) -> OffsetTable | None:
    """The changes of the clocks that matter to an exercise, with what is wrong about its start noted.

    Args:
        checker: takes the problems.
        shape: the scenario as it is written.
        scope: the places of the organisation.
        ends: how long the exercise lasts at most (ms).
        pinned: the table of a run that was begun with this scenario: then it holds, whatever today's zone data say.

    Returns:
        `None` where the start is no date and time.
    """
    try:
        moment = datetime.fromisoformat(shape.starts)
    except ValueError:
        checker.findings.add(("starts",), _("There is no such date, time or offset."))
        return None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        message = _("The year lies between {first} and {last}.")
        checker.findings.add(("starts",), message.format(first=_FIRST_YEAR, last=_LAST_YEAR))
        return None
    start, offset = instant_and_offset(shape.starts)
    begins, until = start - _BEFORE, start + min(ends, MOST) + AFTER
    wanted = dict.fromkeys(name for _jurisdiction, name in _places(scope))
    resolved = {} if pinned is None else pinned.places
    missing = {name: offsets_between(name, begins, until) for name in wanted if name in {*known_zones()} - {*resolved}}
    places = {**missing, **resolved}
    if pinned is not None:
        return replace(pinned, places=places)
    zone, exercise = None, Offsets(offset)
    if shape.zone is not None:
        if checker.known(("zone",), _("time zone"), shape.zone, known_zones()):
            zone, exercise = shape.zone, offsets_between(shape.zone, begins, until)
            if shape.clock_changes is None:
                _check_start(checker, shape.starts, zone, exercise)
    else:  # that of the first place whose clocks show what is written
        zone = next((name for name, place in places.items() if place.at(start) == offset), None)
        exercise = exercise if zone is None else places[zone]
    if shape.clock_changes is not None:
        exercise = _written(checker, shape, start, offset)
    return OffsetTable(exercise, zone, places, until, zones_version())


def of_old_run(table: OffsetTable, starts: str) -> OffsetTable:
    """The table of a run of a version that resolved none: the offset of the start held throughout."""
    exercise = Offsets(instant_and_offset(starts)[1])
    return OffsetTable(exercise, None, table.places, table.until, table.tzdata, to_the_minute=True)


def _places(scope: Scope | None) -> Iterator[tuple[str, str]]:
    """The jurisdictions that the organisation declares, each with the time zone of its place there."""
    if scope is None or not scope.jurisdictions:
        return
    from incidentsim.definitions.clocks.read import shipped_packs  # read only where somebody declares

    usual = {pack.jurisdiction: pack.zone for pack in shipped_packs()}
    for jurisdiction in scope.jurisdictions:
        name = scope.zones.get(jurisdiction, usual.get(jurisdiction))
        if name is not None:
            yield jurisdiction, name


def _check_start(checker: Checker, starts: str, zone: str, place: Offsets) -> None:
    start, offset = instant_and_offset(starts)
    if place.at(start) == offset:
        return
    shown = shown_as(datetime.fromisoformat(starts))
    first = place.first_at(shown)
    if place.shown(first) != shown:
        message = _("The clocks of {zone} skip this time; the first that they show after it is {time}.")
    else:
        message = _("The clocks of {zone} have another offset then: {time}.")
    checker.findings.add(("starts",), message.format(zone=zone, time=place.iso(first)))


def _written(checker: Checker, shape: ScenarioShape, start: int, offset: int) -> Offsets:
    """The changes that the scenario states itself."""
    changes: list[tuple[int, int]] = []  # (instant, offset), as `Offsets` has them
    for index, change in enumerate(shape.clock_changes or ()):
        at = start + parse_duration(change.at)
        if at <= (changes[-1][0] if changes else start):
            message = _("The changes of the clocks stand in order of time, each later than the start.")
            checker.findings.add(("clock_changes", index, "at"), message)
        else:
            changes.append((at, offset_of(change.offset)))
    return Offsets(offset, tuple(changes))
