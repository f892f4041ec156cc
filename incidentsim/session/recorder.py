"""Puts the steps of one run on record, one transaction a step."""

from collections.abc import Callable, Sequence
from datetime import datetime

from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.entry import timestamp
from incidentsim.ledger.sealing import SaltSource
from incidentsim.ledger.store import RunWriter


class Recorder:
    """The pen of one run; while it exists, nobody else writes the run."""

    def __init__(self, run: str, writer: RunWriter, *, now: Callable[[], datetime], salts: SaltSource) -> None:
        self._run = run
        self._writer = writer
        self._chain = Chain(run, writer.head())
        self._now = now
        self._salts = salts

    def record(self, facts: Sequence[Fact], source: DecisionSource) -> None:
        """Put one step on record, wholly or not at all.

        Raises:
            SurroundingsError: it could not be kept; the record is as before.
        """
        recorded = timestamp(self._now())
        try:
            self._writer.append(*self._chain.record_step(facts, recorded=recorded, source=source, salts=self._salts))
        except BaseException:
            self._chain = Chain(self._run, self._writer.head())
            raise
