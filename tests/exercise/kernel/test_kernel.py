"""The kernel: actions and time in, facts out; injects, deadlines, several incidents, and how an exercise ends."""

from dataclasses import replace

import pytest

from incidentsim.domain.actions import Action
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.scenario import Emergence, Incident, Inject, Person
from incidentsim.exercise.kernel.agenda import Precedence
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from tests.support.facts import on_record
from tests.support.play import kinds, of, wait_until
from tests.support.small import IT, act, begun, small_playbook, small_scenario, text


def fresh(*injects: Inject, **changes: object) -> Exercise:
    """An exercise just begun, with these injects after the one that raises the incident."""
    scenario = small_scenario(injects=(*small_scenario().injects, *injects), **changes)
    exercise = Exercise(CompiledPlaybook(small_playbook()), scenario)
    exercise.begin()
    return exercise


def inject(name: str, **more: object) -> Inject:
    found = Inject(name, ("chief",), "alert", text(name), incident="one")
    return replace(found, **more)  # type: ignore[arg-type]  # names fields of Inject


TOLD = Pattern(FactKind.STEP_TAKEN, do="tell")


# The opening


def test_the_opening_says_which_exercise_this_is_and_who_takes_part() -> None:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    facts = exercise.begin()
    assert [fact.to_json() for fact in facts] == [
        {
            "at": 0,
            "fact": "exercise_started",
            "scenario": "small-scenario",
            "playbook": "small",
            "version": "1",
            "seed": 7,
            "starts": "2026-01-05T09:00+08:00",
            "people": [
                {"person": "p1", "roles": ["watcher"]},
                {"person": "p2", "roles": ["expert"]},
                {"person": "p3", "roles": ["chief"]},
                {"person": "p4", "roles": ["vice"]},
            ],
        }
    ]


def test_no_name_of_a_person_enters_a_fact() -> None:
    exercise = fresh()
    facts = [*exercise.run_next_due(), *exercise.act(act("p1", "tell", what=IT), 0)]
    names = [person.name.en for person in exercise.scenario.people.values()]
    assert not any(name in str(fact) for fact in facts for name in names)


# Steps


def test_a_step_is_taken_and_says_who_from_where_to_where_with_what_and_by_which_clause() -> None:
    fact = begun().act(act("p1", "tell", what=IT), 5)[0]
    assert (fact.at, fact.kind, fact.incident) == (5, "step_taken", "one")
    assert on_record(fact) == {
        "track": "main",
        "do": "tell",
        "from": "new",
        "to": "told",
        "by": {"person": "p1", "role": "watcher"},
        "with": {"what": {"text": "it is down"}},
        "rule": "main.tell",
        "clause": "X1",
        "because": None,
    }


def test_a_step_that_leaves_the_track_where_it_is_says_the_same_state_twice() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 0)
    exercise.act(act("p2", "accept", level=3), 0)
    fact = exercise.act(act("p2", "note"), MINUTE)[0]
    assert (on_record(fact)["from"], on_record(fact)["to"]) == ("open", "open")
    assert exercise.state.incidents["one"].entered["main"] == 0, "the track has been there since before"


def test_a_level_is_set_by_the_step_that_asks_for_it_and_names_that_step_as_its_cause() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 0)
    before = exercise.state.sequence
    facts = exercise.act(act("p2", "accept", level=2), 0)
    assert facts[1].to_json() == {
        "at": 0, "fact": "level_set", "incident": "one", "level": 2, "was": None, "because": before,
    }  # fmt: skip
    facts = exercise.act(act("p2", "regrade", level=1), 0)
    assert (on_record(facts[1])["level"], on_record(facts[1])["was"]) == (1, 2)


def test_an_action_cannot_come_before_what_has_happened() -> None:
    exercise = begun()
    exercise.act(act("p3", "hide"), MINUTE)
    assert exercise.act(act("p1", "tell", what=IT), 0)[0].at == MINUTE


def test_all_facts_of_one_step_bear_the_same_time() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), 3)
    assert {fact.at for fact in exercise.act(act("p2", "accept", level=1), 8)} == {8}


# Injects


def test_an_inject_comes_at_its_time_and_reaches_people_by_role_body_or_name() -> None:
    exercise = fresh(inject("mail", to=("team", "p1"), at=HOUR, channel="email"))
    wait_until(exercise, HOUR)
    fact = exercise.run_next_due()[0]
    assert (fact.at, fact.kind, fact.incident) == (HOUR, "inject_delivered", "one")
    assert on_record(fact) == {"inject": "mail", "channel": "email", "to": ["p3", "p2", "p1"]}


