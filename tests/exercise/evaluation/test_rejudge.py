"""An old run under another playbook: what is answered otherwise, and nothing else; the record stays as it is."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from incidentsim.domain.facts import Fact, MessageAct, MessageSent
from incidentsim.domain.playbook import Playbook, Step, Within
from incidentsim.domain.scenario import Scenario, ScriptedMessage
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.evaluation.evaluate import evaluate
from incidentsim.exercise.evaluation.rejudge import Rejudgement, rejudge
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.running.deciders import ScriptDecider
from tests.support.evaluating import SCENARIOS, played, procedure, scenario
from tests.support.play import play
from tests.support.procedures import SHIPPED_NAMES, compiled, playbook

VOICE = "voice-platform-fault"


def with_step(book: Playbook, do: str, **changes: object) -> Playbook:
    """The playbook with every step `do` changed."""

    def change(step: Step) -> Step:
        return replace(step, **changes) if step.do == do else step  # type: ignore[arg-type]  # fields of Step

    tracks = {
        name: replace(track, steps=tuple(change(step) for step in track.steps)) for name, track in book.tracks.items()
    }
    return replace(book, tracks=tracks)


def judged(name: str, book: Playbook) -> Rejudgement:
    facts = played(scenario(name))
    before = list(facts)
    found = rejudge(CompiledPlaybook(book), procedure(name), scenario(name), facts)
    assert facts == before
    return found


@pytest.mark.parametrize("name", SCENARIOS)
def test_under_its_own_playbook_a_run_is_answered_as_it_was_fact_by_fact(name: str) -> None:
    facts = played(scenario(name))
    found = rejudge(compiled(scenario(name).playbook), procedure(name), scenario(name), facts)
    assert found.changes == ()
    assert found.duties == ()
    assert list(found.facts) == facts


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("other", SHIPPED_NAMES)
def test_whatever_another_playbook_does_not_know_is_reported_and_nothing_breaks(name: str, other: str) -> None:
    found = judged(name, playbook(other))
    book = playbook(other)
    known = {step.do for track in book.tracks.values() for step in track.steps} | set(book.forbidden)
    for one in found.actions:
        assert (one.now == "unknown_step") == (one.do not in known)


def rated(told: Scenario, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    objectives = evaluate(procedure(told.id), told, facts).objectives
    return [(task.task, str(task.rating)) for objective in objectives for task in objective.tasks]


def test_what_was_said_is_said_again_where_the_other_playbook_knows_all_of_it() -> None:
    told = scenario(VOICE)
    say = Say("p1", MessageAct.DECIDE, ("p2",), "chat", next(iter(told.incidents)), text=FreeText("We go on."))
    spoken = replace(told, asides=(ScriptedMessage(0, say, 0), ScriptedMessage(0, replace(say, channel="phone"), 0)))
    exercise = Exercise(compiled(told.playbook), spoken)
    facts = play(exercise, ScriptDecider(spoken.script, asides=spoken.asides))
    same = rejudge(compiled(told.playbook), procedure(VOICE), spoken, facts)
    assert list(same.facts) == facts
    silent = replace(procedure(VOICE), channels={"phone": procedure(VOICE).channels["phone"]})
    other = rejudge(CompiledPlaybook(silent), procedure(VOICE), spoken, facts)
    assert [fact.channel for fact in other.facts if isinstance(fact, MessageSent) and fact.because is None] == ["phone"]
    assert rated(told, facts) == rated(told, played(told)), "messages change no rating"


def test_a_step_taken_from_a_role_is_refused_now_and_what_rests_on_it_follows() -> None:
    stricter = with_step(procedure(VOICE), "take_over", by=("leading_group_head",), by_named=("leading_group_head",))
    found = judged(VOICE, stricter)
    first, *rest = found.changes
    assert (first.do, first.verdict, first.now, first.follows) == ("take_over", "now_refused", "role", False)
    assert first.allowed == ("leading_group_head",)
    assert rest
    assert all(one.follows and one.verdict == "now_refused" for one in rest)
    assert {duty.duty: (duty.then, duty.now) for duty in found.duties}["take-over"] == ("kept", "missed")


def test_a_role_given_more_is_newly_allowed() -> None:
    """In number-masking-leak the author tries to close the report."""
    milder = with_step(procedure("number-masking-leak"), "close", by=("security_administrator",), not_by_author_of=())
    changes = judged("number-masking-leak", milder).changes
    assert (changes[0].do, changes[0].then, changes[0].verdict) == ("close", "role", "newly_allowed")
    assert changes[1].verdict == "now_refused"  # the head's own closure, for it is closed already


def test_a_shorter_time_makes_a_duty_late_and_no_action_otherwise() -> None:
    book = procedure(VOICE)
    duty = replace(book.duties["judge-report"], within=Within({}, MINUTE))
    found = judged(VOICE, replace(book, duties={**book.duties, duty.id: duty}))
    assert found.changes == ()
    assert [(one.duty, one.then, one.now) for one in found.duties] == [("judge-report", "kept", "late")]


def test_a_role_that_is_gone_is_reported() -> None:
    book = procedure(VOICE)
    roles = {name: role for name, role in book.roles.items() if name != "response_team_lead"}
    bodies = {
        name: replace(body, head=None if body.head == "response_team_lead" else body.head)
        for name, body in book.bodies.items()
    }
    gone = replace(
        book,
        roles={
            name: replace(role, deputies=tuple(d for d in role.deputies if d in roles)) for name, role in roles.items()
        },
        bodies=bodies,
        tracks={
            name: replace(
                track,
                steps=tuple(replace(step, by=tuple(role for role in step.by if role in roles)) for step in track.steps),
            )
            for name, track in book.tracks.items()
        },
        duties={},
        escalations=(),
    )
    unknown = [one for one in judged(VOICE, gone).changes if one.now == "unknown_role"]
    assert {one.allowed for one in unknown} == {("response_team_lead",)}
    assert [one.do for one in unknown] == ["escalate_to_leading_group", "resolve"]
