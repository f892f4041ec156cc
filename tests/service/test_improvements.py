"""Improvement items over all runs: found, typed in, changed and closed on record, also by what later runs show."""

from copy import deepcopy
from functools import cache

import pytest

from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.facts import FactKind, ImprovementState
from incidentsim.exercise.afterwards.items import ItemChange
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.erasing import read
from tests.support.screens import service_on

TASK = "judge-lawfulness"


@cache
def played() -> MemoryStore:
    """A store with one finished run, in which some tasks did not go well."""
    store = MemoryStore()
    service_on(store).exercises.replay("concealed-outage")
    return store


@pytest.fixture
def store() -> MemoryStore:
    return deepcopy(played())


@pytest.fixture
def service(store: MemoryStore) -> Service:
    return service_on(store)


@pytest.fixture
def run(store: MemoryStore) -> str:
    return store.runs()[0].id


def test_a_change_of_a_proposed_item_puts_all_of_it_on_record(service: Service, store: MemoryStore, run: str) -> None:
    before = service.improvements.all().items
    item = next(one for one in before if one.task == TASK)
    digest = service.records.show(run).report.outcome_digest
    service.improvements.change(item, ItemChange(owner="Anna"))
    fact = read(store, run).facts[-1].to_json()
    assert fact["fact"] == FactKind.IMPROVEMENT_SET
    assert fact["action"] == {"text": {"en": item.action.say("en"), "zh": item.action.say("zh")}}
    assert (fact["owner"], fact["due"]) == ({"text": "Anna"}, str(item.due))
    after = service.improvements.all().items
    assert [one.id for one in after] == [one.id for one in before]
    now = service.improvements.find(item.id)
    assert (now.action.say("zh"), now.owner.say("zh"), now.due) == (item.action.say("zh"), "Anna", item.due)
    assert service.records.verify(run).holds
    assert service.records.show(run).report.outcome_digest == digest
    assert store.find(run).finished


def test_nothing_is_in_the_log_in_clear(service: Service, store: MemoryStore, run: str) -> None:
    service.improvements.add(run, ItemChange(action="quartz action", owner="quartz owner"))
    assert b"quartz" not in b"".join(store.entries(run))


def test_an_item_is_typed_in_edited_assigned_and_closed(service: Service, store: MemoryStore, run: str) -> None:
    changed = service.improvements.add(run, ItemChange(action="Write a list of numbers", due="2026-01-31"))
    item = service.improvements.find(changed.item)
    assert (item.task, item.proposal, item.state, str(item.due)) == (None, None, "open", "2026-01-31")
    service.improvements.change(item, ItemChange(owner="Anna", state=ImprovementState.IN_PROGRESS))
    service.improvements.change(item, ItemChange(action="Write a list of numbers, in Chinese too"))
    service.improvements.close(item, evidence="List of 3 May, seen by the auditor")
    now = service.improvements.find(item.id)
    assert (now.state, now.open, now.evidence and now.evidence.say("en")) == (
        "done",
        False,
        "List of 3 May, seen by the auditor",
    )
    assert now.changes == tuple(range(len(read(store, run).facts) - 4, len(read(store, run).facts)))
    service.improvements.change(now, ItemChange(state=ImprovementState.OPEN))
    assert service.improvements.find(item.id).evidence is None


def test_an_id_that_is_taken_is_refused(service: Service, run: str) -> None:
    proposed = service.improvements.all().items[0].id
    service.improvements.add(run, ItemChange(action="x"), "mine")
    for name in (proposed, "mine"):
        with pytest.raises(InputError, match="already"):
            service.improvements.add(run, ItemChange(action="x"), name)


def test_what_nobody_took_in_hand_is_closed_by_a_later_run_and_what_somebody_did_waits_for_them(
    service: Service, store: MemoryStore
) -> None:
    item = next(one for one in service.improvements.all().items if one.task == TASK)
    service.improvements.change(item, ItemChange(owner="Anna"))
    service.exercises.replay("voice-platform-fault")
    later = store.runs()[-1].id
    others = [one for one in service.improvements.all().items if one.run == item.run and one.task != TASK]
    assert {one.closed_by for one in others if not one.open} == {later}
    now = service.improvements.find(item.id)
    assert (now.open, now.performed_by) == (True, later)
    kinds = {read(store, later).facts[number].kind for number in now.performed}
    assert kinds == {FactKind.STEP_TAKEN}
    service.improvements.close(now)
    closed = service.improvements.find(item.id)
    assert (closed.state, closed.closed_by, closed.facts) == ("done", later, now.performed)


def test_a_run_that_did_not_perform_the_task_needs_words_too(service: Service, run: str) -> None:
    item = next(one for one in service.improvements.all().items if one.task == TASK)
    with pytest.raises(InputError, match="did not perform"):
        service.improvements.close(item, by_run=run)
    with pytest.raises(InputError, match="with evidence"):
        service.improvements.close(item)
    with pytest.raises(InputError, match="with evidence"):
        service.improvements.close(item, dropped=True)
    service.improvements.close(item, by_run=run, evidence="It was enough.")
    assert service.improvements.find(item.id).closed_by == run


def test_an_item_is_found_by_the_beginning_of_its_id_and_only_where_it_is_one(service: Service, run: str) -> None:
    item = next(one for one in service.improvements.all().items if one.task == TASK)
    assert service.improvements.find(item.id[:-3]) == item
    service.improvements.add(run, ItemChange(action="x"), "mine-1")
    service.improvements.add(run, ItemChange(action="y"), "mine-2")
    assert service.improvements.find("mine-2").action.say("en") == "y"
    with pytest.raises(InputError, match="several"):
        service.improvements.find("mine")
    with pytest.raises(UnknownNameError, match="no improvement item"):
        service.improvements.find("nothing")


def test_a_later_rating_takes_a_proposal_away_but_nothing_that_is_on_record(service: Service, run: str) -> None:
    item = next(one for one in service.improvements.all().items if one.task == TASK)
    service.improvements.change(item, ItemChange(owner="Anna"))
    service.evaluations.override_rating(run, TASK, "P", "It was right after all.")
    now = service.improvements.find(item.id)
    assert (now.proposal, now.owner.say("en"), now.action) == (None, "Anna", item.action)


def test_erased_words_are_told_as_erased(service: Service, run: str) -> None:
    changed = service.improvements.add(run, ItemChange(action="Call Wu Ke", owner="Wu Ke"), "call")
    service.erasures.erase(run, [changed.sequence])
    item = service.improvements.find("call")
    assert (item.action.say("en"), item.owner.say("zh")) == ("(erased)", "（已删除）")
    service.improvements.change(item, ItemChange(action="Call them"))
    assert service.improvements.find("call").action.say("en") == "Call them"


def test_a_run_that_is_not_over_has_no_items_yet(service: Service, store: MemoryStore) -> None:
    from incidentsim.session.seats import Seats, holders

    there = service.library.playable("false-alarm")
    people = holders(there.playbook, there.scenario, ["response_team_lead"])
    session = service.exercises.open_session("false-alarm", Seats(people, "solo"))
    session.close()
    with pytest.raises(InputError, match="not finished"):
        service.improvements.add(store.runs()[-1].id, ItemChange(action="x"))
