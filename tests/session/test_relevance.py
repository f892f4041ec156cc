"""What makes time stop: what reaches somebody at the table, what opens to them, and deadlines of theirs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DutyBreached, Fact, FactKind
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.pacing import Halt
from incidentsim.session.relevance import called_for
from incidentsim.session.seats import Seats, holders, playable
from incidentsim.session.session import Passed, Session
from incidentsim.session.views import OwedDuty, duties, offers, raised
from incidentsim.session.workspace import Workspace, deadlines_passed
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

SCENARIOS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
MOST = 200
"""Jumps after which an exercise is left."""


@pytest.fixture(scope="module")
def service() -> Service:
    return service_on(MemoryStore())


def seats_of(service: Service, scenario: str) -> tuple[str, ...]:
    known = service.library.playable(scenario)
    return playable(known.playbook, known.scenario)


def opened(service: Service, scenario: str, role: str) -> Session:
    known = service.library.playable(scenario)
    seats = Seats(holders(known.playbook, known.scenario, (role,)))
    return service.exercises.open_session(scenario, seats, record=False)


def jumps(session: Session, *, insist: bool) -> Iterator[tuple[Passed, set[int]]]:
    """Every jump of a table that presses space alone, with the duties that were its own before; `insist` goes past."""
    due: tuple[int, ...] = ()
    for _jump in range(MOST):
        own = {duty.number for duty in duties(session) if duty.mine and (duty.due or 0) >= session.now}
        passed = session.go_on(due if insist else ())
        yield passed, own
        due = passed.due
        if passed.halt in {Halt.ENDED, Halt.YOUR_TURN} or (passed.halt is Halt.DEADLINE and not insist):
            return


def late_of(facts: Sequence[Fact]) -> set[int]:
    """The duties that became late."""
    return {fact.number for fact in facts if isinstance(fact, DutyBreached)}


def never_past(session: Session) -> None:
    """Space never passes a deadline of one's own without having stopped before it."""
    asked: set[int] = set()
    for passed, own in jumps(session, insist=True):
        new = session.facts[passed.since :]
        assert late_of(new) & own <= asked
        if passed.halt is Halt.DEADLINE:
            assert passed.due
            assert not set(passed.due) & asked, "asked twice"
            assert all(duty.due is not None and duty.due >= session.now and not duty.late
                       for duty in duties(session) if duty.number in passed.due)  # fmt: skip
            asked |= set(passed.due)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_space_never_passes_a_deadline_of_ones_own_without_having_stopped_before_it(
    service: Service, scenario: str
) -> None:
    role = seats_of(service, scenario)[len(scenario) % len(seats_of(service, scenario))]
    never_past(opened(service, scenario, role))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_seat_passes_a_deadline_unasked(service: Service, scenario: str) -> None:
    for role in seats_of(service, scenario):
        never_past(opened(service, scenario, role))
        for passed, own in jumps(session := opened(service, scenario, role), insist=False):
            assert not late_of(session.facts[passed.since :]) & own


def quickest(session: Session, duty: OwedDuty) -> int:
    """The usual time (ms) of the step that ends a duty soonest."""
    tracks = session.exercise.playbook.tracks.values()
    return min(step.takes for track in tracks for step in track.steps if step.do in duty.settled_by)


