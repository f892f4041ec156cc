"""A service with one run on record, for the command line: played once, for playing takes longer than copying."""

from copy import deepcopy
from datetime import UTC, datetime
from functools import cache

from incidentsim import composition
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service


def service_with_a_run() -> Service:
    """The service on a store of its own that holds `run-1`, of the scenario `false-alarm`."""
    return _service_on(deepcopy(_kept()))


@cache
def _kept() -> MemoryStore:
    store = MemoryStore()
    _service_on(store).exercises.replay("false-alarm")
    return store


def _service_on(store: MemoryStore) -> Service:
    return Service(
        library=composition.library(),
        store=store,
        now=lambda: datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
        new_id=lambda: "run-1",
        salts=bytes,
        program="incidentsim test",
    )
