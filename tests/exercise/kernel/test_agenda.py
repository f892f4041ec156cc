"""The agenda is in total order: time, then precedence, then order of entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.kernel.agenda import Agenda, Item, Precedence


def test_the_story_comes_before_decisions_and_decisions_before_deadlines() -> None:
    assert Precedence.INJECT < Precedence.DECISION < Precedence.DEADLINE


def test_what_is_due_first_comes_first_whenever_it_was_entered() -> None:
    agenda = Agenda()
    agenda.add(20, Precedence.INJECT, "late")
    agenda.add(10, Precedence.DEADLINE, "duty", 4)
    agenda.add(10, Precedence.INJECT, "b")
    agenda.add(10, Precedence.INJECT, "a")
    assert [agenda.take().subject for _ in range(4)] == ["b", "a", "duty", "late"]


def test_looking_leaves_the_item_in_place() -> None:
    agenda = Agenda()
    agenda.add(1, Precedence.DEADLINE, "duty", 9)
    assert agenda.first() == agenda.first() == Item(1, Precedence.DEADLINE, 0, "duty", 9)
    assert agenda.take() == Item(1, Precedence.DEADLINE, 0, "duty", 9)
    assert agenda.first() is None


def test_taking_from_an_empty_agenda_is_an_error() -> None:
    with pytest.raises(IndexError):
        Agenda().take()


ENTRIES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(Precedence)), max_size=30)


@given(ENTRIES)
def test_items_come_out_in_total_order_and_none_is_lost(entries: list[tuple[int, Precedence]]) -> None:
    agenda = Agenda()
    for number, (due, precedence) in enumerate(entries):
        agenda.add(due, precedence, str(number))
    taken = [agenda.take() for _ in entries]
    wanted = sorted((due, precedence, number) for number, (due, precedence) in enumerate(entries))
    assert [(item.due, item.precedence, item.order) for item in taken] == wanted


@given(ENTRIES, st.integers(0, 30))
def test_what_was_taken_in_between_changes_nothing_about_the_order_of_the_rest(
    entries: list[tuple[int, Precedence]], taken: int
) -> None:
    """So an agenda rebuilt from the record orders the rest as the one that was worked off."""
    worked_off, rebuilt = Agenda(), Agenda()
    for due, precedence in entries[:taken]:
        worked_off.add(due, precedence, "x")
        rebuilt.add(due, precedence, "x")
    gone = [worked_off.take() for _ in entries[:taken]]
    for due, precedence in entries[taken:]:
        worked_off.add(due, precedence, "x")
        rebuilt.add(due, precedence, "x")
    left = [worked_off.take() for _ in entries[taken:]]
    assert left == [item for item in (rebuilt.take() for _ in entries) if item not in gone]