def test_an_inject_on_a_fact_comes_so_long_after_it_and_once() -> None:
    exercise = fresh(inject("call", on=Pattern(FactKind.REFUSED), after=5 * MINUTE))
    exercise.run_next_due()
    exercise.act(act("p3", "hide"), MINUTE)
    exercise.act(act("p3", "hide"), 2 * MINUTE)
    facts = wait_until(exercise, HOUR)
    assert [fact.at for fact in of(facts, "inject_delivered")] == [6 * MINUTE]


def test_an_inject_may_follow_another_inject_that_concerns_no_incident() -> None:
    exercise = fresh(
        inject("rumour", at=MINUTE, incident=None),
        inject("denial", on=Pattern(FactKind.INJECT_DELIVERED, inject="rumour"), after=0),
    )
    facts = wait_until(exercise, HOUR)
    found = [(on_record(fact)["inject"], fact.at) for fact in of(facts, "inject_delivered")]
    assert found == [("alert", 0), ("rumour", MINUTE), ("denial", MINUTE)]


@pytest.mark.parametrize(("at", "kind"), [(None, "inject_delivered"), (MINUTE - 1, "inject_withheld")])
def test_an_inject_on_the_absence_of_a_fact_comes_only_if_it_did_not_happen(at: int | None, kind: str) -> None:
    exercise = fresh(inject("reminder", at=MINUTE, unless=TOLD))
    exercise.run_next_due()
    if at is not None:
        exercise.act(act("p1", "tell", what=IT), at)
    facts = exercise.run_next_due()
    assert kinds(facts) == [kind]
    assert on_record(facts[0])["inject"] == "reminder"


def test_a_withheld_inject_brings_nothing_and_never_comes_again() -> None:
    exercise = fresh(inject("leak", at=MINUTE, unless=TOLD, brings=(Emergence("hiding"),)))
    exercise.run_next_due()
    exercise.act(act("p1", "tell", what=IT), 0)
    assert kinds(exercise.run_next_due()) == ["inject_withheld"]
    assert exercise.next_due() is None


def test_an_inject_is_withheld_by_a_fact_that_concerns_no_incident_too() -> None:
    exercise = fresh(
        inject("rumour", at=1, incident=None),
        inject("leak", at=MINUTE, unless=Pattern(FactKind.INJECT_DELIVERED, inject="rumour")),
    )
    assert kinds(wait_until(exercise, 5 * MINUTE))[-1] == "inject_withheld"


def test_an_incident_is_raised_once_by_its_first_inject() -> None:
    exercise = fresh(inject("again", at=MINUTE, raises=True))
    assert kinds(exercise.run_next_due()) == ["inject_delivered", "incident_raised", "duty_opened"]
    assert exercise.state.incidents["one"].raised
    assert kinds(exercise.run_next_due()) == ["inject_delivered"]


def test_an_inject_brings_circumstances_to_light_one_by_one() -> None:
    exercise = fresh(inject("audit", at=0, brings=(Emergence("hiding", "p2"), Emergence("hiding"))))
    exercise.run_next_due()
    facts = of(exercise.run_next_due(), "circumstance_arose")
    assert [on_record(fact)["person"] for fact in facts] == ["p2", None]


def test_injects_at_the_same_moment_come_in_the_order_of_the_file() -> None:
    exercise = fresh(*(inject(name, at=MINUTE) for name in ("b", "a", "c")))
    facts = of(wait_until(exercise, HOUR), "inject_delivered")
    assert [on_record(fact)["inject"] for fact in facts] == ["alert", "b", "a", "c"]


# Deadlines


def test_a_deadline_is_kept_at_its_very_millisecond_and_missed_after_it() -> None:
    """The agenda holds the deadline behind decisions of the same millisecond."""
    exercise = begun()
    item = exercise.next_due()
    assert item is not None
    assert (item.due, item.precedence) == (10 * MINUTE, Precedence.DEADLINE)
    assert kinds(exercise.act(act("p1", "tell", what=IT), item.due))[:2] == ["step_taken", "duty_settled"]
    assert exercise.next_due() is None


def test_what_is_due_is_offered_until_it_has_happened_and_then_the_next() -> None:
    exercise = fresh(inject("mail", at=HOUR))
    first = exercise.next_due()
    assert first == exercise.next_due()
    exercise.run_next_due()
    assert kinds(exercise.run_next_due())[0] == "duty_breached"
    second = exercise.next_due()
    assert second is not None
    assert second.subject == "mail"


