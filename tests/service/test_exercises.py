"""What happens where an exercise begins."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import context as service_context
from incidentsim.session.seats import Seats, holders
from tests.support.screens import service_on

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook


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
