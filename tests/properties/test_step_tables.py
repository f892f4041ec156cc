"""The compiled table of a track says what its `transitions` machine says, for every state, trigger and role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.playbook import Step, Track
from incidentsim.domain.track_machine import Slot, TrackMachine, compile_track
from tests.support.procedures import NAMES, compiled, playbook
from tests.support.small import states, step, text

UNKNOWN = "role_nobody_has"


def check_equal(track: Track, roles: list[str]) -> int:
    """Compare every combination, an unknown role and an unknown trigger among them; say how many moves there are."""
    machine = TrackMachine(track)
    table = compile_track(track)
    moves = 0
    triggers = list(dict.fromkeys(found.do for found in track.steps))
    for state in track.states:
        for do in [*triggers, "trigger_nobody_has"]:
            for role in [*roles, UNKNOWN, ""]:
                slot = Slot(state)
                moved = machine.trigger(slot, do, role)
                target = table.target(state, do, role)
                assert (target is not None) == moved, (state, do, role)
                assert (target or state) == slot.state, (state, do, role)
                moves += moved
    assert machine.difference(table, roles) is None
    return moves


@pytest.mark.parametrize("name", NAMES)
def test_every_track_of_every_playbook_steps_alike_either_way(name: str) -> None:
    book = playbook(name)
    for track in book.tracks.values():
        moves = check_equal(track, list(book.roles))
        expected = {(source, step.do, role) for step in track.steps for source in step.sources for role in step.by}
        assert moves == len(expected), "and that is what the playbook says"


@pytest.mark.parametrize("name", NAMES)
def test_the_table_means_by_each_trigger_the_step_of_the_playbook(name: str) -> None:
    for track in playbook(name).tracks.values():
        table = compiled(name).tables[track.id]
        found = {(source, step.do): step for step in track.steps for source in step.sources}
        assert table.steps == found


STATES = ("a", "b", "c", "d")
ROLES = ("lead", "member", "clerk")


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """Any track of four states; the same trigger may stand for different steps, but never twice in one state."""
    taken: set[tuple[str, str]] = set()
    steps: list[Step] = []
    for _ in range(draw(st.integers(0, 8))):
        do = draw(st.sampled_from(["go", "stop", "to_a", "trigger", "may_go", "is_a"]))
        wanted = draw(st.lists(st.sampled_from(STATES), min_size=1, unique=True))
        sources = [source for source in wanted if (source, do) not in taken]
        if sources:
            taken.update((source, do) for source in sources)
            target = draw(st.sampled_from([None, *STATES]))
            by = draw(st.lists(st.sampled_from(ROLES), unique=True))
            steps.append(step(do, "any", " ".join(sources), target, *by))
    return Track("any", text("any"), draw(st.sampled_from(STATES)), states(*STATES), tuple(steps))


@given(tracks())
def test_any_track_steps_alike_either_way(track: Track) -> None:
    check_equal(track, list(ROLES))
