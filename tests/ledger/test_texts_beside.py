"""A text of no entry is told apart from one of an entry that somebody wrote meanwhile."""

from dataclasses import replace

import pytest

from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.reading import read_run
from incidentsim.ledger.texts_beside import TextsBeside
from tests.support.record import record, some_facts


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    record(store, "r1", some_facts(8))
    return store


def test_texts_of_entries_that_were_written_meanwhile_are_left_for_later(store: MemoryStore) -> None:
    beside = TextsBeside(store, replace(store.find("r1"), entries=3))
    assert [text.seq for text in beside] == [text.seq for text in store.texts("r1") if text.seq < 3]
    assert [text.seq for text in store.texts("r1") if text.seq >= 3]
    assert beside.of_no_entry() is None


@pytest.mark.parametrize("seq", [-1, -(2**62), 8, 2**62])
def test_a_text_of_no_entry_is_found(store: MemoryStore, seq: int) -> None:
    run = store._runs["r1"]
    run.texts = sorted([*run.texts[1:], replace(run.texts[0], seq=seq)], key=lambda text: text.seq)
    beside = TextsBeside(store, store.find("r1"))
    taken = [text.seq for text in beside]
    stray = beside.of_no_entry()
    assert (seq in taken) == (seq < 0)  # that one is claimed by no entry, which comparing tells
    assert (stray is not None and stray.seq == seq) == (seq >= 8)
    with pytest.raises(RecordFaultError, match=f"beside entry {seq}, and there is no such entry"):
        read_run(store, store.find("r1"))
