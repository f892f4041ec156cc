"""What happens where an exercise begins."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.domain.errors import SurroundingsError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import context as service_context
from incidentsim.session.seats import Seats, holders
from tests.support.screens import service_on, session_on

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.session.session import Session


def test_the_tracks_of_a_playbook_are_checked_once_and_only_where_people_play(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A replay has nobody waiting at its screen, and is begun by the hundred: it loads no library for that."""
    asked: list[Playbook] = []
    monkeypatch.setattr(service_context, "check_tracks", asked.append)
    monkeypatch.setattr(service_context, "_CHECKED", {})
    service = service_on(MemoryStore())
    service.exercises.replay("false-alarm")
    assert asked == []
    known = service.library.playable("false-alarm")
    seats = Seats(holders(known.playbook, known.scenario, known.roles[:1]))
    for _time in range(2):
        service.exercises.open_session("false-alarm", seats, record=False).close()
    assert asked == [known.playbook]


def opened_later(store: MemoryStore) -> "Session":
    service = service_on(store)
    known = service.library.playable("number-masking-leak")
    seats = Seats(holders(known.playbook, known.scenario, ["response_team_lead"]))
    return service.exercises.open_session("number-masking-leak", seats, begin_later=True)


def test_an_opening_left_for_later_goes_on_record_when_asked_with_what_was_laid_down_before() -> None:
    """Then the record is the same as that of a session which began it at once."""
    store, at_once = MemoryStore(), MemoryStore()
    session = opened_later(store)
    session.workspace.put("pane", "log")
    assert not store.runs()
    session.put_on_record()
    session.put_on_record()
    assert [run.id for run in store.runs()] == [session.run]
    assert session.run is not None
    assert store.desk(session.run) == {"pane": "log"}
    session.workspace.put("pane", "inbox")
    assert store.desk(session.run) == {"pane": "inbox"}
    other = session_on(service_on(at_once))
    assert other.run == session.run
    assert list(store.entries(session.run)) == list(at_once.entries(session.run))


def test_whatever_is_done_first_is_recorded_after_the_opening() -> None:
    store = MemoryStore()
    session = opened_later(store)
    opening = len(session.facts)
    session.go_on()
    (run,) = store.runs()
    assert run.entries == len(session.facts) > opening


def test_nothing_can_be_done_where_the_opening_cannot_be_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened_later(store := MemoryStore())

    def full(*_args: object, **_kwargs: object) -> None:
        raise SurroundingsError("The disk is full.")

    monkeypatch.setattr(store, "create", full)
    for attempt in (session.put_on_record, session.go_on, session.put_on_record):  # it is said each time
        with pytest.raises(SurroundingsError):
            attempt()
    assert not store.runs()
