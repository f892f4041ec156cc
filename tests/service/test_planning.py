"""A plan asked for by number of players and minutes, and refused in a sentence."""

from dataclasses import replace

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.service.planning import Prospect
from tests.support.forecasts import compiled
from tests.support.planning import expected
from tests.support.shipped import scenario

STORY = "false-alarm"


def prospect() -> Prospect:
    return Prospect(compiled(STORY), scenario(STORY), "en")


def test_a_possible_session_is_planned() -> None:
    plan = prospect().plan(2, 60)
    assert (len(plan.players), plan.minutes, plan.facilitated) == (2, 60, False)


def test_what_one_may_expect_is_found_out_once() -> None:
    found = prospect()
    assert found.played is found.played
    assert found.played == expected(STORY)


def test_what_is_possible_stands_in_the_refusal() -> None:
    most, least = prospect().most_players, prospect().least_minutes
    with pytest.raises(InputError, match=f"1 to {most} players"):
        prospect().plan(most + 1, 60)
    with pytest.raises(InputError, match=f"take {least} to 1440 minutes"):
        prospect().plan(1, least - 1)
    assert len(prospect().plan(most, least).players) == most


def test_a_story_without_anybody_to_play_cannot_be_planned() -> None:
    subject = scenario(STORY)
    away = {name: replace(person, always_away=True) for name, person in subject.people.items()}
    with pytest.raises(InputError, match="Nobody in this scenario"):
        replace(prospect(), scenario=replace(subject, people=away)).plan(1, 60)
