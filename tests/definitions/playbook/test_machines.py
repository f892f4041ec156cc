"""Tracks are checked with state machines where people begin to play."""

import pytest

from incidentsim.definitions.playbook import machines
from incidentsim.definitions.playbook.machines import check_tracks
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Track
from incidentsim.domain.track_machine import StepTable, compile_track
from tests.support.procedures import NAMES, playbook


@pytest.mark.parametrize("name", NAMES)
def test_every_playbook_steps_as_its_machines_say(name: str) -> None:
    check_tracks(playbook(name))


def test_a_table_that_allows_too_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lax(track: Track) -> StepTable:
        table = compile_track(track)
        return StepTable(table.steps, table.may | {(state, do, "") for state, do in table.steps})

    monkeypatch.setattr(machines, "compile_track", lax)
    with pytest.raises(InputError, match=r"^On the track \w+, \w+ by nobody from \w+ is not what"):
        check_tracks(playbook("small"))
