"""The choices of a briefing: what a plan proposes, and what is changed about it by hand."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.service.planning import Prospect
from incidentsim.service.seating import Choices
from incidentsim.session.seats import Mode, Seats
from tests.support.forecasts import compiled
from tests.support.shipped import scenario

STORY = "false-alarm"
if TYPE_CHECKING:
    from incidentsim.domain.facts import Json

PROSPECT = Prospect(compiled(STORY), scenario(STORY), "en")


def test_a_plan_chooses_people_players_mode_and_pace() -> None:
    choices, plan = Choices(seed=7), PROSPECT.plan(3, 60)
    choices.take_over(plan)
    assert choices.played == {name for part in plan.players for name in part.people}
    assert choices.seats() == Seats(
        frozenset(choices.played), "hot_seat", 7, players=tuple(part.people for part in plan.players)
    )
    assert (choices.live, choices.speed) == (False, 1)


def test_one_player_plays_solo_and_a_facilitator_keeps_the_console() -> None:
    choices = Choices()
    choices.take_over(PROSPECT.plan(1, 60))
    assert choices.mode == "solo"
    choices.mode = "facilitated"
    choices.take_over(PROSPECT.plan(5, 180, facilitated=True))
    assert (choices.mode, choices.live, choices.speed) == ("facilitated", True, 2)


def test_whoever_is_taken_back_leaves_their_player_and_whoever_is_added_has_their_own() -> None:
    choices = Choices()
    choices.take_over(PROSPECT.plan(2, 60))
    first, *others = choices.players[0]
    choices.toggle(first)
    assert choices.players[0] == tuple(others) if others else choices.players == choices.players[:1]
    assert first not in choices.seats().played
    choices.toggle(first)
    assert first in choices.seats().played


@pytest.mark.parametrize(
    ("mode", "hands"), [("solo", (("a", "b"), ("c", "d"))), ("hot_seat", (("a", "b"), ("c",), ("d",)))]
)
def test_whoever_is_in_no_group_has_a_player_of_their_own_or_in_a_solo_exercise_the_only_one(
    mode: Mode, hands: tuple[tuple[str, ...], ...]
) -> None:
    assert Seats(frozenset("abcd"), mode, players=(("a", "b"),)).hands("abcd") == hands


def test_players_stand_in_the_header_and_are_read_as_far_as_they_are_some() -> None:
    seats = Seats(frozenset({"p1", "p2", "p3"}), "hot_seat", players=(("p1", "p3"), ("p2",)))
    assert Seats.of(seats.options()) == seats
    assert "players" not in Seats(frozenset({"p1"})).options()
    broken: list[Json] = [["p1", "p9", "p1"], "p2", [], [7], ["p1", "p2"]]
    damaged = {**seats.options(), "players": broken}
    assert Seats.of(damaged).players == (("p1",), ("p2",))
