"""Local time: whatever the zone, whatever the change, from instants to clocks and back, in order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.local_time.zones import known_zones, offsets_between, zone
from incidentsim.domain.errors import InputError
from incidentsim.domain.local_time import (
    LocalTime,
    Offsets,
    OffsetTable,
    instant_and_offset,
    offset_of,
    offset_words,
    shown_as,
)

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NOTABLE = [
    ("Europe/Berlin", "2026-10-25T01:00:00+00:00"),
    ("Europe/Berlin", "2026-03-29T01:00:00+00:00"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00+00:00"),  # half an hour
    ("Australia/Lord_Howe", "2026-10-03T15:30:00+00:00"),
    ("America/St_Johns", "2006-10-29T02:31:00+00:00"),  # one minute past midnight, back into the day before
    ("America/Havana", "2024-11-03T05:00:00+00:00"),  # midnight comes twice
    ("Asia/Beirut", "2026-03-28T22:00:00+00:00"),  # midnight is skipped
    ("Pacific/Apia", "2011-12-30T10:00:00+00:00"),  # a day is skipped
    ("Africa/Casablanca", "2026-02-15T02:00:00+00:00"),  # for the month of fasting
    ("Antarctica/Troll", "2026-03-29T01:00:00+00:00"),  # two hours
    ("Asia/Pyongyang", "2018-05-04T15:00:00+00:00"),  # another rule from then on
    ("Europe/Volgograd", "2020-12-26T22:00:00+00:00"),
    ("America/Caracas", "2016-05-01T07:00:00+00:00"),
]


def milliseconds(written: str) -> int:
    return instant_and_offset(written)[0]


def around(name: str, instant: int) -> Offsets:
    return offsets_between(name, instant - 3 * DAY, instant + 3 * DAY)


@st.composite
def places(draw: st.DrawFn) -> tuple[Offsets, int]:
    """The clocks of some place for some days, near a change as often as not, and an instant in these days."""
    if draw(st.booleans()):
        name, written = draw(st.sampled_from(NOTABLE))
        middle = milliseconds(written)
    else:
        name = draw(st.sampled_from(sorted(known_zones())))
        middle = draw(st.integers(0, milliseconds("2040-01-01T00:00+00:00") // 1000)) * 1000
    return around(name, middle), middle + draw(st.integers(-2 * DAY, 2 * DAY))


def invented() -> st.SearchStrategy[Offsets]:
    """Clocks that change however they like within a week."""
    offsets = st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 15 * MINUTE)
    times = st.lists(st.integers(0, 7 * DAY // MINUTE).map(lambda n: n * MINUTE), max_size=4, unique=True).map(sorted)
    return st.builds(
        lambda first, since, to: Offsets(first, tuple(zip(since, to, strict=False))),
        offsets, times, st.lists(offsets, min_size=4, max_size=4),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "written"), NOTABLE)
def test_the_notable_changes_are_where_they_are_said_to_be(name: str, written: str) -> None:
    assert milliseconds(written) in [since for since, _offset in around(name, milliseconds(written)).changes]


@pytest.mark.parametrize(("name", "written"), NOTABLE)
@given(st.integers(-2 * DAY, 2 * DAY))
def test_the_clocks_show_what_the_zone_data_say(name: str, written: str, beside: int) -> None:
    instant = milliseconds(written) + beside
    expected = (EPOCH + timedelta(milliseconds=instant)).astimezone(zone(name))
    offsets = around(name, milliseconds(written))
    assert offsets.shown(instant) == shown_as(expected)
    assert offsets.moment(instant).isoformat() == expected.isoformat()


@given(places())
def test_an_instant_comes_back_from_what_is_written_of_it(drawn: tuple[Offsets, int]) -> None:
    """Twice or not: the offset tells which is meant, to the millisecond."""
    offsets, instant = drawn
    assert milliseconds(offsets.iso(instant)) == instant


@given(places())
def test_what_the_clocks_show_first_then_is_found_and_what_they_show_again_is_the_first(
    drawn: tuple[Offsets, int],
) -> None:
    offsets, instant = drawn
    shown = offsets.shown(instant)
    first = offsets.first_at(shown)
    assert first <= instant
    assert offsets.shown(first) == shown
    if first != instant:
        assert offsets.twice(instant)
        assert offsets.twice(first)
    assert all(
        offsets.shown(instant - back) != shown for back in (15 * MINUTE, 30 * MINUTE, HOUR) if back > instant - first
    )


@given(st.one_of(places().map(lambda drawn: drawn[0]), invented()), st.lists(st.integers(-DAY, 8 * DAY), min_size=2))
def test_later_on_the_clock_is_never_earlier_in_the_exercise(offsets: Offsets, times: list[int]) -> None:
    begin = offsets.changes[0][0] if offsets.changes else 0
    shown = sorted(begin + time for time in times)
    assert all(offsets.first_at(one) <= offsets.first_at(other) for one, other in pairwise(shown))


@given(invented(), st.integers(-DAY, 8 * DAY), st.integers(-DAY, 8 * DAY))
def test_the_first_instant_is_the_first_at_which_that_much_was_shown(
    offsets: Offsets, instant: int, shown: int
) -> None:
    """The two are adjoint: a stretch has begun if and only if its beginning has been shown."""
    assert (offsets.furthest(instant) >= shown) == (instant >= offsets.first_at(shown))


@given(invented(), st.integers(0, 2 * DAY), st.integers(0, 8 * DAY), st.integers(0, 8 * DAY))
def test_kept_time_never_goes_back_and_is_what_is_shown_where_nothing_comes_twice(
    offsets: Offsets, start: int, one: int, other: int
) -> None:
    local = LocalTime(start, offsets)
    earlier, later = sorted((one, other))
    assert local.kept(earlier) <= local.kept(later)
    assert local.kept(later) >= offsets.shown(start + later)
    assert local.when(local.kept(later)) <= later
    if not offsets.changes or offsets.changes[-1][0] <= start:
        assert local.kept(later) == offsets.shown(start + later)


def test_a_time_that_is_skipped_is_the_moment_of_the_change() -> None:
    change = milliseconds("2026-03-29T01:00:00+00:00")
    berlin = around("Europe/Berlin", change)
    assert berlin.first_at(shown_as(datetime.fromisoformat("2026-03-29T02:30"))) == change
    assert berlin.iso(change) == "2026-03-29T03:00:00+02:00"
    assert not berlin.twice(change - MINUTE)


def test_an_hour_that_comes_twice_is_told_from_the_hours_beside_it() -> None:
    change = milliseconds("2026-10-25T01:00:00+00:00")
    berlin = around("Europe/Berlin", change)
    minutes = range(change - 2 * HOUR, change + 2 * HOUR, MINUTE)
    assert [at for at in minutes if berlin.twice(at)] == list(range(change - HOUR, change + HOUR, MINUTE))
    assert berlin.iso(change - MINUTE) == "2026-10-25T02:59:00+02:00"
    assert berlin.iso(change) == "2026-10-25T02:00:00+01:00"


def test_while_the_clocks_show_an_hour_again_the_kept_time_stands() -> None:
    change = milliseconds("2026-10-25T01:00:00+00:00")
    local = LocalTime(change - 5 * HOUR, around("Europe/Berlin", change))
    three = shown_as(datetime.fromisoformat("2026-10-25T03:00"))
    assert {local.kept(5 * HOUR + at) for at in range(0, HOUR, MINUTE)} == {three - 1}
    assert local.kept(6 * HOUR) == three
    assert local.when(three) == 6 * HOUR


def test_an_offset_with_seconds_is_written_to_the_minute_and_is_the_same_instant() -> None:
    monrovia = Offsets(-(44 * 60 + 30) * 1000)
    assert monrovia.iso(0) == "1969-12-31T23:15:00-00:45"
    assert milliseconds(monrovia.iso(0)) == 0


@given(st.integers(-18 * 60 + 1, 18 * 60 - 1))
def test_an_offset_is_read_as_it_is_written(minutes: int) -> None:
    assert offset_of(offset_words(minutes * MINUTE)) == minutes * MINUTE


def test_a_place_that_nobody_looked_up_is_told_by_name() -> None:
    with pytest.raises(InputError, match="in the time zone Mars/Olympus were not looked up"):
        OffsetTable(Offsets(0)).place("Mars/Olympus")
