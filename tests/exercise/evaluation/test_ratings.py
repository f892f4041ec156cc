"""Ratings by rules: each challenge lowers a rating where it applies, and only there."""

from dataclasses import replace

import pytest

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.evaluation import (
    Challenge,
    Lacking,
    Late,
    LevelOff,
    Misjudged,
    Missed,
    Objective,
    Occurred,
    OutOfOrder,
    Rating,
    Task,
    Unasked,
)
from incidentsim.domain.facts import Fact, FactKind, RefusalReason
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.overriding import rating_fact
from incidentsim.exercise.evaluation.ratings import TaskRating
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from tests.support.evaluating import ratings_of
from tests.support.facts import on_record
from tests.support.play import wait_until
from tests.support.small import OURS, WORDS, act, small_playbook, small_scenario, text

TOLD = Pattern(FactKind.STEP_TAKEN, do="tell")
ACCEPTED = Pattern(FactKind.STEP_TAKEN, do="accept")


def task(name: str = "tell-them", **more: object) -> Task:
    made = Task(name, text(name), OURS, (TOLD,), "chief", "training", text("nobody knew"))
    return replace(made, **more)  # type: ignore[arg-type]  # the caller names fields of Task


def rate(facts: list[Fact], *tasks: Task, scenario: Scenario | None = None) -> list[TaskRating]:
    objective = Objective("talk", text("talk"), OURS, {one.id: one for one in tasks})
    book = replace(small_playbook(), objectives={"talk": objective})
    return list(ratings_of(Trace(book, scenario or small_scenario(), facts))[0].tasks)


def play(*decisions: "Decision", end: bool = True) -> list[Fact]:
    """The facts of these decisions."""
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    facts = [*exercise.begin(), *exercise.run_next_due()]
    for at, person, do, content in decisions:
        facts += wait_until(exercise, at)
        given = dict(WORDS) if do == "tell" else dict(content)
        facts += exercise.act(act(person, do, **given), at)
    if end:
        facts += wait_until(exercise, 10 * HOUR)
        facts += exercise.end(10 * HOUR)
    return facts


Decision = tuple[int, str, str, dict[str, int]]
"""When, who, what, content."""

TELL: Decision = (MINUTE, "p1", "tell", {})
TELL_LATE: Decision = (20 * MINUTE, "p1", "tell", {})
HIDE: Decision = (30, "p1", "hide", {})
ACCEPT: Decision = (21 * MINUTE, "p2", "accept", {"level": 2})
ACCEPT_MILD: Decision = (21 * MINUTE, "p2", "accept", {"level": 3})
DROP: Decision = (21 * MINUTE, "p2", "drop", {})
NOTIFY: Decision = (30, "p3", "notify", {})

APPLYING: dict[str, tuple[Challenge, list[Decision]]] = {
    "late": (Late("tell-soon"), [TELL_LATE]),
    "late beyond": (Late("tell-soon", 5 * MINUTE), [TELL_LATE]),
    "missed": (Missed("finish-soon"), [TELL, ACCEPT]),
    "refused": (Occurred(Pattern(FactKind.REFUSED, do="hide")), [HIDE, TELL]),
    "lacking": (Lacking(ACCEPTED), [TELL]),
    "level": (LevelOff(1), [TELL, ACCEPT_MILD]),
    "misjudged": (Misjudged("drop"), [TELL, DROP]),
    "unasked": (Unasked("notify"), [NOTIFY, TELL]),
    "out of order": (OutOfOrder(TOLD, Pattern(FactKind.STEP_TAKEN, do="notify")), [NOTIFY, TELL]),
}
NOT_APPLYING: dict[str, tuple[Challenge, list[Decision]]] = {
    "late": (Late("tell-soon"), [TELL]),
    "late beyond": (Late("tell-soon", 15 * MINUTE), [TELL_LATE]),
    "missed": (Missed("tell-soon"), [TELL_LATE]),
    "refused": (Occurred(Pattern(FactKind.REFUSED, do="hide", why=RefusalReason.ROLE)), [HIDE, TELL]),
    "lacking": (Lacking(TOLD), [TELL]),
    "level": (LevelOff(2), [TELL, ACCEPT_MILD]),
    "level, not so far": (LevelOff(1), [TELL, ACCEPT]),
    "misjudged": (Misjudged("accept"), [TELL, ACCEPT]),
    "unasked": (Unasked("notify"), [TELL, ACCEPT, (22 * MINUTE, "p3", "notify", {})]),
    "out of order": (OutOfOrder(TOLD, Pattern(FactKind.STEP_TAKEN, do="notify")), [TELL]),
}