def test_time_stops_when_a_quarter_of_what_was_left_is_left_on_a_whole_minute() -> None:
    session = session_on(service_on(MemoryStore()))
    session.go_on()
    (duty,) = [duty for duty in duties(session) if duty.mine and duty.due is not None]
    while (passed := session.go_on()).halt is not Halt.DEADLINE:
        before = session.now
    assert passed.due == (duty.number,)
    assert duty.due is not None
    exact = duty.due - max((duty.due - before) // 4, quickest(session, duty) + MINUTE)
    assert session.now == exact - exact % MINUTE
    assert len(session.facts) == passed.since, "where time stops is no fact"


@pytest.mark.parametrize(
    ("scenario", "role"),
    [("ransomware-at-dawn", "on_call_responder"), ("number-masking-leak", "response_team_lead")],
)
def test_at_the_stop_the_quickest_step_that_ends_the_duty_can_still_be_taken_in_time(scenario: str, role: str) -> None:
    """Triage takes eight of its fifteen minutes: a stop when four are left comes too late for anybody."""
    session = session_on(service_on(MemoryStore()), scenario, (role,))
    while not (owed := [known for known in duties(session) if known.mine and known.due is not None]):
        drive(session, most=1)
    while (passed := session.go_on()).halt is not Halt.DEADLINE:
        pass
    due = next(known for known in owed if known.number == passed.due[0])
    assert due.due is not None
    assert session.now + quickest(session, due) + MINUTE <= due.due


def test_where_hardly_any_time_is_left_the_question_comes_at_once() -> None:
    session = session_on(service_on(MemoryStore()))
    session.go_on()
    (duty,) = [duty for duty in duties(session) if duty.mine and duty.due is not None]
    assert duty.due is not None
    session.live_to(duty.due - MINUTE // 2)
    before = session.now
    passed = session.go_on()
    assert (passed.halt, passed.due, session.now) == (Halt.DEADLINE, (duty.number,), before)
    assert session.go_on().halt is Halt.DEADLINE, "it is asked as long as nobody answered"
    after = session.go_on(passed.due)
    assert any(fact.kind is FactKind.DUTY_BREACHED for fact in session.facts[after.since :])


def test_a_deadline_that_was_let_pass_is_asked_about_no_more() -> None:
    session = session_on(service_on(MemoryStore()))
    while (passed := session.go_on()).halt is not Halt.DEADLINE:
        pass
    session.go_on(passed.due)
    assert session.go_on().halt is not Halt.DEADLINE


def test_a_deadline_that_was_let_pass_is_asked_about_no_more_after_the_run_was_taken_up(service: Service) -> None:
    session = session_on(service)
    while (passed := session.go_on()).halt is not Halt.DEADLINE:
        pass
    (number,) = passed.due
    duty = session.exercise.state.open_duties[number]
    session.go_on(passed.due)
    session.workspace.put("deadlines_passed", f"[[{number}, {duty.due}], [true, 1], [1], 7]")  # others are left aside
    assert deadlines_passed(session.workspace) == {number: duty.due}
    run = session.run
    session.close()
    assert run is not None
    again = service.exercises.take_up(run)
    assert again.exercise.state.open_duties[number].due == duty.due, "it is still to come"
    passed = again.go_on()
    assert not (passed.halt is Halt.DEADLINE and number in passed.due)


@pytest.mark.parametrize("kept", ["", "null", "{}", "[1, 2]", '[["1", 2]]', "[[1, 2, 3]]", "[" * 100_000])
def test_whatever_lies_in_place_of_the_deadlines_let_pass_lets_none_pass(kept: str) -> None:
    workspace = Workspace(None, None)
    workspace.put("deadlines_passed", kept)
    assert deadlines_passed(workspace) == {}


def test_time_stops_at_what_is_newly_open_and_not_at_what_is_merely_still_open() -> None:
    session = session_on(service_on(MemoryStore()))
    first = session.go_on()
    assert first.opened == (("leak", "confirm"), ("leak", "dismiss"))
    assert all(not passed.opened for passed, _own in jumps(session, insist=True))


@pytest.mark.parametrize("scenario", ["number-masking-leak", "ransomware-at-dawn", "two-fires"])
def test_whatever_is_said_to_be_open_is_open_and_was_not(service: Service, scenario: str) -> None:
    for role in seats_of(service, scenario)[:4]:
        session = opened(service, scenario, role)
        before = open_at(session)
        for passed, _own in jumps(session, insist=True):
            now = open_at(session)
            assert set(passed.opened) <= now
            assert not set(passed.opened) & before
            before = now


def open_at(session: Session) -> set[tuple[str, str]]:
    if session.ended:
        return set()
    found = (offer for incident in raised(session) for offer in offers(session, incident))
    return {(offer.incident, offer.step.do) for offer in found if offer.open}


def test_what_only_tells_somebody_opens_nothing_before_it_is_owed() -> None:
    session = session_on(service_on(MemoryStore()))
    session.go_on()
    assert ("leak", "notify_cto") in open_at(session)
    assert called_at(session) == {"confirm", "dismiss"}
    session.act(Action("p2", "confirm", "leak", None, {"reasons": FreeText("It is ours.")}))
    assert "grade" in called_at(session)
    assert "notify_cto" not in called_at(session)


def called_at(session: Session) -> set[str]:
    exercise = session.exercise
    found = (offer for offer in offers(session, "leak") if offer.open)
    return {offer.step.do for offer in found if called_for(exercise, "leak", offer.step)}


def test_where_nobody_is_played_nothing_is_asked(service: Service) -> None:
    session = service.exercises.open_session("number-masking-leak", Seats(frozenset(), "facilitated"), record=False)
    halts = {passed.halt for passed, _own in jumps(session, insist=True)}
    assert halts <= {Halt.MATTERS, Halt.ENDED}
