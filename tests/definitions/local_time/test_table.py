"""The stored table of a run's offsets: read as it was written, or not at all."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.local_time.table import read_table, write_table
from incidentsim.domain.facts import Json
from incidentsim.domain.local_time import Offsets, OffsetTable
from incidentsim.ledger.canonical import canonical
from incidentsim.ledger.faults import RecordFaultError

OFFSETS = st.integers(-86_399_999, 86_399_999)
INSTANTS = st.integers(-(10**12), 10**13)
PLACES = st.builds(
    lambda first, changes: Offsets(first, tuple(sorted(changes.items()))),
    OFFSETS,
    st.dictionaries(INSTANTS, OFFSETS, max_size=4),
)
ZONES = st.sampled_from(["Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe"])
TABLES = st.builds(
    OffsetTable,
    exercise=PLACES,
    zone=st.none() | ZONES,
    places=st.dictionaries(ZONES, PLACES),
    until=st.none() | INSTANTS,
    tzdata=st.just("2026.2"),
)
SOUND = write_table(
    OffsetTable(Offsets(0, ((5, 3_600_000),)), "Europe/Berlin", {"Europe/Berlin": Offsets(0)}, 9, "2026.2")
)


@given(TABLES)
def test_a_table_is_read_as_it_was_written(table: OffsetTable) -> None:
    assert read_table(write_table(table)) == table
    assert write_table(read_table(write_table(table))) == write_table(table)


PARTS: list[tuple[str, Json]] = [
    ("schema", "incidentsim/offsets/2"),
    ("exercise", None),
    ("exercise", {"first": 0}),
    ("exercise", {"first": "0", "changes": []}),
    ("exercise", {"first": True, "changes": []}),
    ("exercise", {"first": 86_400_000, "changes": []}),
    ("exercise", {"first": 0, "changes": [[5]]}),
    ("exercise", {"first": 0, "changes": [[5, 0], [5, 1]]}),
    ("exercise", {"first": 0, "changes": [["5", 0]]}),
    ("exercise", {"first": 0, "changes": {}}),
    ("zone", 5),
    ("places", []),
    ("places", {"Europe/Berlin": 5}),
    ("until", "never"),
    ("until", 2**53 - 1),
    ("tzdata", None),
    ("more", 1),
]


@pytest.mark.parametrize(("part", "value"), PARTS)
def test_what_is_no_table_is_told_as_a_fault_of_the_record(part: str, value: Json) -> None:
    with pytest.raises(RecordFaultError, match="cannot be read"):
        read_table(canonical({**orjson.loads(SOUND), part: value}))


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
def test_a_damaged_table_is_a_fault_or_another_table(place: int, byte: int) -> None:
    """Never an error of another kind; whether it is the pinned one, its digest says."""
    damaged = SOUND[:place] + bytes([byte]) + SOUND[place + 1 :]
    try:
        read_table(damaged)
    except RecordFaultError:
        return
