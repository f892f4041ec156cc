"""The one way in for every front end: what can be played, exercises, records, evaluations, exports.

Knows no screen and no environment. Whatever a run needs is an argument or comes from the composition: where
definitions are found, where records are kept, the wall clock, new ids and salts. A run takes nothing from disk once
it has begun: the bytes of its playbook and scenario are kept with it, and resuming uses those.
"""

from collections.abc import Callable
from datetime import datetime

from incidentsim.definitions.library.library import Library
from incidentsim.ledger.reading import OnRead
from incidentsim.ledger.sealing import SaltSource
from incidentsim.ledger.store import LedgerStore
from incidentsim.service.comparing import ComparingService
from incidentsim.service.context import ServiceContext
from incidentsim.service.erasing import ErasureService
from incidentsim.service.evaluations import EvaluationService
from incidentsim.service.exercises import ExerciseService
from incidentsim.service.exports import ExportService
from incidentsim.service.hotwash import HotWashService
from incidentsim.service.improvements import ImprovementService
from incidentsim.service.keeping import KeepingService
from incidentsim.service.library import LibraryService
from incidentsim.service.records import RecordService


class Service:
    """The entry point for every front end: a handful of plain objects over one context.

    Attributes:
        library: the scenarios and playbooks there are, and what can be played in them.
        exercises: replays, resumes and opens exercises.
        records: lists, shows, reads and verifies recorded runs.
        evaluations: says how recorded runs went, and rates them.
        comparing: sets finished runs beside earlier ones, and beside plays by bots.
        improvements: lists what is to be improved over all runs, and puts on record what becomes of it.
        hotwash: puts on record what is said after an exercise.
        exports: makes scripts, reports and bundles from recorded runs.
        erasures: erases texts and names of recorded runs.
        keeping: names, hides and deletes recorded runs.
    """

    def __init__(
        self,
        *,
        library: Library,
        store: LedgerStore,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        salts: SaltSource,
        program: str,
    ) -> None:
        """Put a service together.

        Args:
            library: where playbooks and scenarios are found by id.
            store: where records are kept.
            now: the wall clock, with its zone.
            new_id: makes ids for runs.
            salts: makes secret random bytes.
            program: the program's name and version, for the record.
        """
        context = ServiceContext(library=library, store=store, now=now, new_id=new_id, salts=salts, program=program)
        self._context = context
        self.library = LibraryService(context)
        self.exercises = ExerciseService(context)
        self.records = RecordService(context)
        self.evaluations = EvaluationService(context, self.records)
        self.comparing = ComparingService(context, self.evaluations)
        self.improvements = ImprovementService(context)
        self.hotwash = HotWashService(context, self.evaluations)
        self.exports = ExportService(context)
        self.erasures = ErasureService(context)
        self.keeping = KeepingService(context)

    def watch(self, on_read: OnRead | None) -> None:
        """Have `on_read` told how far a long record is read, from now on; `None`: nobody any more."""
        self._context.on_read = on_read
