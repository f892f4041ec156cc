"""Mainland China, worked cases. Times are Beijing time, +08:00, which has no summer time."""

from datetime import date

import pytest

from incidentsim.exercise.regulatory.criteria import propose_level
from incidentsim.exercise.regulatory.dates import plus_business_days
from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import DAY, YES, due, moment, pack, quiet, scope_in, situation, target, view_of

OTHER = scope_in("CN", cn_operator="other_network_operator")
GRAVE = {"cn_cac_2025": "relatively_major"}


def test_any_other_operator_reports_within_four_hours_through_the_night() -> None:
    """CAC measures, Art. 4: discovered at 22:30, due at 02:30 the next day."""
    known = situation("2026-03-01T00:00+08:00", levels=GRAVE, awareness="2026-02-28T22:30+08:00")
    assert due("cn-cac-other-initial", OTHER, known) == "2026-03-01T02:30:00+08:00"


@pytest.mark.parametrize(
    ("operator", "clock", "end"),
    [
        ("ciio", "cn-cac-ciio-initial", "2026-02-17T10:00:00+08:00"),
        ("state_organ", "cn-cac-stateorgan-initial", "2026-02-17T11:00:00+08:00"),
        ("other_network_operator", "cn-cac-other-initial", "2026-02-17T13:00:00+08:00"),
    ],
)
def test_one_two_and_four_hours_by_kind_of_operator_even_on_new_years_day(operator: str, clock: str, end: str) -> None:
    """CAC measures, Art. 4; 17 February 2026 is the Chinese New Year, and hours do not care."""
    scope = scope_in("CN", cn_operator=operator)
    known = situation("2026-02-17T09:30+08:00", levels=GRAVE, awareness="2026-02-17T09:00+08:00")
    assert due(clock, scope, known) == end
    others = {"cn-cac-ciio-initial", "cn-cac-stateorgan-initial", "cn-cac-other-initial"} - {clock}
    assert {view_of(other, scope, known).state for other in others} == {ClockState.NOT_APPLICABLE}


def test_an_incident_below_relatively_major_is_not_reported_under_the_measures() -> None:
    """CAC measures, Art. 4: only from 较大 upwards."""
    known = situation("2026-03-01T00:00+08:00", levels={"cn_cac_2025": "general"}, awareness="2026-02-28T22:30+08:00")
    assert quiet("cn-cac-other-initial", OTHER, known).state is ClockState.NOT_TRIGGERED


def test_until_somebody_grades_the_incident_no_time_is_shown() -> None:
    """CAC measures, Art. 4: the level is a judgement; a million people only propose it."""
    known = situation(
        "2026-03-01T00:00+08:00", measures={"persons_affected": 1_000_000}, awareness="2026-02-28T22:30+08:00"
    )
    view = quiet("cn-cac-other-initial", OTHER, known)
    assert (view.state, view.missing) == (ClockState.NOT_JUDGED, ("cn_cac_2025",))
    proposed = propose_level(pack("cn").scales["cn_cac_2025"], known.measures)
    assert proposed.level == "relatively_major"


@pytest.mark.parametrize(
    ("ended", "last"),
    [
        ("2026-01-31T18:00+08:00", "2026-03-02T23:59:59+08:00"),
        ("2028-01-31T18:00+08:00", "2028-03-01T23:59:59+08:00"),
        ("2026-12-15T00:00+08:00", "2027-01-14T23:59:59+08:00"),
    ],
    ids=["month end", "leap day", "turn of the year"],
)
def test_the_summary_is_due_thirty_days_after_the_handling_ended(ended: str, last: str) -> None:
    """CAC measures, Art. 8: calendar days, to the end of the thirtieth after the day the handling ended."""
    known = situation(
        "2030-01-01T00:00+08:00", filings={"cn-cac-other-initial": "2026-01-05T10:00+08:00"}, handling_ended=ended
    )
    assert due("cn-cac-summary", OTHER, known) == last


