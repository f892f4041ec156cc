"""India, worked cases. Times are those of India, +05:30, which has no summer time."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import NO, YES, due, quiet, scope_in, situation

ENTITY = scope_in("IN", in_certin_entity=True)
LISTED = {"in_annexure_one": YES}


@pytest.mark.parametrize(
    ("noticed", "end"),
    [
        ("2026-02-28T20:15+05:30", "2026-03-01T02:15:00+05:30"),
        ("2028-02-28T20:15+05:30", "2028-02-29T02:15:00+05:30"),
        ("2026-08-14T22:00+05:30", "2026-08-15T04:00:00+05:30"),
        ("2026-08-14T16:30+00:00", "2026-08-15T04:00:00+05:30"),
    ],
    ids=["month end", "leap day", "Independence Day", "noted in UTC"],
)
def test_certin_is_told_within_six_hours(noticed: str, end: str) -> None:
    """CERT-In Directions of 28 April 2022, (ii): six hours from noticing, through nights and holidays."""
    known = situation("2030-01-01T00:00+05:30", measures=LISTED, awareness=noticed)
    assert due("in-certin-6h", ENTITY, known) == end


def test_an_incident_of_another_type_is_not_reported() -> None:
    """CERT-In Directions, Annexure I."""
    known = situation("2026-02-28T21:00+05:30", measures={"in_annexure_one": NO}, awareness="2026-02-28T20:15+05:30")
    assert quiet("in-certin-6h", ENTITY, known).state is ClockState.NOT_TRIGGERED


def test_the_board_of_the_new_law_is_not_to_be_told_yet() -> None:
    """DPDP Rules 2025, Rule 7(2): enacted and not effective."""
    scope = scope_in("IN", in_data_fiduciary=True)
    known = situation(
        "2026-02-28T21:00+05:30", measures={"personal_data_breach": YES}, awareness="2026-02-28T20:15+05:30"
    )
    assert quiet("in-dpdp-board", scope, known).state is ClockState.NOT_IN_FORCE
