"""A stored run is read as what happened only where it could have happened."""

import pytest

from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.reading import read_run
from incidentsim.ledger.verify import verify_chain
from tests.support.record import record, some_facts, step_taken


def test_time_goes_on_from_fact_to_fact() -> None:
    store = MemoryStore()
    record(store, "r1", some_facts(4), [step_taken(9), step_taken(8)])
    assert verify_chain(store.entries("r1")).holds  # whoever holds a key can chain and sign anything
    with pytest.raises(RecordFaultError, match="entry 5 lies before the one that it follows on, in time"):
        read_run(store, store.find("r1"))