@pytest.mark.parametrize(("part", "rating"), [("some", "S"), ("major", "M"), ("unable", "U")])
@pytest.mark.parametrize("name", APPLYING)
def test_a_challenge_that_applies_lowers_the_rating(name: str, part: str, rating: Rating) -> None:
    challenge, decisions = APPLYING[name]
    facts = play(*decisions)
    [found] = rate(facts, replace(task(), **{part: (challenge,)}))  # type: ignore[arg-type]  # a field of Task
    assert found.rating == rating
    assert [reason.rule for reason in found.reasons] == [challenge]
    assert all(0 <= sequence < len(facts) for reason in found.reasons for sequence in reason.evidence)


@pytest.mark.parametrize("name", NOT_APPLYING)
def test_a_challenge_that_does_not_apply_changes_nothing(name: str) -> None:
    challenge, decisions = NOT_APPLYING[name]
    [found] = rate(play(*decisions), task(major=(challenge,)))
    assert found.rating == "P"
    assert [reason.rule for reason in found.reasons] == ["performed"]


def test_the_worst_challenge_decides() -> None:
    rated = task(some=(Late("tell-soon"),), major=(Occurred(Pattern(FactKind.REFUSED, do="hide")),))
    [found] = rate(play(HIDE, TELL_LATE), rated)
    assert found.rating == "M"
    assert [reason.rating for reason in found.reasons] == ["M", "S"]


def test_a_task_called_for_and_never_done_is_unable_once_the_exercise_is_over() -> None:
    accept = task(performed=(ACCEPTED,), when=(TOLD,))
    facts = play(TELL)
    [found] = rate(facts, accept)
    assert found.rating == "U"
    assert on_record(facts[found.reasons[0].evidence[0]])["do"] == "tell"
    assert rate(play(TELL, end=False), accept)[0].rating is None


def test_a_task_never_called_for_is_not_rated() -> None:
    assert rate(play(), task(performed=(ACCEPTED,), when=(TOLD,)))[0].rating is None
    assert rate(play(TELL), task(truth={"unlawful": True}))[0].rating is None
    assert rate(play(TELL), task(truth={"unlawful": False}))[0].rating == "P"


def test_an_objective_is_rated_as_its_worst_task_that_was_called_for() -> None:
    tasks = (
        task("a"),
        task("b", some=(Late("tell-soon"),)),
        task("c", when=(Pattern(FactKind.STEP_TAKEN, do="drop"),)),
    )
    objective = Objective("talk", text("talk"), OURS, {one.id: one for one in tasks})
    book = replace(small_playbook(), objectives={"talk": objective})
    [found] = ratings_of(Trace(book, small_scenario(), play(TELL_LATE)))
    assert [one.rating for one in found.tasks] == ["P", "S", None]
    assert found.rating == "S"


def test_the_facilitator_has_the_last_word_and_the_proposal_stays() -> None:
    objective = Objective("talk", text("talk"), OURS, {"tell-them": task()})
    book = replace(small_playbook(), objectives={"talk": objective})
    facts = play(TELL)
    facts.append(rating_fact(book, facts[-1].at, "tell-them", "U", "said nothing of use"))
    facts.append(rating_fact(book, facts[-1].at, "tell-them", "M", "on reflection"))
    [found] = ratings_of(Trace(book, small_scenario(), facts))
    [rated] = found.tasks
    assert (rated.proposed, rated.rating, found.rating) == ("P", "M", "M")
    assert rated.override is not None
    assert rated.override.sequence == len(facts) - 1
    assert rated.override.reason is not None
    assert rated.override.reason.say("en") == "on reflection"
