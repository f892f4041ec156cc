"""What holds of every exercise, whoever acts: people with nonsense, bots of any proficiency, and both in turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.chaos import MOVES, Move
from tests.support.claims import bots_come_to_an_end, experts_finish_in_time, the_procedure_holds
from tests.support.examples import examples
from tests.support.procedures import NAMES


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(60)
def test_whatever_people_do_the_procedure_holds(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """No order of actions moves a track but by its steps and through a role that may; duties are kept straight."""
    the_procedure_holds(name, data, moves)


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(25)
def test_an_exercise_that_bots_play_or_take_over_ends(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """Whoever is away, however badly they play, whatever others did before them."""
    bots_come_to_an_end(name, data, moves)


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@examples(25)
def test_experts_at_their_desks_bring_every_incident_to_rest_in_time_and_are_never_refused(
    name: str, data: st.DataObject
) -> None:
    """Any ground truth, level and seed, one incident or two."""
    experts_finish_in_time(name, data, [])
