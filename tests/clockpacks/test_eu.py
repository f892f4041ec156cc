"""European Union, worked cases. Times are those of Brussels; DORA's days off are Germany's where a case says so."""

from dataclasses import replace

import pytest

from incidentsim.domain.clocks import Declaration, Scope
from incidentsim.exercise.regulatory.criteria import propose_level
from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import HOUR, NO, YES, deadline, due, moment, pack, quiet, scope_in, situation, target

CONTROLLER = scope_in("EU", eu_personal_data_roles=("controller",))
ENTITY = scope_in("EU", nis2_entity="important", nis2_trust_service=False)
MAKER = scope_in("EU", cra_manufacturer=True)
SIGNIFICANT = {"eu_nis2": "significant"}
MAJOR = {"eu_dora": "major"}


def financial(kind: str = "other_financial_entity", calendar: str | None = None, **more: Declaration) -> Scope:
    scope = scope_in("EU", dora_entity=kind, **more)
    return scope if calendar is None else replace(scope, calendars={"EU": calendar})


RELIEVED = financial(calendar="DE", nis2_entity="none", dora_relief_withdrawn=False)


def test_a_controller_has_seventy_two_hours_over_the_weekend() -> None:
    """GDPR Art. 33(1): hours run through Saturday and Sunday."""
    known = situation(
        "2026-06-05T18:00+02:00",
        measures={"personal_data_breach": YES, "breach_risk": YES},
        awareness="2026-06-05T17:00+02:00",
    )
    assert due("eu-gdpr-33-1", CONTROLLER, known) == "2026-06-08T17:00:00+02:00"


@pytest.mark.parametrize(
    ("aware", "end"),
    [
        ("2026-03-27T12:00+01:00", "2026-03-30T13:00:00+02:00"),
        ("2026-10-23T12:00+02:00", "2026-10-26T11:00:00+01:00"),
        ("2028-02-27T12:00+01:00", "2028-03-01T12:00:00+01:00"),
    ],
    ids=["into summer time", "out of summer time", "leap day"],
)
def test_seventy_two_hours_are_seventy_two_hours_when_the_clocks_change(aware: str, end: str) -> None:
    """GDPR Art. 33(1): elapsed hours, so that the hour by the clock moves."""
    known = situation(
        "2029-01-01T00:00+00:00", measures={"personal_data_breach": YES, "breach_risk": YES}, awareness=aware
    )
    view = deadline("eu-gdpr-33-1", CONTROLLER, known)
    assert (view.due.local, view.due.at - moment(aware).at) == (end, 72 * HOUR)


def test_a_breach_without_risk_is_not_notified() -> None:
    """GDPR Art. 33(1): unless a risk is unlikely."""
    known = situation(
        "2026-06-05T18:00+02:00",
        measures={"personal_data_breach": YES, "breach_risk": NO},
        awareness="2026-06-05T17:00+02:00",
    )
    assert quiet("eu-gdpr-33-1", CONTROLLER, known).state is ClockState.NOT_TRIGGERED


def test_a_processor_tells_the_controller_without_a_number() -> None:
    """GDPR Art. 33(2): without undue delay; the 72 hours are not the processor's."""
    scope = scope_in("EU", eu_personal_data_roles=("processor",))
    known = situation(
        "2026-06-05T18:00+02:00", measures={"personal_data_breach": YES}, awareness="2026-06-05T17:00+02:00"
    )
    assert target("eu-gdpr-33-2", scope, known).state is ClockState.TARGET_ONLY
    assert quiet("eu-gdpr-33-1", scope, known).state is ClockState.NOT_APPLICABLE


def test_people_are_told_of_a_high_risk_without_a_number() -> None:
    """GDPR Art. 34(1)."""
    known = situation(
        "2026-06-05T18:00+02:00",
        measures={"personal_data_breach": YES, "breach_high_risk": YES},
        awareness="2026-06-05T17:00+02:00",
    )
    assert target("eu-gdpr-34", CONTROLLER, known).state is ClockState.TARGET_ONLY


def test_the_proposed_ninety_six_hours_do_not_run() -> None:
    """Digital Omnibus proposal: not in force."""
    known = situation("2026-06-05T18:00+02:00", awareness="2026-06-05T17:00+02:00")
    assert quiet("eu-omnibus-gdpr-33", CONTROLLER, known).state is ClockState.NOT_IN_FORCE


