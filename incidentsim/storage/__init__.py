"""The record on disk: SQLite by default, PostgreSQL by URL. The only room that knows SQL; rows never leave it.

Entered late, by the composition alone, and loaded when a store is opened: SQLModel takes longer to load than all
the rest of the program.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidentsim.ledger.store import LedgerStore


def open_store(address: str) -> "LedgerStore":
    """The store at `address` (`sqlite:///FILE` or `postgresql://…`). Nothing is made before something is recorded.

    Raises:
        InputError: the address is not one of these.
    """
    from incidentsim.storage.store import SqlLedgerStore

    return SqlLedgerStore(address)
