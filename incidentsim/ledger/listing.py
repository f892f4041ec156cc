"""What a store keeps beside the entries and that repeats what they say, compared with them.

A list of runs that reads every record would be slow, so a store keeps of each run when it began and what it is about,
and of each entry its number and its hash. None of it is in the chain; so it is compared with the chain wherever a
record is read to be believed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from incidentsim.domain.facts import FactKind
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Body
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.store import KeptEntry, RunInfo
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that says something else than the record: where, what it should say, what it says, of which entry."""

    table: str
    column: str
    expected: str
    found: str
    seq: int | None = None

    def error(self, run: str) -> RecordFaultError:
        """Make the error for whoever wanted to read the record of `run`."""
        message = _(
            "The record of run {run} is faulty: {table}.{column} in the database is {found}; by the record it is "
            "{expected}."
        )
        said = message.format(run=run, table=self.table, column=self.column, found=self.found, expected=self.expected)
        return RecordFaultError(said, seq=self.seq)


def differences_in_list(info: RunInfo, first: Body) -> Iterator[Difference]:
    """Compare what the list of runs says of a run with its first entry.

    A first entry that does not begin an exercise names neither scenario nor playbook, so these are not compared.
    """
    columns = [("id", first.run, info.id), ("created", first.recorded, info.created)]
    if first.fact.get("fact") == FactKind.EXERCISE_STARTED:
        columns.append(("scenario", str(first.fact.get("scenario")), info.scenario))
        columns.append(("playbook", str(first.fact.get("playbook")), info.playbook))
    for column, expected, said in columns:
        if said != expected:
            yield Difference("runs", column, expected, said)


def differences_in_row(row: KeptEntry, seq: int, hashed: str) -> Iterator[Difference]:
    """Compare what is kept beside an entry with its place in the log and its hash."""
    for column, expected, said in (("seq", seq, row.seq), ("hash", hashed, row.hash)):
        if said != expected:
            yield Difference("entries", column, str(expected), str(said), seq)


def compared(rows: Iterable[KeptEntry], note: Callable[[Difference], None]) -> Iterator[bytes]:
    """Hand on the entries in `rows`, and give `note` what is kept beside them and differs."""
    for seq, row in enumerate(rows):
        for difference in differences_in_row(row, seq, digest(row.data)):
            note(difference)
        yield row.data