def test_no_summary_is_asked_of_an_incident_that_was_never_reported() -> None:
    """CAC measures, Art. 8: it concerns reported incidents."""
    known = situation("2026-03-01T00:00+08:00", handling_ended="2026-02-01T00:00+08:00")
    assert quiet("cn-cac-summary", OTHER, known).state is ClockState.NOT_STARTED


def test_the_summary_waits_for_the_end_of_the_handling() -> None:
    """CAC measures, Art. 8."""
    known = situation("2026-03-01T00:00+08:00", filings={"cn-cac-other-initial": "2026-01-05T10:00+08:00"})
    assert quiet("cn-cac-summary", OTHER, known).state is ClockState.ANCHOR_MISSING


def test_the_first_report_may_leave_things_open_and_the_rest_follows_promptly() -> None:
    """CAC measures, Art. 7, second paragraph: no number, so there is only our own target."""
    known = situation(
        "2026-01-05T11:00+08:00",
        measures={"facts_incomplete": YES},
        filings={"cn-cac-other-initial": "2026-01-05T10:00+08:00"},
    )
    view = target("cn-cac-supplement", OTHER, known)
    assert (view.state, view.target.basis, view.anchor.filing) == (
        ClockState.TARGET_ONLY,
        "assumption",
        "cn-cac-other-initial",
    )


def test_a_suspected_crime_goes_to_the_police_at_any_level() -> None:
    """CAC measures, Art. 4: 及时报案, whatever the level."""
    known = situation(
        "2026-01-05T11:00+08:00", measures={"suspected_crime": YES}, suspicion_of_crime="2026-01-05T10:00+08:00"
    )
    assert target("cn-cac-police", OTHER, known).state is ClockState.TARGET_ONLY


def test_the_measures_bind_nobody_before_november_2025() -> None:
    """CAC measures, in force since 2025-11-01: an exercise of 2021 shows no deadline under them."""
    early = situation("2021-06-30T12:00+08:00", levels=GRAVE, awareness="2021-06-30T09:10+08:00")
    assert quiet("cn-cac-other-initial", OTHER, early).state is ClockState.NOT_IN_FORCE
    last = situation("2025-10-31T23:59+08:00", levels=GRAVE, awareness="2025-10-31T23:59+08:00")
    assert quiet("cn-cac-other-initial", OTHER, last).state is ClockState.NOT_IN_FORCE
    first = situation("2025-11-01T00:00+08:00", levels=GRAVE, awareness="2025-11-01T00:00+08:00")
    assert due("cn-cac-other-initial", OTHER, first) == "2025-11-01T04:00:00+08:00"


def test_leaked_personal_information_is_told_immediately_without_a_number() -> None:
    """PIPL Art. 57: 立即, counted by us from whichever is known first."""
    scope = scope_in("CN", cn_personal_information_processor=True)
    known = situation(
        "2026-01-07T11:00+08:00",
        measures={"personal_data_breach": YES},
        occurrence="2026-01-05T10:00+08:00",
        awareness="2026-01-06T10:00+08:00",
    )
    view = target("cn-pipl-57", scope, known)
    assert view.anchor.moment == moment("2026-01-05T10:00+08:00")
    assert (view.target.at, view.missed) == (view.anchor.moment.at + DAY, True)


@pytest.mark.parametrize("clock", ["cn-dsl-29", "cn-netdata-11"])
def test_a_data_security_incident_is_reported_without_a_number_of_hours(clock: str) -> None:
    """DSL Art. 29; Network Data Regulations Art. 11: immediately."""
    scope = scope_in("CN", cn_data_processor=True)
    known = situation("2026-01-05T11:00+08:00", measures={"cn_data_incident": YES}, awareness="2026-01-05T10:00+08:00")
    assert target(clock, scope, known).state is ClockState.TARGET_ONLY


def test_a_dangerous_vulnerability_is_reported_within_twenty_four_hours() -> None:
    """Network Data Regulations Art. 10: a vulnerability clock, over the night to the leap day."""
    scope = scope_in("CN", cn_data_processor=True, cn_network_products=True)
    known = situation(
        "2028-02-28T12:00+08:00", measures={"cn_public_interest_defect": YES}, awareness="2028-02-28T09:00+08:00"
    )
    assert due("cn-netdata-10-vuln", scope, known) == "2028-02-29T09:00:00+08:00"


