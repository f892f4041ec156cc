"""Facts: their one form outside, and which pattern they match."""

from dataclasses import fields

import pytest

from incidentsim.domain.actions import Value
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import (
    MAX_INT,
    Fact,
    FactKind,
    Json,
    RefusalReason,
    content_to_json,
    free_text_of,
    value_to_json,
)
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.text import FreeText, Text

STEP = Fact(
    5,
    FactKind.STEP_TAKEN,
    "one",
    {
        "track": "main",
        "do": "tell",
        "from": "new",
        "to": "told",
        "by": {"person": "p1", "role": "watcher"},
        "with": {},
        "rule": "main.tell",
        "clause": "X1",
        "because": None,
    },
)
ESCALATED = Fact(9, FactKind.ESCALATED, "one", {"to": "team", "persons": ["p2", "p3"], "rule": "escalations.late"})
DELIVERED = Fact(0, FactKind.INJECT_DELIVERED, None, {"inject": "mail", "channel": "email", "to": ["p1", "p2"]})


@pytest.mark.parametrize("fact", [STEP, ESCALATED, DELIVERED])
def test_a_fact_comes_back_from_its_flat_form(fact: Fact) -> None:
    assert Fact.from_json(fact.to_json()) == fact


def test_the_flat_form_says_when_and_what_and_only_then_which_incident() -> None:
    assert list(STEP.to_json())[:3] == ["at", "fact", "incident"]
    assert "incident" not in DELIVERED.to_json()


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"fact": "x"}, KeyError),
        ({"at": 1}, KeyError),
        ({"at": "1", "fact": "x"}, TypeError),
        ({"at": True, "fact": "x"}, TypeError),
        ({"at": 1, "fact": None}, TypeError),
        ({"at": 1, "fact": "x", "incident": 3}, TypeError),
    ],
)
def test_something_that_is_no_fact_is_not_read_as_one(value: dict[str, Json], error: type[Exception]) -> None:
    with pytest.raises(error):
        Fact.from_json(value)


def test_who_acted_is_read_from_the_fact_and_nobody_where_it_followed_by_itself() -> None:
    assert STEP.actor() == ("p1", "watcher")
    assert Fact(5, FactKind.STEP_TAKEN, "one", {**STEP.data, "by": None}).actor() is None
    assert DELIVERED.actor() is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3, 3),
        ("board", "board"),
        (("a", "b"), ["a", "b"]),
        (FreeText("down"), {"text": "down"}),
        (FreeText(Text("down", "停机")), {"text": {"en": "down", "zh": "停机"}}),
        (MAX_INT, MAX_INT),
        (MAX_INT + 1, "0x20000000000000"),
        (-MAX_INT - 1, "-0x20000000000000"),
        ("\ud800", "\\ud800"),
        (FreeText("a\udcffb"), {"text": "a\\udcffb"}),
        (("\udcff",), ["\\udcff"]),
    ],
)
def test_every_value_has_a_form_that_a_record_can_hold(value: Value, written: Json) -> None:
    """Numbers that readers of JSON disagree about, and half characters, are written out."""
    assert value_to_json(value) == written


def test_content_stands_in_alphabetical_order_under_ascii_keys() -> None:
    written = content_to_json({"scope": 1, "nature": 2, "范围": 3})
    assert list(written) == ["nature", "scope", "\\u8303\\u56f4"]


@pytest.mark.parametrize("words", ["down", Text("down", "停机")])
def test_free_text_comes_back_from_a_fact(words: str | Text) -> None:
    assert free_text_of(value_to_json(FreeText(words))) == FreeText(words)


@pytest.mark.parametrize("value", ["text", 1, None, ["text"], {}, {"text": "x", "more": "y"}, {"sealed": "x"}])
def test_nothing_else_passes_for_free_text(value: Json) -> None:
    assert free_text_of(value) is None


@pytest.mark.parametrize(
    ("pattern", "fact"),
    [
        (Pattern(FactKind.STEP_TAKEN), STEP),
        (Pattern(FactKind.STEP_TAKEN, do="tell", track="main", state="told", incident="one", by="watcher"), STEP),
        (Pattern(FactKind.STEP_TAKEN, by="p1"), STEP),
        (Pattern(FactKind.ESCALATED, to="team"), ESCALATED),
        (Pattern(FactKind.ESCALATED, to="p3"), ESCALATED),
        (Pattern(FactKind.INJECT_DELIVERED, inject="mail", to="p2"), DELIVERED),
        (
            Pattern(FactKind.LEVEL_SET, level=1),
            Fact(1, FactKind.LEVEL_SET, "one", {"level": 1, "was": None, "because": 0}),
        ),
        (
            Pattern(FactKind.REFUSED, do="hide", why=RefusalReason.FORBIDDEN),
            Fact(1, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden"}),
        ),
        (Pattern(FactKind.DUTY_BREACHED, duty="d"), Fact(1, FactKind.DUTY_BREACHED, "one", {"duty": "d", "number": 1})),
        (
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="c"),
            Fact(1, FactKind.CIRCUMSTANCE_AROSE, "one", {"circumstance": "c", "person": None, "inject": "i"}),
        ),
    ],
)
def test_a_pattern_matches_a_fact_that_has_all_its_parts(pattern: Pattern, fact: Fact) -> None:
    assert matches(pattern, fact)


@pytest.mark.parametrize(
    ("pattern", "fact"),
    [
        (Pattern(FactKind.REFUSED), STEP),
        (Pattern(FactKind.STEP_TAKEN, do="accept"), STEP),
        (Pattern(FactKind.STEP_TAKEN, track="blame"), STEP),
        (Pattern(FactKind.STEP_TAKEN, state="new"), STEP),
        (Pattern(FactKind.STEP_TAKEN, incident="two"), STEP),
        (Pattern(FactKind.STEP_TAKEN, by="chief"), STEP),
        (Pattern(FactKind.STEP_TAKEN, by="p1"), Fact(5, FactKind.STEP_TAKEN, "one", {**STEP.data, "by": None})),
        (Pattern(FactKind.ESCALATED, to="board"), ESCALATED),
        (Pattern(FactKind.INJECT_DELIVERED, to="p3"), DELIVERED),
        (Pattern(FactKind.INJECT_DELIVERED, incident="one"), DELIVERED),
        (
            Pattern(FactKind.LEVEL_SET, level=2),
            Fact(1, FactKind.LEVEL_SET, "one", {"level": 1, "was": 2, "because": 0}),
        ),
        (Pattern(FactKind.DUTY_BREACHED, duty="d"), Fact(1, FactKind.DUTY_BREACHED, "one", {"duty": "e", "number": 1})),
        (Pattern(FactKind.INJECT_DELIVERED, inject="call"), DELIVERED),
        (Pattern(FactKind.ESCALATED, state="team"), ESCALATED),
        (
            Pattern(FactKind.REFUSED, why=RefusalReason.ROLE),
            Fact(1, FactKind.REFUSED, "one", {"do": "tell", "why": "state"}),
        ),
    ],
)
def test_one_part_that_differs_is_enough_not_to_match(pattern: Pattern, fact: Fact) -> None:
    assert not matches(pattern, fact)


def test_a_pattern_knows_which_parts_it_asks_for() -> None:
    assert Pattern(FactKind.REFUSED, do="tell", level=0).parts() == {"kind": "refused", "do": "tell", "level": 0}
    assert len(fields(Pattern)) == 14, "a new part has to be compared in `matches` and in waking.py"
