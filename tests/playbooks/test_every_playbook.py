"""What every shipped procedure must hold: grounds for what it says, both languages, somebody to act, a way out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from incidentsim.domain.conditions import ALWAYS
from incidentsim.domain.playbook import Playbook
from tests.support.ways import (
    PLAYBOOKS,
    bases,
    documented_by,
    may_take,
    places_in,
    runs_in_circles,
    shipped,
    step_named,
    texts,
    ways_through,
)

CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one procedure.

    Attributes:
        flags: what its ground truths are made of.
        ends: the states of the main track in which it ends.
        idle_notices: the notices that hold nothing up.
        checks: steps that check the work of others.
        levels: values by measure, and the level that they give.
    """

    flags: tuple[str, ...]
    ends: set[str]
    idle_notices: set[str]
    checks: dict[str, tuple[str, ...]]
    levels: tuple[tuple[dict[str, int], int], ...]


PROCEDURES = {
    "incident-command": Wanted(
        flags=("incident", "malicious", "public"),
        ends={"learnt", "stood_down"},
        idle_notices={"notice_authorities", "notice_customers", "notice_leadership", "notice_suppliers"},
        checks={
            "confirm_normal": ("restore",),
            "seal_evidence": ("collect_evidence", "collect_anew"),
            "clear_statement": ("draft_statement",),
        },
        levels=(
            ({"safety_at_risk": 1}, 1),
            ({"customers_down_percent": 50}, 1),
            ({"core_function_down": 20 * 60_000}, 2),
            ({"people_exposed": 1}, 3),
            ({"people_exposed": 1, "intruder_present": 1, "still_spreading": 1}, 1),
            ({"customers_down_percent": 1}, 4),
            ({}, 5),
        ),
    ),
    "platform-incidents": Wanted(
        flags=("incident", "unlawful", "crime", "at_fault"),
        ends={"reviewed", "dismissed"},
        idle_notices={"notice_cto", "notice_board", "notice_customers"},
        checks={
            "close": ("evaluate", "submit_report"),
            "decide_penalty": ("propose_penalty",),
            "confirm_unlawful": ("find_unlawful", "revise_finding"),
            "overrule_suspicion": ("find_unlawful", "revise_finding"),
        },
        levels=(
            ({"users_affected": 1_000_000}, 1),
            ({"users_affected": 999_999}, 2),
            ({"full_outage": 10 * 60_000}, 2),
            ({"full_outage": 1_000}, 3),
            ({"personal_records": 184_000}, 2),
            ({"sensitive_records": 50}, 3),
            ({"personal_records": 1}, 4),
            ({}, 5),
            ({"personal_records": 600, "critical_tenant": 1}, 2),
            ({"fraud_messages": 9_999}, 5),
            ({"fraud_messages": 10_000, "attacker_active": 1}, 3),
            ({"control_plane_compromised": 1, "evidence_lost": 1}, 1),
        ),
    ),
}


@pytest.fixture(params=PROCEDURES)
def playbook(request: pytest.FixtureRequest) -> Playbook:
    return shipped(request.param)


def each(part: str) -> Iterator[Any]:
    """One part of what is wanted, entry by entry, as parameters with the procedure's id."""
    for name, wanted in PROCEDURES.items():
        entries: Iterable[Any] = {
            "checks": wanted.checks.items(),
            "levels": wanted.levels,
            "truths": (
                (dict(zip(wanted.flags, values, strict=True)),)
                for values in product((False, True), repeat=len(wanted.flags))
            ),
        }[part]
        for entry in entries:
            yield pytest.param(name, *entry, id=f"{name}: {_said(entry)}")


def _said(entry: tuple[Any, ...]) -> str:
    first = entry[0]
    return "+".join(key for key, value in first.items() if value) or "nothing" if isinstance(first, dict) else first


def test_every_shipped_playbook_is_looked_at() -> None:
    assert {Path(file).stem for file in PLAYBOOKS.glob("*.yaml")} == set(PROCEDURES)


# Grounds


