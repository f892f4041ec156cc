"""Steps that tell: a message goes with them, quoting what its author has read and the receivers have not."""

from collections.abc import Callable
from dataclasses import replace

from incidentsim.domain.facts import AT_WORK, Fact, MessageAct, MessageSent, StepTaken
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.scenario import Inject
from incidentsim.domain.speech import Say, Telling
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.small import IT, OURS, act, begun, small_scenario, text


def telling(tells: Telling, do: str = "tell") -> Callable[[Playbook], Playbook]:
    """A change of the small playbook: this step tells somebody."""

    def change(playbook: Playbook) -> Playbook:
        main = playbook.tracks["main"]
        steps = tuple(replace(step, tells=tells) if step.do == do else step for step in main.steps)
        channels = {**playbook.channels, "phone": text("phone"), "email": text("e-mail")}
        return replace(playbook, tracks={**playbook.tracks, "main": replace(main, steps=steps)}, channels=channels)

    return change


def messages(facts: list[Fact]) -> list[MessageSent]:
    return [fact for fact in facts if isinstance(fact, MessageSent)]


def read(exercise: Exercise, person: str) -> list[str]:
    return list(exercise.state.hearing.injects(person, "one"))


SECOND = Inject("second", ("watcher",), "alert", text("more"), at=2 * MINUTE, incident="one")
FOR_EXPERT = Inject("third", ("expert",), "alert", text("for the expert"), at=2 * MINUTE, incident="one")


def test_a_step_that_tells_is_followed_by_a_message_with_what_it_rests_on() -> None:
    exercise = begun(change=telling(Telling(("team",), "email", OURS)))
    facts = exercise.act(act("p1", "tell", what=IT), MINUTE)
    (message,) = messages(facts)
    assert isinstance(facts[0], StepTaken)
    assert (message.act, message.by) == (MessageAct.INFORM, facts[0].by)
    assert (message.to, message.channel) == (("team",), "email")
    assert (message.persons, message.injects, message.text) == (("p3", "p2"), ("alert",), None)
    assert message.because == exercise.state.sequence - len(facts)


def test_what_the_receivers_have_read_already_is_not_quoted_again() -> None:
    scenario = small_scenario(injects=(*small_scenario().injects, SECOND, FOR_EXPERT))
    exercise = begun(scenario, telling(Telling(("expert",), "email", OURS)))
    exercise.say(Say("p1", MessageAct.FORWARD, ("p2",), "alert", "one", injects=("alert",)), MINUTE)
    exercise.run_next_due()
    exercise.run_next_due()
    assert {person: read(exercise, person) for person in ("p1", "p2", "p3")} == {
        "p1": ["alert", "second"],
        "p2": ["alert", "third"],
        "p3": [],
    }
    (message,) = messages(exercise.act(act("p1", "tell", what=IT), 3 * MINUTE))
    assert message.injects == ("second",)
    assert read(exercise, "p2") == ["alert", "third", "second"]


def test_a_quoted_message_carries_on_what_it_quotes() -> None:
    exercise = begun()
    exercise.say(Say("p1", MessageAct.FORWARD, ("p2",), "alert", "one", injects=("alert",)), MINUTE)
    exercise.say(Say("p2", MessageAct.FORWARD, ("p3",), "alert", "one", messages=(1,)), MINUTE)
    assert read(exercise, "p3") == ["alert"]
    exercise.say(Say("p3", MessageAct.FORWARD, ("p4",), "alert", "one", injects=("alert",)), MINUTE)
    assert read(exercise, "p4") == ["alert"]


def test_the_channel_is_the_one_that_is_written_into_the_step() -> None:
    field = Field("channel", FieldKind.CHOICE, text("channel"), ("phone", "email"))

    def change(playbook: Playbook) -> Playbook:
        told = telling(Telling(("expert",), "phone", OURS, "channel"))(playbook)
        main = told.tracks["main"]
        steps = tuple(replace(step, fields=(*step.fields, field)) if step.do == "tell" else step for step in main.steps)
        return replace(told, tracks={**told.tracks, "main": replace(main, steps=steps)})

    facts = begun(change=change).act(act("p1", "tell", channel="email", what=IT), MINUTE)
    assert [message.channel for message in messages(facts)] == ["email"]


def test_who_is_away_finds_the_message_on_return_and_nobody_tells_only_themselves() -> None:
    people = small_scenario().people
    away = {**people, "bob": replace(people["bob"], away=((0, 60 * MINUTE),))}
    exercise = begun(small_scenario(people=away), telling(Telling(("expert",), "email", OURS)))
    (message,) = messages(exercise.act(act("p1", "tell", what=IT), MINUTE))
    assert (message.persons, message.absent) == ((), ("p2",))
    alone = begun(change=telling(Telling(("watcher",), "email", OURS)))
    assert messages(alone.act(act("p1", "tell", what=IT), MINUTE)) == []


def test_those_whom_nobody_plays_are_told_all_the_same() -> None:
    (message,) = messages(
        begun(change=telling(Telling(("board",), "email", OURS))).act(act("p1", "tell", what=IT), MINUTE)
    )
    assert (message.to, message.persons, message.absent) == (("board",), (), ())


def test_everybody_at_work_is_told() -> None:
    exercise = begun(change=telling(Telling((AT_WORK,), "email", OURS), "accept"))
    exercise.act(act("p1", "tell", what=IT), MINUTE)
    (message,) = messages(exercise.act(act("p2", "accept", level=2), 2 * MINUTE))
    assert "p1" in message.persons


def test_a_step_that_is_refused_tells_nobody() -> None:
    exercise = begun(change=telling(Telling(("team",), "email", OURS)))
    assert messages(exercise.act(act("p2", "tell", what=FreeText("no")), MINUTE)) == []
