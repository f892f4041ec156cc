"""What follows from facts: duties, automatic steps, escalations; each cites the fact that caused it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidentsim.domain.conditions import Condition, Happened, LevelAtLeast, Not, Pattern, TrackIs
from incidentsim.domain.errors import ProcedureError
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import Duty, EscalationRule, Playbook, Role, Step, Track, Within
from incidentsim.domain.scenario import Emergence, Inject, Person
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from tests.support.facts import on_record
from tests.support.play import kinds, of, wait_until
from tests.support.small import IT, OURS, RULE, act, begun, small_playbook, small_scenario, states, step, text

Change = Callable[[Playbook], Playbook]


def opened(exercise: Exercise, level: int = 2, at: int = 0) -> Exercise:
    exercise.act(act("p1", "tell", what=IT), at)
    exercise.act(act("p2", "accept", level=level), at)
    return exercise


def duty(name: str, **changes: object) -> Change:
    def changed(book: Playbook) -> Playbook:
        found = replace(book.duties[name], **changes)  # type: ignore[arg-type]  # names fields of Duty
        return replace(book, duties={**book.duties, name: found})

    return changed


def with_duty(name: str, opens: Pattern, settles: Pattern, **more: object) -> Change:
    made = Duty(name, text(name), (opens,), ("chief",), (settles,), Within({}, None), RULE, OURS)
    made = replace(made, **more)  # type: ignore[arg-type]  # names fields of Duty
    return lambda book: replace(book, duties={**book.duties, name: made})


def with_rule(name: str, **more: object) -> Change:
    made = replace(EscalationRule(name, ("board",), RULE, text(name)), **more)  # type: ignore[arg-type]
    return lambda book: replace(book, escalations=(made,))


def with_track(name: str, names: str, *found: Step) -> Change:
    track = Track(name, text(name), names.split(maxsplit=1)[0].rstrip("!"), states(*names.split()), found)
    return lambda book: replace(book, tracks={**book.tracks, name: track})


def both(*changes: Change) -> Change:
    def changed(book: Playbook) -> Playbook:
        for change in changes:
            book = change(book)
        return book

    return changed


def sequence_of(exercise: Exercise, facts: list[Fact], found: Fact) -> int:
    """The sequence number of a fact that came with the exercise's last step."""
    return exercise.state.sequence - len(facts) + facts.index(found)


# Duties open


def test_a_duty_opens_with_its_limit_its_debtors_and_the_fact_that_caused_it() -> None:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    exercise.begin()
    facts = exercise.run_next_due()
    assert kinds(facts) == ["inject_delivered", "incident_raised", "duty_opened"]
    assert on_record(facts[2]) == {
        "duty": "tell-soon",
        "number": 1,
        "owed_by": ["watcher"],
        "due": 10 * MINUTE,
        "rule": "duties.tell-soon",
        "clause": "X1",
        "because": 2,
    }


def test_the_limit_goes_by_the_level_that_the_same_step_sets() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 0)
    facts = exercise.act(act("p2", "accept", level=1), MINUTE)
    assert kinds(facts)[:3] == ["step_taken", "level_set", "duty_opened"]
    assert on_record(facts[2])["due"] == 31 * MINUTE


def test_a_level_without_a_limit_opens_a_duty_without_a_deadline() -> None:
    exercise = opened(begun(), level=3)
    assert exercise.state.incidents["one"].duties["finish-soon"].due is None
    assert exercise.next_due() is None


def test_a_duty_that_is_open_is_not_opened_twice() -> None:
    exercise = opened(
        begun(change=with_duty("again", Pattern(FactKind.STEP_TAKEN), Pattern(FactKind.STEP_TAKEN, do="finish")))
    )
    numbers = [open_duty.duty for open_duty in exercise.state.open_duties.values()]
    assert numbers.count("again") == 1


def test_a_duty_opens_only_if_its_condition_holds_then() -> None:
    change = with_duty(
        "grave", Pattern(FactKind.STEP_TAKEN, do="accept"), Pattern(FactKind.STEP_TAKEN, do="x"), when=LevelAtLeast(1)
    )
    assert "grave" not in opened(begun(change=change), level=2).state.incidents["one"].duties
    assert "grave" in opened(begun(change=change), level=1).state.incidents["one"].duties


