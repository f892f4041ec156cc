"""Recorded runs: listed, shown, and looked at as they are stored, sound or not. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Text
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.regulatory.views import ClockView
from incidentsim.ledger.chain import Head
from incidentsim.ledger.entry import Header, read_entry
from incidentsim.ledger.erasures import erasures_in
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.inspecting import InspectedEntry, inspect
from incidentsim.ledger.reading import OnRead, RecordedRun, read_run
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import LedgerStore, RunInfo
from incidentsim.service.context import ServiceContext
from incidentsim.service.outlines import RecordOutline, outlined
from incidentsim.service.record_sources import RunName
from incidentsim.service.stages import FOLLOWED, READ, Stages
from incidentsim.session.course import RunView, told
from incidentsim.session.seats import Seats

if TYPE_CHECKING:  # imported when a record is exported or verified
    from incidentsim.evidence.bundle import Record
    from incidentsim.evidence.findings import Findings
    from incidentsim.evidence.trusted_inputs import TrustedInputs

PAGE: Final = 500
"""The number of entries that are handed over at a time."""


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A recorded run that is not over; `people` says that people play it, and not a script or bots alone."""

    run: str
    people: bool


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
        erased = erasures_in(log).texts
        entries = inspect(log, self._texts(run), run=run, head=self._head, erased=erased)
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


@dataclass(frozen=True, slots=True)
class RecordedFacts:
    """The facts of a run (a fact's place is its sequence number), and what it takes to tell them."""

    run: str | None
    facts: tuple[Fact, ...]
    scenario: Scenario
    playbook: Playbook


class RecordService:
    """The recorded runs: listed, shown as runs, read entry by entry, verified. Nothing here writes."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def runs(self) -> Sequence[RunInfo]:
        """All recorded runs, oldest first."""
        return self._context.store.runs()

    def find(self, run: str) -> RunInfo:
        """The run that `run` names: an id, a name, the beginning of an id, or `last`.

        Raises:
            InputError: there is none, or there are several.
        """
        return self._context.store.find(run)

    def scenario_title(self, info: RunInfo) -> Text | None:
        """The title of the scenario that a run was begun with, as it is kept; `None` where it cannot be read."""
        from incidentsim.definitions.scenario.cards import scenario_card

        store = self._context.store
        try:
            header = read_entry(next(store.entries(info.id))).header
            return None if header is None else scenario_card(store.document(header.scenario), Path(info.id)).title
        except (InputError, ValueError, StopIteration):  # damaged, or not there any more
            return None

    def show(self, run: RunName, on_read: OnRead | None = None) -> RunView:
        """A recorded run as far as it has come.

        Args:
            run: its id, the beginning of it, or `last`; or the path of a bundle or an exported log.
            on_read: told how far that is; whoever watches the service, if left out.

        Raises:
            InputError: there is no such run or file, or its record is faulty.
        """
        source = self._context.source(run)
        stages = Stages(on_read or self._context.on_read, (READ, FOLLOWED))
        recorded = read_run(source.store, source.info, stages.next())
        return self._context.taken_up(recorded, source.store, stages.next()).view(source.info.id)

    def facts(self, run: RunName) -> RecordedFacts:
        """The facts of a recorded run, for whoever wants to be told some of them: nothing is made of the whole.

        Raises:
            InputError: there is no such run or file, or its record is faulty.
        """
        source = self._context.source(run)
        stages = Stages(self._context.on_read, (READ, FOLLOWED))
        recorded = read_run(source.store, source.info, stages.next())
        exercise = self._context.resumed(recorded, source.store, stages.next())
        scenario = told(exercise.scenario, recorded.facts)
        return RecordedFacts(source.info.id, recorded.facts, scenario, exercise.playbook)

    def going_on(self, run: str) -> GoingOn | None:
        """Return the run if it is not over, as far as its first entry can be read; `None` if it is.

        Raises:
            InputError: there is no such run.
            SurroundingsError: the database cannot be read.
        """
        info = self._context.store.find(run)
        if info.finished:
            return None
        try:
            first = [read_entry(data) for data in islice(self._context.store.entries(info.id), 1)]
        except ValueError:  # whoever reads the record says what is wrong with it
            return None
        header = first[0].header if first else None
        return GoingOn(info.id, header is not None and Seats.of(header.options).people)

    def outline(self, run: RunName) -> RecordOutline:
        """A recorded run as far as it can be told without its scenario.

        Raises:
            InputError: there is no such run or file, or its playbook is not there either.
            RecordFaultError: its facts cannot be followed.
        """
        return outlined(self._context, self._context.source(run))

    def clocks(self, view: RunView, now: int | None = None) -> dict[str, tuple[ClockView, ...]]:
        """Compute the regulatory deadlines of each incident of a run, by incident id; nothing is kept between calls.

        Args:
            view: the run.
            now: at which time (ms from the start); after its last fact if left out.
        """
        return clocks_of(shipped_packs(), view.scenario, view.facts, now)

    def reader(self, run: str) -> RecordReader:
        """A reader of a run's record, from its beginning.

        Raises:
            InputError: there is no such run.
        """
        return RecordReader(self._context.store, self._context.store.find(run))

    def named_by(self, info: RunInfo, header: Header) -> tuple[Playbook, Scenario]:
        """The playbook and scenario that a record's header names, as they are kept with it.

        Raises:
            IncidentsimError: they are not there, damaged, or cannot be read.
        """
        erasures = erasures_in(self._context.store.entries(info.id))
        found = self._context.stored(RecordedRun(info, header, (), (), erasures=erasures))
        return found.playbook, found.scenario

    def record(self, run: str) -> "Record":
        """A recorded run as what its exports are made from.

        Raises:
            InputError: there is no such run, or nothing is on record.
        """
        from incidentsim.evidence.bundle import record_of

        return record_of(self._context.store, self._context.store.find(run))

    def verify(self, run: str, trusted: "TrustedInputs | None" = None) -> "Findings":
        """Recompute the record of a run, with the documents and texts that are kept with it.

        Args:
            run: its id, the beginning of it, or `last`.
            trusted: what is known from elsewhere, if anything is.

        Raises:
            InputError: there is no such run.
            SurroundingsError: the database cannot be read.
        """
        return self._context.source(run).verify(trusted)
