"""Tracks as `transitions` machines: what they answer, and that none of the library's traps is open."""

from dataclasses import replace

import pytest

from incidentsim.domain.playbook import Step, Track
from incidentsim.domain.track_machine import Slot, StepTable, TrackMachine, compile_track
from tests.support.small import small_playbook, states, step, text


def track(*steps: Step) -> Track:
    return Track("t", text("t"), "a", states("a", "b", "c!"), steps)


GO = step("go", "t", "a b", "c", "chief", "vice")
STAY = step("stay", "t", "b", None, "chief")
SLIDE = replace(step("slide", "t", "a", "b"), automatic=True)


def test_a_role_with_the_authority_moves_the_slot() -> None:
    machine, slot = TrackMachine(track(GO)), Slot("a")
    assert machine.trigger(slot, "go", "vice")
    assert slot.state == "c"


@pytest.mark.parametrize(
    ("state", "do", "role"),
    [
        ("a", "go", "watcher"),
        ("a", "go", "nobody_knows"),
        ("c", "go", "chief"),
        ("a", "stay", "chief"),
        ("a", "slide", "chief"),
        ("a", "slide", ""),
        ("a", "to_c", "chief"),
        ("a", "never_heard", "chief"),
    ],
)
def test_whatever_the_track_does_not_allow_leaves_the_slot_where_it_is(state: str, do: str, role: str) -> None:
    """Wrong role, wrong state, an automatic step, and the `to_…` triggers that transitions would add by itself."""
    machine, slot = TrackMachine(track(GO, STAY, SLIDE)), Slot(state)
    assert not machine.trigger(slot, do, role)
    assert slot.state == state
    assert compile_track(machine.track).target(state, do, role) is None


def test_a_step_to_the_same_state_is_taken_and_moves_nothing() -> None:
    machine, slot = TrackMachine(track(GO, STAY)), Slot("b")
    assert machine.trigger(slot, "stay", "chief")
    assert slot.state == "b"
    assert compile_track(machine.track).target("b", "stay", "chief") == "b"


def test_one_machine_moves_many_incidents_without_confusing_them() -> None:
    machine = TrackMachine(track(GO, STAY))
    first, second = Slot("a"), Slot("b")
    machine.trigger(first, "go", "chief")
    machine.trigger(second, "stay", "chief")
    assert (first.state, second.state) == ("c", "b")


def test_the_same_trigger_may_mean_another_step_in_another_state() -> None:
    back = step("back", "t", "c", "b", "chief")
    home = step("back", "t", "b", "a", "vice")
    table = compile_track(track(back, home, GO))
    assert table.target("c", "back", "chief") == "b"
    assert table.target("b", "back", "vice") == "a"
    assert table.target("b", "back", "chief") is None
    assert table.steps["b", "back"] is home


def test_the_machine_holds_no_convenience_that_skips_the_procedure() -> None:
    """Only the playbook's triggers exist, and every guard is a callable, never a name to be imported."""
    machine = TrackMachine(small_playbook().tracks["main"])._machine
    assert set(machine.events) == {"tell", "accept", "drop", "note", "regrade", "finish"}
    for event in machine.events.values():
        for found in event.transitions.values():
            for transition in found:
                assert [callable(guard.func) for guard in transition.conditions] == [True]
                assert not transition.before
                assert not transition.after
                assert not transition.prepare
    assert not machine.models


def test_a_table_that_says_something_else_is_found_out() -> None:
    """A move too many, one too few, and one to another place."""
    way = track(GO, STAY)
    machine, table = TrackMachine(way), compile_track(way)
    assert machine.difference(table, ["chief", "vice"]) is None
    more = StepTable(table.steps, table.may | {("b", "stay", "vice")})
    assert machine.difference(more, ["chief", "vice"]) == ("b", "stay", "vice")
    fewer = StepTable(table.steps, table.may - {("b", "go", "chief")})
    assert machine.difference(fewer, ["chief", "vice"]) == ("b", "go", "chief")
    elsewhere = StepTable({**table.steps, ("a", "go"): replace(GO, target="b")}, table.may)
    assert machine.difference(elsewhere, ["chief", "vice"]) == ("a", "go", "chief")
    anybody = StepTable(table.steps, table.may | {("a", "go", "")})
    assert machine.difference(anybody, ["chief", "vice"]) == ("a", "go", "")
    nowhere = StepTable({**table.steps, ("c", "go"): GO}, table.may | {("c", "go", "chief")})
    assert machine.difference(nowhere, ["chief", "vice"]) == ("c", "go", "chief")