# Duties settle, lapse and are dropped


def test_a_duty_done_in_time_is_settled_by_the_fact_that_did_it() -> None:
    exercise = begun()
    facts = exercise.act(act("p1", "tell", what=IT), 10 * MINUTE)
    settled = of(facts, "duty_settled")[0]
    assert on_record(settled) == {
        "duty": "tell-soon",
        "number": 1,
        "late": False,
        "because": sequence_of(exercise, facts, facts[0]),
    }
    assert exercise.next_due() is None


def test_a_duty_not_done_is_breached_at_its_time_and_stays_owed() -> None:
    exercise = begun()
    facts = exercise.run_next_due()
    breached = facts[0]
    assert (breached.at, breached.kind) == (10 * MINUTE, "duty_breached")
    assert on_record(breached) == {
        "duty": "tell-soon", "number": 1, "owed_by": ["watcher"], "rule": "duties.tell-soon", "clause": "X1",
    }  # fmt: skip
    assert exercise.state.incidents["one"].duties["tell-soon"].breached
    assert exercise.next_due() is None, "it is breached once"


def test_a_duty_done_late_is_settled_late() -> None:
    exercise = begun()
    exercise.run_next_due()
    facts = exercise.act(act("p1", "tell", what=IT), HOUR)
    assert on_record(of(facts, "duty_settled")[0])["late"] is True
    assert exercise.state.open_duties == {}


def test_a_duty_that_became_pointless_is_dropped() -> None:
    change = duty("tell-soon", settled_by=(), dropped_by=(Pattern(FactKind.STEP_TAKEN, do="tell"),))
    exercise = begun(change=change)
    facts = exercise.act(act("p1", "tell", what=IT), 0)
    assert [on_record(fact) for fact in of(facts, "duty_dropped")] == [
        {"duty": "tell-soon", "number": 1, "because": 3 + 1}
    ]
    assert exercise.next_due() is None


def test_a_fact_that_settles_and_opens_a_duty_does_it_in_this_order() -> None:
    change = with_duty("keep", Pattern(FactKind.STEP_TAKEN, track="main"), Pattern(FactKind.STEP_TAKEN, track="main"))
    exercise = begun(change=change)
    exercise.act(act("p1", "tell", what=IT), 0)
    facts = exercise.act(act("p2", "accept", level=3), 0)
    about = [(fact.kind, on_record(fact)["number"]) for fact in facts if on_record(fact).get("duty") == "keep"]
    assert about == [("duty_settled", 2), ("duty_opened", 4)]


# A change of level moves deadlines


def test_a_graver_level_brings_the_deadline_forward_and_is_reckoned_from_the_opening() -> None:
    exercise = opened(begun(), level=2)
    facts = exercise.act(act("p2", "regrade", level=1), 20 * MINUTE)
    moved = of(facts, "duty_rescheduled")[0]
    assert on_record(moved) == {
        "duty": "finish-soon",
        "number": 2,
        "due": 30 * MINUTE,
        "because": sequence_of(exercise, facts, facts[1]),
    }
    assert exercise.run_next_due()[0].at == 30 * MINUTE


def test_a_deadline_brought_forward_into_the_past_is_missed_on_the_spot_and_not_before() -> None:
    exercise = opened(begun(), level=2)
    facts = exercise.act(act("p2", "regrade", level=1), 45 * MINUTE)
    assert on_record(of(facts, "duty_rescheduled")[0])["due"] == 30 * MINUTE
    breached = exercise.run_next_due()[0]
    assert (breached.kind, breached.at) == ("duty_breached", 45 * MINUTE)


def test_a_milder_level_puts_the_deadline_off_and_the_old_one_means_nothing() -> None:
    exercise = opened(begun(), level=1)
    exercise.act(act("p2", "regrade", level=2), 10 * MINUTE)
    item = exercise.next_due()
    assert item is not None
    assert item.due == 60 * MINUTE