def test_the_early_warning_and_the_notification_count_from_awareness() -> None:
    """NIS2 Art. 23(4)(a) and (b): 24 and 72 hours."""
    known = situation("2026-06-05T18:00+02:00", levels=SIGNIFICANT, awareness="2026-06-05T17:00+02:00")
    assert due("eu-nis2-early", ENTITY, known) == "2026-06-06T17:00:00+02:00"
    assert due("eu-nis2-notification", ENTITY, known) == "2026-06-08T17:00:00+02:00"


def test_a_trust_service_provider_has_twenty_four_hours_for_the_notification() -> None:
    """NIS2 Art. 23(4): 24 hours in place of 72."""
    scope = scope_in("EU", nis2_entity="essential", nis2_trust_service=True)
    known = situation("2026-06-05T18:00+02:00", levels=SIGNIFICANT, awareness="2026-06-05T17:00+02:00")
    assert due("eu-nis2-notification-trust", scope, known) == "2026-06-06T17:00:00+02:00"
    assert quiet("eu-nis2-notification", scope, known).state is ClockState.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("submitted", "last"),
    [
        ("2026-01-31T15:00+01:00", "2026-02-28T23:59:59+01:00"),
        ("2028-01-31T15:00+01:00", "2028-02-29T23:59:59+01:00"),
        ("2026-02-28T15:00+01:00", "2026-03-28T23:59:59+01:00"),
        ("2026-03-15T15:00+01:00", "2026-04-15T23:59:59+02:00"),
        ("2026-12-31T23:30+01:00", "2027-01-31T23:59:59+01:00"),
        ("2026-12-31T23:30+00:00", "2027-02-01T23:59:59+01:00"),
    ],
    ids=["month end", "leap year", "end of February", "summer time", "turn of the year", "tomorrow in Brussels"],
)
def test_the_final_report_is_due_a_month_after_the_submission_of_the_notification(submitted: str, last: str) -> None:
    """NIS2 Art. 23(4)(d): from the submission under (b), by local date, and not from awareness."""
    known = situation(
        "2030-01-01T00:00+00:00",
        levels=SIGNIFICANT,
        filings={"eu-nis2-notification": submitted},
        awareness="2026-01-01T15:00+01:00",
    )
    view = deadline("eu-nis2-final", ENTITY, known)
    assert (view.due.local, view.anchor.filing) == (last, "eu-nis2-notification")


def test_without_the_notification_the_month_does_not_start() -> None:
    """NIS2 Art. 23(4)(d): a missed notification makes no phantom deadline for the final report."""
    known = situation("2026-06-05T18:00+02:00", levels=SIGNIFICANT, awareness="2026-01-01T15:00+01:00")
    assert quiet("eu-nis2-final", ENTITY, known).state is ClockState.NOT_STARTED


def test_after_a_progress_report_the_month_counts_from_the_end_of_the_handling() -> None:
    """NIS2 Art. 23(4): an incident still going on gets a progress report first."""
    known = situation(
        "2026-06-05T18:00+02:00",
        levels=SIGNIFICANT,
        measures={"nis2_still_ongoing": YES},
        filings={"eu-nis2-notification": "2026-01-31T15:00+01:00", "eu-nis2-final": "2026-02-27T10:00+01:00"},
        handling_ended="2026-03-31T10:00+02:00",
    )
    assert due("eu-nis2-final-after-progress", ENTITY, known) == "2026-04-30T23:59:59+02:00"


@pytest.mark.parametrize(
    ("measures", "level"),
    [
        ({"service_unavailable": 30 * 60_000}, None),
        ({"service_unavailable": 30 * 60_000 + 1}, "significant"),
        ({"service_limited": 61 * 60_000, "eu_users_affected_percent": 6}, "significant"),
        ({"service_limited": 61 * 60_000, "eu_users_affected": 1_000_001}, "significant"),
        ({"service_limited": 60 * 60_000, "eu_users_affected": 1_000_001}, None),
        ({"malicious_compromise": YES}, "significant"),
        ({"data_compromised": YES, "eu_users_affected_percent": 5, "eu_users_affected": 1_000_000}, None),
        ({"direct_loss_eur": 500_001}, "significant"),
        ({"direct_loss_eur": 400_000, "loss_percent_of_turnover": 6}, "significant"),
    ],
)
def test_the_numbers_for_cloud_providers_are_more_than_and_not_at_least(
    measures: dict[str, int], level: str | None
) -> None:
    """Implementing Regulation (EU) 2024/2690, Art. 3 and 7."""
    assert propose_level(pack("eu").scales["eu_nis2"], measures).level == level


