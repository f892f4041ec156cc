"""Bots go round a circle of steps only so often, and say so on record; something new lets them go on."""

from dataclasses import replace

import pytest

from incidentsim.domain.actions import Because
from incidentsim.domain.conditions import TrackIs
from incidentsim.domain.facts import EndReason, ExerciseEnded, Fact, StepTaken
from incidentsim.domain.playbook import Step, Track
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.bots.rounds import MOST_ROUNDS, MOST_WITHOUT_CHOICE
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY
from tests.support.play import play_with_bots
from tests.support.small import small_playbook, small_scenario, states, step, text

PREPARE = step("prepare", "bulletin", "idle issued", "prepared", "chief")
CHECK = step("check", "bulletin", "prepared", "checked", "expert")
ISSUE = step("issue", "bulletin", "checked", "issued", "chief")
RESTING, RESTLESS = "idle! prepared checked issued!", "idle! prepared checked issued over!"
CIRCLES: dict[str, tuple[str, tuple[Step, ...], EndReason, str]] = {
    "where it may rest": (RESTING, (PREPARE, CHECK, ISSUE), EndReason.FINISHED, "issue"),
    "nowhere to rest": (
        "idle prepared checked issued",
        (PREPARE, CHECK, ISSUE),
        EndReason.STALLED,
        "check",
    ),
    "a way out beside it": (
        RESTLESS,
        (PREPARE, CHECK, ISSUE, step("stop", "bulletin", "issued", "over", "chief")),
        EndReason.FINISHED,
        "stop",
    ),
    "a detour out of it": (
        RESTLESS,
        (PREPARE, CHECK, ISSUE, step("stop", "bulletin", "issued", "over", "chief", detour=True)),
        EndReason.FINISHED,
        "stop",
    ),
    "closed by itself": (
        "idle! prepared",
        (
            step("prepare", "bulletin", "idle", "prepared", "chief"),
            step("back", "bulletin", "prepared", "idle", when=TrackIs("bulletin", ("prepared",))),
        ),
        EndReason.FINISHED,
        "prepare",
    ),
}


def played(places: str, steps: tuple[Step, ...], *injects: Inject) -> list[Fact]:
    book = small_playbook()
    track = Track("bulletin", text("bulletin"), "idle", states(*places.split()), steps)
    book = replace(book, tracks={**book.tracks, "bulletin": track})
    scenario: Scenario = small_scenario(ends=20 * DAY)
    scenario = replace(scenario, injects=(*scenario.injects, *injects))
    return play_with_bots(Exercise(CompiledPlaybook(book), scenario))


def taken(facts: list[Fact], do: str) -> list[StepTaken]:
    return [fact for fact in facts if isinstance(fact, StepTaken) and fact.do == do]


def left_at_that(facts: list[Fact]) -> list[str]:
    steps = [fact for fact in facts if isinstance(fact, StepTaken)]
    return [fact.do for fact in steps if isinstance(fact.because, Because) and fact.because.reason == "rounds"]


@pytest.mark.parametrize("circle", CIRCLES)
def test_a_circle_comes_to_an_end_and_the_step_with_which_it_does_says_why(circle: str) -> None:
    places, steps, reason, last = CIRCLES[circle]
    facts = played(places, steps)
    assert isinstance(facts[-1], ExerciseEnded)
    assert facts[-1].reason is reason
    assert left_at_that(facts) == [last]
    assert MOST_ROUNDS <= len(taken(facts, "prepare")) <= MOST_WITHOUT_CHOICE + 1


def test_something_new_lets_them_go_round_again() -> None:
    places, steps, _reason, _last = CIRCLES["where it may rest"]
    once = played(places, steps)
    news = Inject("news", ("expert",), "alert", text("news"), at=10 * DAY, incident="one")
    again = played(places, steps, news)
    assert left_at_that(again) == ["issue", "issue"]
    assert len(taken(again, "issue")) == len(taken(once, "issue")) + MOST_ROUNDS