def test_a_level_without_a_limit_lifts_the_deadline_until_another_level_sets_one() -> None:
    exercise = opened(begun(), level=2)
    lifted = exercise.act(act("p2", "regrade", level=3), MINUTE)
    assert on_record(of(lifted, "duty_rescheduled")[0])["due"] is None
    assert exercise.next_due() is None
    exercise.act(act("p2", "regrade", level=2), 2 * MINUTE)
    assert exercise.run_next_due()[0].at == 60 * MINUTE


def test_a_deadline_moved_there_and_back_is_missed_once() -> None:
    exercise = opened(begun(), level=2)
    exercise.act(act("p2", "regrade", level=1), MINUTE)
    exercise.act(act("p2", "regrade", level=2), 2 * MINUTE)
    facts = wait_until(exercise, DAY)
    assert [fact.at for fact in of(facts, "duty_breached")] == [60 * MINUTE]


def test_a_breached_duty_is_not_moved_any_more() -> None:
    exercise = opened(begun(), level=2)
    wait_until(exercise, 61 * MINUTE)
    facts = exercise.act(act("p2", "regrade", level=1), 61 * MINUTE)
    assert of(facts, "duty_rescheduled") == []
    assert exercise.next_due() is None


def test_the_same_level_again_is_no_change() -> None:
    exercise = opened(begun(), level=2)
    facts = exercise.act(act("p2", "regrade", level=2), MINUTE)
    assert kinds(facts) == ["step_taken"]


# Automatic steps


def test_an_automatic_step_follows_a_fact_by_nobody_and_names_its_cause() -> None:
    exercise = opened(begun())
    facts = exercise.act(act("p3", "hide"), 5)
    assert kinds(facts) == ["refused", "step_taken"]
    assert on_record(facts[1]) == {
        "track": "blame",
        "do": "blame_for_hiding",
        "from": "none",
        "to": "open",
        "by": None,
        "with": {},
        "rule": "blame.blame_for_hiding",
        "clause": "X1",
        "because": sequence_of(exercise, facts, facts[0]),
    }


def test_an_automatic_step_is_taken_only_from_where_it_starts() -> None:
    exercise = opened(begun())
    exercise.act(act("p3", "hide"), 0)
    assert kinds(exercise.act(act("p3", "hide"), 0)) == ["refused"]


def test_an_automatic_step_on_a_fact_waits_for_nothing_if_its_condition_fails_then() -> None:
    slide = step("slide", "side", "a", "b", on=(Pattern(FactKind.STEP_TAKEN, do="note"),), when=LevelAtLeast(1))
    exercise = opened(begun(change=with_track("side", "a! b!", slide)), level=2)
    exercise.act(act("p2", "note"), 0)
    exercise.act(act("p2", "regrade", level=1), 0)
    assert exercise.state.incidents["one"].tracks["side"] == "a"
    exercise.act(act("p2", "note"), 0)
    assert exercise.state.incidents["one"].tracks["side"] == "b"


def test_a_step_that_waits_for_a_condition_is_taken_as_soon_as_it_holds() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 0)
    facts = exercise.act(act("p2", "accept", level=2), 0)
    due = next(fact for fact in facts if on_record(fact).get("do") == "fall_due")
    assert on_record(due)["because"] == sequence_of(exercise, facts, of(facts, "level_set")[0])


@pytest.mark.parametrize(
    "when",
    [
        TrackIs("main", ("new",)),
        Not(LevelAtLeast(1)),
        Not(Happened(Pattern(FactKind.REFUSED))),
        Not(TrackIs("main", ("done",))),
    ],
)
def test_a_condition_that_holds_from_the_first_counts_when_the_incident_is_raised(when: Condition) -> None:
    slide = step("slide", "side", "a", "b", when=when)
    exercise = begun(change=with_track("side", "a! b!", slide))
    assert exercise.state.incidents["one"].tracks["side"] == "b"


def test_a_condition_that_held_before_the_track_came_there_counts_on_arrival() -> None:
    go = step("go", "side", "a", "b", "expert")
    slide = step("slide", "side", "b", "c", when=LevelAtLeast(2))
    exercise = opened(begun(change=with_track("side", "a! b c!", go, slide)))
    facts = exercise.act(act("p2", "go"), 0)
    assert [on_record(fact)["do"] for fact in of(facts, "step_taken")] == ["go", "slide"]


