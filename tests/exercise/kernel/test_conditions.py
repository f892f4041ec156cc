"""Conditions: what they hold for, which facts wake them, and what is missing where they do not hold."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Condition,
    Happened,
    LevelAtLeast,
    Not,
    Pattern,
    RoleIs,
    TrackIs,
)
from incidentsim.domain.facts import FactKind
from incidentsim.exercise.kernel.conditions import compile_condition, tracks_named, unmet, wakes
from incidentsim.exercise.kernel.state import IncidentState
from tests.support.facts import a_fact
from tests.support.small import small_playbook

BOOK = small_playbook()
REFUSED = a_fact(
    100, FactKind.REFUSED, "one", {"do": "hide", "why": "forbidden", "by": {"person": "p1", "role": "watcher"}}
)


def incident(level: int | None = None, **tracks: str) -> IncidentState:
    standing = {"main": "open", "blame": "none", "notice": "not_due", **tracks}
    return IncidentState("one", standing, raised=True, level=level, facts=[REFUSED])


def holds(condition: Condition, found: IncidentState, now: int = 100, role: str | None = None) -> bool:
    return compile_condition(condition, BOOK)(found, now, role)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (ALWAYS, True),
        (AnyOf(()), False),
        (TrackIs("main", ("told", "open")), True),
        (TrackIs("main", ("told",)), False),
        (TrackIs("main", ()), False),
        (Not(TrackIs("main", ("told",))), True),
        (All((TrackIs("main", ("open",)), TrackIs("blame", ("none",)))), True),
        (All((TrackIs("main", ("open",)), TrackIs("blame", ("open",)))), False),
        (AnyOf((TrackIs("main", ("told",)), TrackIs("blame", ("none",)))), True),
        (AnyOf((TrackIs("main", ("told",)), TrackIs("blame", ("open",)))), False),
        (Happened(Pattern(FactKind.REFUSED, do="hide")), True),
        (Happened(Pattern(FactKind.REFUSED, do="tell")), False),
    ],
)
def test_a_condition_asks_about_the_incident(condition: Condition, *, expected: bool) -> None:
    assert holds(condition, incident()) is expected


@pytest.mark.parametrize(("level", "expected"), [(1, True), (2, True), (3, False), (None, False)])
def test_at_least_a_level_means_that_grave_or_graver_and_never_ungraded(level: int | None, *, expected: bool) -> None:
    assert holds(LevelAtLeast(2), incident(level)) is expected


@pytest.mark.parametrize(
    ("role", "expected"), [("chief", True), ("expert", True), ("watcher", False), ("team", False), (None, False)]
)
def test_a_role_condition_asks_who_acts_and_takes_bodies_apart(role: str | None, *, expected: bool) -> None:
    assert holds(RoleIs(("team",)), incident(), role=role) is expected


@pytest.mark.parametrize(("now", "expected"), [(100, True), (150, True), (151, False)])
def test_within_reaches_back_to_its_very_millisecond(now: int, *, expected: bool) -> None:
    assert holds(Happened(Pattern(FactKind.REFUSED), within=50), incident(), now=now) is expected


def test_within_looks_past_younger_facts_that_are_something_else() -> None:
    found = incident()
    found.facts.append(a_fact(140, FactKind.LEVEL_SET, "one", {"level": 1, "was": None, "because": 0}))
    assert holds(Happened(Pattern(FactKind.REFUSED), within=50), found, now=150)


@pytest.mark.parametrize(
    ("condition", "kinds"),
    [
        (ALWAYS, set()),
        (TrackIs("main", ("open",)), {"step_taken", "incident_raised"}),
        (LevelAtLeast(1), {"level_set"}),
        (RoleIs(("chief",)), set()),
        (Happened(Pattern(FactKind.DUTY_BREACHED)), {"duty_breached"}),
        (Not(Happened(Pattern(FactKind.REFUSED))), {"refused"}),
        (All((LevelAtLeast(1), AnyOf((Happened(Pattern(FactKind.ESCALATED)),)))), {"level_set", "escalated"}),
    ],
)
def test_a_condition_is_woken_by_every_kind_of_fact_it_speaks_of(condition: Condition, kinds: set[str]) -> None:
    assert wakes(condition) == kinds


@pytest.mark.parametrize(
    ("condition", "missing"),
    [
        (TrackIs("blame", ("open", "settled")), ["blame:open", "blame:settled"]),
        (LevelAtLeast(2), ["level:2"]),
        (RoleIs(("chief", "team")), ["role:chief", "role:team"]),
        (Happened(Pattern(FactKind.STEP_TAKEN, do="note")), ["fact:step_taken:note"]),
        (All((TrackIs("main", ("open",)), TrackIs("main", ("told",)), LevelAtLeast(3))), ["main:told", "level:3"]),
        (AnyOf((TrackIs("main", ("told",)), LevelAtLeast(3))), ["main:told", "level:3"]),
        (Not(TrackIs("main", ("open",))), ["not:main:open"]),
        (Not(All((TrackIs("main", ("open",)), Not(LevelAtLeast(3))))), ["not:main:open", "level:3"]),
        (Not(Not(LevelAtLeast(3))), ["level:3"]),
    ],
)
def test_what_is_missing_is_told_in_short_codes(condition: Condition, missing: list[str]) -> None:
    """Only the parts that do not hold are told; under a `not`, what would have to go."""
    assert unmet(condition, lambda part: holds(part, incident())) == missing


def test_nothing_is_missing_where_the_condition_holds() -> None:
    assert (
        unmet(AnyOf((TrackIs("main", ("told", "open")), LevelAtLeast(1))), lambda part: holds(part, incident())) == []
    )


def test_the_tracks_a_condition_looks_at_are_named_once_in_order() -> None:
    condition = All((TrackIs("notice", ("done",)), Not(TrackIs("blame", ())), TrackIs("notice", ()), LevelAtLeast(1)))
    assert tracks_named(condition) == ("notice", "blame")


LEAVES = st.one_of(
    st.builds(TrackIs, st.sampled_from(["main", "blame"]), st.tuples(st.sampled_from(["open", "none", "told"]))),
    st.builds(LevelAtLeast, st.integers(1, 3)),
    st.builds(RoleIs, st.tuples(st.sampled_from(["chief", "watcher", "team"]))),
    st.builds(
        Happened,
        st.sampled_from([Pattern(FactKind.REFUSED), Pattern(FactKind.LEVEL_SET)]),
        st.sampled_from([None, 0, 10]),
    ),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=6,
)


@given(CONDITIONS, st.sampled_from([None, 1, 3]), st.sampled_from([None, "chief", "watcher"]), st.integers(95, 115))
def test_negation_turns_every_condition_round(
    condition: Condition, level: int | None, role: str | None, now: int
) -> None:
    found = incident(level)
    assert holds(Not(condition), found, now, role) is not holds(condition, found, now, role)


@given(CONDITIONS, st.sampled_from([None, 1, 3]), st.sampled_from([None, "chief"]))
def test_every_unmet_condition_says_something_is_missing_and_every_met_one_nothing(
    condition: Condition, level: int | None, role: str | None
) -> None:
    """Except where there is nothing to say: an empty choice can never hold."""
    found = incident(level)
    met = holds(condition, found, role=role)
    missing = unmet(condition, lambda part: holds(part, found, role=role))
    if met:
        assert missing == []
    elif not any(part in (All(()), AnyOf(())) for part in walk(condition)):
        assert missing


def walk(condition: Condition) -> Iterator[Condition]:
    yield condition
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from walk(part)
        case Not(part):
            yield from walk(part)
