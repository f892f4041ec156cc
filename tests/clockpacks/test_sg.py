"""Singapore, worked cases. Times are those of Singapore, +08:00, which has no summer time."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import NO, YES, deadline, due, quiet, scope_in, situation, target

ORGANISATION = scope_in("SG", sg_personal_data_roles=("organisation",))
OWNER = scope_in("SG", sg_cii_owner=True)
BREACH = {"personal_data_breach": YES, "sg_significant_harm": YES}


@pytest.mark.parametrize(
    ("assessed", "last"),
    [
        ("2026-02-26T09:00+08:00", "2026-03-01T23:59:59+08:00"),
        ("2026-02-26T23:59+08:00", "2026-03-01T23:59:59+08:00"),
        ("2028-02-26T09:00+08:00", "2028-02-29T23:59:59+08:00"),
        ("2026-02-16T09:00+08:00", "2026-02-19T23:59:59+08:00"),
        ("2026-02-26T17:00+00:00", "2026-03-02T23:59:59+08:00"),
    ],
    ids=["month end", "late in the day", "leap day", "Chinese New Year", "already tomorrow in Singapore"],
)
def test_the_commission_is_told_on_the_third_calendar_day_and_the_day_of_assessment_is_not_counted(
    assessed: str, last: str
) -> None:
    """PDPA s.26D(1): three calendar days after the day of the assessment, weekends and holidays included."""
    known = situation("2030-01-01T00:00+08:00", measures=BREACH, assessment=assessed)
    assert due("sg-pdpa-commission", ORGANISATION, known) == last


def test_awareness_alone_starts_nothing() -> None:
    """PDPA s.26D(1): the clock starts with the assessment."""
    known = situation("2026-06-01T00:00+08:00", measures=BREACH, awareness="2026-02-26T09:00+08:00")
    assert quiet("sg-pdpa-commission", ORGANISATION, known).missing == ("assessment",)


@pytest.mark.parametrize(("people", "state"), [(499, ClockState.NOT_TRIGGERED), (500, ClockState.DUE)])
def test_five_hundred_people_are_a_significant_scale(people: int, state: ClockState) -> None:
    """PDPA s.26D(1) with the Regulations of 2021, reg. 4: at least 500."""
    facts = {"personal_data_breach": YES, "sg_significant_harm": NO, "persons_affected": people}
    known = situation("2026-02-26T10:00+08:00", measures=facts, assessment="2026-02-26T09:00+08:00")
    found = deadline if state is ClockState.DUE else quiet
    assert found("sg-pdpa-commission", ORGANISATION, known).state is state


def test_the_thirty_days_for_the_assessment_are_an_expectation() -> None:
    """PDPC Advisory Guidelines, para 20.4: guidance and not the Act."""
    known = situation("2026-02-01T10:00+08:00", measures=BREACH, suspicion="2026-01-31T09:00+08:00")
    view = deadline("sg-pdpa-assess", ORGANISATION, known)
    assert (view.due.local, view.clock.binding) == ("2026-03-02T23:59:59+08:00", False)


def test_people_are_told_with_the_commission_or_after_it() -> None:
    """PDPA s.26D(2)."""
    before = situation("2026-02-26T10:00+08:00", measures=BREACH, assessment="2026-02-26T09:00+08:00")
    assert quiet("sg-pdpa-individuals", ORGANISATION, before).state is ClockState.NOT_STARTED
    after = situation(
        "2026-02-27T10:00+08:00", measures=BREACH, filings={"sg-pdpa-commission": "2026-02-27T09:00+08:00"}
    )
    assert target("sg-pdpa-individuals", ORGANISATION, after).state is ClockState.TARGET_ONLY


def test_an_intermediary_tells_the_organisation() -> None:
    """PDPA s.26C(3): without undue delay; the three days are not the intermediary's."""
    scope = scope_in("SG", sg_personal_data_roles=("intermediary",))
    known = situation("2026-02-26T10:00+08:00", measures=BREACH, suspicion="2026-02-26T09:00+08:00")
    assert target("sg-pdpa-intermediary", scope, known).state is ClockState.TARGET_ONLY
    assert quiet("sg-pdpa-commission", scope, known).state is ClockState.NOT_APPLICABLE


def test_an_owner_of_critical_infrastructure_has_two_hours_and_then_fourteen_days() -> None:
    """Cybersecurity Act s.14 with the CII Regulations, reg. 5."""
    facts = {"sg_prescribed_incident": YES}
    known = situation("2026-02-28T23:30+08:00", measures=facts, awareness="2026-02-28T23:00+08:00")
    assert due("sg-csa-cii", OWNER, known) == "2026-03-01T01:00:00+08:00"
    filed = situation("2026-03-01T01:30+08:00", measures=facts, filings={"sg-csa-cii": "2026-02-28T23:50+08:00"})
    assert due("sg-csa-cii-written", OWNER, filed) == "2026-03-14T23:59:59+08:00"