def test_nothing_follows_by_itself_for_an_incident_that_nobody_knows_of() -> None:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    exercise.begin()
    assert kinds(exercise.act(act("p3", "hide"), 0)) == ["refused"]


def test_automatic_steps_in_a_circle_are_an_error_of_the_procedure_that_names_it() -> None:
    round_ = (
        step("there", "side", "a", "b", when=LevelAtLeast(3)),
        step("back", "side", "b", "a", when=LevelAtLeast(3)),
    )
    exercise = begun(change=with_track("side", "a! b!", *round_))
    exercise.act(act("p1", "tell", what=IT), 0)
    with pytest.raises(ProcedureError, match=r"small.*side\.(there|back)"):
        exercise.act(act("p2", "accept", level=3), 0)


def test_a_long_chain_of_automatic_steps_is_no_circle() -> None:
    length = 200
    chain = [
        step(
            f"go{n}", "side", f"s{n}", f"s{n + 1}", on=(Pattern(FactKind.STEP_TAKEN, do=f"go{n - 1}" if n else "tell"),)
        )
        for n in range(length)
    ]
    names = " ".join(f"s{n}!" for n in range(length + 1))
    exercise = begun(change=with_track("side", names, *chain))
    exercise.act(act("p1", "tell", what=IT), 0)
    assert exercise.state.incidents["one"].tracks["side"] == f"s{length}"


# Escalations


def test_an_escalation_tells_who_is_reached_by_which_rule_and_why() -> None:
    exercise = begun()
    facts = exercise.run_next_due()
    told = of(facts, "escalated")[0]
    assert on_record(told) == {
        "to": "team",
        "persons": ["p3", "p2"],
        "absent": [],
        "channel": None,
        "rule": "escalations.late-tell-soon",
        "clause": None,
        "basis": "assumption",
        "also": [],
        "number": 1,
        "because": sequence_of(exercise, facts, facts[0]),
    }


def test_an_escalation_on_a_fact_fires_every_time() -> None:
    exercise = begun(change=with_rule("hiding", on=(Pattern(FactKind.REFUSED, do="hide"),)))
    found = [of(exercise.act(act("p3", "hide"), n), "escalated") for n in range(3)]
    assert [len(told) for told in found] == [1, 1, 1]


def test_an_escalation_on_a_fact_fires_only_where_its_condition_holds() -> None:
    exercise = begun(change=with_rule("hiding", on=(Pattern(FactKind.REFUSED),), when=LevelAtLeast(1)))
    assert of(exercise.act(act("p3", "hide"), 0), "escalated") == []
    opened(exercise, level=1)
    assert len(of(exercise.act(act("p3", "hide"), 0), "escalated")) == 1


def test_an_escalation_on_a_condition_fires_once_an_incident() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 0)
    facts = exercise.act(act("p2", "accept", level=1), 0)
    assert [on_record(fact)["rule"] for fact in of(facts, "escalated")] == ["escalations.grave"]
    exercise.act(act("p2", "regrade", level=2), 1)
    assert of(exercise.act(act("p2", "regrade", level=1), 2), "escalated") == []


def test_an_escalation_whose_condition_holds_from_the_first_fires_when_the_incident_is_raised() -> None:
    exercise = Exercise(
        CompiledPlaybook(with_rule("all", when=Not(LevelAtLeast(1)))(small_playbook())), small_scenario()
    )
    exercise.begin()
    assert [on_record(fact)["rule"] for fact in of(exercise.run_next_due(), "escalated")] == ["escalations.all"]


def test_each_incident_escalates_for_itself() -> None:
    base = small_scenario()
    incidents = {"one": base.incidents["one"], "two": replace(base.incidents["one"], id="two")}
    second = Inject("second", ("watcher",), "alert", text("more"), at=0, incident="two", raises=True)
    exercise = begun(small_scenario(incidents=incidents, injects=(*base.injects, second)))
    exercise.run_next_due()
    told = [fact.incident for name in incidents for fact in of(_open_at_1(exercise, name), "escalated")]
    assert told == ["one", "two"]


