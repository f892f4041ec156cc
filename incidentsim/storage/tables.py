"""The tables, as SQLModel classes. They declare the shape; rows are written and read as plain values (Core).

Whatever is hashed is kept as bytes and handed out as bytes, never re-read through a column type. Every column bears a
`Standing`: in the chain, or compared with it, or no part of the record.
"""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, Table, UniqueConstraint
from sqlmodel import Field, SQLModel


class Standing(StrEnum):
    """The standing of a column towards the record: what makes it believable, if anything does.

    A column that is `OWN` or `DERIVED` is never read where a record is verified, exported or reported on. A table with
    something derived is keyed by run, head (the hash of the run's last entry) and version of what derived it, holds
    nothing but that, and may be emptied at any time: what it held is derived again.
    """

    CHAIN = "chain"
    """Its bytes are what the chain hashes."""
    COMPARED = "compared"
    """It is compared with the chain, or with what the first entry pins, wherever a record is read to be believed."""
    DERIVED = "derived"
    """It follows from a record, and saves the work of deriving it again."""
    OWN = "own"
    """People put it there for themselves; it says nothing about a record."""


STANDING: Final = "standing"
"""The key of a column's standing in its `info`."""


def _kept(standing: Standing, sa_type: Any = None, **given: Any) -> Any:  # noqa: ANN401 - as `Field` has it
    """A column of this standing; the rest is what `Field` takes."""
    options: dict[str, Any] = {"sa_column_kwargs": {"info": {STANDING: standing}, **given.pop("sa_column_kwargs", {})}}
    if sa_type is not None:
        options["sa_type"] = sa_type
    return Field(**options, **given)


_NOT_COUNTED: Final = {"autoincrement": False}


class RunRow(SQLModel, table=True):
    """A run. `number` counts them in order of creation; elsewhere a row names its run by it."""

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("id", name="runs_id"),)

    number: int | None = _kept(Standing.COMPARED, default=None, primary_key=True)
    id: str = _kept(Standing.COMPARED, String)
    created: str = _kept(Standing.COMPARED, String)
    scenario: str = _kept(Standing.COMPARED, String)
    playbook: str = _kept(Standing.COMPARED, String)


class EntryRow(SQLModel, table=True):
    """An entry: its exact bytes and their digest."""

    __tablename__ = "entries"

    run: int = _kept(Standing.COMPARED, primary_key=True, foreign_key="runs.number")
    seq: int = _kept(Standing.COMPARED, primary_key=True, sa_column_kwargs=_NOT_COUNTED)
    hash: str = _kept(Standing.COMPARED, String)
    data: bytes = _kept(Standing.CHAIN, LargeBinary)


class TextRow(SQLModel, table=True):
    """A text that an entry commits to: the bytes of its words (see `sealing.text_bytes`) and its salt."""

    __tablename__ = "texts"
    __table_args__ = (ForeignKeyConstraint(["run", "seq"], ["entries.run", "entries.seq"], name="texts_of_entry"),)

    run: int = _kept(Standing.COMPARED, primary_key=True, sa_column_kwargs=_NOT_COUNTED)
    seq: int = _kept(Standing.COMPARED, primary_key=True, sa_column_kwargs=_NOT_COUNTED)
    pointer: str = _kept(Standing.COMPARED, String, primary_key=True)
    salt: bytes = _kept(Standing.COMPARED, LargeBinary)
    bilingual: bool = _kept(Standing.COMPARED)
    words: bytes = _kept(Standing.COMPARED, LargeBinary)


class RosterRow(SQLModel, table=True):
    """The name behind a pseudonym in a run, as the canonical JSON of a name in both languages.

    `salt` opens the commitment that the first entry pins; it is null in runs begun before names were pinned.
    """

    __tablename__ = "roster"

    run: int = _kept(Standing.COMPARED, primary_key=True, foreign_key="runs.number")
    pseudonym: str = _kept(Standing.COMPARED, String, primary_key=True)
    name: bytes = _kept(Standing.COMPARED, LargeBinary)
    salt: bytes | None = _kept(Standing.COMPARED, LargeBinary, default=None)


class DocumentRow(SQLModel, table=True):
    """A playbook or scenario, byte for byte, kept once however many runs used it."""

    __tablename__ = "documents"

    digest: str = _kept(Standing.COMPARED, String, primary_key=True)
    data: bytes = _kept(Standing.COMPARED, LargeBinary)


class DeskRow(SQLModel, table=True):
    """One thing on the desk of a run, such as a draft; it changes and is taken away as people work."""

    __tablename__ = "desk"

    run: int = _kept(Standing.OWN, primary_key=True, foreign_key="runs.number")
    name: str = _kept(Standing.OWN, String, primary_key=True)
    thing: bytes = _kept(Standing.OWN, LargeBinary)


class DerivedRow(SQLModel, table=True):
    """A result of one kind derived from a run's record: it can be worked out anew and is part of no record."""

    __tablename__ = "derived"

    run: int = _kept(Standing.DERIVED, primary_key=True, foreign_key="runs.number")
    kind: str = _kept(Standing.DERIVED, String, primary_key=True)
    head: str = _kept(Standing.DERIVED, String, primary_key=True)
    version: str = _kept(Standing.DERIVED, String, primary_key=True)
    data: bytes = _kept(Standing.DERIVED, LargeBinary)


class LabelRow(SQLModel, table=True):
    """A label that people put on a run: a name (empty: none), and whether lists leave it out."""

    __tablename__ = "labels"

    run: int = _kept(Standing.OWN, primary_key=True, foreign_key="runs.number")
    name: str = _kept(Standing.OWN, String)
    hidden: bool = _kept(Standing.OWN)


class RemovalRow(SQLModel, table=True):
    """The announcement that a whole run is being removed; it stands only within the transaction that does so."""

    __tablename__ = "removals"

    run: int = _kept(Standing.OWN, primary_key=True, sa_column_kwargs=_NOT_COUNTED)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


RUNS: Final = _table("runs")
ENTRIES: Final = _table("entries")
TEXTS: Final = _table("texts")
ROSTER: Final = _table("roster")
DOCUMENTS: Final = _table("documents")
DESK: Final = _table("desk")
DERIVED: Final = _table("derived")
LABELS: Final = _table("labels")
REMOVALS: Final = _table("removals")
