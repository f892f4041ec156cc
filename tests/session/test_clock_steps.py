"""What a regulatory deadline waits for is said by the steps of the playbook that people can take."""

import pytest

from incidentsim.exercise.regulatory.views import ClockState
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.seat_view import RegulatoryClockView
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

QUIET = {ClockState.FILED, ClockState.FILED_LATE, ClockState.ANCHOR_MISSING}


def clocks(name: str, role: str, most: int) -> tuple[RegulatoryClockView, ...]:
    session = session_on(service_on(MemoryStore()), name, (role,))
    drive(session, most=most)
    return LocalSeat(session).view("en").clocks


@pytest.mark.parametrize(
    ("name", "role"), [("number-masking-leak", "response_team_lead"), ("ransomware-at-dawn", "incident_commander")]
)
def test_every_clock_that_waits_for_people_names_the_step_and_the_roles(name: str, role: str) -> None:
    seen = {clock.state: clock for most in (2, 8, 20) for clock in clocks(name, role, most)}
    assert ClockState.NOT_JUDGED in seen
    for state, clock in seen.items():
        assert bool(clock.steps) is bool(clock.waits)
        assert clock.steps or state in QUIET
        if state is ClockState.NOT_JUDGED:
            assert set(clock.steps) & {"record_legal_facts", "judge_statutory_level"}
            assert "(" in clock.waits
        if state in {ClockState.DUE, ClockState.OVERDUE, ClockState.TARGET_ONLY, ClockState.NOT_STARTED}:
            assert clock.steps == ("file_report",)


def test_a_clock_that_waits_for_a_moment_names_the_step_that_is_the_moment() -> None:
    """The police are told of a suspicion; the supervisor, who was told late, does not know that one was found."""
    session = session_on(service_on(MemoryStore()), "number-masking-leak", ("information_security_supervisor",))
    session.go_on()
    waiting = [clock for clock in LocalSeat(session).view("en").clocks if clock.state is ClockState.ANCHOR_MISSING]
    assert [clock.steps for clock in waiting] == [("find_unlawful", "revise_finding")]
