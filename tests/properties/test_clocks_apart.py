"""Clocks and the record are apart: no calendar reaches a fact, and no level of the playbook a statutory one."""

from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.regulatory import dates as calendar_time
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.ledger.outcome import OutcomeDigest
from tests.support.facts import a_fact
from tests.support.shipped import NAMES, facts_of, played, procedure, scenario

if TYPE_CHECKING:
    from collections.abc import Callable

WITH_SCOPE = [name for name in NAMES if scenario(name).organisation.scope is not None]


def digest(facts: list[Fact]) -> str | None:
    outcome = OutcomeDigest()
    for fact in facts:
        outcome.add(fact)
    return outcome.value()


def test_some_stories_declare_a_scope() -> None:
    assert len(WITH_SCOPE) >= 4


@pytest.mark.parametrize("name", WITH_SCOPE)
def test_the_outcome_is_the_same_without_any_time_zone_or_calendar(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = scenario(name)
    before = digest(list(facts_of(name)))

    def missing(*_arguments: object) -> NoReturn:
        raise AssertionError("the record must not depend on time zones or holidays")

    uses: tuple[Callable[..., object], ...] = (
        calendar_time.local_day,
        calendar_time.instant_of,
        calendar_time.is_working_day,
    )
    for use in uses:
        monkeypatch.setattr(calendar_time, use.__name__, missing)
    facts, _report = played(subject, CompiledPlaybook(procedure(subject.playbook)))
    assert digest(facts) == before


@given(
    name=st.sampled_from(WITH_SCOPE),
    places=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 5)), max_size=6),
    drop=st.booleans(),
)
def test_no_level_of_the_playbook_changes_a_statutory_one(name: str, places: list[tuple[int, int]], drop: bool) -> None:
    """Whatever gradings are put in or taken out, every clock stands where it stood."""
    subject, facts = scenario(name), list(facts_of(name))
    changed = [fact for fact in facts if not (drop and fact.kind == FactKind.LEVEL_SET)]
    incident = next(iter(subject.incidents))
    for place, level in places:
        at = changed[min(place, len(changed) - 1)].at
        changed.insert(place, a_fact(at, FactKind.LEVEL_SET, incident, {"level": level, "was": None, "because": 0}))
    changed.sort(key=lambda fact: fact.at)
    now = facts[-1].at
    assert clocks_of(shipped_packs(), subject, changed, now) == clocks_of(shipped_packs(), subject, facts, now)