def test_the_telecommunications_plan_asks_from_a_hundred_thousand_people_on() -> None:
    """MIIT plan of 2017, 4.1: immediately by telephone; the levels start at 100,000 people's information."""
    scale = pack("cn").scales["cn_miit_2017"]
    assert propose_level(scale, {"persons_affected": 100_000}).level == "general"
    assert propose_level(scale, {"persons_affected": 99_999}).level is None
    scope = scope_in("CN", cn_telecom_or_internet=True)
    known = situation("2026-01-05T11:00+08:00", levels={"cn_miit_2017": "general"}, occurrence="2026-01-05T10:00+08:00")
    assert target("cn-miit-2017-initial", scope, known).state is ClockState.TARGET_ONLY


@pytest.mark.parametrize("clock", ["cn-miit-2017-summary", "cn-miit-2024-processor"])
def test_what_could_not_be_verified_never_runs(clock: str) -> None:
    """MIIT plan of 2017, 6.1 (recalled) and of 2024, section 5 (draft)."""
    scope = scope_in("CN", cn_telecom_or_internet=True, cn_industry_data_processor=True)
    known = situation(
        "2026-12-05T11:00+08:00",
        levels={"cn_miit_2017": "general", "cn_miit_2024": "major"},
        filings={"cn-miit-2017-initial": "2026-02-10T10:00+08:00"},
        handling_ended="2026-02-13T10:00+08:00",
        statutory_classification="2026-02-13T10:00+08:00",
    )
    assert quiet(clock, scope, known).state is ClockState.DISABLED


def test_ten_chinese_working_days_over_the_new_year() -> None:
    """What Art. 6.1 of the MIIT plan would mean if it were verified, from Friday 13 February 2026.

    Saturdays 14 and 28 February are declared working days, and the holiday runs from the 15th to the 23rd.
    """
    assert plus_business_days(date(2026, 2, 13), 1, "CN") == date(2026, 2, 14)
    assert plus_business_days(date(2026, 2, 13), 2, "CN") == date(2026, 2, 24)
    assert plus_business_days(date(2026, 2, 13), 6, "CN") == date(2026, 2, 28)
    assert plus_business_days(date(2026, 2, 13), 10, "CN") == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("measures", "level"),
    [
        ({"persons_affected": 100_000_000}, "particularly_major"),
        ({"persons_affected": 10_000_000}, "major"),
        ({"persons_affected": 9_999_999}, "relatively_major"),
        ({"direct_loss_cny": 5_000_000}, "relatively_major"),
        ({"direct_loss_cny": 20_000_000}, "relatively_major"),
        ({"cii_outage": 30 * 60_000}, "general"),
        ({"persons_affected": 999_999, "direct_loss_cny": 0}, "general"),
    ],
)
def test_the_grading_guide_uses_only_numbers_that_were_verified(measures: dict[str, int], level: str) -> None:
    """CAC grading guide: 以上 includes the number; what only the draft says (20 million yuan, 30 minutes) is unused."""
    assert propose_level(pack("cn").scales["cn_cac_2025"], measures).level == level


def test_a_supplier_tells_the_operator_it_serves() -> None:
    """CAC measures, article on service suppliers: promptly, by contract."""
    known = situation("2026-01-05T11:00+08:00", measures={"customer_hit": YES}, awareness="2026-01-05T10:00+08:00")
    assert target("cn-cac-supplier", scope_in("CN", cn_security_supplier=True), known).filed is None


def test_the_cybersecurity_law_asks_for_a_report_at_once() -> None:
    """CSL Art. 27 (the number is inferred): no hours of its own."""
    known = situation(
        "2026-01-05T11:00+08:00", measures={"cn_network_incident": YES}, awareness="2026-01-05T10:00+08:00"
    )
    assert target("cn-csl-27", OTHER, known).clock.evidence.mark == "V3"
