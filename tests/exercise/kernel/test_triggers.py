"""Which rules a fact wakes: those that comparing each pattern with each fact would find, in the order of the rules."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.conditions import LevelAtLeast, Pattern, TrackIs
from incidentsim.domain.facts import FACT_FIELDS, Fact, FactKind, RefusalReason
from incidentsim.domain.facts.patterns import matches
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.triggers import signature_of, subscriptions
from tests.support.facts import a_fact, changed
from tests.support.small import small_playbook, states, step, text

SAID = st.sampled_from(["a", "b"])
KINDS = st.sampled_from(
    [
        FactKind.STEP_TAKEN,
        FactKind.REFUSED,
        FactKind.ESCALATED,
        FactKind.DUTY_BREACHED,
        FactKind.LEVEL_SET,
        FactKind.CIRCUMSTANCE_AROSE,
        FactKind.INJECT_DELIVERED,
    ]
)
PARTS = {
    **dict.fromkeys(("do", "track", "state", "duty", "by", "to", "circumstance", "inject"), SAID),
    "why": st.sampled_from([RefusalReason.ROLE, RefusalReason.STATE]),
    "incident": st.sampled_from(["one", "two"]),
    "level": st.sampled_from([1, 2]),
}
FEW_PARTS: st.SearchStrategy[dict[str, Any]] = st.lists(
    st.sampled_from(sorted(PARTS)), max_size=2, unique=True
).flatmap(lambda names: st.fixed_dictionaries({name: PARTS[name] for name in names}))
PATTERNS = st.builds(lambda kind, parts: Pattern(kind, **parts), KINDS, FEW_PARTS)
PARTS_OF_FACTS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("do", "track", "duty", "circumstance", "inject", "to"), SAID),
    "why": st.sampled_from(["role", "state"]),
    "level": st.sampled_from([1, 2]),
    "by": st.fixed_dictionaries({"person": SAID, "role": SAID}),
    "persons": st.lists(SAID, max_size=2),
}
SEVERAL = (FactKind.INJECT_DELIVERED, FactKind.ESCALATION_PLANNED)
"""Kinds of fact whose `to` is a list."""


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(KINDS)
    data = {name: draw(PARTS_OF_FACTS[name]) for name in FACT_FIELDS[kind] if name in PARTS_OF_FACTS}
    if kind in SEVERAL:
        data["to"] = [data["to"]]
    return a_fact(0, kind, draw(st.sampled_from(["one", "two"])), data)


FACTS = facts()


@given(st.lists(st.lists(PATTERNS, max_size=3), max_size=5), FACTS)
def test_listening_finds_the_rules_that_comparing_each_pattern_would_find(
    rules: list[list[Pattern]], fact: Fact
) -> None:
    """Each once, even if several of its patterns match, and in the order of the rules."""
    found = subscriptions([(patterns, number) for number, patterns in enumerate(rules)], signature_of(fact))
    heard = [listener.rule for listener in found if listener.matches(fact)]
    assert heard == [n for n, patterns in enumerate(rules) if any(matches(pattern, fact) for pattern in patterns)]


def test_a_rule_hears_all_facts_of_a_sort_only_if_no_pattern_asks_for_more() -> None:
    fact = a_fact(
        0, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden", "by": {"person": "p1", "role": "chief"}}
    )
    narrow = (Pattern(FactKind.REFUSED, do="hide", by="p1"), Pattern(FactKind.REFUSED, do="tell"))
    (listener,) = subscriptions([(narrow, "rule")], signature_of(fact))
    assert listener.patterns == narrow[:1]
    (wide,) = subscriptions(
        [((*narrow, Pattern(FactKind.REFUSED, why=RefusalReason.FORBIDDEN)), "rule")], signature_of(fact)
    )
    assert wide.patterns == ()
    other = changed(fact, by={"person": "p2", "role": "chief"})
    assert signature_of(other) == signature_of(fact)
    assert (listener.matches(other), wide.matches(other)) == (False, True)


def test_a_compiled_playbook_looks_a_sort_of_fact_up_once() -> None:
    book = CompiledPlaybook(small_playbook())
    first = a_fact(0, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden"})
    again = a_fact(9, FactKind.REFUSED, "two", {"do": "hide", "why": "forbidden"})
    assert book.triggered_by(first) is book.triggered_by(again)
    assert [found.rule.step.do for found in book.triggered_by(first).steps] == ["blame_for_hiding"]


def test_a_step_that_waits_for_a_condition_comes_once_even_if_the_fact_brings_it_there_as_well() -> None:
    slide = step("slide", "side", "b", "c", when=TrackIs("side", ("b",)))
    late = step("late", "side", "c", "a", when=LevelAtLeast(1))
    track = replace(small_playbook().tracks["blame"], id="side", title=text("side"), states=states("a", "b", "c"))
    book = small_playbook()
    book = replace(book, tracks={**book.tracks, "side": replace(track, initial="a", steps=(late, slide))})

    def woken(fact: Fact) -> list[str]:
        return [found.step.do for found in CompiledPlaybook(book).triggered_by(fact).steps_when]

    arrival = a_fact(0, FactKind.STEP_TAKEN, "one", {"do": "go", "track": "side", "to": "b"})
    assert woken(arrival) == ["slide"]
    assert woken(changed(arrival, to="c")) == ["slide", "late"]
    assert woken(a_fact(0, FactKind.LEVEL_SET, "one", {"level": 1})) == ["fall_due", "late"]
    assert woken(a_fact(0, FactKind.INCIDENT_RAISED, "one", {"inject": "x"})) == ["fall_due", "late", "slide"]
