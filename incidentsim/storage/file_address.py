"""The addresses of SQLite files, told from others without loading what knows databases."""

from typing import Final

SQLITE: Final = "sqlite:///"
"""What the address of an SQLite file begins with."""


def names_file(address: str) -> bool:
    """Return whether `address` names an SQLite file, and so is one that is understood."""
    return address.startswith(SQLITE) and address.removeprefix(SQLITE) not in {"", ":memory:"}
