"""Which rules a fact wakes: those that comparing each pattern with each fact would find, in the order of the rules."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.conditions import LevelAtLeast, Pattern, TrackIs
from incidentsim.domain.facts import Fact, FactKind, RefusalReason
from incidentsim.domain.facts.patterns import matches
from incidentsim.exercise.kernel.rulebook import Rulebook
from incidentsim.exercise.kernel.triggers import listeners, sort_of
from tests.support.small import small_playbook, states, step, text

SAID = st.sampled_from(["a", "b"])
KINDS = st.sampled_from(["step_taken", "refused", "escalated", "duty_breached", "level_set", "circumstance_arose"])
PARTS = {
    **dict.fromkeys(("do", "track", "state", "duty", "by", "to", "why", "circumstance", "inject"), SAID),
    "incident": st.sampled_from(["one", "two"]),
    "level": st.sampled_from([1, 2]),
}
FEW_PARTS: st.SearchStrategy[dict[str, Any]] = st.lists(
    st.sampled_from(sorted(PARTS)), max_size=2, unique=True
).flatmap(lambda names: st.fixed_dictionaries({name: PARTS[name] for name in names}))
PATTERNS = st.builds(lambda kind, parts: Pattern(kind, **parts), KINDS, FEW_PARTS)
FACTS = st.builds(
    Fact,
    st.just(0),
    KINDS,
    st.sampled_from(["one", "two"]),
    st.fixed_dictionaries(
        {"to": SAID},
        optional={
            "do": SAID,
            "track": SAID,
            "duty": SAID,
            "why": SAID,
            "circumstance": SAID,
            "inject": SAID,
            "level": st.sampled_from([1, 2]),
            "by": st.fixed_dictionaries({"person": SAID, "role": SAID}),
            "persons": st.lists(SAID, max_size=2),
        },
    ),
)


@given(st.lists(st.lists(PATTERNS, max_size=3), max_size=5), FACTS)
def test_listening_finds_the_rules_that_comparing_each_pattern_would_find(
    rules: list[list[Pattern]], fact: Fact
) -> None:
    """Each once, even if several of its patterns match, and in the order of the rules."""
    found = listeners([(patterns, number) for number, patterns in enumerate(rules)], sort_of(fact))
    heard = [listener.rule for listener in found if listener.hears(fact)]
    assert heard == [n for n, patterns in enumerate(rules) if any(matches(pattern, fact) for pattern in patterns)]


def test_a_rule_hears_all_facts_of_a_sort_only_if_no_pattern_asks_for_more() -> None:
    fact = Fact(0, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden", "by": {"person": "p1", "role": "chief"}})
    narrow = (Pattern(FactKind.REFUSED, do="hide", by="p1"), Pattern(FactKind.REFUSED, do="tell"))
    (listener,) = listeners([(narrow, "rule")], sort_of(fact))
    assert listener.patterns == narrow[:1]
    (wide,) = listeners([((*narrow, Pattern(FactKind.REFUSED, why=RefusalReason.FORBIDDEN)), "rule")], sort_of(fact))
    assert wide.patterns == ()
    other = replace(fact, data={**fact.data, "by": {"person": "p2", "role": "chief"}})
    assert sort_of(other) == sort_of(fact)
    assert (listener.hears(other), wide.hears(other)) == (False, True)


def test_a_rulebook_looks_a_sort_of_fact_up_once() -> None:
    book = Rulebook(small_playbook())
    first = Fact(0, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden"})
    again = Fact(9, FactKind.REFUSED, "two", {"do": "hide", "why": "forbidden", "by": None})
    assert book.woken_by(first) is book.woken_by(again)
    assert [found.rule.step.do for found in book.woken_by(first).steps] == ["blame_for_hiding"]


def test_a_step_that_waits_for_a_condition_comes_once_even_if_the_fact_brings_it_there_as_well() -> None:
    slide = step("slide", "side", "b", "c", when=TrackIs("side", ("b",)))
    late = step("late", "side", "c", "a", when=LevelAtLeast(1))
    track = replace(small_playbook().tracks["blame"], id="side", title=text("side"), states=states("a", "b", "c"))
    book = small_playbook()
    book = replace(book, tracks={**book.tracks, "side": replace(track, initial="a", steps=(late, slide))})

    def woken(fact: Fact) -> list[str]:
        return [found.step.do for found in Rulebook(book).woken_by(fact).steps_when]

    arrival = Fact(0, FactKind.STEP_TAKEN, "one", {"do": "go", "track": "side", "to": "b"})
    assert woken(arrival) == ["slide"]
    assert woken(replace(arrival, data={**arrival.data, "to": "c"})) == ["slide", "late"]
    assert woken(Fact(0, FactKind.LEVEL_SET, "one", {"level": 1})) == ["fall_due", "late"]
    assert woken(Fact(0, FactKind.INCIDENT_RAISED, "one", {"inject": "x"})) == ["fall_due", "late", "slide"]
