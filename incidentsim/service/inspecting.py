"""Looking at records as they are stored, sound or not. Nothing here writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from incidentsim.domain.errors import IncidentsimError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.ledger.chain import Head
from incidentsim.ledger.entry import Header
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.inspecting import InspectedEntry, inspect
from incidentsim.ledger.reading import RecordedRun
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import LedgerStore, RunInfo
from incidentsim.ledger.verify import Verdict, verify_chain
from incidentsim.messages import gettext as _
from incidentsim.service.foundation import Foundation

PAGE: Final = 500
"""How many entries are handed over at a time."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a stored record found, and what of it could not even be read, in sentences."""

    verdict: Verdict
    unread: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no check failed and everything could be read."""
        return self.verdict.holds and not self.unread


class RecordReader:
    """Reads the record of a run, page by page; and later what was added to it, by whichever process."""

    def __init__(self, store: LedgerStore, info: RunInfo) -> None:
        self.info = info
        self._store = store
        self._head = Head()

    def pages(self) -> Iterator[list[InspectedEntry]]:
        """The entries that were not read yet.

        Raises:
            SurroundingsError: the store cannot be read further.
        """
        run = self.info.id
        log = list(self._store.entries(run, self._head.size))
        entries = inspect(log, self._texts(run), run=run, head=self._head)
        while page := list(islice(entries, PAGE)):
            self._head = Head(page[-1].place + 1, page[-1].hash)
            yield page

    def _texts(self, run: str) -> dict[int, list[TextRecord]]:
        """The texts beside the entries, as many as can be read: which are damaged, verifying says."""
        found: dict[int, list[TextRecord]] = {}
        try:
            for text in self._store.texts(run, self._head.size):
                found.setdefault(text.seq, []).append(text)
        except RecordFaultError:
            pass
        return found


class Inspecting(Foundation):
    """Everything that is asked about a record as such."""

    def reader(self, run: str) -> RecordReader:
        """A reader of a run's record, from its beginning.

        Raises:
            InputError: there is no such run.
        """
        return RecordReader(self._store, self._store.find(run))

    def named_by(self, info: RunInfo, header: Header) -> tuple[Playbook, Scenario]:
        """The playbook and scenario that a record's header names, as they are kept with it.

        Raises:
            IncidentsimError: they are not there, damaged, or cannot be read.
        """
        found = self._stored(RecordedRun(info, header, (), ()))
        return found.playbook, found.scenario

    def verify(self, run: str) -> Verified:
        """Recompute the record of a run, with the documents and texts that are kept with it.

        Raises:
            InputError: there is no such run.
            SurroundingsError: the database cannot be read.
        """
        info = self._store.find(run)
        unread: list[str] = []
        texts: list[TextRecord] | None = None
        try:  # before the entries: while somebody writes, there may be entries without their texts, never the reverse
            texts = list(self._store.texts(info.id))
        except RecordFaultError as error:
            unread.append(str(error))
        entries = list(self._store.entries(info.id))
        header = next((one.body.header for one in inspect(entries[:1], {}, run=info.id, head=Head()) if one.body), None)
        documents = [self._document(digest, unread) for digest in (header.playbook, header.scenario)] if header else []
        playbook, scenario = documents or (None, None)
        verdict = verify_chain(entries, run=info.id, playbook=playbook, scenario=scenario, texts=texts)
        return Verified(verdict, tuple(unread))

    def _document(self, digest: str, unread: list[str]) -> bytes | None:
        try:
            return self._store.document(digest)
        except IncidentsimError as error:
            unread.append(_("A document named by the first entry could not be read: {reason}").format(reason=error))
            return None
