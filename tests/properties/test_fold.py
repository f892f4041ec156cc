"""State is the fold of facts: an exercise taken up again at any step goes on exactly as it would have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.running.runner import execute, next_turn
from tests.support.chaos import MOVES, Move
from tests.support.claims import an_exercise_rebuilt_goes_on_alike, bots_take_over_alike
from tests.support.examples import examples
from tests.support.play import steps_of_bots
from tests.support.procedures import NAMES, exercise_of, flags_of, playbook, scenario_for, truth_for


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(40)
def test_an_exercise_rebuilt_from_its_facts_goes_on_as_the_one_that_made_them(
    name: str, data: st.DataObject, moves: list[Move]
) -> None:
    """Whatever anybody did: the same state, the same agenda, the same answers, the same next wish of the bots."""
    an_exercise_rebuilt_goes_on_alike(name, data, moves)


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(20)
def test_bots_that_take_over_from_a_record_play_on_as_those_who_never_left(
    name: str, data: st.DataObject, moves: list[Move]
) -> None:
    bots_take_over_alike(name, data, moves)


@pytest.mark.parametrize("name", NAMES)
def test_bots_play_on_alike_from_every_single_step_of_a_run(name: str) -> None:
    """Every boundary of one whole run, with novices and two incidents."""
    book = playbook(name)
    truth = truth_for(book, dict.fromkeys(flags_of(book), True), 1)
    scenario = scenario_for(book, [truth, truth], proficiency=dict.fromkeys(book.roles, 30), seed=11)
    steps = steps_of_bots(exercise_of(name, scenario))
    for cut in range(1, len(steps)):
        rebuilt = exercise_of(name, scenario)
        rebuilt.resume([fact for step in steps[:cut] for fact in step])
        turn = next_turn(rebuilt, [BotDecider()])
        following = rebuilt.end(rebuilt.state.now) if turn is None else execute(rebuilt, turn)[0]
        assert following == steps[cut], f"after step {cut}"