def test_where_nothing_is_due_no_time_passes() -> None:
    exercise = begun()
    exercise.act(act("p1", "tell", what=IT), MINUTE)
    assert exercise.run_next_due() == []
    assert exercise.state.now == MINUTE


def test_what_is_overdue_happens_now_and_not_in_the_past() -> None:
    """A front end that let somebody act late: facts never go back in time."""
    exercise = fresh(inject("mail", at=MINUTE))
    exercise.run_next_due()
    exercise.act(act("p3", "hide"), HOUR)
    assert exercise.run_next_due()[0].at == HOUR


# Several incidents


def two_incidents() -> Exercise:
    base = small_scenario().incidents["one"]
    return fresh(
        Inject("more", ("watcher",), "alert", text("more"), at=0, incident="two", raises=True),
        incidents={"one": base, "two": Incident("two", text("two"), base.truth)},
    )


def test_several_incidents_run_side_by_side_each_on_its_own_tracks_with_its_own_duties() -> None:
    exercise = two_incidents()
    exercise.run_next_due()
    exercise.run_next_due()
    exercise.act(act("p1", "tell", what=IT), 0)
    exercise.act(act("p2", "accept", level=1), 0)
    one, two = exercise.state.incidents["one"], exercise.state.incidents["two"]
    assert (one.tracks["main"], two.tracks["main"]) == ("open", "new")
    assert (one.level, two.level) == (1, None)
    assert (set(one.duties), set(two.duties)) == ({"finish-soon"}, {"tell-soon"})
    exercise.act(Action("p1", "tell", "two", None, {"what": IT}), 0)
    assert two.tracks["main"] == "told"
    assert two.duties == {}


def test_a_duty_of_one_incident_is_not_settled_by_the_other() -> None:
    exercise = two_incidents()
    exercise.run_next_due()
    exercise.run_next_due()
    facts = exercise.act(act("p1", "tell", what=IT), 0)
    assert [fact.incident for fact in of(facts, "duty_settled")] == ["one"]
    assert exercise.run_next_due()[0].incident == "two"


# The end


def finished(exercise: Exercise) -> Exercise:
    exercise.run_next_due()
    exercise.act(act("p1", "tell", what=IT), 0)
    exercise.act(act("p2", "drop"), 0)
    return exercise


def test_an_exercise_whose_incidents_rest_in_final_states_is_finished() -> None:
    exercise = finished(fresh())
    assert exercise.at_rest()
    assert exercise.end(HOUR)[0].to_json() == {"at": HOUR, "fact": "exercise_ended", "reason": "finished"}
    assert exercise.state.ended


def test_an_incident_that_nobody_noticed_holds_nothing_up() -> None:
    assert fresh().at_rest()


def test_one_track_that_does_not_rest_is_enough_not_to_be_finished() -> None:
    exercise = finished(fresh())
    exercise.act(act("p3", "hide"), 0)
    assert not exercise.at_rest()
    assert on_record(exercise.end(0)[0])["reason"] == "stalled"


def test_an_exercise_cut_off_while_something_is_due_ran_out_of_time() -> None:
    exercise = begun()
    assert on_record(exercise.end(MINUTE)[0])["reason"] == "time_limit"


def test_an_exercise_that_reached_its_end_ran_out_of_time_whatever_is_due() -> None:
    exercise = begun()
    exercise.run_next_due()
    assert exercise.next_due() is None
    assert on_record(exercise.end(exercise.scenario.ends)[0])["reason"] == "time_limit"


def test_the_end_cannot_come_before_what_has_happened() -> None:
    exercise = begun()
    exercise.act(act("p3", "hide"), HOUR)
    assert exercise.end(0)[0].at == HOUR


def test_people_may_hold_several_roles_and_a_role_several_people() -> None:
    people = (
        Person("ann", "p1", text("Ann"), ("watcher", "expert", "chief")),
        Person("bob", "p2", text("Bob"), ("chief",)),
    )
    exercise = fresh(people={person.id: person for person in people})
    exercise.run_next_due()
    exercise.act(act("p1", "tell", what=IT), 0)
    exercise.act(act("p1", "accept", level=3), 0)
    assert on_record(exercise.act(act("p1", "finish"), 0)[0])["allowed"] == ["p2"]
    assert exercise.act(act("p2", "finish"), 0)[0].kind == FactKind.STEP_TAKEN
