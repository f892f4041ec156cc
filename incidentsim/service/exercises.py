"""Exercises: replayed, gone on with, opened for people to play."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.domain.interventions import Coach
from incidentsim.exercise.running.runner import run as drive
from incidentsim.ledger.reading import read_run
from incidentsim.ledger.store import RunWriter
from incidentsim.messages import gettext as _
from incidentsim.service.context import Definitions, ServiceContext
from incidentsim.session.course import Course, RunView
from incidentsim.session.recorder import Recorder
from incidentsim.session.seats import Seats
from incidentsim.session.session import Session
from incidentsim.session.workspace import Workspace

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.service.planning import Prospect

OnStep = Callable[[], None]

_AT_A_TABLE: Final = 2.0
"""The seconds that going on with a run waits for whoever writes it: who plays it takes hours, who rates it no time."""


class ExerciseService:
    """Makes runs, and goes on with them: by script, by bots, by people."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def replay(
        self,
        scenario: Path | str,
        *,
        playbook: Path | str | None = None,
        bots: bool = False,
        record: bool = True,
        on_step: OnStep | None = None,
    ) -> RunView:
        """Play a scenario from its start to its end.

        Args:
            scenario: a file, or the id of a known scenario.
            playbook: a file or an id to play it by, instead of the playbook that the scenario names.
            bots: let bots decide what the script does not.
            record: keep a record of the run.
            on_step: called after every step that is on record.

        Raises:
            InputError: a definition is wrong or not there.
            SurroundingsError: the record could not be kept.
        """
        definitions = self._context.load(scenario, playbook)
        exercise = self._context.exercise(definitions)
        course = Course(exercise, bots=bots)
        course.add(exercise.begin())
        if not record:
            return self._play(course, None, None, on_step)
        run_id = self._context.begin(definitions, course, {"bots": bots})
        with self._context.store.writer(run_id) as writer:
            return self._play(course, run_id, writer, on_step)

    def preview(self, scenario: Path | str, playbook: Path | str | None, plays: int, on_play: OnStep) -> "Preview":
        """Forecast a scenario from plays by bots, of which no record is kept.

        Args:
            scenario: a file, or the id of a known scenario.
            playbook: a file or an id to play it by, instead of the playbook that the scenario names.
            plays: how often each proficiency of people plays it.
            on_play: called after every play.

        Raises:
            InputError: a definition is wrong or not there.
            ValueError: `plays` is less than 1.
        """
        from incidentsim.exercise.forecast.forecast import preview

        definitions = self._context.load(scenario, playbook)
        compiled = self._context.compiled(definitions.playbook_data, definitions.playbook.id)
        return preview(compiled, definitions.scenario, plays=plays, on_play=on_play)

    def prospect(self, scenario: Path | str, playbook: Path | str | None, language: "Language") -> "Prospect":
        """Return what one may expect of a scenario, and so what a session can be planned with.

        Args:
            scenario: a file, or the id of a known scenario.
            playbook: a file or an id to play it by, instead of the playbook that the scenario names.
            language: that of the people at the table, which says how long they read.

        Raises:
            InputError: a definition is wrong or not there.
        """
        from incidentsim.service.planning import Prospect

        definitions = self._context.load(scenario, playbook)
        compiled = self._context.compiled(definitions.playbook_data, definitions.playbook.id)
        return Prospect(compiled, definitions.scenario, language)

    def resume(self, run: str, *, on_step: OnStep | None = None) -> RunView:
        """Go on with an unfinished run where its record ends; a finished one is shown as it is.

        Raises:
            InputError: there is no such run, or its record is faulty.
            RunBusyError: another process is writing it.
            SurroundingsError: the record could not be read or kept.
        """
        info = self._context.store.find(run)
        opened: AbstractContextManager[RunWriter | None] = (
            nullcontext() if info.finished else self._context.store.writer(info.id, patience=_AT_A_TABLE)
        )
        with opened as writer:
            return self._play(self._context.taken_up(read_run(self._context.store, info)), info.id, writer, on_step)

    def open_session(
        self,
        scenario: Path | str,
        seats: Seats,
        *,
        playbook: Path | str | None = None,
        record: bool = True,
        begin_later: bool = False,
    ) -> Session:
        """Begin an exercise for people to play.

        Args:
            scenario: a file, or the id of a known scenario.
            seats: who plays whom, and how.
            playbook: a file or an id to play it by, instead of the playbook that the scenario names.
            record: keep a record of it.
            begin_later: leave it to `Session.put_on_record`, or to the first thing that is done, to begin that record:
                whoever shows the opening on a screen need not wait for a database.

        Raises:
            InputError: a definition is wrong or not there, or a seat is for nobody.
            SurroundingsError: the record could not be kept.
        """
        definitions = self._context.load(scenario, playbook, seats.seed)
        self._context.check_tracks(definitions)
        seats.check(definitions.playbook, definitions.scenario)
        course = Course(self._context.exercise(definitions), bots=True, seats=seats)
        course.add(course.exercise.begin())
        if not record:
            session = Session(None, course, None, Workspace(None, None), lambda: None)
        elif begin_later:
            session = self._later(definitions, course)
        else:
            session = self._session(self._context.begin(definitions, course, seats.options()), course)
        if coached := tuple(sorted(seats.coached & seats.played)):
            session.intervene(Coach(coached))
        return session

    def take_up(self, run: str) -> Session:
        """Go on with an unfinished run that people play, where its record ends.

        Raises:
            InputError: there is no such run, it is finished, it was not played by people, or its record is faulty.
            RunBusyError: another process is writing it.
            SurroundingsError: the record could not be read or kept.
        """
        info = self._context.store.find(run)
        recorded = read_run(self._context.store, info)
        seats = Seats.of(recorded.header.options)
        if info.finished:
            raise InputError(_("The run {run} is finished; there is nothing to go on with.").format(run=info.id))
        if not seats.people:
            message = _("The run {run} is a replay; go on with it by: incidentsim replay --resume {run}")
            raise InputError(message.format(run=info.id))
        return self._session(info.id, self._context.taken_up(recorded))

    def _later(self, definitions: Definitions, course: Course) -> Session:
        """A session whose opening is put on record when it is asked to, or when something is done."""
        run, held, workspace = self._context.new_id(), ExitStack(), Workspace(None, None)

        def begin() -> Recorder:
            self._context.begin(definitions, course, course.seats.options(), run)
            writer = held.enter_context(self._context.store.writer(run, patience=_AT_A_TABLE))
            workspace.keep_in(self._context.store, run)
            return self._context.recorder(run, writer)

        return Session(run, course, None, workspace, held.close, begin_record=begin)

    def _session(self, run: str, course: Course) -> Session:
        held = ExitStack()
        writer = held.enter_context(self._context.store.writer(run, patience=_AT_A_TABLE))
        return Session(
            run, course, self._context.recorder(run, writer), Workspace(run, self._context.store), held.close
        )

    def _play(self, course: Course, run: str | None, writer: RunWriter | None, on_step: OnStep | None) -> RunView:
        """Play on to the end; every step is on record, where there is a writer, before the next begins."""
        recorder = self._context.recorder(run, writer) if run is not None and writer is not None else None

        def on_record(step: Sequence[Fact], source: DecisionSource) -> None:
            if recorder is not None:
                recorder.record(step, source)
            course.add(step)
            if on_step is not None:
                on_step()

        drive(course.exercise, course.deciders, on_record)
        return course.view(run)
