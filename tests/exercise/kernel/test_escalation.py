"""The escalation matrix at work: level, lateness, role, channel and time of day; once each, and as the record says."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import All, LevelAtLeast, Not, Pattern, TrackIs
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import EscalationRule, Playbook, Role, WorkingHours
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from tests.support.chaos import MOVES, Move, live_through, stories_of
from tests.support.claims import check
from tests.support.examples import examples
from tests.support.facts import on_record
from tests.support.play import kinds, of, wait_until
from tests.support.procedures import NAMES, exercise_of, playbook
from tests.support.shipped import NAMES as STORIES
from tests.support.shipped import facts_of, procedure, scenario
from tests.support.small import IT, OURS, act, begun, small_playbook, small_scenario, text
from tests.support.snapshot import ahead, snapshot

OFFICE = WorkingHours((0, 1, 2, 3, 4), 9 * 60, 18 * 60, OURS)
"""The small scenario begins on a Monday at nine, so working hours are the first nine of every day."""
EVENING = 9 * HOUR
BREACH = 10 * MINUTE
"""When the small scenario's first duty, to tell soon, becomes late."""


def row(name: str, **more: object) -> EscalationRule:
    return replace(EscalationRule(name, ("board",), OURS, text(name)), **more)  # type: ignore[arg-type]  # its fields


def late(name: str, after: int, **more: object) -> EscalationRule:
    return row(name, **{"on": (Pattern(FactKind.DUTY_BREACHED),), "after": after, **more})


def rows(*found: EscalationRule, hours: WorkingHours | None = OFFICE) -> Callable[[Playbook], Playbook]:
    """The small procedure with these rows alone, and working hours."""
    return lambda book: replace(
        book, escalations=found, working_hours=hours, channels={**book.channels, "mail": text("mail")}
    )


