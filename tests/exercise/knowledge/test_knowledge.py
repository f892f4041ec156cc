"""What everybody knows: what reached them in a delivery or in a message that quotes it, from then or their return."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import Fact, InjectDelivered, MessageAct, MessageSent
from incidentsim.domain.interventions import Undo
from incidentsim.domain.scenario import Inject, Part, Person, Scenario, Shown
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.knowledge.knowledge import Knowledge
from tests.support.examples import examples
from tests.support.play import play, play_with_bots, wait_until
from tests.support.shipped import NAMES, procedure, scenario, without_script
from tests.support.small import small_playbook, small_scenario, text


def message(name: str, minute: int, to: str, part: Part | None = None, *shows: Shown) -> Inject:
    return Inject(name, (to,), "alert", text(name), at=minute * MINUTE, incident="one", part=part, shows=shows)


def users(value: int) -> Shown:
    return Shown("measure", "users", value)


def story(*injects: Inject, **changes: object) -> Scenario:
    return small_scenario(injects=(*small_scenario().injects, *injects), **changes)


def until(told: Scenario, minute: int) -> Exercise:
    exercise = Exercise(CompiledPlaybook(small_playbook()), told)
    exercise.begin()
    wait_until(exercise, minute * MINUTE)
    return exercise


def knowledge(exercise: Exercise) -> Knowledge:
    found = Knowledge(exercise.scenario)
    found.read(exercise.state)
    return found


def values(exercise: Exercise, person: str) -> list[tuple[str, int]]:
    return [(finding.name, finding.value) for finding in knowledge(exercise).findings("one", person)]


def forward(exercise: Exercise, sender: str, to: str, minute: int, **carried: object) -> MessageSent:
    say = Say(sender, MessageAct.FORWARD, (to,), "alert", "one", **carried)  # type: ignore[arg-type]  # fields of Say
    (sent, *_rest) = exercise.say(say, minute * MINUTE)
    assert isinstance(sent, MessageSent)
    return sent


def test_a_message_is_known_to_those_whom_it_reaches_and_to_nobody_else() -> None:
    exercise = until(story(message("m", 1, "expert", None, users(3))), 2)
    assert values(exercise, "p2") == [("users", 3)]
    assert values(exercise, "p1") == values(exercise, "p3") == []
    (finding,) = knowledge(exercise).findings("one", "p2")
    delivered = next(number for number, fact in exercise.state.standing() if getattr(fact, "inject", "") == "m")
    assert (finding.inject, finding.heard.fact, finding.heard.since) == ("m", delivered, MINUTE)


def test_neither_time_nor_steps_of_others_make_it_known_to_anybody_else() -> None:
    exercise = until(story(message("m", 1, "board", None, users(3))), 2)
    play(exercise)
    assert not any(values(exercise, person) for person in exercise.roster.people)


def test_a_quote_makes_it_known_and_so_does_a_quote_of_a_quote() -> None:
    exercise = until(story(message("m", 1, "expert", None, users(3))), 2)
    first = forward(exercise, "p2", "p3", 3, injects=("m",))
    forward(exercise, "p3", "p1", 4, messages=(first.number,))
    assert [values(exercise, person) for person in ("p1", "p2", "p3", "p4")] == [[("users", 3)]] * 3 + [[]]
    assert knowledge(exercise).findings("one", "p1")[0].heard.since == 4 * MINUTE


def test_what_somebody_states_is_known_to_whom_they_tell_it_and_asking_states_nothing() -> None:
    exercise = until(story(), 2)
    tell = Say("p2", MessageAct.INFORM, ("p3",), "alert", "one", flags={"unlawful": True})
    exercise.say(tell, 3 * MINUTE)
    exercise.say(replace(tell, act=MessageAct.ASK, to=("p1",)), 4 * MINUTE)
    assert values(exercise, "p3") == [("unlawful", 1)]
    assert values(exercise, "p2") == values(exercise, "p1") == []
    assert knowledge(exercise).findings("one", "p3")[0].message == 1


def test_of_two_things_the_one_that_came_up_later_counts_though_it_was_read_first() -> None:
    exercise = until(
        story(message("early", 1, "expert", None, users(3)), message("late", 2, "chief", None, users(20))), 3
    )
    forward(exercise, "p2", "p3", 4, injects=("early",))
    assert values(exercise, "p3") == [("users", 3), ("users", 20)]


def test_whoever_is_away_knows_it_from_their_return() -> None:
    """The chief is away until eleven: the message to her waits, and whoever never returns never knows."""
    cast = dict(small_scenario().people)
    cast["cat"] = Person("cat", "p3", text("Cat"), ("chief",), away=((8 * 60, 11 * 60),))
    cast["dan"] = Person("dan", "p4", text("Dan"), ("vice",), always_away=True)
    exercise = until(story(message("m", 1, "expert", None, users(3)), people=cast), 2)
    forward(exercise, "p2", "p3", 3, injects=("m",))
    forward(exercise, "p2", "p4", 5, injects=("m",))
    (finding,) = knowledge(exercise).findings("one", "p3")
    assert (finding.heard.at, finding.heard.since) == (3 * MINUTE, 2 * HOUR)
    assert not finding.heard.by(2 * HOUR - 1)
    assert finding.heard.by(2 * HOUR)
    assert values(exercise, "p4") == []


def test_a_finding_is_doubtful_only_where_a_misleading_part_says_what_is_not_so() -> None:
    told = [
        message("wrong", 1, "expert", "contradiction", users(3)),
        message("herring", 2, "expert", "red_herring", Shown("flag", "incident", 0)),
        message("right", 3, "expert", "contradiction", users(20)),
        message("early", 4, "expert", "late_evidence", users(3)),
    ]
    found = knowledge(until(story(*told), 10))
    assert [(finding.inject, finding.doubtful) for finding in found.findings("one", "p2")] == [
        ("wrong", True), ("herring", True), ("right", False), ("early", False),
    ]  # fmt: skip
    assert (found.shown("one", "measure"), found.shown("one", "flag")) == (frozenset({"users"}), frozenset())


def test_what_is_undone_was_never_known() -> None:
    exercise = until(story(message("m", 1, "expert", None, users(3))), 2)
    found = knowledge(exercise)
    forward(exercise, "p2", "p3", 3, injects=("m",))
    assert [finding.value for finding in found.findings("one", "p3")] == [3]
    exercise.intervene(Undo(FreeText("a slip")), 4 * MINUTE)
    found.read(exercise.state)
    assert found.findings("one", "p3") == ()


def carried(facts: list[Fact], number: int) -> set[str]:
    """What a message quotes, by itself and by others, told in the plainest way."""
    sent = next(fact for fact in facts if isinstance(fact, MessageSent) and fact.number == number)
    return {*sent.injects, *(inject for other in sent.messages for inject in carried(facts, other))}


def reached(facts: list[Fact], person: str) -> set[str]:
    """The injects that came to somebody, or that a message to them carries."""
    found: set[str] = set()
    for fact in facts:
        if isinstance(fact, InjectDelivered) and person in fact.to:
            found.add(fact.inject)
        if isinstance(fact, MessageSent) and person in fact.receivers:
            found |= carried(facts, fact.number)
    return found


@examples(10)
@given(
    name=st.sampled_from(NAMES),
    proficiency=st.sampled_from([0, 60, 100]),
    seed=st.integers(0, 999),
    cut=st.floats(0, 1),
)
def test_nobody_ever_knows_more_than_was_delivered_to_them_or_quoted(
    name: str, proficiency: int, seed: int, cut: float
) -> None:
    """In every shipped story, at every time; and no bot rests a decision or a message on anything else."""
    told = without_script(scenario(name))
    book = CompiledPlaybook(procedure(told.playbook))
    told = replace(told, seed=seed, proficiency=dict.fromkeys(book.playbook.roles, proficiency))
    facts = play_with_bots(Exercise(book, told))
    facts = facts[: round(cut * len(facts))]
    exercise = Exercise(book, told)
    exercise.resume(facts)
    found = knowledge(exercise)
    injects = exercise.state.injects
    for person in exercise.roster.people:
        theirs = reached(facts, person)
        for incident in told.incidents:
            assert set(found.injects(incident, person)) == {one for one in theirs if injects[one].incident == incident}
            assert {finding.inject for finding in found.findings(incident, person)} <= theirs
    for number, fact in enumerate(facts):
        by, because = getattr(fact, "by", None), getattr(fact, "because", None)
        rests_on = fact.injects if isinstance(fact, MessageSent) else getattr(because, "injects", ())
        if by is not None and rests_on:
            assert set(rests_on) <= reached(facts[:number], by.person)
