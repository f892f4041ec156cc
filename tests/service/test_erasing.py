"""Erasing texts and names of recorded runs: what goes on record, what goes with it, and what is told besides."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError, RunBusyError, UnknownNameError
from incidentsim.domain.facts import AFTERWARDS, CommittedText, FactKind, PersonErased, TextErased
from incidentsim.domain.facts.wire import texts_of
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.service.erasing import AlreadyErasedError
from tests.support.erasing import KINDS_WITH_TEXTS, LEAD, MARK, play, read, with_texts
from tests.support.examples import examples
from tests.support.screens import service_on


@cache
def played() -> MemoryStore:
    """A store that holds the eventful run; played once, and copied by whoever erases in it."""
    store = MemoryStore()
    play(service_on(store))
    return store


@pytest.fixture
def store() -> MemoryStore:
    return deepcopy(played())


@pytest.fixture
def run(store: MemoryStore) -> str:
    return store.runs()[0].id


@pytest.fixture
def service(store: MemoryStore) -> Service:
    return service_on(store)


def test_an_erasure_is_on_record_as_a_fact_after_the_end(service: Service, store: MemoryStore, run: str) -> None:
    before = list(store.entries(run))
    seq = next(iter(with_texts(read(store, run))))
    erased = service.erasures.erase(run, [seq, seq], [LEAD])
    recorded = read(store, run)
    assert list(store.entries(run))[: len(before)] == before
    assert [recorded.facts[number] for number in erased.facts] == [
        TextErased(recorded.facts[-1].at, None, seq, recorded.erasures.outline),
        PersonErased(recorded.facts[-1].at, None, LEAD, recorded.erasures.outline),
    ]
    assert recorded.sources[-1] == "person"
    assert store.find(run).finished
    assert service.records.verify(run).holds


@pytest.mark.parametrize("kind", KINDS_WITH_TEXTS)
def test_the_texts_of_every_kind_of_fact_can_be_erased(
    kind: FactKind, service: Service, store: MemoryStore, run: str
) -> None:
    seq = next(seq for seq, found in with_texts(read(store, run)).items() if found is kind)
    before = service.evaluations.evaluate(run)
    service.erasures.erase(run, [seq])
    recorded = read(store, run)
    assert all(isinstance(text, CommittedText) and text.erased for _place, text in texts_of(recorded.facts[seq]))
    after = service.evaluations.evaluate(run)
    assert after.view.report.final_states == before.view.report.final_states
    assert after.view.report.passed == before.view.report.passed
    afterwards = kind in AFTERWARDS
    assert (after.view.report.outcome_digest is None) is not afterwards
    assert after.evaluation.metrics == before.evaluation.metrics
    assert service.records.verify(run).holds


@pytest.mark.slow
@examples(20)
@given(st.data())
def test_whatever_is_erased_in_whatever_order_the_run_can_be_told(data: st.DataObject) -> None:
    store = deepcopy(played())
    service = service_on(store)
    run = store.runs()[0].id
    recorded = read(store, run)
    texts, people = sorted(with_texts(recorded)), ["p1", LEAD, "p3"]
    wanted: list[int | str] = data.draw(
        st.lists(st.sampled_from([*texts, *people]), unique=True, min_size=1, max_size=5)
    )
    for what in wanted:
        if isinstance(what, int):
            service.erasures.erase(run, texts=[what])
        else:
            service.erasures.erase(run, people=[what])
    view = service.records.show(run)
    found = read(store, run)
    assert [*found.erasures.texts, *found.erasures.people] == sorted(
        wanted, key=lambda what: (isinstance(what, str), wanted.index(what))
    )
    assert {text.seq for text in store.texts(run)} == set(texts) - set(wanted)
    assert store.roster(run).keys() == {person.pseudonym for person in view.scenario.people.values()} - set(wanted)
    for person in view.scenario.people.values():
        assert ("(erased)" in person.name.en) is (person.pseudonym in wanted)
    findings = service.records.verify(run)
    assert findings.holds, findings
    assert findings.sealed == findings.erased_texts


def test_the_same_scenario_stays_for_other_runs_and_they_are_named() -> None:
    store = MemoryStore()
    service = service_on(store)
    for _number in range(2):
        service.exercises.replay("false-alarm")
    first, second = (info.id for info in store.runs())
    scenario = read(store, first).header.scenario
    erased = service.erasures.erase(first, people=["chen"])
    assert (erased.scenario, erased.needed_by) == (True, (second,))
    assert store.document(scenario)
    assert "p1 (erased)" in service.records.show(first).scenario.people["p1"].name.en
    assert service.records.show(second).scenario.people["chen"].name.en == "Chen Si"
    assert service.records.verify(first).holds
    assert service.erasures.erase(second, people=["p1"]).needed_by == ()
    with pytest.raises(UnknownNameError):
        store.document(scenario)


def test_texts_in_which_an_erased_name_stands_are_told() -> None:
    store = MemoryStore()
    service = service_on(store)
    service.exercises.replay("false-alarm")
    run = store.runs()[0].id
    service.evaluations.override_rating(run, "review-and-close", "P", "Chen Si was quick.")
    assert service.erasures.erase(run, people=["p1"]).mentions == (26,)


def test_what_is_checked_first_is_erased_by_nobody(service: Service, store: MemoryStore, run: str) -> None:
    before = list(store.entries(run))
    wish = service.erasures.wish("last", [next(iter(with_texts(read(store, run))))], [LEAD])
    assert (wish.run, wish.people) == (run, (LEAD,))
    assert list(store.entries(run)) == before


def test_a_run_that_somebody_writes_is_left_alone(service: Service, store: MemoryStore, run: str) -> None:
    with store.writer(run), pytest.raises(RunBusyError):
        service.erasures.erase(run, people=[LEAD])
    assert LEAD in store.roster(run)


def test_what_is_erased_already_is_said_with_the_fact_that_says_so(service: Service, run: str) -> None:
    (fact,) = service.erasures.erase(run, people=[LEAD]).facts
    with pytest.raises(AlreadyErasedError, match=f"as fact #{fact} says"):
        service.erasures.erase(run, people=[LEAD])


def test_a_script_says_where_words_were_erased(service: Service, store: MemoryStore, run: str) -> None:
    service.erasures.erase(run, with_texts(read(store, run)))
    script = service.exports.script(run).decode()
    assert MARK not in script
    assert "(erased)" in script
    service.erasures.erase(run, people=[LEAD])
    with pytest.raises(InputError, match="cannot be written down as a script"):
        service.exports.script(run)


def test_a_script_of_erased_texts_replays(service: Service, store: MemoryStore, tmp_path: Path, run: str) -> None:
    states = service.records.show(run).report.final_states
    service.erasures.erase(run, with_texts(read(store, run)))
    (tmp_path / "again.yaml").write_bytes(service.exports.script(run))
    again = service.exercises.replay(tmp_path / "again.yaml", record=False)
    assert again.report.final_states == states