def test_every_rule_names_its_basis(playbook: Playbook) -> None:
    """A documented rule names clauses that exist, a regulation its article; the rest is said to be ours."""
    for rule, basis in bases(playbook):
        assert basis.kind != "documented" or basis.clauses, rule
        assert basis.kind != "regulation" or (basis.instrument and basis.article), rule
        assert set(basis.clauses) <= set(playbook.clauses), rule


def test_a_clause_is_either_the_ground_of_a_rule_or_says_why_none_follows_from_it(playbook: Playbook) -> None:
    documented = documented_by(playbook)
    for clause in playbook.clauses.values():
        assert (clause.context is None) == (clause.id in documented), clause.id


def test_whoever_has_to_judge_is_told_by_what(playbook: Playbook) -> None:
    """Each yes or no that a step answers has criteria for and against, whether or not a level follows from figures."""
    asked = {name for track in playbook.tracks.values() for step in track.steps for name in step.fits}
    assert set(playbook.judgements) == asked
    for judgement in playbook.judgements.values():
        assert judgement.speaks_for, judgement.id
        assert judgement.speaks_against, judgement.id


def test_every_text_is_written_in_both_languages(playbook: Playbook) -> None:
    found = list(texts(playbook))
    assert len(found) > 300
    for where, text in found:
        assert CJK.search(text.zh), where
        assert not CJK.search(text.en), where
        assert re.search("[A-Za-z]", text.en), where


# Who may do what


@pytest.mark.parametrize(("name", "check", "work"), list(each("checks")))
def test_whoever_checks_is_not_whoever_did_it_not_even_by_standing_in(
    name: str, check: str, work: tuple[str, ...]
) -> None:
    playbook = shipped(name)
    assert set(step_named(playbook, check).not_by_author_of) == set(work)
    for do in work:
        assert not may_take(playbook, check) & may_take(playbook, do)


def test_somebody_can_stand_in_for_every_role_that_holds_the_procedure_up(playbook: Playbook) -> None:
    for track in playbook.tracks.values():
        for step in track.steps:
            if not step.automatic:
                assert len(may_take(playbook, step.do)) > 1, step.rule


# Duties and levels


def test_the_graver_the_incident_the_less_time_there_is(playbook: Playbook) -> None:
    for duty in playbook.duties.values():
        limits = [duty.within.by_level[level] for level in sorted(duty.within.by_level)]
        assert limits == sorted(limits), duty.id


@pytest.mark.parametrize(("name", "values", "level"), list(each("levels")))
def test_thresholds_give_the_level(name: str, values: dict[str, int], level: int) -> None:
    assert shipped(name).judged_level(values) == level


# Liveness: from every place an incident can get to, whatever went wrong before, experts bring it to a final state


def _first_fast() -> Iterator[object]:
    """Every truth of every playbook, of which all but the first are slow: each walks through every place there is."""
    known: set[str] = set()
    for case in each("truths"):
        name = case.values[0]
        yield pytest.param(*case.values, id=case.id, marks=[pytest.mark.slow] if name in known else [])
        known.add(name)


@pytest.mark.parametrize(("name", "truth"), list(_first_fast()))
def test_experts_always_reach_the_end(name: str, truth: dict[str, bool]) -> None:
    ways = ways_through(name)
    experts = ways.expert_ways(places_in(name), truth)
    assert ways.dead_ends(experts) == []
    assert not runs_in_circles(experts)


@pytest.mark.parametrize("name", PROCEDURES)
def test_it_ends_where_it_should(name: str) -> None:
    ways, main = ways_through(name), shipped(name).main_track.id
    assert {ways.state(place, main) for place in places_in(name) if ways.at_rest(place)} == PROCEDURES[name].ends


@pytest.mark.parametrize("name", PROCEDURES)
def test_notices_hold_nothing_up_and_can_always_be_given(name: str) -> None:
    tracks = ways_through(name).idle_notices
    assert {track.id for track in tracks} == PROCEDURES[name].idle_notices
    for track in tracks:
        give = [step for step in track.steps if not step.automatic and not step.detour]
        assert all(step.needs == ALWAYS for step in give)
        sources = {source for step in give for source in step.sources}
        assert {state.id for state in track.states.values() if not state.final} <= sources
