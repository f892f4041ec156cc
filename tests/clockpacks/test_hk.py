"""Hong Kong, worked cases. Times are those of Hong Kong, +08:00, which has no summer time."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import NO, YES, deadline, due, quiet, scope_in, situation, target

OPERATOR = scope_in("HK", hk_ci_operator=True)


@pytest.mark.parametrize(
    ("core", "runs", "rests", "end"),
    [
        (YES, "hk-ci-12h", "hk-ci-48h", "2026-03-01T06:00:00+08:00"),
        (NO, "hk-ci-48h", "hk-ci-12h", "2026-03-02T18:00:00+08:00"),
    ],
)
def test_twelve_hours_for_the_core_function_and_forty_eight_for_all_else(
    core: int, runs: str, rests: str, end: str
) -> None:
    """Cap. 653, s.28 and Schedule: over the end of February and a Sunday."""
    facts = {"hk_ci_incident": YES, "hk_core_function_hit": core}
    known = situation("2026-02-28T19:00+08:00", measures=facts, awareness="2026-02-28T18:00+08:00")
    assert due(runs, OPERATOR, known) == end
    assert quiet(rests, OPERATOR, known).state is ClockState.NOT_TRIGGERED


def test_until_the_core_function_is_judged_neither_runs() -> None:
    """Cap. 653, s.28: which of the two it is has to be judged."""
    known = situation("2026-02-28T19:00+08:00", measures={"hk_ci_incident": YES}, awareness="2026-02-28T18:00+08:00")
    for clock in ("hk-ci-12h", "hk-ci-48h"):
        assert quiet(clock, OPERATOR, known).missing == ("hk_core_function_hit",)


def test_a_telephone_notice_is_followed_by_the_form_within_forty_eight_hours() -> None:
    """Code of Practice 7.3.4, 7.3.6 and Annex E: from the notice, and over the leap day."""
    facts = {"hk_ci_incident": YES, "hk_core_function_hit": YES, "hk_first_notice_by_telephone": YES}
    known = situation(
        "2028-02-28T19:00+08:00",
        measures=facts,
        filings={"hk-ci-12h": "2028-02-28T12:00+08:00"},
        awareness="2028-02-28T10:00+08:00",
    )
    assert due("hk-ci-form", OPERATOR, known) == "2028-03-01T12:00:00+08:00"


def test_the_written_report_is_due_fourteen_days_after_becoming_aware() -> None:
    """Code of Practice 7.3.7; its start is not confirmed, and the earliest is taken."""
    known = situation("2026-02-28T19:00+08:00", measures={"hk_ci_incident": YES}, awareness="2026-02-28T18:00+08:00")
    assert due("hk-ci-report", OPERATOR, known) == "2026-03-14T23:59:59+08:00"


def test_the_privacy_commissioner_is_told_voluntarily() -> None:
    """PDPO guidance: as soon as practicable, and not binding."""
    facts = {"personal_data_breach": YES, "hk_real_risk_of_harm": YES}
    known = situation("2026-02-28T19:00+08:00", measures=facts, awareness="2026-02-28T18:00+08:00")
    view = target("hk-pdpo", scope_in("HK", hk_data_user=True), known)
    assert (view.state, view.clock.binding) == (ClockState.TARGET_ONLY, False)


def test_the_ordinance_binds_nobody_before_2026() -> None:
    """Cap. 653, in force since 2026-01-01, by Hong Kong's date."""
    facts = {"hk_ci_incident": YES, "hk_core_function_hit": YES}
    before = situation("2025-12-31T23:59+08:00", measures=facts, awareness="2025-12-31T23:59+08:00")
    assert quiet("hk-ci-12h", OPERATOR, before).state is ClockState.NOT_IN_FORCE
    first = situation("2026-01-01T01:00+08:00", measures=facts, awareness="2025-12-31T16:00+00:00")
    assert deadline("hk-ci-12h", OPERATOR, first).due.local == "2026-01-01T12:00:00+08:00"
