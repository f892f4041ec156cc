"""Bots: experts do what the procedure asks in time; novices err as novices do; nobody acts who is not there."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidentsim.domain.facts import DecisionSource, Fact, FactKind
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook, Role, Step
from incidentsim.domain.scenario import Incident, Inject, Person, Scenario, ScriptedAction, Truth
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE, MINUTES_A_DAY, SECOND
from incidentsim.exercise.running.deciders import Proposal, ScriptDecider
from tests.support.facts import acting, on_record
from tests.support.play import of, play, play_with_bots, steps
from tests.support.small import IT, OURS, act, begun, small_playbook, small_scenario, text

SEEDS = range(60)
TRIGGERS = ("tell", "accept", "fall_due", "notify", "finish")
"""What has to be done about a real incident of level 2; a note may be taken besides."""


def played(scenario: Scenario, change: Callable[[Playbook], Playbook] = lambda book: book) -> list[Fact]:
    return play_with_bots(Exercise(CompiledPlaybook(change(small_playbook())), scenario))


def with_step(changed: Step) -> Callable[[Playbook], Playbook]:
    def change(book: Playbook) -> Playbook:
        track = book.tracks[changed.track]
        kept = tuple(changed if found.do == changed.do else found for found in track.steps)
        return replace(book, tracks={**book.tracks, track.id: replace(track, steps=kept)})

    return change


def small_step(do: str, **changes: object) -> Step:
    found = next(step for track in small_playbook().tracks.values() for step in track.steps if step.do == do)
    return replace(found, **changes)  # type: ignore[arg-type]  # names fields of Step


def people(*found: Person) -> dict[str, Person]:
    return {person.id: person for person in found}


def person(name: str, *roles: str, away: tuple[tuple[int, int], ...] = (), always: bool = False) -> Person:
    return Person(name, name, text(name), roles, away, always_away=always)


def truth(*, incident: bool = True, level: int | None = 2) -> dict[str, Incident]:
    return {"one": Incident("one", text("one"), Truth(incident, level, {}, {"incident": incident}, "accident"))}


# Experts


@pytest.mark.parametrize("seed", SEEDS)
def test_experts_keep_every_duty_and_are_never_refused(seed: int) -> None:
    facts = played(small_scenario(seed=seed))
    assert on_record(facts[-1])["reason"] == "finished"
    assert of(facts, "duty_breached") == of(facts, "refused") == []
    assert len(steps(facts)) == len(set(map(str, steps(facts)))), "nothing is done twice"
    assert {*TRIGGERS} <= {*map(str, steps(facts))} <= {*TRIGGERS, "note"}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_experts_grade_as_it_really_is(level: int) -> None:
    facts = played(small_scenario(incidents=truth(level=level)))
    assert [on_record(fact)["level"] for fact in of(facts, "level_set")] == [level]


def test_experts_are_done_in_time_however_long_a_step_usually_takes() -> None:
    """They know how long they have, and leave themselves a little."""
    for seed in SEEDS:
        facts = played(small_scenario(seed=seed), with_step(small_step("tell", takes=HOUR)))
        assert of(facts, "duty_breached") == []
        assert of(facts, "step_taken")[0].at == 10 * MINUTE * 85 // 100


def test_two_incidents_alike_are_not_handled_in_lockstep() -> None:
    """What a bot draws for one incident is not what it draws for the other."""
    both = {**truth(), "two": replace(truth()["one"], id="two")}
    second = Inject("second", ("watcher",), "alert", text("more"), at=HOUR, incident="two", raises=True)
    apart = set()
    for seed in SEEDS:
        facts = played(small_scenario(seed=seed, incidents=both, injects=(*small_scenario().injects, second)))
        told = [fact.at for fact in of(facts, "step_taken") if on_record(fact)["do"] == "tell"]
        apart.add(told[1] - told[0])
    assert len(apart) > 30


def test_experts_take_the_way_out_that_fits_the_truth() -> None:
    facts = played(small_scenario(incidents=truth(incident=False, level=None)))
    assert steps(facts) == ["tell", "drop"]
    assert on_record(facts[-1])["reason"] == "finished"


def test_where_no_way_out_fits_the_truth_any_is_better_than_none() -> None:
    facts = played(
        small_scenario(incidents=truth(incident=False)), with_step(small_step("drop", fits={"absurd": True}))
    )
    assert on_record(facts[-1])["reason"] == "finished"


def test_a_track_that_may_rest_where_it_is_takes_no_way_out_that_does_not_fit() -> None:
    settle = small_step("settle", sources=("open", "settled"), fits={"absurd": True})
    facts = played(small_scenario(), with_step(settle))
    assert "settle" not in steps(facts)


def test_nobody_takes_a_detour_by_themselves() -> None:
    assert all("regrade" not in steps(played(small_scenario(seed=seed))) for seed in SEEDS)


@pytest.mark.parametrize("target", [None, "open"])
def test_what_is_to_be_done_on_the_spot_is_done_once_however_the_playbook_writes_it(target: str | None) -> None:
    """A step to the state it starts from is the same as one that stays."""
    facts = played(small_scenario(), with_step(small_step("note", target=target, takes=SECOND)))
    assert steps(facts).count("note") == 1
    assert on_record(facts[-1])["reason"] == "finished"


def test_people_act_one_thing_at_a_time() -> None:
    for seed in SEEDS:
        facts = played(small_scenario(seed=seed))
        acted: dict[str, int] = {}
        for fact in facts:
            actor = acting(fact)
            if actor is not None:
                assert fact.at >= acted.get(actor[0], -MINUTE) + MINUTE
                acted[actor[0]] = fact.at


def test_a_step_takes_about_its_usual_time() -> None:
    tell = [of(played(small_scenario(seed=seed)), "step_taken")[0].at for seed in SEEDS]
    assert min(tell) >= MINUTE * 60 // 100
    assert max(tell) <= MINUTE * 120 // 100 + 2 * MINUTE
    assert len(set(tell)) > 30, "and not always the same"


# Content


@pytest.mark.parametrize(
    ("field", "given"),
    [
        (Field("what", FieldKind.TEXT, text("what")), ["quote:alert", "unknown:level"]),
        (Field("what", FieldKind.CHOICE, text("what"), ("a", "b")), "a"),
        (Field("what", FieldKind.CHOICES, text("what"), ("a", "users", "b")), ["users"]),
        (Field("what", FieldKind.CHOICES, text("what"), ("a", "b", "c"), at_least=2), ["a", "b"]),
        (Field("what", FieldKind.CHOICES, text("what"), ("a", "b"), at_least=0), ["a"]),
        (Field("what", FieldKind.LEVEL, text("what")), 2),
        (Field("what", FieldKind.PERSON, text("what")), "p1"),
        (Field("what", FieldKind.ROLE, text("what")), "watcher"),
    ],
)
def test_bots_fill_every_kind_of_field_so_that_it_is_accepted(field: Field, given: object) -> None:
    facts = played(small_scenario(), with_step(small_step("tell", fields=(field,))))
    assert on_record(of(facts, "step_taken")[0])["with"] == {"what": given}


def test_bots_leave_out_what_may_be_left_out_and_name_whoever_concealed_it() -> None:
    fields = (Field("who", FieldKind.PERSON, text("who")), Field("hint", FieldKind.TEXT, text("hint"), required=False))
    hidden = {"one": replace(truth()["one"], truth=replace(truth()["one"].truth, concealed_by="p3"))}
    facts = played(small_scenario(incidents=hidden), with_step(small_step("tell", fields=fields)))
    assert on_record(of(facts, "step_taken")[0])["with"] == {"who": "p3"}


# Who, and when they are there

NIGHT = ((17 * 60, MINUTES_A_DAY), (0, 9 * 60))


def test_bots_wait_for_whoever_is_away_and_act_when_they_are_back() -> None:
    cast = people(person("ann", "watcher", away=((9 * 60, 11 * 60),)), person("bob", "expert"), person("cat", "chief"))
    facts = played(small_scenario(people=cast))
    tell = next(fact for fact in of(facts, "step_taken") if on_record(fact)["do"] == "tell")
    assert 2 * HOUR <= tell.at < 2 * HOUR + 10 * MINUTE
    assert on_record(facts[-1])["reason"] == "finished"


def test_bots_act_only_while_they_are_there() -> None:
    cast = people(
        person("ann", "watcher", away=NIGHT), person("bob", "expert", away=((9 * 60, 10 * 60), *NIGHT)),
        person("cat", "chief", away=((0, 16 * 60 + 50), (17 * 60, MINUTES_A_DAY))),
    )  # fmt: skip
    for seed in SEEDS:
        facts = played(small_scenario(people=cast, seed=seed))
        assert of(facts, "refused") == []
        assert on_record(facts[-1])["reason"] == "finished"


def test_what_would_be_ready_in_somebodys_absence_waits_for_their_return() -> None:
    """The step takes into the night; it is done in the morning, and not refused before."""
    cast = {**small_scenario().people, "cat": person("cat", "chief", away=NIGHT)}
    roles = {name: replace(role, deputies=()) for name, role in small_playbook().roles.items()}
    slow = with_step(small_step("finish", takes=10 * HOUR))  # at level 3 nothing presses
    hours: list[int] = []
    for seed in range(10):
        scenario = small_scenario(people=cast, seed=seed, incidents=truth(level=3))
        facts = played(scenario, lambda book: replace(slow(book), roles=roles))
        finish = next(fact for fact in of(facts, "step_taken") if on_record(fact)["do"] == "finish")
        assert of(facts, "refused") == []
        hours.append(finish.at // HOUR)
    assert all(hour < 8 or 24 <= hour < 32 for hour in hours)
    assert max(hours) >= 24, "some would have been ready at night"


def test_a_deputy_acts_for_somebody_who_never_comes() -> None:
    cast = people(
        person("ann", "watcher"), person("bob", "expert"), person("cat", "chief", always=True), person("dan", "vice")
    )
    facts = played(small_scenario(people=cast))
    finish = next(fact for fact in of(facts, "step_taken") if on_record(fact)["do"] == "finish")
    assert on_record(finish)["by"] == {"person": "dan", "role": "chief", "as": "vice"}


def test_where_nobody_can_ever_act_the_exercise_stalls_and_ends() -> None:
    cast = people(person("ann", "watcher"), person("bob", "expert"))
    facts = played(small_scenario(people=cast))
    assert on_record(facts[-1])["reason"] == "stalled"
    assert "finish" not in steps(facts)


def test_bots_keep_four_eyes() -> None:
    """Two who could do both: whoever accepted leaves the finish to the other."""
    both = people(person("ann", "watcher"), person("eve", "expert", "chief"), person("fay", "expert", "chief"))
    for seed in SEEDS:
        facts = played(small_scenario(people=both, seed=seed))
        by = {on_record(fact)["do"]: acting(fact) for fact in of(facts, "step_taken")}
        assert of(facts, "refused") == []
        assert by["accept"] is not None
        assert by["finish"] is not None
        assert by["accept"][0] != by["finish"][0]


def test_one_person_alone_cannot_keep_four_eyes_and_does_not_try() -> None:
    alone = people(person("ann", "watcher"), person("eve", "expert", "chief"))
    facts = played(small_scenario(people=alone))
    assert of(facts, "refused") == []
    assert on_record(facts[-1])["reason"] == "stalled"


def test_a_step_waits_until_what_it_needs_is_there() -> None:
    """Blame is open: the finish comes after it is settled, and nobody tries before."""
    script = (ScriptedAction(0, act("p2", "hide")),)
    for seed in SEEDS:
        facts = played(small_scenario(seed=seed, script=script))
        done = steps(facts)
        assert done.index("settle") < done.index("finish")
        assert [on_record(fact)["why"] for fact in of(facts, "refused")] == ["forbidden"]


# Beside a script


def test_bots_leave_to_the_script_what_it_will_do_and_whom_it_plays() -> None:
    script = (ScriptedAction(30 * MINUTE, act("p2", "accept", level=1)), ScriptedAction(2 * DAY, act("p3", "finish")))
    facts = played(small_scenario(script=script))
    found = {str(on_record(fact)["do"]): fact for fact in of(facts, "step_taken")}
    assert found["accept"].at == 30 * MINUTE
    assert found["finish"].at == 2 * DAY
    assert found["note"].at >= 30 * MINUTE
    assert "notify" in found, "the person of the script is free once it is done"
    assert found["notify"].at >= 2 * DAY


def test_somebody_else_does_what_the_script_does_not_ask_of_its_own_people() -> None:
    cast = {**small_scenario().people, "eve": person("eve", "chief")}
    script = (ScriptedAction(2 * DAY, act("p3", "hide")),)
    facts = played(small_scenario(people=cast, script=script))
    finish = next(fact for fact in of(facts, "step_taken") if on_record(fact)["do"] == "finish")
    assert acting(finish) == ("eve", "chief")


def test_bots_do_nothing_about_an_incident_that_nobody_knows_of() -> None:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario(injects=()))
    exercise.begin()
    assert BotDecider().propose(exercise) is None


def test_asking_a_bot_changes_nothing_and_it_keeps_nothing_in_mind() -> None:
    exercise, bot = begun(), BotDecider()
    first = bot.propose(exercise)
    bot.taken()
    before = exercise.state.sequence
    assert bot.propose(exercise) == first == BotDecider(ScriptDecider(())).propose(exercise)
    assert exercise.state.sequence == before
    assert isinstance(first, Proposal)


# Novices

NOVICES = dict.fromkeys(("watcher", "expert", "chief", "vice", "board"), 0)


def novices(seed: int) -> list[Fact]:
    return played(small_scenario(seed=seed, proficiency=NOVICES))


def test_novices_err_in_every_way_and_still_come_to_an_end() -> None:
    """Over many seeds: late, graded or judged wrongly, left out, too thin, overstepping; never anything absurd."""
    runs = [novices(seed) for seed in range(200)]
    assert {on_record(run[-1])["reason"] for run in runs} == {"finished"}
    late = sum(bool(of(run, "duty_breached")) for run in runs)
    graded = [on_record(fact)["level"] for run in runs for fact in of(run, "level_set")]
    judged = sum("drop" in steps(run) for run in runs)
    left_out = sum("accept" in steps(run) and "note" not in steps(run) for run in runs)
    refused = [on_record(fact)["why"] for run in runs for fact in of(run, "refused")]
    assert 20 < late < 200
    assert {1, 2, 3} == set(graded)
    assert 20 < judged < 120
    assert 20 < left_out < 160
    assert len(refused) > 20
    assert set(refused) == {"role", "content"}


def test_a_novice_who_was_refused_leaves_the_step_to_whoever_may() -> None:
    for seed in range(200):
        facts = novices(seed)
        for n, fact in enumerate(facts):
            if fact.kind == FactKind.REFUSED:
                assert on_record(fact)["do"] in steps(facts[n:]) or on_record(fact)["do"] == "note", (
                    "a note holds nothing up"
                )


def test_the_better_they_are_the_less_they_err() -> None:
    def breaches(proficiency: int) -> int:
        levels = dict.fromkeys(NOVICES, proficiency)
        return sum(len(of(played(small_scenario(seed=s, proficiency=levels)), "duty_breached")) for s in range(150))

    found = [breaches(proficiency) for proficiency in (0, 50, 100)]
    assert found[0] > found[1] > found[2] == 0


def test_nobody_outside_the_company_oversteps() -> None:
    outside = Role("board", text("board"), OURS, outside=True)
    cast = {**small_scenario().people, "out": person("out", "board")}

    def change(book: Playbook) -> Playbook:
        return replace(book, roles={**book.roles, "board": outside})

    for seed in range(100):
        facts = played(small_scenario(seed=seed, people=cast, proficiency=NOVICES), change)
        assert not any((acting(fact) or ("", ""))[0] == "out" for fact in facts)


def test_the_same_seed_gives_the_same_run_and_another_seed_another() -> None:
    assert novices(5) == novices(5)
    assert novices(5) != novices(6)


def test_of_two_deciders_the_bot_waits_for_the_person_who_is_earlier() -> None:
    class Hasty:
        source = DecisionSource.PERSON
        done = False

        def propose(self, _exercise: Exercise) -> Proposal | None:
            return None if self.done else Proposal(1, act("p1", "tell", what=IT))

        def taken(self) -> None:
            self.done = True

    facts = play(Exercise(CompiledPlaybook(small_playbook()), small_scenario()), Hasty(), BotDecider())
    assert of(facts, "step_taken")[0].at == 1
    assert steps(facts).count("tell") == 1
