"""Australia, worked cases. Times are those of Sydney, whose summer time ends in April and begins in October."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import YES, due, quiet, scope_in, situation, target

RESPONSIBLE = scope_in("AU", au_responsible_entity=True)
BOUND = scope_in("AU", au_app_entity=True)


@pytest.mark.parametrize(
    ("clock", "measure", "aware", "end"),
    [
        ("au-soci-12h", "au_availability_significant", "2026-02-28T18:00+11:00", "2026-03-01T06:00:00+11:00"),
        ("au-soci-12h", "au_availability_significant", "2026-04-04T18:00+11:00", "2026-04-05T05:00:00+10:00"),
        ("au-soci-12h", "au_availability_significant", "2026-10-03T18:00+10:00", "2026-10-04T07:00:00+11:00"),
        ("au-soci-72h", "au_relevant_impact", "2028-02-27T18:00+11:00", "2028-03-01T18:00:00+11:00"),
        ("au-soci-72h", "au_relevant_impact", "2026-04-03T18:00+11:00", "2026-04-06T17:00:00+10:00"),
    ],
    ids=["month end", "out of summer time", "into summer time", "leap day", "Easter and summer time"],
)
def test_twelve_and_seventy_two_hours_when_the_clocks_change(clock: str, measure: str, aware: str, end: str) -> None:
    """SOCI Act s.30BC(1) and s.30BD: elapsed hours."""
    known = situation("2030-01-01T00:00+11:00", measures={measure: YES}, awareness=aware)
    assert due(clock, RESPONSIBLE, known) == end


@pytest.mark.parametrize(
    ("first", "written", "end"),
    [
        ("au-soci-12h", "au-soci-12h-written", "2026-03-04T06:00:00+11:00"),
        ("au-soci-72h", "au-soci-72h-written", "2026-03-02T18:00:00+11:00"),
    ],
)
def test_an_oral_report_is_followed_in_writing(first: str, written: str, end: str) -> None:
    """SOCI Act s.30BC(3): 84 hours after the oral report; s.30BD: 48 hours."""
    facts = {"au_first_report_oral": YES}
    silent = situation("2026-03-01T00:00+11:00", measures=facts)
    assert quiet(written, RESPONSIBLE, silent).state is ClockState.NOT_STARTED
    told = situation("2026-03-01T00:00+11:00", measures=facts, filings={first: "2026-02-28T18:00+11:00"})
    assert due(written, RESPONSIBLE, told) == end


def test_a_suspected_breach_is_assessed_in_thirty_days() -> None:
    """Privacy Act s.26WH: calendar days, here over the end of summer time."""
    known = situation(
        "2026-03-20T00:00+11:00", measures={"au_breach_suspected": YES}, suspicion="2026-03-15T10:00+11:00"
    )
    assert due("au-ndb-assess", BOUND, known) == "2026-04-14T23:59:59+10:00"


def test_an_eligible_breach_is_notified_as_soon_as_practicable() -> None:
    """Privacy Act s.26WK and 26WL: no number."""
    known = situation("2026-03-20T00:00+11:00", measures={"au_serious_harm": YES}, awareness="2026-03-15T10:00+11:00")
    assert target("au-ndb-notify", BOUND, known).state is ClockState.TARGET_ONLY


def test_a_ransom_is_reported_within_seventy_two_hours_of_the_payment_or_of_learning_of_it() -> None:
    """Cyber Security Act 2024, Part 3: whichever comes first."""
    own = situation(
        "2026-03-20T00:00+11:00", payment="2026-03-15T10:00+11:00", payment_learned="2026-03-16T10:00+11:00"
    )
    assert due("au-ransom-72h", RESPONSIBLE, own) == "2026-03-18T10:00:00+11:00"
    other = situation("2026-03-20T00:00+11:00", payment_learned="2026-03-16T10:00+11:00")
    assert due("au-ransom-72h", RESPONSIBLE, other) == "2026-03-19T10:00:00+11:00"


@pytest.mark.parametrize(("turnover", "concerned"), [(3_000_000, False), (3_000_001, True)])
def test_a_ransom_concerns_who_turns_over_more_than_three_million(turnover: int, concerned: bool) -> None:
    """Cyber Security Act 2024, Part 3: or a responsible entity, which this one is not."""
    scope = scope_in("AU", au_responsible_entity=False, au_turnover_aud=turnover)
    known = situation("2026-03-16T00:00+11:00", payment="2026-03-15T10:00+11:00")
    if concerned:
        assert due("au-ransom-72h", scope, known) == "2026-03-18T10:00:00+11:00"
    else:
        assert quiet("au-ransom-72h", scope, known).state is ClockState.NOT_APPLICABLE