@pytest.mark.parametrize(
    ("aware", "classified", "end", "anchor"),
    [
        ("2026-06-02T08:00+02:00", "2026-06-02T10:00+02:00", "2026-06-02T14:00:00+02:00", "classification"),
        ("2026-06-02T08:00+02:00", "2026-06-03T06:00+02:00", "2026-06-03T08:00:00+02:00", "awareness"),
        ("2026-06-02T08:00+02:00", "2026-06-03T04:00+02:00", "2026-06-03T08:00:00+02:00", "classification"),
        ("2026-06-02T08:00+02:00", "2026-06-03T08:00+02:00", "2026-06-03T08:00:00+02:00", "awareness"),
        ("2026-06-02T08:00+02:00", "2026-06-03T08:01+02:00", "2026-06-03T12:01:00+02:00", "classification"),
        ("2026-06-02T08:00+02:00", "2026-06-05T09:00+02:00", "2026-06-05T13:00:00+02:00", "classification"),
    ],
    ids=["early", "capped by awareness", "both alike", "at the 24th hour", "a minute later", "days later"],
)
def test_dora_counts_four_hours_from_classification_and_twenty_four_from_awareness(
    aware: str, classified: str, end: str, anchor: str
) -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(1)(a), and 5(2) for a classification after the 24 hours."""
    known = situation("2026-06-30T00:00+02:00", levels=MAJOR, awareness=aware, classification=classified)
    view = deadline("eu-dora-initial", financial("credit_institution"), known)
    assert (view.due.local, view.anchor.anchor) == (end, anchor)


def test_a_late_classification_is_not_overdue_at_once() -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(2)."""
    known = situation(
        "2026-06-05T12:00+02:00",
        levels=MAJOR,
        awareness="2026-06-02T08:00+02:00",
        classification="2026-06-05T09:00+02:00",
    )
    assert deadline("eu-dora-initial", financial("credit_institution"), known).state is ClockState.DUE


@pytest.mark.parametrize("known_anchor", ["awareness", "classification"])
def test_both_moments_are_needed(known_anchor: str) -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(1)(a): without one of them the earlier of the two is unknown."""
    known = situation("2026-06-30T00:00+02:00", levels=MAJOR, moments={known_anchor: "2026-06-02T08:00+02:00"})
    view = quiet("eu-dora-initial", financial("credit_institution"), known)
    missing = {"awareness", "classification"} - {known_anchor}
    assert (view.state, set(view.missing)) == (ClockState.ANCHOR_MISSING, missing)


SATURDAY = {"awareness": "2026-06-05T20:00+02:00", "classification": "2026-06-05T21:00+02:00"}


def test_a_limit_that_ends_on_a_weekend_is_extended_to_monday_noon_for_those_who_have_the_relief() -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(4): the initial limit ends on Saturday 01:00."""
    known = situation("2026-06-05T22:00+02:00", levels=MAJOR, moments=SATURDAY)
    view = deadline("eu-dora-initial", RELIEVED, known)
    assert view.due.local == "2026-06-08T12:00:00+02:00"
    assert view.due.relieved == moment("2026-06-06T01:00+02:00").at


@pytest.mark.parametrize(
    "scope",
    [
        financial("credit_institution", "DE", nis2_entity="none", dora_relief_withdrawn=False),
        financial("central_counterparty", "DE", nis2_entity="none", dora_relief_withdrawn=False),
        financial("trading_venue_operator", "DE", nis2_entity="none", dora_relief_withdrawn=False),
        financial(calendar="DE", nis2_entity="essential", dora_relief_withdrawn=False),
        financial(calendar="DE", nis2_entity="none", dora_relief_withdrawn=True),
    ],
    ids=["bank", "central counterparty", "trading venue", "NIS2 entity", "withdrawn by the authority"],
)
def test_there_is_no_relief_for_the_first_two_reports_of_those_who_are_excepted(scope: Scope) -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(5) and 5(6)."""
    known = situation("2026-06-05T22:00+02:00", levels=MAJOR, moments=SATURDAY)
    assert due("eu-dora-initial", scope, known) == "2026-06-06T01:00:00+02:00"
    filed = situation("2026-06-05T22:00+02:00", levels=MAJOR, filings={"eu-dora-initial": "2026-06-03T10:00+02:00"})
    assert due("eu-dora-intermediate", scope, filed) == "2026-06-06T10:00:00+02:00"


@pytest.mark.parametrize(
    "scope",
    [
        financial(nis2_entity="none", dora_relief_withdrawn=False),
        financial(calendar="DE", nis2_entity="none"),
        financial(calendar="DE", dora_relief_withdrawn=False),
    ],
    ids=["no calendar", "withdrawal not declared", "NIS2 not declared"],
)
def test_relief_that_is_not_declared_is_not_assumed(scope: Scope) -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(4): the earlier moment stands, and the view says what is open."""
    known = situation("2026-06-05T22:00+02:00", levels=MAJOR, moments=SATURDAY)
    found = deadline("eu-dora-initial", scope, known).due
    assert (found.local, found.relieved, len(found.relief_open)) == ("2026-06-06T01:00:00+02:00", None, 1)


