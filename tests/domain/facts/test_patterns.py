"""Which pattern matches which fact."""

from dataclasses import fields

import pytest

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import Fact, FactKind, RefusalReason
from incidentsim.domain.facts.patterns import matches
from tests.support.facts import a_fact, changed

STEP = a_fact(
    5,
    FactKind.STEP_TAKEN,
    "one",
    {
        "track": "main",
        "do": "tell",
        "from": "new",
        "to": "told",
        "by": {"person": "p1", "role": "watcher"},
        "rule": "main.tell",
        "clause": "X1",
    },
)
ESCALATED = a_fact(9, FactKind.ESCALATED, "one", {"to": "team", "persons": ["p2", "p3"], "rule": "escalations.late"})
DELIVERED = a_fact(0, FactKind.INJECT_DELIVERED, None, {"inject": "mail", "channel": "email", "to": ["p1", "p2"]})
GRADED = a_fact(1, FactKind.LEVEL_SET, "one", {"level": 1})


@pytest.mark.parametrize(
    ("pattern", "fact"),
    [
        (Pattern(FactKind.STEP_TAKEN), STEP),
        (Pattern(FactKind.STEP_TAKEN, do="tell", track="main", state="told", incident="one", by="watcher"), STEP),
        (Pattern(FactKind.STEP_TAKEN, by="p1"), STEP),
        (Pattern(FactKind.ESCALATED, to="team"), ESCALATED),
        (Pattern(FactKind.ESCALATED, to="p3"), ESCALATED),
        (Pattern(FactKind.INJECT_DELIVERED, inject="mail", to="p2"), DELIVERED),
        (Pattern(FactKind.LEVEL_SET, level=1), GRADED),
        (
            Pattern(FactKind.REFUSED, do="hide", why=RefusalReason.FORBIDDEN),
            a_fact(1, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden"}),
        ),
        (Pattern(FactKind.DUTY_BREACHED, duty="d"), a_fact(1, FactKind.DUTY_BREACHED, "one", {"duty": "d"})),
        (
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="c"),
            a_fact(1, FactKind.CIRCUMSTANCE_AROSE, "one", {"circumstance": "c", "inject": "i"}),
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
        (Pattern(FactKind.STEP_TAKEN, by="p1"), changed(STEP, by=None)),
        (Pattern(FactKind.ESCALATED, to="board"), ESCALATED),
        (Pattern(FactKind.INJECT_DELIVERED, to="p3"), DELIVERED),
        (Pattern(FactKind.INJECT_DELIVERED, incident="one"), DELIVERED),
        (Pattern(FactKind.LEVEL_SET, level=2), changed(GRADED, was=2)),
        (Pattern(FactKind.DUTY_BREACHED, duty="d"), a_fact(1, FactKind.DUTY_BREACHED, "one", {"duty": "e"})),
        (Pattern(FactKind.INJECT_DELIVERED, inject="call"), DELIVERED),
        (Pattern(FactKind.ESCALATED, state="team"), ESCALATED),
        (
            Pattern(FactKind.REFUSED, why=RefusalReason.ROLE),
            a_fact(1, FactKind.REFUSED, "one", {"do": "tell", "why": "state"}),
        ),
    ],
)
def test_one_part_that_differs_is_enough_not_to_match(pattern: Pattern, fact: Fact) -> None:
    assert not matches(pattern, fact)


def test_a_pattern_knows_which_parts_it_asks_for() -> None:
    asking = Pattern(FactKind.REFUSED, do="tell", level=0)
    assert asking.parts() == {"kind": "refused", "do": "tell", "level": 0}
    assert asking.asked == (("do", "tell"), ("level", 0))
    known = len([field for field in fields(Pattern) if field.init])
    assert known == 15, "a new part has to be compared in `matches` and in triggers.py"
