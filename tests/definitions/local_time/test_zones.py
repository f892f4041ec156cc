"""Zone data: of the package, found at their changes, and asked often enough."""

import struct
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.local_time.zones import known_zones, offsets_between, zone, zones_version
from incidentsim.domain.errors import InputError
from incidentsim.domain.local_time import shown_as

SECOND = 1_000
DAY = 86_400 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 2_200_000_000).map(lambda seconds: seconds * SECOND)


@given(st.sampled_from(sorted(known_zones())), INSTANTS, st.integers(1, 500), st.integers(0, 10**6))
def test_the_offset_at_any_instant_is_that_of_the_zone(name: str, begins: int, days: int, part: int) -> None:
    ends = begins + days * DAY
    instant = begins + (ends - begins) * part // 10**6
    expected = (EPOCH + timedelta(milliseconds=instant)).astimezone(zone(name))
    assert offsets_between(name, begins, ends).shown(instant) == shown_as(expected)


@given(st.sampled_from(sorted(known_zones())), INSTANTS)
def test_a_change_is_the_very_first_moment_of_another_offset(name: str, begins: int) -> None:
    offsets = offsets_between(name, begins, begins + 400 * DAY)
    for since, offset in offsets.changes:
        before, at = (
            (EPOCH + timedelta(milliseconds=at)).astimezone(zone(name)).utcoffset() for at in (since - 1, since)
        )
        assert before != at == timedelta(milliseconds=offset)


def transitions(name: str) -> list[tuple[int, int]]:
    """The instants (s) and offsets (s) in the file of a zone, read as RFC 9636 says."""
    data = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    utc, std, leap, count, kinds, chars = struct.unpack(">6l", data[20:44])
    second = 44 + count * 5 + kinds * 6 + chars + leap * 8 + std + utc
    _utc, _std, _leap, count, kinds, _chars = struct.unpack(">6l", data[second + 20 : second + 44])
    at = second + 44
    times = struct.unpack(f">{count}q", data[at : at + 8 * count])
    which = data[at + 8 * count : at + 9 * count]
    offsets = [struct.unpack(">lbb", data[at + 9 * count + 6 * n :][:6])[0] for n in range(kinds)]
    return list(zip(times, (offsets[kind] for kind in which), strict=True))


def test_since_1970_no_zone_has_changed_twice_within_a_day() -> None:
    """So a question a day finds every change."""
    close = [
        (name, one)
        for name in known_zones()
        for one, other in pairwise([(at, to) for at, to in transitions(name) if at >= 0])
        if other[0] - one[0] <= 86_400 and one[1] != other[1]
    ]
    assert not close


@pytest.mark.parametrize("name", ["Mars/Olympus", "../passwd", "", "Asia"])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no time zone"):
        zone(name)


def test_the_zone_data_are_named_with_their_version() -> None:
    assert zones_version().startswith("20")