def test_easter_monday_is_a_day_off_too() -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(4): Good Friday to Easter Monday 2026, so Tuesday noon."""
    known = situation("2026-04-02T10:00+02:00", levels=MAJOR, filings={"eu-dora-initial": "2026-04-01T10:00+02:00"})
    assert due("eu-dora-intermediate", RELIEVED, known) == "2026-04-07T12:00:00+02:00"


def test_the_final_report_of_a_bank_has_the_relief() -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(1)(c) and 5(5): only the first two reports are excepted."""
    bank = financial("credit_institution", "DE", nis2_entity="none", dora_relief_withdrawn=False)
    filed = {"eu-dora-initial": "2026-01-27T10:00+01:00", "eu-dora-intermediate": "2026-01-30T10:00+01:00"}
    known = situation("2026-02-20T10:00+01:00", levels=MAJOR, filings=filed)
    view = deadline("eu-dora-final", bank, known)
    assert view.due.local == "2026-03-02T12:00:00+01:00"
    assert view.due.relieved is not None


def test_dora_reports_are_chained() -> None:
    """Delegated Regulation (EU) 2025/301, Art. 5(1)(b) and (c): each starts with the submission before it."""
    bank = financial("credit_institution")
    none_filed = situation("2026-06-20T10:00+02:00", levels=MAJOR)
    assert quiet("eu-dora-intermediate", bank, none_filed).state is ClockState.NOT_STARTED
    filed = {"eu-dora-initial": "2026-06-02T10:00+02:00"}
    first = situation("2026-06-20T10:00+02:00", levels=MAJOR, filings=filed)
    assert due("eu-dora-intermediate", bank, first) == "2026-06-05T10:00:00+02:00"
    assert quiet("eu-dora-final", bank, first).missing == ("eu-dora-intermediate",)


def test_an_exploited_vulnerability_has_its_last_report_from_the_fix_and_not_from_awareness() -> None:
    """CRA Art. 14(2)(a) to (c): 24 hours, 72 hours, and 14 days after a measure is available."""
    facts = {"exploited_vulnerability": YES}
    known = situation("2026-10-01T09:00+02:00", measures=facts, awareness="2026-10-01T08:00+02:00")
    assert due("eu-cra-vuln-early", MAKER, known) == "2026-10-02T08:00:00+02:00"
    assert due("eu-cra-vuln-notification", MAKER, known) == "2026-10-04T08:00:00+02:00"
    assert quiet("eu-cra-vuln-final", MAKER, known).missing == ("fix_available",)
    fixed = situation(
        "2026-10-20T09:00+02:00",
        measures=facts,
        awareness="2026-10-01T08:00+02:00",
        fix_available="2026-10-18T08:00+02:00",
    )
    assert due("eu-cra-vuln-final", MAKER, fixed) == "2026-11-01T23:59:59+01:00"


def test_a_severe_incident_has_its_last_report_a_month_after_the_notification() -> None:
    """CRA Art. 14(4)(a) to (c)."""
    known = situation(
        "2026-12-01T09:00+01:00",
        measures={"severe_product_incident": YES},
        filings={"eu-cra-incident-notification": "2026-10-31T08:00+01:00"},
        awareness="2026-10-29T08:00+01:00",
    )
    assert due("eu-cra-incident-early", MAKER, known) == "2026-10-30T08:00:00+01:00"
    assert due("eu-cra-incident-notification", MAKER, known) == "2026-11-01T08:00:00+01:00"
    assert due("eu-cra-incident-final", MAKER, known) == "2026-11-30T23:59:59+01:00"


def test_manufacturers_report_only_since_september_2026() -> None:
    """CRA Art. 14 applies from 2026-09-11."""
    known = situation(
        "2026-09-10T12:00+02:00", measures={"exploited_vulnerability": YES}, awareness="2026-09-10T08:00+02:00"
    )
    assert quiet("eu-cra-vuln-early", MAKER, known).state is ClockState.NOT_IN_FORCE
