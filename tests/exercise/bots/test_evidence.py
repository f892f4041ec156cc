"""Bots judge by what they can know, change their mind when they learn more, and say why."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import Fact, FactKind, Json
from incidentsim.domain.playbook import Playbook, Within
from incidentsim.domain.scenario import Incident, Inject, Part, Scenario, Shown, Truth
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.bots.timing import MARGIN_PERCENT, READING
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from tests.support.facts import on_record
from tests.support.play import of, play_with_bots, steps
from tests.support.small import small_playbook, small_scenario, states, step, text

ROLES = ("watcher", "expert", "chief", "vice", "board")
SEEDS = range(40)


def told(name: str, minute: int, *shows: Shown, part: Part | None = None, **more: object) -> Inject:
    made = Inject(name, ("expert",), "alert", text(name), at=minute * MINUTE, incident="one", part=part, shows=shows)
    return replace(made, **more)  # type: ignore[arg-type]  # names fields of Inject


def graded(name: str, *shows: Shown) -> Inject:
    """A message that comes a minute after the grading."""
    return replace(told(name, 0, *shows), at=None, on=Pattern(FactKind.STEP_TAKEN, do="accept"), after=MINUTE)


def users(value: int) -> Shown:
    return Shown("measure", "users", value)


def flag(name: str, value: int) -> Shown:
    return Shown("flag", name, value)


def story(*injects: Inject, proficiency: int = 100, seed: int = 7, **flags: bool) -> Scenario:
    """Something that affects 20 users, which makes it level 2."""
    truth = Truth(True, 2, {"users": 20}, {"incident": True, "unlawful": False, **flags}, "accident")
    return small_scenario(
        seed=seed,
        incidents={"one": Incident("one", text("one"), replace(truth, incident=truth.flags["incident"]))},
        injects=(*small_scenario().injects, *injects),
        proficiency=dict.fromkeys(ROLES, proficiency),
    )


def played(scenario: Scenario, change: Callable[[Playbook], Playbook] = lambda book: book) -> list[Fact]:
    facts = play_with_bots(Exercise(CompiledPlaybook(change(small_playbook())), scenario))
    assert on_record(facts[-1])["reason"] == "finished"
    return facts


def reason(facts: list[Fact], do: str) -> dict[str, Json]:
    """What the last taking of a step says for itself."""
    found = [on_record(fact)["because"] for fact in of(facts, "step_taken") if on_record(fact)["do"] == do][-1]
    assert isinstance(found, dict)
    return found


def levels(facts: list[Fact]) -> list[Json]:
    return [on_record(fact)["level"] for fact in of(facts, "level_set")]


def leisurely(book: Playbook) -> Playbook:
    """Grading takes about ten minutes, and what comes after it about half an hour."""
    main, takes = book.tracks["main"], {"accept": 10 * MINUTE, "finish": 30 * MINUTE}
    slow = tuple(replace(found, takes=takes.get(found.do, found.takes)) for found in main.steps)
    return replace(book, tracks={**book.tracks, "main": replace(main, steps=slow)})


def with_law(book: Playbook) -> Playbook:
    """A finding beside the course of things, which may be revised."""
    law = replace(
        book.tracks["blame"],
        id="law",
        initial="unjudged",
        states=states("unjudged!", "lawful!", "suspected", "sure!"),
        steps=(
            step("clear", "law", "unjudged", "lawful", "expert", fits={"unlawful": False}),
            step("suspect", "law", "unjudged", "suspected", "expert", fits={"unlawful": True}),
            step("revise", "law", "lawful", "suspected", "expert", detour=True),
            step("make_sure", "law", "suspected", "sure", "chief", fits={"unlawful": True}),
            step("let_be", "law", "suspected", "lawful", "chief", fits={"unlawful": False}),
        ),
    )
    return replace(book, tracks={**book.tracks, "law": law})


def with_reopening(book: Playbook) -> Playbook:
    main = book.tracks["main"]
    again = step("reopen", "main", "done", "open", "chief", detour=True)
    return replace(book, tracks={**book.tracks, "main": replace(main, steps=(*main.steps, again))})


# The level


def test_the_level_is_what_is_shown_and_not_what_is_so() -> None:
    facts = played(story(told("few", 1, users(3))))
    assert levels(facts) == [3]
    assert "regrade" not in steps(facts)


def test_what_comes_to_light_later_makes_them_grade_anew_and_they_say_by_what() -> None:
    facts = played(story(told("few", 1, users(3)), graded("more", users(20))), leisurely)
    assert levels(facts) == [3, 2]
    assert reason(facts, "regrade") == {"reason": "regrade", "injects": ["more"]}


def test_more_that_makes_no_other_level_changes_nothing() -> None:
    facts = played(story(told("some", 1, users(12)), graded("more", users(20))), leisurely)
    assert levels(facts) == [2]
    assert "regrade" not in steps(facts)


def test_where_the_story_shows_nothing_they_go_by_the_truth() -> None:
    assert levels(played(story(told("silent", 1)))) == [2]
    only_wrong = told("rumour", 1, users(500), part="contradiction")
    assert levels(played(story(only_wrong))) == [2]


def test_where_nothing_has_come_yet_they_know_nothing_and_grade_anew_when_it_has() -> None:
    assert levels(played(story(told("late", 20, users(20))), leisurely)) == [3, 2]


def test_of_two_measures_the_one_that_nothing_tells_of_counts_as_it_is() -> None:
    one = story(told("other", 1, Shown("measure", "trucks", 1)))
    assert levels(played(one)) == [2]


def test_what_reached_somebody_else_counts_once_they_have_passed_it_on() -> None:
    facts = played(story(told("few", 1, users(3)), told("more", 14, users(20), to=("watcher",))), leisurely)
    (message,) = of(facts, "message_sent")
    assert (on_record(message)["injects"], on_record(message)["to"]) == (["more"], ["expert"])
    assert levels(facts) == [3, 2]
    assert reason(facts, "regrade") == {"reason": "regrade", "injects": ["more"]}


def test_what_reached_nobody_counts_for_nobody() -> None:
    facts = played(story(told("few", 1, users(3)), told("more", 1, users(20), to=("board",))), leisurely)
    assert levels(facts) == [3]


# Yes and no


def test_the_way_out_is_the_one_that_fits_what_is_shown() -> None:
    facts = played(story(told("harmless", 1, flag("incident", 0)), incident=False))
    assert steps(facts) == ["tell", "drop"]
    assert reason(facts, "drop") == {"reason": "evidence", "injects": ["harmless"]}


def test_a_report_is_taken_seriously_until_something_speaks_against_it() -> None:
    facts = played(story(told("harmless", 300, flag("incident", 0)), incident=False))
    assert "drop" not in steps(facts)


def test_a_finding_is_revised_when_the_evidence_speaks_against_it() -> None:
    facts = played(story(told("letter", 55, flag("unlawful", 1)), unlawful=True), with_law)
    mine = [do for do in steps(facts) if do in {"clear", "suspect", "revise", "make_sure", "let_be"}]
    assert mine == ["clear", "revise", "make_sure"]
    assert reason(facts, "revise") == {"reason": "revise", "injects": ["letter"]}


def test_a_finding_that_the_evidence_agrees_with_stands() -> None:
    facts = played(story(told("letter", 55, flag("unlawful", 0))), with_law)
    assert "revise" not in steps(facts)


def with_judging(book: Playbook) -> Playbook:
    """The finding has to be made within three hours."""
    found = with_law(book)
    soon = found.duties["tell-soon"]
    made = tuple(Pattern(FactKind.STEP_TAKEN, do=do) for do in ("clear", "suspect"))
    limit = Within(dict.fromkeys(book.levels, 3 * HOUR), 3 * HOUR)
    judge = replace(soon, id="judge", settled_by=made, within=limit)
    return replace(found, duties={**found.duties, "judge": judge})


def judged(facts: list[Fact]) -> Fact:
    return next(fact for fact in of(facts, "step_taken") if on_record(fact)["do"] in {"clear", "suspect"})


def test_experts_wait_with_a_judgement_as_long_as_they_may_while_nothing_is_known() -> None:
    """And no longer: when time runs out, they judge by what they have."""
    in_time = judged(played(story(told("letter", 90, flag("unlawful", 1)), unlawful=True), with_judging))
    assert (on_record(in_time)["do"], in_time.at) == ("suspect", 90 * MINUTE + READING)
    too_late = judged(played(story(told("letter", 200, flag("unlawful", 1)), unlawful=True), with_judging))
    assert (on_record(too_late)["do"], too_late.at) == ("clear", 3 * HOUR * MARGIN_PERCENT // 100)


def test_where_no_message_will_ever_tell_or_nothing_presses_they_do_not_wait() -> None:
    assert judged(played(story(unlawful=True), with_judging)).at < 30 * MINUTE
    assert judged(played(story(told("letter", 90, flag("unlawful", 1)), unlawful=True), with_law)).at < 30 * MINUTE


def test_novices_mostly_do_not_wait() -> None:
    letter = told("letter", 90, flag("unlawful", 1))
    found = [judged(played(story(letter, unlawful=True, proficiency=0, seed=seed), with_judging)).at for seed in SEEDS]
    assert sum(at < 60 * MINUTE for at in found) > len(SEEDS) // 3


def test_experts_see_through_what_only_seems_so_and_novices_mostly_do_not() -> None:
    def fooled(proficiency: int) -> int:
        found = 0
        for seed in SEEDS:
            misleading = told("rumour", 1, users(500), part="contradiction")
            facts = played(story(told("few", 0, users(20)), misleading, seed=seed, proficiency=proficiency))
            graded = [fact for fact in of(facts, "step_taken") if on_record(fact)["do"] == "accept"]
            because = [on_record(fact)["because"] for fact in graded]
            found += sum("misled" in one.get("slips", ()) for one in because if isinstance(one, dict))
        return found

    assert fooled(100) == 0
    assert fooled(0) > len(SEEDS) // 3


# What a message asks for


@pytest.mark.parametrize("minute", [10, 120])
def test_a_detour_is_taken_once_for_each_message_that_asks_for_it(minute: int) -> None:
    broken = replace(told("broken", 0, expects=("reopen",)), at=None, on=small_finish(), after=minute * MINUTE)
    facts = played(story(replace(broken, to=("chief",))), with_reopening)
    assert steps(facts).count("reopen") == 1
    assert steps(facts).count("finish") == 2
    assert reason(facts, "reopen") == {"reason": "prompted", "injects": ["broken"]}


def test_without_such_a_message_it_is_not_taken() -> None:
    assert "reopen" not in steps(played(story(told("quiet", 60)), with_reopening))


def test_a_step_that_is_a_detour_only_in_places_is_left_to_its_turn() -> None:
    """Somebody wishes that the board be told before that is due."""
    facts = played(story(told("tell-them", 1, users(3), expects=("notify",))))
    assert "notify" not in steps(facts)


def test_the_messages_that_ask_for_a_step_are_named_with_it() -> None:
    facts = played(story(told("odd", 0, expects=("tell",), to=("watcher",))))
    assert reason(facts, "tell") == {"reason": "duty_due", "duty": "tell-soon", "injects": ["odd"]}


# Purity


@pytest.mark.parametrize("proficiency", [0, 60, 100])
def test_taken_up_anywhere_a_run_goes_on_as_it_would_have(proficiency: int) -> None:
    """A bot that has seen nothing before decides like the one that was there all the time."""
    compiled = CompiledPlaybook(with_reopening(with_law(small_playbook())))
    broken = replace(told("broken", 0, expects=("reopen",)), at=None, on=small_finish(), after=10 * MINUTE)
    letters = told("few", 1, users(3)), told("rumour", 5, users(500), part="contradiction"), broken
    noise = replace(told("noise", 3, part="noise"), incident=None)
    scenario = story(*letters, noise, told("more", 40, users(20), flag("unlawful", 1)), proficiency=proficiency)
    facts = play_with_bots(Exercise(compiled, scenario))
    assert len(facts) > 10
    for cut in range(1, len(facts)):
        if facts[cut].at == facts[cut - 1].at:
            continue  # inside a step, which is recorded as a whole
        exercise = Exercise(compiled, scenario)
        exercise.resume(facts[:cut])
        assert facts[:cut] + play_with_bots(exercise) == facts


def test_asking_twice_changes_nothing_and_another_exercise_is_another_matter() -> None:
    bot = BotDecider()
    exercise = Exercise(CompiledPlaybook(small_playbook()), story(told("few", 1, users(3))))
    exercise.begin()
    exercise.run_next_due()
    first = bot.propose(exercise)
    other = Exercise(CompiledPlaybook(small_playbook()), story(seed=8))
    other.begin()
    other.run_next_due()
    assert bot.propose(other) == BotDecider().propose(other) != first
    assert bot.propose(exercise) == first


def test_what_is_heavy_on_somebody_makes_them_slower() -> None:
    """An expert too, but in time all the same."""
    weary = [replace(told(f"n{n}", n, part="noise"), incident=None) for n in range(4)]
    slow = fast = 0
    for seed in SEEDS:
        for injects in ((), weary):
            facts = played(story(*injects, seed=seed))
            accept = next(fact.at for fact in of(facts, "step_taken") if on_record(fact)["do"] == "accept")
            slow, fast = (slow + accept, fast) if injects else (slow, fast + accept)
    assert fast + len(SEEDS) * MINUTE < slow < fast + len(SEEDS) * HOUR


def small_finish() -> Pattern:
    return Pattern(FactKind.STEP_TAKEN, do="finish")
