"""The one way in for every front end: what can be played, exercises, records, evaluations, exports.

Knows no screen and no environment. Whatever a run needs is an argument or comes from the composition: where
definitions are found, where records are kept, the wall clock, new ids and salts. A run takes nothing from disk once
it has begun: the bytes of its playbook and scenario are kept with it, and resuming uses those.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from incidentsim.definitions.library.library import Library
from incidentsim.ledger.reading import OnRead
from incidentsim.ledger.sealing import SaltSource
from incidentsim.ledger.store import LedgerStore
from incidentsim.service.context import LateStore, ServiceContext
from incidentsim.service.exercises import ExerciseService
from incidentsim.service.library import LibraryService

if TYPE_CHECKING:
    from incidentsim.service.comparing import ComparingService
    from incidentsim.service.erasing import ErasureService
    from incidentsim.service.evaluations import EvaluationService
    from incidentsim.service.exports import ExportService
    from incidentsim.service.hotwash import HotWashService
    from incidentsim.service.improvements import ImprovementService
    from incidentsim.service.keeping import KeepingService
    from incidentsim.service.records import RecordService


class Service:
    """The entry point for every front end: a handful of plain objects over one context.

    What a first screen does not need is loaded when it is asked for: a table is there before its debrief is.

    Attributes:
        library: the scenarios and playbooks there are, and what can be played in them.
        exercises: replays, resumes and opens exercises.
    """

    def __init__(
        self,
        *,
        library: Library,
        store: LedgerStore | LateStore,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        salts: SaltSource,
        program: str,
    ) -> None:
        """Put a service together.

        Args:
            library: where playbooks and scenarios are found by id.
            store: where records are kept; it may be opened late.
            now: the wall clock, with its zone.
            new_id: makes ids for runs.
            salts: makes secret random bytes.
            program: the program's name and version, for the record.
        """
        context = ServiceContext(library=library, store=store, now=now, new_id=new_id, salts=salts, program=program)
        self._context = context
        self.library = LibraryService(context)
        self.exercises = ExerciseService(context)

    @cached_property
    def records(self) -> "RecordService":
        """Lists, shows, reads and verifies recorded runs."""
        from incidentsim.service.records import RecordService

        return RecordService(self._context)

    @cached_property
    def evaluations(self) -> "EvaluationService":
        """Says how recorded runs went, and rates them."""
        from incidentsim.service.evaluations import EvaluationService

        return EvaluationService(self._context, self.records)

    @cached_property
    def comparing(self) -> "ComparingService":
        """Sets finished runs beside earlier ones, and beside plays by bots."""
        from incidentsim.service.comparing import ComparingService

        return ComparingService(self._context, self.evaluations)

    @cached_property
    def improvements(self) -> "ImprovementService":
        """Lists what is to be improved over all runs, and puts on record what becomes of it."""
        from incidentsim.service.improvements import ImprovementService

        return ImprovementService(self._context)

    @cached_property
    def hotwash(self) -> "HotWashService":
        """Puts on record what is said after an exercise."""
        from incidentsim.service.hotwash import HotWashService

        return HotWashService(self._context, self.evaluations)

    @cached_property
    def exports(self) -> "ExportService":
        """Makes scripts, reports and bundles from recorded runs."""
        from incidentsim.service.exports import ExportService

        return ExportService(self._context)

    @cached_property
    def erasures(self) -> "ErasureService":
        """Erases texts and names of recorded runs."""
        from incidentsim.service.erasing import ErasureService

        return ErasureService(self._context)

    @cached_property
    def keeping(self) -> "KeepingService":
        """Names, hides and deletes recorded runs."""
        from incidentsim.service.keeping import KeepingService

        return KeepingService(self._context)

    def watch(self, on_read: OnRead | None) -> None:
        """Have `on_read` told how far a long record is read, from now on; `None`: nobody any more."""
        self._context.on_read = on_read
