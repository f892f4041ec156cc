"""Every kind of store, opened as often as a test likes on one and the same place."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.store import LedgerStore
from incidentsim.storage import open_store
from incidentsim.storage.address import url_of_file
from tests.support.postgres import fresh_schema

Opener = Callable[[], LedgerStore]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens the store under test: each call is another front end on the same records."""
    with ExitStack() as after:
        if request.param == "memory":
            only = MemoryStore()
            yield lambda: only
            return
        if request.param == "sqlite":
            address = url_of_file(tmp_path / "new folder" / "100% ours?.sqlite3")
        else:
            address = after.enter_context(fresh_schema())

        def open_it() -> LedgerStore:
            store = open_store(address)
            after.callback(store.close)
            return store

        yield open_it


@pytest.fixture
def store(opened: Opener) -> LedgerStore:
    return opened()
