"""Malaysia, worked cases. Times are those of Kuala Lumpur, +08:00, which has no summer time."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import NO, YES, due, quiet, scope_in, situation, target

CONTROLLER = scope_in("MY", my_data_controller=True)
NCII = scope_in("MY", my_ncii_entity=True)
BREACH = {"personal_data_breach": YES, "my_significant_harm": YES}


@pytest.mark.parametrize(
    ("moments", "end"),
    [
        ({"awareness": "2028-02-27T10:00+08:00"}, "2028-03-01T10:00:00+08:00"),
        ({"awareness": "2026-08-30T10:00+08:00"}, "2026-09-02T10:00:00+08:00"),
        (
            {"awareness": "2026-08-30T10:00+08:00", "occurrence": "2026-08-29T10:00+08:00"},
            "2026-09-01T10:00:00+08:00",
        ),
    ],
    ids=["leap day", "National Day", "the occurrence on record"],
)
def test_the_commissioner_is_told_within_seventy_two_hours(moments: dict[str, str], end: str) -> None:
    """PDPA s.12B(1): hours, through the holiday; the sources differ on the start, so the earlier moment counts."""
    known = situation("2030-01-01T00:00+08:00", measures=BREACH, moments=moments)
    assert due("my-pdpa-commissioner", CONTROLLER, known) == end


@pytest.mark.parametrize(("people", "runs"), [(1_000, False), (1_001, True)])
def test_a_breach_of_scale_is_one_of_more_than_a_thousand_people(people: int, runs: bool) -> None:
    """PDPA s.12B(1)."""
    facts = {"personal_data_breach": YES, "my_significant_harm": NO, "persons_affected": people}
    known = situation("2026-08-30T12:00+08:00", measures=facts, awareness="2026-08-30T10:00+08:00")
    if runs:
        assert due("my-pdpa-commissioner", CONTROLLER, known) == "2026-09-02T10:00:00+08:00"
    else:
        assert quiet("my-pdpa-commissioner", CONTROLLER, known).state is ClockState.NOT_TRIGGERED


def test_missing_information_follows_thirty_days_after_the_first_notification() -> None:
    """Guideline on Data Breach Notification: from the day of the notification, over the end of the month."""
    known = situation(
        "2026-03-01T12:00+08:00",
        measures={**BREACH, "my_facts_incomplete": YES},
        filings={"my-pdpa-commissioner": "2026-01-31T10:00+08:00"},
    )
    assert due("my-pdpa-supplement", CONTROLLER, known) == "2026-03-02T23:59:59+08:00"


def test_people_are_told_without_unnecessary_delay_and_the_seven_days_do_not_run() -> None:
    """PDPA s.12B(2); the seven days of the guideline are recalled only."""
    known = situation(
        "2026-02-01T12:00+08:00", measures=BREACH, filings={"my-pdpa-commissioner": "2026-01-31T10:00+08:00"}
    )
    assert target("my-pdpa-subjects", CONTROLLER, known).state is ClockState.TARGET_ONLY
    assert quiet("my-pdpa-subjects-7d", CONTROLLER, known).state is ClockState.DISABLED


def test_numbers_alone_do_not_make_people_be_told() -> None:
    """PDPA s.12B(2): significant harm and not scale."""
    facts = {"personal_data_breach": YES, "my_significant_harm": NO, "persons_affected": 50_000}
    known = situation(
        "2026-02-01T12:00+08:00", measures=facts, filings={"my-pdpa-commissioner": "2026-01-31T10:00+08:00"}
    )
    assert quiet("my-pdpa-subjects", CONTROLLER, known).state is ClockState.NOT_TRIGGERED


def test_critical_infrastructure_reports_at_once_then_in_six_hours_then_in_fourteen_days() -> None:
    """Cyber Security Act 2024 s.23 with P.U.(A) 220/2024; the fourteen days start with the first notification."""
    facts = {"my_ncii_incident": YES}
    known = situation("2026-02-19T02:00+08:00", measures=facts, knowledge="2026-02-19T01:00+08:00")
    assert target("my-csa-immediate", NCII, known).state is ClockState.TARGET_ONLY
    assert due("my-csa-6h", NCII, known) == "2026-02-19T07:00:00+08:00"
    filed = {"my-csa-6h": "2026-02-19T06:00+08:00", "my-csa-immediate": "2026-02-19T01:10+08:00"}
    later = situation("2026-02-20T02:00+08:00", measures=facts, filings=filed, knowledge="2026-02-19T01:00+08:00")
    assert due("my-csa-14d", NCII, later) == "2026-03-05T23:59:59+08:00"
