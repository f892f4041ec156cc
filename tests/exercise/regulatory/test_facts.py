"""What the kernel puts on record for regulatory deadlines: moments, measures, judgements and filings."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from incidentsim.domain.actions import judgement, measurement
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import AnchorRule, Field, Playbook, State, Track
from incidentsim.domain.scenario import Emergence, Inject
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.facts import on_record
from tests.support.small import OURS, RULE, WORDS, act, begun, small_playbook, small_scenario, step, text
from tests.support.snapshot import snapshot

if TYPE_CHECKING:
    from incidentsim.domain.facts import Fact

CLOCK = Field("clock", FieldKind.CLOCK, text("clock"), ("first-report", "summary"))
LEVEL = Field(
    "judged", FieldKind.STATUTORY_LEVEL, text("judged"), ("scale:grave", "scale:general", "scale:none"), False
)
FOUND = Field("found", FieldKind.CLOCK_MEASURES, text("found"), ("persons", "leak"), False)


def with_clocks(book: Playbook) -> Playbook:
    """The small procedure with a track for what the law asks for, and two moments that start clocks."""
    law = Track(
        "law",
        text("law"),
        "open",
        {"open": State("open", text("open"), final=True)},
        (
            step("file", "law", "open", None, "expert", fields=(CLOCK,), detour=True),
            step("judge", "law", "open", None, "expert", fields=(LEVEL, FOUND), detour=True),
        ),
    )
    anchors = {
        "awareness": AnchorRule("awareness", (Pattern(FactKind.STEP_TAKEN, do="tell"),), RULE),
        "suspicion_of_crime": AnchorRule(
            "suspicion_of_crime", (Pattern(FactKind.CIRCUMSTANCE_AROSE),), OURS, {"suspected_crime": 1}
        ),
    }
    return replace(book, tracks={**book.tracks, "law": law}, anchors=anchors)


def fresh() -> Exercise:
    return begun(change=with_clocks)


def last(facts: "list[Fact]", kind: str) -> "Fact":
    (found,) = [fact for fact in facts if fact.kind == kind]
    return found


def test_a_step_that_the_playbook_names_brings_the_moment_with_its_basis() -> None:
    exercise = fresh()
    taken = exercise.state.sequence
    facts = exercise.act(act("p1", "tell", None, **WORDS), 3 * MINUTE)
    assert [fact.kind for fact in facts][:2] == ["step_taken", "anchor_reached"]
    reached = last(facts, "anchor_reached")
    assert (reached.at, reached.incident) == (3 * MINUTE, "one")
    assert on_record(reached) == {"anchor": "awareness", "rule": "anchors.awareness", "clause": "X1", "because": taken}


def test_a_moment_is_reached_once_an_incident() -> None:
    book = with_clocks(small_playbook())
    again = replace(book.anchors["awareness"], on=(Pattern(FactKind.STEP_TAKEN),))
    exercise = begun(change=lambda _book: replace(book, anchors={"awareness": again}))
    facts = exercise.act(act("p1", "tell", None, **WORDS), 0)
    facts += exercise.act(act("p2", "accept", level=2), MINUTE)
    facts += exercise.act(act("p2", "note"), MINUTE)
    assert len([fact for fact in facts if fact.kind == FactKind.ANCHOR_REACHED]) == 1


def test_a_moment_puts_on_record_what_it_establishes() -> None:
    circumstance = Inject(
        "police", ("watcher",), "alert", text("a crime"), on=Pattern(FactKind.STEP_TAKEN, do="tell"), incident="one"
    )
    brings = replace(circumstance, brings=(Emergence("hiding"),))
    exercise = begun(
        small_scenario(injects=(*small_scenario().injects, brings)),
        with_clocks,
    )
    exercise.act(act("p1", "tell", None, **WORDS), MINUTE)
    facts = exercise.run_next_due()
    reached = last(facts, "anchor_reached")
    assert on_record(last(facts, "measure_taken")) == {
        "measure": "suspected_crime",
        "value": 1,
        "because": exercise.state.sequence - 2,
    }
    assert on_record(reached)["clause"] is None


def test_an_inject_brings_a_moment_that_no_step_stands_for() -> None:
    paid = Inject("paid", ("watcher",), "alert", text("paid"), at=MINUTE, incident="one", anchors=("payment",))
    again = replace(paid, id="paid-again", at=2 * MINUTE)
    exercise = begun(small_scenario(injects=(*small_scenario().injects, paid, again)), with_clocks)
    facts = exercise.run_next_due()
    delivered = exercise.state.sequence - len(facts)
    assert on_record(last(facts, "anchor_reached")) == {
        "anchor": "payment",
        "rule": None,
        "clause": None,
        "because": delivered,
    }
    assert [fact.kind for fact in exercise.run_next_due()] == ["inject_delivered"]


def test_a_filing_is_on_record_right_after_the_step() -> None:
    exercise = fresh()
    facts = exercise.act(act("p2", "file", clock="first-report"), MINUTE)
    assert [fact.kind for fact in facts] == ["step_taken", "filed"]
    assert on_record(facts[1]) == {"clock": "first-report", "because": exercise.state.sequence - 2}


@pytest.mark.parametrize(("written", "level"), [("scale:grave", "grave"), ("scale:none", None)])
def test_a_judgement_and_the_values_it_names_are_on_record(written: str, level: str | None) -> None:
    exercise = fresh()
    facts = exercise.act(act("p2", "judge", judged=written, found=("persons=184000", "leak=1")), MINUTE)
    assert [fact.kind for fact in facts] == [
        "step_taken",
        "statutory_level_judged",
        "measure_taken",
        "measure_taken",
    ]
    assert (on_record(facts[1])["scale"], on_record(facts[1])["level"]) == ("scale", level)
    assert [(on_record(fact)["measure"], on_record(fact)["value"]) for fact in facts[2:]] == [
        ("persons", 184000),
        ("leak", 1),
    ]


def test_a_judgement_touches_no_level_of_the_playbook_and_a_grading_no_statutory_one() -> None:
    exercise = fresh()
    exercise.act(act("p2", "judge", judged="scale:grave"), 0)
    assert exercise.state.incidents["one"].level is None
    exercise.act(act("p1", "tell", None, **WORDS), 0)
    facts = exercise.act(act("p2", "accept", level=1), 0)
    assert "statutory_level_judged" not in {fact.kind for fact in facts}


@pytest.mark.parametrize(
    "content",
    [
        {"do": "file", "clock": "first-reprot"},
        {"do": "file"},
        {"do": "judge", "judged": "scale:huge"},
        {"do": "judge", "found": ("persons",)},
        {"do": "judge", "found": ("persons=many",)},
        {"do": "judge", "found": ("persons=1", "persons=2")},
        {"do": "judge", "found": ("cats=3",)},
        {"do": "judge", "found": ()},
        {"do": "judge", "found": ("persons=٣",)},
    ],
)
def test_a_mistake_in_the_content_is_refused_as_such(content: dict[str, str | tuple[str, ...]]) -> None:
    given = dict(content)
    (refused,) = fresh().act(act("p2", str(given.pop("do")), None, **given), 0)
    assert (refused.kind, on_record(refused)["why"]) == ("refused", "content")


def test_resuming_folds_the_moments_too() -> None:
    played = Exercise(CompiledPlaybook(with_clocks(small_playbook())), small_scenario())
    facts = played.begin() + played.run_next_due()
    facts += played.act(act("p1", "tell", None, **WORDS), 0) + played.act(act("p2", "file", clock="summary"), 0)
    resumed = Exercise(played.compiled, played.scenario)
    resumed.resume(facts)
    assert snapshot(resumed.state) == snapshot(played.state)
    assert resumed.state.incidents["one"].anchors == {"awareness": 0}


def test_what_an_action_holds_is_taken_apart() -> None:
    assert judgement("cn_cac_2025:none") == ("cn_cac_2025", None)
    assert measurement("persons=3") == ("persons", 3)
    assert measurement("persons=-3") is None
    assert measurement("persons=" + "9" * 16) is None