def _open_at_1(exercise: Exercise, incident: str) -> list[Fact]:
    exercise.act(replace(act("p1", "tell", what=IT), incident=incident), 0)
    return exercise.act(replace(act("p2", "accept", level=1), incident=incident), 0)


def test_one_rule_may_tell_several_and_each_is_a_fact_of_its_own() -> None:
    exercise = begun(change=with_rule("many", to=("board", "team"), on=(Pattern(FactKind.REFUSED),), channel="alert"))
    told = of(exercise.act(act("p3", "hide"), 0), "escalated")
    assert [(on_record(fact)["to"], on_record(fact)["persons"], on_record(fact)["channel"]) for fact in told] == [
        ("board", [], "alert"),
        ("team", ["p3", "p2"], "alert"),
    ]


def test_an_escalation_reaches_the_deputy_of_whoever_is_away() -> None:
    people = (
        Person("cat", "p3", text("Cat"), ("chief",), always_away=True),
        Person("dan", "p4", text("Dan"), ("vice",)),
    )

    def deputies(book: Playbook) -> Playbook:
        return replace(book, roles={**book.roles, "chief": Role("chief", text("chief"), OURS, deputies=("vice",))})

    exercise = begun(small_scenario(people={person.id: person for person in people}), deputies)
    assert on_record(of(exercise.run_next_due(), "escalated")[0])["persons"] == ["p4"]


def test_a_circumstance_that_comes_to_light_is_a_fact_that_rules_can_follow() -> None:
    brings = Inject(
        "tip", ("chief",), "alert", text("somebody hid it"), at=MINUTE, incident="one",
        brings=(Emergence("hiding", "p2"),),
    )  # fmt: skip
    change = both(
        with_rule("hidden", on=(Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="hiding"),)),
        with_track("side", "a! b!", step("slide", "side", "a", "b", on=(Pattern(FactKind.CIRCUMSTANCE_AROSE),))),
    )
    exercise = begun(small_scenario(injects=(*small_scenario().injects, brings)), change)
    facts = exercise.run_next_due()
    assert kinds(facts) == ["inject_delivered", "circumstance_arose", "step_taken", "escalated"]
    assert on_record(facts[1]) == {"circumstance": "hiding", "person": "p2", "inject": "tip"}


# Order


def test_what_follows_comes_settled_dropped_opened_steps_then_conditions_then_new_deadlines_and_escalations_last() -> (
    None
):
    accept = Pattern(FactKind.STEP_TAKEN, do="accept")
    change = both(
        with_duty("old", Pattern(FactKind.STEP_TAKEN, do="tell"), accept),
        with_duty("moot", Pattern(FactKind.STEP_TAKEN, do="tell"), Pattern(FactKind.REFUSED), dropped_by=(accept,)),
        with_duty(
            "moved",
            Pattern(FactKind.STEP_TAKEN, do="tell"),
            Pattern(FactKind.REFUSED),
            within=Within({1: HOUR}, MINUTE),
        ),
        duty("finish-soon", opens_on=(accept,)),
        with_track("side", "a! b!", step("slide", "side", "a", "b", on=(accept,))),
        lambda book: replace(
            book,
            escalations=(
                *book.escalations,
                EscalationRule("accepted", ("team",), OURS, text("accepted"), on=(accept,)),
                EscalationRule("opened", ("team",), OURS, text("opened"), when=TrackIs("main", ("open",))),
            ),
        ),
    )
    exercise = begun(change=change)
    exercise.act(act("p1", "tell", what=IT), 0)
    facts = exercise.act(act("p2", "accept", level=1), 0)
    told = [
        (fact.kind, on_record(fact).get("duty") or on_record(fact).get("do") or on_record(fact).get("rule"))
        for fact in facts
    ]
    assert told == [
        ("step_taken", "accept"),
        ("level_set", None),
        ("duty_settled", "old"),
        ("duty_dropped", "moot"),
        ("duty_opened", "finish-soon"),
        ("step_taken", "slide"),
        ("step_taken", "fall_due"),
        ("duty_rescheduled", "moved"),
        ("escalated", "escalations.accepted"),
        ("escalated", "escalations.grave"),
    ]
    assert on_record(facts[-2])["also"] == ["escalations.opened"], "the team is told once"
