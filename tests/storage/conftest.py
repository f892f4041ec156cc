"""Both kinds of database, by address."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidentsim.ledger.store import LedgerStore
from incidentsim.storage import open_store
from incidentsim.storage.address import url_of_file
from tests.support.postgres import fresh_schema

Opener = Callable[[str], LedgerStore]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an SQLite database will be."""
    return tmp_path / "runs.sqlite3"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield url_of_file(request.getfixturevalue("file"))
        return
    with fresh_schema() as schema:
        yield schema


@pytest.fixture
def opening() -> Iterator[Opener]:
    """Opens stores and closes them after the test."""
    opened: list[LedgerStore] = []

    def open_one(address: str) -> LedgerStore:
        store = open_store(address)
        opened.append(store)
        return store

    yield open_one
    for store in opened:
        store.close()
