"""The tables, as SQLModel classes. They declare the shape; rows are written and read as plain values (Core).

Whatever is hashed is kept as bytes and handed out as bytes, never re-read through a column type.
"""

from typing import Final

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, Table, UniqueConstraint
from sqlmodel import Field, SQLModel


class RunRow(SQLModel, table=True):
    """A run. `number` counts them in order of creation; elsewhere a row names its run by it."""

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("id", name="runs_id"),)

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(sa_type=String)
    created: str = Field(sa_type=String)
    scenario: str = Field(sa_type=String)
    playbook: str = Field(sa_type=String)


class EntryRow(SQLModel, table=True):
    """An entry: its exact bytes and their digest."""

    __tablename__ = "entries"

    run: int = Field(primary_key=True, foreign_key="runs.number")
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: str = Field(sa_type=String)
    data: bytes = Field(sa_type=LargeBinary)


class TextRow(SQLModel, table=True):
    """A text that an entry commits to: the bytes of its words (see `sealing.text_bytes`) and its salt."""

    __tablename__ = "texts"
    __table_args__ = (ForeignKeyConstraint(["run", "seq"], ["entries.run", "entries.seq"], name="texts_of_entry"),)

    run: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    pointer: str = Field(primary_key=True, sa_type=String)
    salt: bytes = Field(sa_type=LargeBinary)
    bilingual: bool
    words: bytes = Field(sa_type=LargeBinary)


class RosterRow(SQLModel, table=True):
    """The name behind a pseudonym in a run, as the canonical JSON of a name in both languages.

    `salt` opens the commitment that the first entry pins; it is null in runs begun before names were pinned.
    """

    __tablename__ = "roster"

    run: int = Field(primary_key=True, foreign_key="runs.number")
    pseudonym: str = Field(primary_key=True, sa_type=String)
    name: bytes = Field(sa_type=LargeBinary)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)


class DocumentRow(SQLModel, table=True):
    """A playbook or scenario, byte for byte, kept once however many runs used it."""

    __tablename__ = "documents"

    digest: str = Field(primary_key=True, sa_type=String)
    data: bytes = Field(sa_type=LargeBinary)


class DeskRow(SQLModel, table=True):
    """One thing on the desk of a run, such as a draft; it changes and is taken away as people work."""

    __tablename__ = "desk"

    run: int = Field(primary_key=True, foreign_key="runs.number")
    name: str = Field(primary_key=True, sa_type=String)
    thing: bytes = Field(sa_type=LargeBinary)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


RUNS: Final = _table("runs")
ENTRIES: Final = _table("entries")
TEXTS: Final = _table("texts")
ROSTER: Final = _table("roster")
DOCUMENTS: Final = _table("documents")
DESK: Final = _table("desk")
