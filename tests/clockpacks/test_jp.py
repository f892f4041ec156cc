"""Japan, worked cases. Times are those of Tokyo, +09:00, which has no summer time."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from tests.support.clocks import NO, YES, deadline, due, quiet, scope_in, situation, target

HANDLER = scope_in("JP", jp_personal_data_roles=("handler",))
HARMLESS = {"jp_sensitive": NO, "jp_property_risk": NO, "jp_improper_purpose": NO}
MANY = {**HARMLESS, "persons_affected": 1_001}
ATTACK = {**HARMLESS, "jp_improper_purpose": YES}


@pytest.mark.parametrize(
    ("learned", "last"),
    [
        ("2026-01-31T18:00+09:00", "2026-03-01T23:59:59+09:00"),
        ("2028-01-31T18:00+09:00", "2028-02-29T23:59:59+09:00"),
        ("2026-04-01T00:00+09:00", "2026-04-30T23:59:59+09:00"),
        ("2026-03-31T23:30+08:00", "2026-04-30T23:59:59+09:00"),
    ],
    ids=["month end", "leap day", "April", "already April in Tokyo"],
)
def test_the_final_report_is_due_thirty_days_from_the_day_of_knowledge(learned: str, last: str) -> None:
    """APPI Enforcement Rules, Art. 8(2): 30 days, the day of knowledge counted (the earlier reading)."""
    known = situation("2030-01-01T00:00+09:00", measures=MANY, knowledge=learned)
    assert due("jp-appi-final", HANDLER, known) == last


def test_an_attack_makes_it_sixty_days_and_the_thirty_do_not_run_besides() -> None:
    """APPI Enforcement Rules, Art. 7(iii) and 8(2)."""
    known = situation("2026-02-01T00:00+09:00", measures=ATTACK, knowledge="2026-01-31T18:00+09:00")
    assert due("jp-appi-final-malicious", HANDLER, known) == "2026-03-31T23:59:59+09:00"
    assert quiet("jp-appi-final", HANDLER, known).state is ClockState.NOT_TRIGGERED


def test_the_preliminary_report_is_guidance_and_says_so() -> None:
    """APPI Enforcement Rules, Art. 8(1); guideline 3-5-3-3: three to five days, not binding."""
    known = situation("2026-02-01T00:00+09:00", measures=MANY, knowledge="2026-01-31T18:00+09:00")
    view = deadline("jp-appi-prelim", HANDLER, known)
    assert (view.due.local, view.clock.binding) == ("2026-02-04T23:59:59+09:00", False)


@pytest.mark.parametrize(("people", "state"), [(1_000, ClockState.NOT_TRIGGERED), (1_001, ClockState.DUE)])
def test_more_than_a_thousand_people_and_not_a_thousand(people: int, state: ClockState) -> None:
    """APPI Enforcement Rules, Art. 7(iv)."""
    facts = {**HARMLESS, "persons_affected": people}
    known = situation("2026-02-01T00:00+09:00", measures=facts, knowledge="2026-01-31T18:00+09:00")
    found = deadline if state is ClockState.DUE else quiet
    assert found("jp-appi-final", HANDLER, known).state is state


def test_sensitive_data_need_no_head_count() -> None:
    """APPI Enforcement Rules, Art. 7(i): one person suffices, and nobody need have counted."""
    facts = {"jp_sensitive": YES, "jp_improper_purpose": NO}
    known = situation("2026-02-01T00:00+09:00", measures=facts, knowledge="2026-01-31T18:00+09:00")
    assert deadline("jp-appi-final", HANDLER, known).state is ClockState.DUE


def test_people_are_told_promptly() -> None:
    """APPI Art. 26(2), Rules Art. 10: according to the situation, no number."""
    known = situation("2026-02-01T00:00+09:00", measures=MANY, knowledge="2026-01-31T18:00+09:00")
    assert target("jp-appi-principal", HANDLER, known).state is ClockState.TARGET_ONLY


def test_an_entrusted_business_tells_whom_it_works_for_instead() -> None:
    """APPI Art. 26(1), proviso."""
    scope = scope_in("JP", jp_personal_data_roles=("entrustee",))
    known = situation("2026-02-01T00:00+09:00", measures=MANY, knowledge="2026-01-31T18:00+09:00")
    assert target("jp-appi-entrustee", scope, known).state is ClockState.TARGET_ONLY
    assert quiet("jp-appi-final", scope, known).state is ClockState.NOT_APPLICABLE
