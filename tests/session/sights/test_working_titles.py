"""What an incident is called until it is judged to be one, at the table and for whoever facilitates."""

from dataclasses import replace

import pytest

from incidentsim.domain.scenario import Incident, Truth
from incidentsim.domain.text import Text
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.form_view import ActionKey
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.sights.working_titles import is_judged, judging_steps, working_title
from tests.support.screens import service_on, session_on
from tests.support.shipped import NAMES, PROCEDURES, procedure, scenario

PLANNED = "Leak of masked-number bindings"
WORKING = "Unusual reads in the masked-number service"
REASONS = {"reasons": "It is ours."}


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


def reported(service: Service, mode: str = "solo") -> LocalSeat:
    seat = LocalSeat(session_on(service, mode="facilitated" if mode == "facilitated" else "solo"))
    while not any(action.key.do == "confirm" and action.open for action in seat.view("en").actions):
        seat.go_on()
    return seat


def key_to(seat: LocalSeat, do: str) -> ActionKey:
    return next(action.key for action in seat.view("en").actions if action.key.do == do)


def told(seat: LocalSeat) -> tuple[str, str]:
    view = seat.view("en")
    return view.incidents[0].title, seat.form(key_to(seat, view.actions[0].key.do), "en").incident_title


def test_an_incident_bears_its_working_title_until_it_is_confirmed(service: Service) -> None:
    seat = reported(service)
    assert told(seat) == (WORKING, WORKING)
    before = seat.view("en").log
    assert not any(PLANNED in entry.sentence for entry in before.entries)
    assert seat.act(key_to(seat, "confirm"), REASONS).taken
    assert told(seat) == (PLANNED, PLANNED)


def test_a_report_that_was_dismissed_keeps_it_for_another_would_say_whether_that_was_right(service: Service) -> None:
    seat = reported(service)
    assert seat.act(key_to(seat, "dismiss"), REASONS).taken
    assert seat.view("en").incidents[0].title == WORKING


def test_whoever_facilitates_sees_both(service: Service) -> None:
    seat = reported(service, "facilitated")
    words = [words for _title, words in seat.spoilers("probe-alert", "en").parts]
    assert {PLANNED, WORKING} <= set(words)


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_incident_has_one_in_both_languages_that_is_not_what_it_really_was(name: str) -> None:
    for incident in scenario(name).incidents.values():
        assert incident.working_title is not None
        assert {incident.working_title.en, incident.working_title.zh}.isdisjoint({incident.title.en, incident.title.zh})


@pytest.mark.parametrize("name", PROCEDURES)
def test_each_shipped_procedure_has_a_step_that_judges(name: str) -> None:
    assert judging_steps(procedure(name))


def test_without_such_a_step_the_first_phase_is_the_time_before_it_is_judged() -> None:
    playbook = procedure("platform-incidents")
    main, steps = playbook.main_track, judging_steps(playbook)
    here = {track.id: track.initial for track in playbook.tracks.values()}
    later = next(name for name, state in main.states.items() if state.phase != main.states[main.initial].phase)
    assert not is_judged(playbook, (), IncidentState("x", here))
    assert is_judged(playbook, (), IncidentState("x", {**here, main.id: later}))
    assert not is_judged(playbook, steps, IncidentState("x", {**here, main.id: later}))


def test_without_a_title_of_its_own_it_is_the_message_that_told_of_it_for_whom_that_reached() -> None:
    truth = Truth(incident=True, level=1, why={}, flags={}, cause="x")
    incident = Incident("leak", Text("planned", "planned"), truth)
    first = next(inject for inject in scenario("number-masking-leak").injects if inject.raises)
    assert working_title(incident, [first], 1) == first.subject
    assert working_title(incident, [replace(first, raises=False)], 1) == Text("Event 1", "待判事件1")
    assert working_title(replace(incident, working_title=Text("own", "own")), [first], 1).en == "own"
