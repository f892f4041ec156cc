"""A table for spreadsheets: one row a thing, in one language or in several side by side."""

from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `same` says which columns are the same in every language; `wide` how wide they are to each other."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    same: tuple[bool, ...]
    wide: tuple[int, ...]
