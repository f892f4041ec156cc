"""United States, worked cases. Times are those of New York."""

import pytest

from incidentsim.domain.clock_limits import BusinessDays, Immediately, Limit
from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import YES, deadline, due, moment, pack, quiet, scope_in, situation, target, view_of

DOMESTIC = scope_in("US", us_filer="domestic")
FOREIGN = scope_in("US", us_filer="foreign_private_issuer")
COVERED = scope_in("US", us_nydfs_covered=True)
MATERIAL = {"material_incident": YES}


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2026-03-02T10:00-05:00", "2026-03-06T23:59:59-05:00"),
        ("2026-03-05T23:30-05:00", "2026-03-11T23:59:59-04:00"),
        ("2026-11-24T10:00-05:00", "2026-12-01T23:59:59-05:00"),
        ("2026-07-01T10:00-04:00", "2026-07-08T23:59:59-04:00"),
        ("2028-02-25T10:00-05:00", "2028-03-02T23:59:59-05:00"),
        ("2026-03-06T03:00+08:00", "2026-03-11T23:59:59-04:00"),
    ],
    ids=["plain", "into summer time", "Thanksgiving", "Independence Day observed", "leap day", "decided in Beijing"],
)
def test_a_domestic_filer_has_four_business_days_from_the_decision_on_materiality(decided: str, last: str) -> None:
    """Form 8-K, Item 1.05: the day of the decision is day zero; weekends and federal holidays do not count."""
    known = situation("2030-01-01T00:00-05:00", measures=MATERIAL, materiality_decision=decided)
    view = deadline("us-sec-8k-105", DOMESTIC, known)
    assert view.due.local == last
    assert (view.due.data.calendar, view.due.data.holidays is None) == ("US", False)


def test_nothing_runs_before_the_decision_on_materiality_however_long_the_incident_is_known() -> None:
    """Form 8-K, Item 1.05: the clock starts with the decision and not with the discovery."""
    known = situation("2026-06-01T00:00-04:00", measures=MATERIAL, awareness="2026-03-02T10:00-05:00")
    view = quiet("us-sec-8k-105", DOMESTIC, known)
    assert (view.state, view.missing) == (ClockState.ANCHOR_MISSING, ("materiality_decision",))


def test_an_amendment_follows_in_four_business_days_once_the_information_is_there() -> None:
    """Form 8-K, Item 1.05, instruction on amendments."""
    facts = {**MATERIAL, "us_information_missing": YES}
    filed = {"us-sec-8k-105": "2026-03-06T16:00-05:00"}
    known = situation(
        "2026-04-01T00:00-04:00", measures=facts, filings=filed, information_available="2026-03-20T10:00-04:00"
    )
    assert due("us-sec-8k-105-amend", DOMESTIC, known) == "2026-03-26T23:59:59-04:00"


def test_a_foreign_private_issuer_files_promptly_and_never_has_the_four_days() -> None:
    """Form 6-K, General Instruction B: promptly, no number of days; Form 8-K is not for it."""
    known = situation(
        "2026-03-03T09:00-05:00",
        measures=MATERIAL,
        made_public="2026-03-02T10:00-05:00",
        materiality_decision="2026-03-02T08:00-05:00",
    )
    view = target("us-sec-6k", FOREIGN, known)
    assert view.state is ClockState.TARGET_ONLY
    assert isinstance(view.clock.deadline, Immediately)
    assert view_of("us-sec-8k-105", FOREIGN, known).state is ClockState.NOT_APPLICABLE


def test_only_the_clocks_of_domestic_filers_count_business_days() -> None:
    """Form 8-K, Item 1.05; Form 6-K has no number in any form."""
    counted = [
        clock.id
        for clock in pack("us").clocks.values()
        if isinstance(clock.deadline, Limit) and isinstance(clock.deadline.length, BusinessDays)
    ]
    assert counted == ["us-sec-8k-105", "us-sec-8k-105-amend"]


def test_the_new_york_regulator_is_told_in_seventy_two_hours_over_the_change_to_summer_time() -> None:
    """23 NYCRR 500.17(a)(1): hours on the clock; on 8 March 2026 an hour is skipped, so noon becomes 13:00."""
    known = situation(
        "2026-03-07T00:00-05:00", measures={"us_nydfs_incident": YES}, determination="2026-03-06T12:00-05:00"
    )
    assert due("us-nydfs-incident", COVERED, known) == "2026-03-09T13:00:00-04:00"


def test_an_extortion_payment_starts_a_day_and_thirty_days() -> None:
    """23 NYCRR 500.17(c): notice in 24 hours, reasons in writing in 30 days."""
    known = situation("2026-02-01T00:00-05:00", payment="2026-01-31T20:00-05:00")
    assert due("us-nydfs-extortion", COVERED, known) == "2026-02-01T20:00:00-05:00"
    assert due("us-nydfs-extortion-why", COVERED, known) == "2026-03-02T23:59:59-05:00"


@pytest.mark.parametrize("clock", ["us-circia-incident", "us-circia-ransom"])
def test_the_federal_rule_on_critical_infrastructure_is_not_in_force(clock: str) -> None:
    """Proposed 6 CFR 226: no final rule."""
    known = situation(
        "2026-03-07T00:00-05:00",
        measures={"us_substantial_incident": YES},
        suspicion="2026-03-06T12:00-05:00",
        payment="2026-03-06T12:00-05:00",
    )
    assert quiet(clock, scope_in("US", us_circia_covered=True), known).state is ClockState.NOT_IN_FORCE


def test_a_filing_on_the_last_day_is_in_time_and_one_after_midnight_is_late() -> None:
    """Form 8-K, Item 1.05: the limit ends with the fourth business day, by New York's clocks."""
    for filed, state in (
        ("2026-03-06T23:59-05:00", ClockState.FILED),
        ("2026-03-07T00:00-05:00", ClockState.FILED_LATE),
    ):
        known = situation(
            "2026-04-01T00:00-04:00",
            measures=MATERIAL,
            filings={"us-sec-8k-105": filed},
            materiality_decision="2026-03-02T10:00-05:00",
        )
        view = deadline("us-sec-8k-105", DOMESTIC, known)
        assert (view.state, view.filed) == (state, moment(filed))