def told(facts: Sequence[Fact]) -> list[tuple[int, str]]:
    """Which row fired when (in minutes)."""
    return [
        (fact.at // MINUTE, on_record(fact)["rule"].removeprefix("escalations.")) for fact in of(facts, "escalated")
    ]


def graded(exercise: Exercise, level: int, at: int = 0) -> list[Fact]:
    facts = exercise.act(act("p1", "tell", what=IT), at)
    return facts + exercise.act(act("p2", "accept", level=level), at)


# Lateness


def test_a_late_duty_says_who_will_hear_of_it_and_they_do_if_it_stays_undone() -> None:
    exercise = begun(change=rows(late("higher", 20 * MINUTE)))
    breach = exercise.run_next_due()
    assert kinds(breach) == ["duty_breached", "step_taken", "escalation_planned"]
    assert on_record(breach[2]) == {
        "duty": "tell-soon",
        "number": 1,
        "to": ["board"],
        "due": 30 * MINUTE,
        "rule": "escalations.higher",
        "clause": None,
        "because": exercise.state.sequence - 3,
    }
    facts = exercise.run_next_due()
    assert told(facts) == [(30, "higher")]
    assert (on_record(facts[0])["number"], on_record(facts[0])["because"]) == (1, on_record(breach[2])["because"])
    assert exercise.next_due() is None, "once a duty"


@pytest.mark.parametrize("done", [11 * MINUTE, 30 * MINUTE])
def test_nobody_hears_of_what_is_done_by_then(done: int) -> None:
    """At the very moment still counts, as with every deadline."""
    exercise = begun(change=rows(late("higher", 20 * MINUTE)))
    exercise.run_next_due()
    exercise.act(act("p1", "tell", what=IT), done)
    assert exercise.next_due() is None


def test_a_row_without_delay_fires_with_the_breach() -> None:
    exercise = begun(change=rows(late("at-once", 0)))
    assert kinds(exercise.run_next_due()) == ["duty_breached", "step_taken", "escalated"]


def test_a_row_about_one_duty_is_not_about_another() -> None:
    other = late("other", 0, on=(Pattern(FactKind.DUTY_BREACHED, duty="finish-soon"),))
    elsewhere = late("elsewhere", 0, on=(Pattern(FactKind.DUTY_BREACHED, incident="two"),))
    assert told(begun(change=rows(other, elsewhere)).run_next_due()) == []


@pytest.mark.parametrize(("owed_by", "fires"), [((), True), (("watcher", "chief"), True), (("chief",), False)])
def test_a_row_is_about_the_lateness_of_whom_it_names(owed_by: tuple[str, ...], *, fires: bool) -> None:
    exercise = begun(change=rows(late("theirs", 0, owed_by=owed_by)))
    assert bool(told(exercise.run_next_due())) is fires


def test_rows_climb_one_after_the_other() -> None:
    exercise = begun(change=rows(late("second", HOUR), late("first", 5 * MINUTE), late("third", DAY)))
    assert told(wait_until(exercise, 2 * DAY)) == [(15, "first"), (70, "second"), (DAY // MINUTE + 10, "third")]


# Level


def test_a_row_for_a_level_waits_for_the_level_and_counts_from_the_breach() -> None:
    """Regraded while it is late, a duty climbs further: what is reached already at once, the rest at its time."""
    change = rows(
        late("grave-at-once", 0, when=LevelAtLeast(1)),
        late("grave-hour", HOUR, when=LevelAtLeast(1), to=("team",)),
        late("grave-day", DAY, when=LevelAtLeast(1)),
    )
    exercise = begun(change=change)
    graded(exercise, 2)
    breach = wait_until(exercise, HOUR + 1)
    assert kinds(breach) == ["duty_breached"]
    facts = exercise.act(act("p2", "regrade", level=1), 2 * HOUR)
    assert [on_record(fact)["due"] for fact in of(facts, "escalation_planned")] == [HOUR + DAY]
    assert told(facts) == [(120, "grave-at-once"), (120, "grave-hour")]
    level_set = exercise.state.sequence - len(facts) + kinds(facts).index("level_set")
    assert [on_record(fact)["because"] for fact in of(facts, "escalated")] == [level_set, level_set]
    exercise.act(act("p2", "regrade", level=2), 3 * HOUR)
    assert told(exercise.act(act("p2", "regrade", level=1), 4 * HOUR)) == [], "nobody is told twice"


def test_a_row_whose_condition_holds_no_more_is_dropped_on_record_and_can_come_back() -> None:
    exercise = begun(change=rows(late("grave", HOUR, when=LevelAtLeast(1))))
    graded(exercise, 1)
    planned = of(wait_until(exercise, 31 * MINUTE), "escalation_planned")
    assert [on_record(fact)["due"] for fact in planned] == [90 * MINUTE]
    exercise.act(act("p2", "regrade", level=2), 40 * MINUTE)
    facts = exercise.run_next_due()
    assert [(fact.kind, fact.at) for fact in facts] == [("escalation_dropped", 90 * MINUTE)]
    assert on_record(facts[0]) == {
        "duty": "finish-soon",
        "number": 2,
        "rule": "escalations.grave",
        "because": on_record(planned[0])["because"],
    }
    assert exercise.next_due() is None
    assert told(exercise.act(act("p2", "regrade", level=1), 2 * HOUR)) == [(120, "grave")]


def test_a_row_whose_condition_holds_again_when_it_is_due_fires() -> None:
    exercise = begun(change=rows(late("grave", HOUR, when=LevelAtLeast(1))))
    graded(exercise, 1)
    wait_until(exercise, 31 * MINUTE)
    exercise.act(act("p2", "regrade", level=2), 40 * MINUTE)
    exercise.act(act("p2", "regrade", level=1), 50 * MINUTE)
    assert told(wait_until(exercise, DAY)) == [(90, "grave")]


# Time of day


def test_the_channel_goes_by_the_time_of_day() -> None:
    change = rows(row("hidden", on=(Pattern(FactKind.REFUSED),), channel="mail", out_of_hours="alert"))
    exercise = begun(change=change)
    by_day, at_night = (of(exercise.act(act("p3", "hide"), at), "escalated")[0] for at in (HOUR, EVENING))
    assert (on_record(by_day)["channel"], on_record(at_night)["channel"]) == ("mail", "alert")


def test_where_no_other_channel_is_named_it_is_the_usual_one() -> None:
    exercise = begun(change=rows(row("hidden", on=(Pattern(FactKind.REFUSED),), channel="mail")))
    assert on_record(of(exercise.act(act("p3", "hide"), EVENING), "escalated")[0])["channel"] == "mail"


def test_a_row_on_a_fact_with_hours_hears_the_facts_of_those_hours_only() -> None:
    hidden = Pattern(FactKind.REFUSED, do="hide")
    exercise = begun(change=rows(row("day", on=(hidden,), hours="working"), row("night", on=(hidden,), hours="out")))
    assert told(exercise.act(act("p3", "hide"), HOUR)) == [(60, "day")]
    assert told(exercise.act(act("p3", "hide"), EVENING)) == [(540, "night")]
    assert told(wait_until(exercise, 2 * DAY)) == [], "what happened at night is not told in the morning as well"


def test_what_can_wait_is_told_when_working_hours_begin() -> None:
    exercise = begun(change=rows(row("mild", when=LevelAtLeast(2), hours="working")))
    facts = graded(exercise, 2, EVENING)
    planned = of(facts, "escalation_planned")
    assert [(on_record(fact)["due"], on_record(fact)["duty"], on_record(fact)["number"]) for fact in planned] == [
        (DAY, None, None)
    ]
    assert told(facts) == []
    morning = [fact for fact in wait_until(exercise, 2 * DAY) if fact.kind == FactKind.ESCALATED]
    assert told(morning) == [(DAY // MINUTE, "mild")]
    assert (on_record(morning[0])["because"], on_record(morning[0])["number"]) == (
        on_record(planned[0])["because"],
        None,
    )
    assert told(exercise.act(act("p2", "regrade", level=1), 2 * DAY)) == [], "once an incident"


def test_what_can_wait_is_told_at_once_where_working_hours_are() -> None:
    exercise = begun(change=rows(row("mild", when=LevelAtLeast(2), hours="working")))
    assert told(graded(exercise, 2, HOUR)) == [(60, "mild")]


def test_what_waited_and_is_not_so_any_more_is_dropped_on_record_and_can_come_back() -> None:
    mild = All((LevelAtLeast(2), Not(LevelAtLeast(1))))
    exercise = begun(change=rows(row("mild", when=mild, hours="working")))
    graded(exercise, 2, EVENING)
    exercise.act(act("p2", "regrade", level=1), EVENING + MINUTE)
    assert [fact.at for fact in of(wait_until(exercise, 2 * DAY), "escalation_dropped")] == [DAY]
    assert told(exercise.act(act("p2", "regrade", level=2), DAY + HOUR)) == [(DAY // MINUTE + 60, "mild")]


def test_a_plan_stands_until_it_is_due_whatever_wakes_the_row_before() -> None:
    exercise = begun(change=rows(row("mild", when=LevelAtLeast(2), hours="working")))
    graded(exercise, 2, EVENING)
    assert of(exercise.act(act("p2", "regrade", level=1), EVENING + MINUTE), "escalation_planned") == []


def test_lateness_reached_at_night_waits_for_the_morning_where_the_row_says_so() -> None:
    exercise = begun(change=rows(late("morning", 9 * HOUR, hours="working"), late("night", 0, hours="out")))
    facts = wait_until(exercise, 2 * DAY)
    assert told(facts) == [(EVENING // MINUTE, "night"), (DAY // MINUTE, "morning")]


def test_a_row_for_hours_that_never_are_never_fires() -> None:
    change = rows(late("night", 0, hours="out"), row("mild", when=LevelAtLeast(2), hours="out"), hours=None)
    exercise = begun(change=change)
    assert told([*wait_until(exercise, DAY), *graded(exercise, 1, DAY)]) == []


# Who is told


def test_an_escalation_names_who_is_not_there_and_reaches_their_deputy() -> None:
    people = (
        Person("cat", "p3", text("Cat"), ("chief",), away=((9 * 60, 12 * 60),)),
        Person("dan", "p4", text("Dan"), ("vice",)),
    )
    exercise = begun(small_scenario(people={person.id: person for person in people}), rows(late("a", 0, to=("chief",))))
    data = on_record(of(exercise.run_next_due(), "escalated")[0])
    assert (data["persons"], data["absent"]) == (["p4"], ["p3"])


def test_whoever_is_away_without_a_deputy_finds_the_message_on_return() -> None:
    people = (Person("eve", "p5", text("Eve"), ("board",), always_away=True),)
    exercise = begun(small_scenario(people={person.id: person for person in people}), rows(late("a", 0)))
    data = on_record(of(exercise.run_next_due(), "escalated")[0])
    assert (data["persons"], data["absent"]) == (["p5"], ["p5"])


def test_whoever_several_rows_name_is_told_once_with_all_their_reasons() -> None:
    change = rows(
        late("late", 0, to=("board", "team")),
        row("breached", on=(Pattern(FactKind.DUTY_BREACHED),), channel="mail"),
        row("blamed", on=(Pattern(FactKind.STEP_TAKEN, do="blame_for_lateness"),), channel="alert"),
    )
    facts = of(begun(change=change).run_next_due(), "escalated")
    assert [(on_record(fact)["to"], on_record(fact)["rule"], on_record(fact)["also"]) for fact in facts] == [
        ("board", "escalations.breached", ["escalations.late", "escalations.blamed"]),
        ("team", "escalations.late", []),
    ]
    assert on_record(facts[0])["channel"] == "mail", "the channel of the first rule that names one"
    assert on_record(facts[0])["number"] == 1


def test_rows_that_are_due_together_are_told_together() -> None:
    change = rows(late("one", HOUR), late("two", HOUR), late("three", HOUR, to=("team",)), late("later", 2 * HOUR))
    exercise = begun(change=change)
    exercise.run_next_due()
    facts = exercise.run_next_due()
    assert [(on_record(fact)["to"], on_record(fact)["also"]) for fact in facts] == [
        ("board", ["escalations.two"]),
        ("team", []),
    ]
    assert told(wait_until(exercise, DAY)) == [(130, "later")]


def test_rows_that_are_due_together_are_dropped_one_by_one() -> None:
    change = rows(late("grave", HOUR, when=LevelAtLeast(1)), late("any", HOUR))
    exercise = begun(change=change)
    graded(exercise, 1)
    wait_until(exercise, 31 * MINUTE)
    exercise.act(act("p2", "regrade", level=2), 40 * MINUTE)
    assert kinds(exercise.run_next_due()) == ["escalation_dropped", "escalated"]


def test_two_duties_that_are_late_are_two_things_to_tell() -> None:
    change = rows(late("grave", 0, when=LevelAtLeast(1)))
    book = change(small_playbook())
    second = replace(book.duties["finish-soon"], id="second")
    exercise = Exercise(CompiledPlaybook(replace(book, duties={**book.duties, "second": second})), small_scenario())
    exercise.begin()
    exercise.run_next_due()
    graded(exercise, 2)
    wait_until(exercise, HOUR + 1)
    facts = of(exercise.act(act("p2", "regrade", level=1), 2 * HOUR), "escalated")
    assert [on_record(fact)["number"] for fact in facts] == [2, 3]


def test_each_incident_is_told_for_itself() -> None:
    base = small_scenario()
    incidents = {"one": base.incidents["one"], "two": replace(base.incidents["one"], id="two")}
    second = replace(base.injects[0], id="second", incident="two")
    exercise = begun(small_scenario(incidents=incidents, injects=(*base.injects, second)), rows(late("late", HOUR)))
    facts = of(wait_until(exercise, DAY), "escalated")
    assert [(fact.incident, fact.at) for fact in facts] == [("one", BREACH + HOUR), ("two", BREACH + HOUR)]


def test_an_escalation_may_bring_another_and_each_says_so() -> None:
    change = rows(late("first", HOUR, to=("team",)), row("second", on=(Pattern(FactKind.ESCALATED, to="team"),)))
    exercise = begun(change=change)
    exercise.run_next_due()
    facts = exercise.run_next_due()
    assert told(facts) == [(70, "first"), (70, "second")]
    assert on_record(facts[1])["because"] == exercise.state.sequence - 2


def test_a_row_that_rests_on_a_clause_says_so() -> None:
    exercise = begun(change=rows(late("late", 0, basis=Basis("documented", ("X1",)))))
    data = on_record(of(exercise.run_next_due(), "escalated")[0])
    assert (data["clause"], data["basis"]) == ("X1", "documented")


# The record is enough


def matrix(book: Playbook) -> Playbook:
    """The small procedure with a row for every dimension, most of them waiting for something."""
    graver, milder = LevelAtLeast(1), All((LevelAtLeast(2), Not(LevelAtLeast(1))))
    found = (
        late("now", 0, when=graver),
        late("soon", 20 * MINUTE, to=("team", "board")),
        late("grave", 20 * MINUTE, when=graver),
        late("mine", HOUR, owed_by=("chief",), hours="out"),
        late("morning", HOUR, hours="working", when=LevelAtLeast(2)),
        row("mild", when=milder, hours="working", to=("team",)),
        row("night", when=TrackIs("main", ("open",)), hours="out"),
        row("hidden", on=(Pattern(FactKind.REFUSED),), hours="out", channel="mail"),
    )
    return rows(*book.escalations, *found)(book)


MATRIX = CompiledPlaybook(matrix(small_playbook()))
ACTS = (
    *(("p2", "regrade", {"level": level}) for level in (1, 1, 2, 2, 3)),
    ("p1", "tell", {"what": IT}),
    ("p2", "accept", {"level": 1}),
    ("p2", "accept", {"level": 2}),
    ("p3", "hide", {}),
    ("p3", "settle", {}),
    ("p3", "finish", {}),
    ("p2", "note", {}),
)
INPUTS = st.lists(st.tuples(st.sampled_from([None, None, *ACTS]), st.integers(0, 12 * HOUR)), max_size=14)


def fresh() -> Exercise:
    return Exercise(MATRIX, small_scenario())


@given(INPUTS)
@examples(60)
def test_taken_up_at_any_step_the_matrix_goes_on_as_it_would_have(
    inputs: list[tuple[tuple[str, str, dict[str, object]] | None, int]],
) -> None:
    """The same state, the same agenda and the same facts, from every boundary between two steps."""
    exercise = fresh()
    taken: list[Callable[[Exercise], list[Fact]]] = [Exercise.begin]
    steps = [exercise.begin()]

    def take(step: Callable[[Exercise], list[Fact]]) -> None:
        taken.append(step)
        steps.append(step(exercise))

    for given_, delay in inputs:
        at = exercise.state.now + delay
        while (item := exercise.next_due()) is not None and item.due < at:
            take(Exercise.run_next_due)
        if given_ is not None:
            person, do, content = given_
            action = act(person, do, **content)  # type: ignore[arg-type]  # contents of the small procedure
            take(lambda one, action=action, at=at: one.act(action, at))  # type: ignore[misc]  # mypy on defaults
    while exercise.next_due() is not None:
        take(Exercise.run_next_due)
    assert all(steps), "nothing that is due passes without a fact"
    for cut in range(1, len(steps)):
        rebuilt = fresh()
        rebuilt.resume([fact for step in steps[:cut] for fact in step])
        for step, facts in zip(taken[cut:], steps[cut:], strict=True):
            assert step(rebuilt) == facts, f"after step {cut}"
        assert snapshot(rebuilt.state) == snapshot(exercise.state)
        assert ahead(rebuilt) == []


def test_a_plan_that_was_dropped_and_made_anew_is_due_at_its_new_time_for_whoever_takes_up_the_record() -> None:
    mild = All((LevelAtLeast(2), Not(LevelAtLeast(1))))
    change = rows(row("mild", when=mild, hours="working"))
    exercise, rebuilt = begun(change=change), Exercise(CompiledPlaybook(change(small_playbook())), small_scenario())
    graded(exercise, 2, EVENING)
    exercise.act(act("p2", "regrade", level=1), EVENING + MINUTE)
    wait_until(exercise, DAY + EVENING)
    again = exercise.act(act("p2", "regrade", level=2), DAY + EVENING)
    assert [on_record(fact)["due"] for fact in of(again, "escalation_planned")] == [2 * DAY]
    rebuilt.resume([*exercise.state.general, *exercise.state.incidents["one"].facts])
    assert rebuilt.next_due() == exercise.next_due()
    assert rebuilt.run_next_due() == exercise.run_next_due()


def check_escalations(facts: Sequence[Fact], book: Playbook) -> None:
    """Every escalation rests on rules of the playbook and on an earlier fact of its incident; plans are kept."""
    rules = {rule.rule: rule for rule in book.escalations}
    plans: dict[tuple[object, object, object], int] = {}
    ended: dict[tuple[object, object], int] = {}
    for number, fact in enumerate(facts):
        if fact.kind in {"duty_settled", "duty_dropped"}:
            plans = {key: due for key, due in plans.items() if key[1] != on_record(fact)["number"]}
        key = (fact.incident, on_record(fact).get("number"), on_record(fact).get("rule"))
        assert all(due >= fact.at for due in plans.values()), "what is planned happens or is dropped in time"
        if fact.kind == FactKind.ESCALATION_PLANNED:
            assert key not in plans
            plans[key] = on_record(fact)["due"]
        elif fact.kind == FactKind.ESCALATION_DROPPED:
            assert plans.pop(key) == fact.at
        elif fact.kind == FactKind.ESCALATED:
            rule = rules[on_record(fact)["rule"]]
            assert rule.basis.kind in {"documented", "regulation", "assumption"}
            assert (on_record(fact)["basis"], on_record(fact)["clause"]) == (rule.basis.kind, rule.basis.clause)
            assert on_record(fact)["to"] in rule.to
            also = on_record(fact)["also"]
            assert isinstance(also, list)
            assert all(isinstance(one, str) and on_record(fact)["to"] in rules[one].to for one in also)
            because = on_record(fact)["because"]
            assert because < number
            assert facts[because].incident == fact.incident
            for one in (rule.rule, *also):
                plans.pop((fact.incident, on_record(fact)["number"], one), None)
                if rules[str(one)].after is not None:
                    told_ = (on_record(fact)["number"], f"{one} to {on_record(fact)['to']}")
                    assert told_ not in ended, "a row about lateness fires once a duty"
                    ended[told_] = number


@pytest.mark.parametrize("name", STORIES)
def test_every_escalation_of_a_story_rests_on_a_rule_and_on_what_happened(name: str) -> None:
    check_escalations(facts_of(name), procedure(scenario(name).playbook))


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(25)
def test_every_escalation_rests_on_a_rule_and_on_what_happened(
    name: str, data: st.DataObject, moves: list[Move]
) -> None:
    exercise = exercise_of(name, data.draw(stories_of(name)))
    facts = live_through(exercise, moves).facts
    check(facts, exercise)
    check_escalations(facts, playbook(name))


def test_a_deputy_of_nobody_is_told_nothing() -> None:
    """A role that nobody holds and nobody stands in for is on record as such."""
    change = rows(late("late", 0, to=("auditor",)))

    def with_auditor(book: Playbook) -> Playbook:
        return replace(change(book), roles={**book.roles, "auditor": Role("auditor", text("auditor"), OURS)})

    data = on_record(of(begun(change=with_auditor).run_next_due(), "escalated")[0])
    assert (data["to"], data["persons"], data["absent"]) == ("auditor", [], [])
