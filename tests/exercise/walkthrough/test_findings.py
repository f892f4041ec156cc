"""Each thing that a walk-through finds, by one fault planted in a small procedure; what is sound is found sound."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidentsim.domain.conditions import LevelAtLeast, Not, Pattern, TrackIs
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Duty, Playbook, Step, Track, Within
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.walkthrough.findings import Finding, walk_through
from incidentsim.exercise.walkthrough.plays import walks
from incidentsim.exercise.walkthrough.truths import truths
from tests.support.shipped import PROCEDURES, procedure
from tests.support.small import OURS, RULE, small_playbook, states, step, text

NEVER = TrackIs("blame", ("settled",))
"""Somebody is blamed only for what experts do not do."""


def sound() -> Playbook:
    """The small procedure, in which the grading has its criteria: the last level is for all else."""
    return small_playbook()


def with_track(places: str, *steps: Step) -> Callable[[Playbook], Playbook]:
    names = places.split()
    track = Track("side", text("side"), names[0].rstrip("!"), states(*names), steps)
    return lambda book: replace(book, tracks={**book.tracks, "side": track})


def changed(do: str, **parts: object) -> Callable[[Playbook], Playbook]:
    """Change a step of the main track."""

    def change(book: Playbook) -> Playbook:
        main = book.tracks["main"]
        steps = tuple(replace(one, **parts) if one.do == do else one for one in main.steps)  # type: ignore[arg-type]
        return replace(book, tracks={**book.tracks, "main": replace(main, steps=steps)})

    return change


def with_duty(opens: str, settled: str, limit: int) -> Callable[[Playbook], Playbook]:
    duty = Duty(
        "answer",
        text("answer"),
        (Pattern(FactKind.STEP_TAKEN, do=opens),),
        ("chief",),
        (Pattern(FactKind.STEP_TAKEN, do=settled),),
        Within(dict.fromkeys((1, 2, 3), limit), limit),
        RULE,
        OURS,
    )
    return lambda book: replace(book, duties={**book.duties, "answer": duty})


PLANTED: dict[str, tuple[Callable[[Playbook], Playbook], str, dict[str, str]]] = {
    "a circle that nobody leaves": (
        with_track(
            "idle! busy", step("begin", "side", "idle", "busy", "chief"), step("end", "side", "busy", "idle", "chief")
        ),
        "Nobody leaves this circle: bots went round on the track side in 5 of 5 plays, until they left it at that",
        {"track": "side", "do": "end"},
    ),
    "no end": (
        with_track("idle busy", step("begin", "side", "idle", "busy", "chief")),
        "Bots did not reach an end in 5 of 5 plays, first where it is no incident: the track side stood in busy",
        {"track": "side", "state": "busy"},
    ),
    "a step whose needs never hold": (
        with_track("idle! busy!", step("begin", "side", "idle", "busy", "chief", needs=NEVER)),
        "Bots did not reach what begin needs in 5 plays, so nobody could take it.",
        {"track": "side", "do": "begin"},
    ),
    "a final state behind such a step": (
        with_track("idle! busy!", step("begin", "side", "idle", "busy", "chief", needs=NEVER)),
        "Bots did not reach the final state busy in 5 plays: nothing else leads to it.",
        {"track": "side", "state": "busy"},
    ),
    "a step by itself that never follows": (
        with_track("idle! busy!", step("begin", "side", "idle", "busy", when=NEVER)),
        "Bots did not reach what begin waits for (when) in 5 plays, so it never followed.",
        {"track": "side", "do": "begin"},
    ),
    "a notice that never falls due": (
        lambda book: replace(
            book,
            tracks={
                **book.tracks,
                "notice_board": Track(
                    "notice_board",
                    text("board"),
                    "not_due",
                    states("not_due!", "due", "done!"),
                    (
                        step("fall_due_board", "notice_board", "not_due", "due", when=Not(Not(NEVER))),
                        step("notify_board", "notice_board", "due", "done", "chief"),
                    ),
                ),
            },
        ),
        "Bots did not reach what this notice waits for (due) in 5 plays, so it never fell due.",
        {"track": "notice_board", "do": "fall_due_board"},
    ),
    "a truth that no step fits": (
        changed("drop", fits={"incident": True}),
        "No step out of the state told fits where incident is false; bots took accept all the same. Let a step fit it",
        {"track": "main", "state": "told"},
    ),
    "a duty that cannot be kept": (
        with_duty("accept", "finish", 1),
        "Bots did not keep the duty answer in any of the 4 plays in which it arose: it was late.",
        {"duty": "answer"},
    ),
    "a duty for what was done before": (
        with_duty("accept", "tell", 400 * 24 * 60 * MINUTE),
        "Bots did not settle the duty answer in any of the 4 plays in which it arose.",
        {"duty": "answer"},
    ),
}


def fitting(found: Finding, words: str, about: dict[str, str]) -> bool:
    return words in found.message and all(getattr(found, part) == name for part, name in about.items())


def test_each_planted_fault_is_found_where_it_is() -> None:
    for name, (plant, words, about) in PLANTED.items():
        found = walk_through(plant(sound()))
        assert any(fitting(one, words, about) for one in found), (name, found)


def test_what_is_sound_is_found_sound() -> None:
    assert walk_through(sound()) == ()


@pytest.mark.slow
def test_the_shipped_procedures_are_found_sound() -> None:
    for name in PROCEDURES:
        assert walk_through(procedure(name)) == (), name


def test_a_procedure_without_channels_or_without_levels_is_looked_at_as_far_as_can_be() -> None:
    stuck = PLANTED["no end"][0]
    assert walk_through(replace(stuck(sound()), channels={})) == ()
    messages = [one.message for one in walk_through(replace(stuck(sound()), levels={}, circumstances={}))]
    assert any("an end in 2 of 2 plays, first where it is no incident" in message for message in messages)
    needing = with_track("idle busy!", step("begin", "side", "idle", "busy", "chief", needs=LevelAtLeast(1)))
    messages = [one.message for one in walk_through(replace(needing(sound()), levels={}, circumstances={}))]
    assert any("the track side stood in idle" in message for message in messages)


def test_there_is_a_play_for_each_level_and_each_answer() -> None:
    book = changed("finish", fits={"crime": True})(sound())
    tried = [(one.level, one.flags["incident"], one.flags["crime"]) for one in truths(book)]
    assert {(level, True, crime) for level in (1, 2, 3) for crime in (True, False)} | {(None, False, False)} == set(
        tried
    )
    assert [walk.tried.level for walk in walks(book)] == [level for level, _incident, _crime in tried]
    assert any(one.circumstances == ("hiding",) for one in truths(book))


def test_a_level_condition_is_reached_at_its_level() -> None:
    book = with_track("idle! busy!", step("begin", "side", "idle", "busy", "chief", needs=LevelAtLeast(1)))(sound())
    assert walk_through(book) == ()
