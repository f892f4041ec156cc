"""Improvement items on record: what each change says, and what all of them come to in whatever order they were made."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import CommittedText, Fact, FactKind, ImprovementState, read_fact
from incidentsim.exercise.afterwards.items import (
    CLOSED,
    ItemChange,
    change_fact,
    items_on_record,
    proposed_id,
    taken_in_hand,
    typed_id,
)
from tests.support.facts import a_fact

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
_DATES = st.dates().map(lambda day: day.isoformat())
_OPEN = st.builds(
    ItemChange,
    action=st.none() | _WORDS,
    owner=st.none() | st.just("") | _WORDS,
    due=st.none() | st.just("") | _DATES,
    state=st.sampled_from([None, ImprovementState.OPEN, ImprovementState.IN_PROGRESS]),
)
_CLOSING = st.builds(
    ItemChange,
    owner=st.none() | _WORDS,
    state=st.sampled_from(sorted(CLOSED)),
    evidence=_WORDS,
    closed_by=st.none() | st.just("run-2"),
    facts=st.lists(st.integers(0, 9), max_size=2).map(tuple),
)
_EDITS = st.lists(st.tuples(st.sampled_from("abc"), _OPEN | _CLOSING), max_size=12)


def made(edits: list[tuple[str, ItemChange]]) -> list[Fact]:
    """The facts of these edits, among others; an item's first change says what is to be done."""
    facts: list[Fact] = [a_fact(0, FactKind.EXERCISE_STARTED, None)]
    known: set[str] = set()
    for item, change in edits:
        said = taken_in_hand(change, ItemChange("do it", "somebody", "2026-01-01")) if item not in known else change
        if said != ItemChange():
            facts.append(change_fact(9, item, None, said, new=item not in known))
            known.add(item)
    return facts


def expected(edits: list[tuple[str, ItemChange]]) -> dict[str, dict[str, object]]:
    """The same by the plainest rule: whatever was said last counts, and reopening takes the evidence away."""
    items: dict[str, dict[str, object]] = {}
    for name, change in edits:
        item = items.setdefault(
            name,
            {"action": "do it", "owner": "somebody", "due": "2026-01-01", "state": "open", "shown": (None, None, ())},
        )
        for part in ("action", "owner", "due", "state"):
            if (said := getattr(change, part)) is not None:
                item[part] = said
        if change.evidence is not None:
            item["shown"] = (change.evidence, change.closed_by, change.facts)
        elif change.state is not None:
            item["shown"] = (None, None, ())
    return items


@given(_EDITS)
def test_any_order_of_edits_comes_to_what_is_read_back_from_the_record(edits: list[tuple[str, ItemChange]]) -> None:
    facts = made(edits)
    read = [read_fact(fact.to_json()) for fact in facts]
    items = items_on_record(read)
    assert items == items_on_record(facts)
    assert {
        name: {
            "action": item.action.say("en"),
            "owner": item.owner.say("zh"),
            "due": item.due,
            "state": item.state,
            "shown": (item.evidence and item.evidence.say("en"), item.closed_by, item.facts),
        }
        for name, item in items.items()
    } == expected(edits)


def test_the_numbers_of_the_facts_about_an_item_are_known() -> None:
    facts = made([("a", ItemChange(owner="x")), ("b", ItemChange(owner="y")), ("a", ItemChange(due=""))])
    assert {name: item.changes for name, item in items_on_record(facts).items()} == {"a": (1, 3), "b": (2,)}


@pytest.mark.parametrize(
    ("change", "new", "hint"),
    [
        (ItemChange(), False, "what is to change"),
        (ItemChange(owner="x"), True, "what is to be done"),
        (ItemChange(action="  "), False, "what is to be done"),
        (ItemChange(state=ImprovementState.DONE), False, "closed with evidence"),
        (ItemChange(state=ImprovementState.DROPPED, evidence=" "), False, "closed with evidence"),
        (ItemChange(evidence="x"), False, "when an improvement item is closed"),
        (ItemChange(state=ImprovementState.OPEN, closed_by="run-1"), False, "when an improvement item is closed"),
        (ItemChange(due="tomorrow"), False, "2026-12-31"),
        (ItemChange(due="20261231"), False, "2026-12-31"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_what_would_be_valid(change: ItemChange, new: bool, hint: str) -> None:
    with pytest.raises(InputError, match=hint):
        change_fact(0, "a", None, change, new=new)


@pytest.mark.parametrize("name", ["", "a b", "ä", "x" * 81, "a/b", "#1"])
def test_an_id_is_short_and_plain(name: str) -> None:
    with pytest.raises(InputError, match="cannot be the id"):
        change_fact(0, name, None, ItemChange(action="x"), new=True)


def test_ids_are_stable_and_apart_for_each_run() -> None:
    assert proposed_id("run-1", "grade") == proposed_id("run-1", "grade")
    assert proposed_id("run-1", "grade") != proposed_id("run-2", "grade")
    first = typed_id("run-1", [])
    assert typed_id("run-1", [first]) not in {first, typed_id("run-2", [first])}


def test_words_that_are_not_here_are_told_as_such_and_everything_else_stays() -> None:
    fact = change_fact(0, "a", "grade", ItemChange(action="x", owner="Anna", due="2026-01-01"), new=True)
    hidden = replace(fact, action=CommittedText("sha256:00"), owner=CommittedText("sha256:00", erased=True))
    item = items_on_record([hidden])["a"]
    assert (item.action.say("en"), item.owner.say("en"), item.due) == ("(not in this copy)", "(erased)", "2026-01-01")
