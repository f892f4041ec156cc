"""The table of a run's offsets as it is stored with the run: canonical JSON, which the first entry pins.

    {"exercise": {"changes": [[1792890000000, 3600000]], "first": 7200000},
     "places": {"Europe/Berlin": {"changes": [[1792890000000, 3600000]], "first": 7200000}},
     "schema": "incidentsim/offsets/1", "tzdata": "2026.2", "until": 1827619200000, "zone": "Europe/Berlin"}

Instants are whole milliseconds since 1970-01-01T00:00Z, offsets milliseconds east of Greenwich.
"""

from typing import Final

from incidentsim.domain.facts import Json
from incidentsim.domain.local_time import Offsets, OffsetTable
from incidentsim.ledger.canonical import UncanonicalError, canonical, read_canonical
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.messages import gettext as _

SCHEMA: Final = "incidentsim/offsets/1"
PIN: Final = "offsets"
"""The name under which the first entry of a run pins its table."""
_PARTS: Final = {"schema", "exercise", "zone", "places", "until", "tzdata"}
_LARGEST: Final = 86_400_000
"""No place is a whole day (ms) away from UTC."""
_LAST: Final = 253_402_300_799_999
"""The last instant of the calendar (ms): the end of the year 9999."""


def write_table(table: OffsetTable) -> bytes:
    """The stored form of a table."""
    places: dict[str, Json] = {name: _json(place) for name, place in table.places.items()}
    value: Json = {
        "schema": SCHEMA,
        "exercise": _json(table.exercise),
        "zone": table.zone,
        "places": places,
        "until": table.until,
        "tzdata": table.tzdata,
    }
    return canonical(value)


def read_table(data: bytes) -> OffsetTable:
    """The table that `write_table` wrote.

    Raises:
        RecordFaultError: it is none.
    """
    try:
        value = read_canonical(data)
        if not isinstance(value, dict) or value.keys() != _PARTS or value["schema"] != SCHEMA:
            raise _error()
        zone, places, until, tzdata = value["zone"], value["places"], value["until"], value["tzdata"]
        if not (zone is None or isinstance(zone, str)) or not isinstance(places, dict) or not isinstance(tzdata, str):
            raise _error()
        return OffsetTable(
            exercise=_offsets(value["exercise"]),
            zone=zone,
            places={name: _offsets(place) for name, place in places.items()},
            until=None if until is None else _number(until, _LAST),
            tzdata=tzdata,
        )
    except UncanonicalError as error:
        raise _error() from error


def _error() -> RecordFaultError:
    return RecordFaultError(_("The stored table of the run's offsets from UTC cannot be read."))


def _json(place: Offsets) -> dict[str, Json]:
    return {"first": place.first, "changes": [list[Json](change) for change in place.changes]}


def _offsets(value: Json) -> Offsets:
    if not isinstance(value, dict) or value.keys() != {"first", "changes"} or not isinstance(value["changes"], list):
        raise _error()
    changes: list[tuple[int, int]] = []
    for change in value["changes"]:
        if not isinstance(change, list) or len(change) != 2:  # noqa: PLR2004 - an instant and an offset
            raise _error()
        since = _number(change[0], _LAST)
        if changes and since <= changes[-1][0]:
            raise _error()
        changes.append((since, _number(change[1], _LARGEST)))
    return Offsets(_number(value["first"], _LARGEST), tuple(changes))


def _number(value: Json, most: int) -> int:
    if type(value) is not int or abs(value) >= most:
        raise _error()
    return value
