"""A stored run is read as what happened only where it could have happened."""

from collections.abc import Iterator

import pytest

from incidentsim.domain.facts import CommittedText, Json, StepTaken
from incidentsim.domain.facts.fact import read_fact
from incidentsim.domain.facts.wire import texts_of
from incidentsim.domain.text import FreeText
from incidentsim.ledger import reading
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.reading import read_run
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import KeptEntry
from incidentsim.ledger.verify import verify_chain
from tests.support.record import plain, record, some_facts, step_taken


def test_time_goes_on_from_fact_to_fact() -> None:
    store = MemoryStore()
    record(store, "r1", some_facts(4), [step_taken(9), step_taken(8)])
    assert verify_chain(store.entries("r1")).holds  # whoever holds a key can chain and sign anything
    with pytest.raises(RecordFaultError, match="entry 5 lies before the one that it follows on, in time"):
        read_run(store, store.find("r1"))


class _LateStore(MemoryStore):
    """A store in which texts appear when their entries are read: somebody writes meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0
        self.held = 0
        self._asked_at = 0

    def kept_entries(self, run_id: str) -> Iterator[KeptEntry]:
        for entry in super().kept_entries(run_id):
            self.read += 1
            self.held = max(self.held, self.read - self._asked_at)
            yield entry

    def texts(self, run_id: str, start: int = 0) -> Iterator[TextRecord]:
        self._asked_at = self.read
        return iter([text for text in super().texts(run_id, start) if text.seq < self.read])


@pytest.mark.parametrize("look", [1, 2, 3, 4, 7, 10, 11])
def test_a_record_is_read_piece_by_piece_with_every_text_although_somebody_writes(
    monkeypatch: pytest.MonkeyPatch, look: int
) -> None:
    whole, late = MemoryStore(), _LateStore()
    for store in (whole, late):
        record(store, "r1", some_facts(10))
    expected = read_run(whole, whole.find("r1"))
    told: list[int] = []
    monkeypatch.setattr(reading, "READ_A_LOOK", look)
    assert read_run(late, late.find("r1"), lambda done, _of: told.append(done)) == expected
    assert told == list(range(look, 10, look))
    assert late.held <= look
    assert not any(isinstance(text, CommittedText) for fact in expected.facts for _place, text in texts_of(fact))


def test_what_many_facts_say_alike_is_held_once() -> None:
    """A record of a hundred thousand facts says few different things; as many copies of them filled the memory."""
    store = MemoryStore()
    said: dict[str, Json] = {
        "reason": plain("Seen by two people."),
        "summary": {"text": {"en": "A queue stands.", "zh": "队列停了。"}},
    }
    record(store, "r1", [step_taken(1, **said), step_taken(1, **said)])
    first, second = read_run(store, store.find("r1")).facts
    assert isinstance(first, StepTaken)
    assert isinstance(second, StepTaken)
    assert first.incident is second.incident
    assert first.do is second.do
    assert first.by is not None
    assert second.by is not None
    assert first.by.role is second.by.role
    assert first.content["channel"] is second.content["channel"]
    assert first.at is second.at
    for name, text in said.items():
        assert first.content[name] is second.content[name]
        assert isinstance(first.content[name], FreeText), text


def test_what_is_empty_in_many_facts_is_held_once() -> None:
    first, second = (read_fact(step_taken(number).to_json() | {"with": {}}) for number in (1, 2))
    assert isinstance(first, StepTaken)
    assert isinstance(second, StepTaken)
    assert first.content is second.content == {}
