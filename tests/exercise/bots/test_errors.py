"""Slips: each kind comes about, is named in the decision that it spoilt, and is rarer the better people are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.actions import Action, Because, Slip, Value
from incidentsim.domain.facts import CommittedText, Fact, FactKind, Json, MessageSent
from incidentsim.domain.facts.texts import content_value_from_json
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.scenario import Incident, Inject, Scenario, ScriptedAction, ScriptedMessage, Shown, Truth
from incidentsim.exercise.bots.errors import ODDS, slips
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.speaking import say_again
from incidentsim.exercise.running.deciders import ScriptDecider
from incidentsim.ledger.outcome import OutcomeDigest
from tests.support.facts import acting, on_record
from tests.support.play import of, play, play_with_bots, steps
from tests.support.procedures import SHIPPED_NAMES, compiled, flags_of, playbook, scenario_for, truth_for
from tests.support.shipped import NAMES, scenario, without_script
from tests.support.small import act, begun, small_playbook, small_scenario, text

ROLES = ("watcher", "expert", "chief", "vice", "board")
SEEDS = range(150)
PERCENT = st.integers(0, 100)
LOAD = st.integers(0, 30)


def told(seed: int, proficiency: int) -> Scenario:
    """Something of level 2 that a rumour makes look like level 1."""
    truth = Truth(True, 2, {"users": 20}, {"incident": True, "unlawful": False}, "accident")
    rumour = Inject(
        "rumour", ("expert",), "alert", text("rumour"), at=MINUTE, incident="one", part="contradiction",
        shows=(Shown("measure", "users", 500),),
    )  # fmt: skip
    return small_scenario(
        seed=seed,
        incidents={"one": Incident("one", text("one"), truth)},
        injects=(*small_scenario().injects, rumour),
        proficiency=dict.fromkeys(ROLES, proficiency),
    )


def by_mail(book: Playbook) -> Playbook:
    """Whoever tells has to do so by mail; there are other channels."""
    main = book.tracks["main"]
    fields = (Field("way", FieldKind.CHOICE, text("way"), ("mail",)), Field("what", FieldKind.TEXT, text("what")))
    tell = replace(main.steps[0], fields=fields)
    channels = {"mail": text("mail"), "chat": text("chat")}
    return replace(
        book, channels=channels, tracks={**book.tracks, "main": replace(main, steps=(tell, *main.steps[1:]))}
    )


@cache
def runs(proficiency: int) -> tuple[tuple[Fact, ...], ...]:
    book = CompiledPlaybook(by_mail(small_playbook()))
    return tuple(tuple(play_with_bots(Exercise(book, told(seed, proficiency)))) for seed in SEEDS)


def reasons(facts: Sequence[Fact]) -> list[tuple[Fact, dict[str, Any]]]:
    return [(fact, on_record(fact)["because"]) for fact in facts if isinstance(on_record(fact).get("because"), dict)]


def slipped(proficiency: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for facts in runs(proficiency):
        for _fact, because in reasons(facts):
            found.update(because.get("slips", []))
    return found


def with_slip(slip: Slip) -> list[tuple[Fact, tuple[Fact, ...]]]:
    return [(fact, facts) for facts in runs(0) for fact, why in reasons(facts) if slip in why.get("slips", [])]


@pytest.mark.parametrize("slip", get_args(Slip))
def test_every_slip_comes_about_among_novices(slip: Slip) -> None:
    assert slipped(0)[slip] >= 5


def test_experts_in_peace_make_none() -> None:
    book = CompiledPlaybook(by_mail(small_playbook()))
    for seed in SEEDS:
        facts = play_with_bots(Exercise(book, small_scenario(seed=seed)))
        assert not any("slips" in because for _fact, because in reasons(facts))


@pytest.mark.parametrize("slip", get_args(Slip))
def test_the_better_they_are_the_rarer_it_is(slip: Slip) -> None:
    assert slipped(0)[slip] > slipped(100)[slip]
    assert slipped(0)[slip] >= slipped(60)[slip]


def test_every_run_ends_however_badly_it_is_played() -> None:
    assert {on_record(facts[-1])["reason"] for proficiency in (0, 60, 100) for facts in runs(proficiency)} == {
        "finished"
    }


def test_what_is_forgotten_is_done_when_it_is_overdue() -> None:
    for fact, facts in with_slip("forgotten"):
        duty = next(why["duty"] for one, why in reasons(facts) if one is fact)
        late = [one for one in of(facts, "duty_settled") if on_record(one)["duty"] == duty and one.at == fact.at]
        assert fact.kind == FactKind.REFUSED or (len(late) == 1 and on_record(late[0])["late"] is True)


def test_what_is_misjudged_goes_against_the_truth() -> None:
    assert {on_record(fact)["do"] for fact, _facts in with_slip("misjudged") if fact.kind == FactKind.STEP_TAKEN} == {
        "drop"
    }


def test_what_is_misgraded_is_one_off() -> None:
    for fact, facts in with_slip("misgraded"):
        misled = (fact, facts) in with_slip("misled")
        assert isinstance(on_record(fact)["with"], dict)
        assert on_record(fact)["with"]["level"] in ((2,) if misled else (1, 3))


def test_careless_content_is_refused_and_put_right() -> None:
    """Once, and then the step is taken, later."""
    carelessly: tuple[tuple[Slip, dict[str, str]], ...] = (
        ("too_thin", {"way": "mail"}),
        ("wrong_channel", {"way": "chat"}),
    )
    for slip, part in carelessly:
        for fact, facts in with_slip(slip):
            assert (fact.kind, on_record(fact)["why"], on_record(fact)["do"]) == ("refused", "content", "tell")
            assert isinstance(on_record(fact)["with"], dict)
            assert part.items() <= on_record(fact)["with"].items()
            again = next(one for one in of(facts, "step_taken") if on_record(one)["do"] == "tell")
            assert again.at >= fact.at + 2 * MINUTE


def test_whoever_oversteps_is_refused_for_the_role() -> None:
    assert {on_record(fact).get("why") for fact, _facts in with_slip("overstepped")} == {"role"}


@given(st.sampled_from(sorted(ODDS)), PERCENT, PERCENT, LOAD, LOAD)
def test_odds_grow_with_load_and_shrink_with_proficiency(
    kind: Slip, one: int, other: int, light: int, heavy: int
) -> None:
    odds = ODDS[kind]
    assert 0 <= odds.of(max(one, other), light) <= odds.of(min(one, other), light) <= 1000
    assert odds.of(one, min(light, heavy)) <= odds.of(one, max(light, heavy))


@given(st.integers(0, 2**32), st.sampled_from(sorted(ODDS)), st.tuples(PERCENT, PERCENT), st.tuples(LOAD, LOAD))
def test_whoever_is_better_and_less_distracted_never_slips_where_another_does_not(
    seed: int, kind: Slip, skills: tuple[int, int], loads: tuple[int, int]
) -> None:
    if slips(seed, "a decision", kind, max(skills), min(loads)):
        assert slips(seed, "a decision", kind, min(skills), max(loads))


# What is said goes on record, and a run kept as a script is the same run


def test_whoever_says_no_reason_leaves_none() -> None:
    script = (ScriptedAction(0, act("p2", "hide")), ScriptedAction(MINUTE, act("p1", "tell", what="thing")))
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario(script=script))
    facts = play(exercise, ScriptDecider(script))
    assert [("because" in on_record(fact)) for fact in of(facts, "refused")] == [False, False]


def test_a_reason_stands_in_the_answer_and_has_no_part_in_it() -> None:
    because = Because("duty_due", "tell-soon", ("alert",), ("too_thin",))
    said: dict[str, Json] = {"reason": "duty_due", "duty": "tell-soon", "injects": ["alert"], "slips": ["too_thin"]}
    for action in (act("p1", "tell"), act("p2", "hide"), act("p3", "settle")):
        silent, spoken = begun().act(action, 0), begun().act(replace(action, because=because), 0)
        assert on_record(spoken[0])["because"] == said
        quiet = {"because": None}
        assert [{**fact.to_json(), **quiet} for fact in spoken] == [{**fact.to_json(), **quiet} for fact in silent]


def scripted(facts: Sequence[Fact]) -> ScriptDecider:
    """The decisions of a run, and what was said, written down."""
    found: list[ScriptedAction] = []
    messages: list[ScriptedMessage] = []
    for fact in facts:
        if isinstance(fact, MessageSent) and fact.because is None:
            messages.append(ScriptedMessage(fact.at, say_again(fact), len(found)))
        actor = acting(fact)
        if fact.kind in {"step_taken", "refused"} and actor is not None and isinstance(on_record(fact)["with"], dict):
            content = {name: value(one) for name, one in on_record(fact)["with"].items()}
            action = Action(actor[0], on_record(fact)["do"], fact.incident or "", actor[1], content, said(fact))
            found.append(ScriptedAction(fact.at, action))
    return ScriptDecider(tuple(found), asides=tuple(messages))


def value(written: Json) -> Value:
    read = content_value_from_json(written)
    assert read is not None
    assert not isinstance(read, CommittedText)
    return read


def said(fact: Fact) -> Because | None:
    because = on_record(fact).get("because")
    if not isinstance(because, Mapping):
        return None
    return Because(
        because["reason"],
        because.get("duty"),
        tuple(because.get("injects", ())),
        tuple(because.get("slips", ())),
    )


@pytest.mark.parametrize("proficiency", [0, 50, 100])
@pytest.mark.parametrize("name", SHIPPED_NAMES)
def test_a_run_of_bots_written_down_is_the_same_run(name: str, proficiency: int) -> None:
    book = playbook(name)
    truths = [
        truth_for(book, dict.fromkeys(flags_of(book), value), level) for value, level in ((True, 1), (False, None))
    ]
    for seed in range(3):
        levels = dict.fromkeys(book.roles, proficiency)
        scenario = scenario_for(book, truths, seed=seed, proficiency=levels)
        facts = play_with_bots(Exercise(compiled(name), scenario))
        again = play(Exercise(compiled(name), scenario), scripted(facts))
        assert digest(again) == digest(facts)
        assert again == facts
        assert len(steps(facts)) > 5


@pytest.mark.parametrize("proficiency", [30, 100])
@pytest.mark.parametrize("name", NAMES)
def test_so_it_is_for_every_shipped_story(name: str, proficiency: int) -> None:
    book = compiled(scenario(name).playbook)
    levels = dict.fromkeys(book.playbook.roles, proficiency)
    subject = replace(without_script(scenario(name)), proficiency=levels)
    facts = play_with_bots(Exercise(book, subject))
    assert play(Exercise(book, subject), scripted(facts)) == facts


def digest(facts: Sequence[Fact]) -> str | None:
    found = OutcomeDigest()
    for fact in facts:
        found.add(fact)
    return found.value()
