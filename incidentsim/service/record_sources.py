"""Where a run is read from: the database by its name, or a file by its path, and then without a database."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.store import LedgerStore, RecordStore, RunInfo

if TYPE_CHECKING:  # imported when a record is verified
    from incidentsim.evidence.findings import Findings
    from incidentsim.evidence.trusted_inputs import TrustedInputs

RunName = str | Path
"""A run as callers name it: its id, the beginning of it, or `last`; or the path of a bundle or an exported log."""


@dataclass(frozen=True, slots=True)
class RecordSource:
    """One run's record, wherever it is.

    Attributes:
        store: what it is read from.
        info: what a list of runs says of it.
        path: the file that it is in; `None` in the database.
        signed: whether it is in a bundle, whose checkpoint is signed and was verified.
    """

    store: RecordStore
    info: RunInfo
    path: Path | None = None
    signed: bool = False

    def verify(self, trusted: "TrustedInputs | None" = None) -> "Findings":
        """Recompute the record with what is kept with it, as it is told of stored runs, wherever it is.

        Args:
            trusted: what is known from elsewhere, if anything is.

        Raises:
            SurroundingsError: it cannot be read.
        """
        from incidentsim.evidence.trusted_inputs import NO_TRUSTED_INPUTS
        from incidentsim.evidence.verifying import verify_run

        return verify_run(self.store, self.info, trusted or NO_TRUSTED_INPUTS, whole=self.path is None)

    def sound(self) -> "Findings":
        """Recompute the record as `verify` does, for whoever is going to hand it on.

        Raises:
            RecordFaultError: it does not hold; the message names the first finding.
            SurroundingsError: it cannot be read.
        """
        from incidentsim.evidence.reading.faults import fault_of

        findings = self.verify()
        fault = fault_of(findings, self.info.id if self.path is None else str(self.path))
        if fault is not None:
            raise RecordFaultError(fault, seq=findings.first_bad)
        return findings


def source_of(run: RunName, store: LedgerStore, elsewhere: Callable[[str], bytes | None]) -> RecordSource:
    """Find a run; one in a file is verified before anything of it is used.

    Args:
        run: its name, or a path.
        store: where runs are found by name.
        elsewhere: gives documents that a file may be without, by digest.

    Raises:
        InputError: there is no such run or file, or what is in the file does not hold.
        OSError: the file cannot be read.
    """
    if isinstance(run, Path):
        from incidentsim.evidence.reading.file_record import open_record

        record = open_record(run, elsewhere)
        return RecordSource(record, record.info, run, record.signed)
    return RecordSource(store, store.find(run))
