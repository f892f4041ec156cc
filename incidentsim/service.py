"""The one way in for every front end: replay, resume, list and show runs. Knows no screen and no environment.

Whatever a run needs is an argument or comes from the composition: where definitions are found, where records are
kept, the wall clock, new ids and salts. A run takes nothing from disk once it has begun: the bytes of its playbook
and scenario are kept with it, and resuming uses those.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from incidentsim.definitions.clock_packs import shipped_packs
from incidentsim.definitions.files import definition_files, kind_of, read_bytes
from incidentsim.definitions.library import Library
from incidentsim.definitions.playbooks import read_playbook
from incidentsim.definitions.scenarios import read_scenario, scenario_head
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.bots import BotDecider
from incidentsim.exercise.clock_situation import clocks_of
from incidentsim.exercise.clock_views import ClockView
from incidentsim.exercise.deciders import Decider, ScriptDecider
from incidentsim.exercise.kernel import Exercise
from incidentsim.exercise.outcome import RunReport, report
from incidentsim.exercise.rulebook import Rulebook
from incidentsim.exercise.runner import ENGINE
from incidentsim.exercise.runner import run as drive
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Header, Source, timestamp
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.outcome import OutcomeDigest
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.ledger.sealing import SaltSource
from incidentsim.ledger.store import LedgerStore, RunInfo, RunWriter
from incidentsim.messages import gettext as _

if TYPE_CHECKING:  # imported when something is evaluated: replaying starts without it
    from incidentsim.exercise.evaluation.compare import Comparison
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.evaluation.improvements import CarriedItem
    from incidentsim.exercise.evaluation.rejudge import Rejudgement
    from incidentsim.exercise.forecast.shapes import Preview

OnStep = Callable[[], None]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as far as it has come: its facts (sequence number = index), what they came to, what it was about."""

    report: RunReport
    facts: tuple[Fact, ...]
    scenario: Scenario
    playbook: Playbook
    finished: bool


@dataclass(frozen=True, slots=True)
class EvaluatedView:
    """A run with its evaluation."""

    view: RunView
    evaluation: "Evaluation"


@dataclass(frozen=True, slots=True)
class Improvements:
    """Improvement items over all finished runs, oldest first; `unread` are runs whose records cannot be read."""

    items: "tuple[CarriedItem, ...]"
    unread: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Definitions:
    """A scenario and the playbook it is played by, with their bytes."""

    playbook: Playbook
    playbook_data: bytes
    scenario: Scenario
    scenario_data: bytes


class Service:
    """What incidentsim can do, for any front end."""

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
        self._library = library
        self._store = store
        self._now = now
        self._new_id = new_id
        self._salts = salts
        self._program = program
        self._rulebooks: dict[str, Rulebook] = {}  # by the digest of the playbook's bytes

    def scenarios(self, paths: Sequence[str]) -> list[Path]:
        """The scenario files that these files, folders and ids of shipped scenarios name, in order.

        Raises:
            InputError: one of them names nothing, or a folder holds no scenario.
        """
        found: list[Path] = []
        for name in paths:
            path = Path(name)
            if not path.exists() and path.suffix not in {".yaml", ".yml"} and len(path.parts) == 1:
                found.append(self._library.scenario(name)[0])
            elif path.is_dir():
                files = [f for f in definition_files([path]) if kind_of(read_bytes(f), str(f)) == "scenario"]
                if not files:
                    raise InputError(_("The folder {path} holds no scenario.").format(path=path))
                found.extend(files)
            else:
                found.append(path)
        return found

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
        definitions = self._load(scenario, playbook)
        exercise = self._exercise(definitions)
        course = _Course(exercise, bots=bots)
        course.add(exercise.begin())
        if not record:
            return self._play(course, None, None, on_step)
        header = Header(
            program=self._program,
            playbook=digest(definitions.playbook_data),
            scenario=digest(definitions.scenario_data),
            options={"bots": bots},
        )
        run_id = self._new_id()
        created = timestamp(self._now())
        opening = Chain(run_id).record_step(
            course.facts, recorded=created, source=ENGINE, salts=self._salts, header=header
        )
        self._store.create(
            run_id,
            created=created,
            scenario=definitions.scenario.id,
            playbook=definitions.playbook.id,
            documents=(definitions.playbook_data, definitions.scenario_data),
            roster={person.pseudonym: person.name for person in definitions.scenario.people.values()},
            entries=opening[0],
            texts=opening[1],
        )
        with self._store.writer(run_id) as writer:
            return self._play(course, run_id, writer, on_step)

    def preview(self, scenario: Path | str, playbook: Path | str | None, plays: int, on_play: OnStep) -> "Preview":
        """What a scenario is likely to bring, from so many plays by bots without a record; raises like `replay`."""
        from incidentsim.exercise.forecast.forecast import preview

        it = self._load(scenario, playbook)
        return preview(self._rulebook(it.playbook_data, it.playbook.id), it.scenario, plays=plays, on_play=on_play)

    def resume(self, run: str, *, on_step: OnStep | None = None) -> RunView:
        """Go on with an unfinished run where its record ends; a finished one is shown as it is.

        Raises:
            InputError: there is no such run, or its record is faulty.
            RunBusyError: another process is writing it.
            SurroundingsError: the record could not be read or kept.
        """
        info = self._store.find(run)
        opened: AbstractContextManager[RunWriter | None] = (
            nullcontext() if info.finished else self._store.writer(info.id)
        )
        with opened as writer:
            return self._play(self._taken_up(read_run(self._store, info)), info.id, writer, on_step)

    def runs(self) -> Sequence[RunInfo]:
        """All recorded runs, oldest first."""
        return self._store.runs()

    def show(self, run: str) -> RunView:
        """A recorded run as far as it has come.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        info = self._store.find(run)
        return self._taken_up(read_run(self._store, info)).view(info.id)

    def clocks(self, view: RunView, now: int | None = None) -> dict[str, tuple[ClockView, ...]]:
        """Where the regulatory clocks stand for each incident of a run, reckoned anew at every call.

        Args:
            view: the run.
            now: at which time (ms from the start); after its last fact if left out.
        """
        return clocks_of(shipped_packs(), view.scenario, view.facts, now)

    def evaluate(self, run: str) -> EvaluatedView:
        """A recorded run and how it went.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        from incidentsim.exercise.evaluation.evaluate import evaluate

        view = self.show(run)
        return EvaluatedView(view, evaluate(view.playbook, view.scenario, view.facts, self.clocks(view)))

    def compare(self, first: str, second: str) -> "tuple[EvaluatedView, EvaluatedView, Comparison]":
        """Two recorded runs side by side.

        Raises:
            InputError: one of them is not there, or its record is faulty.
        """
        from incidentsim.exercise.evaluation.compare import compare

        one, other = self.evaluate(first), self.evaluate(second)
        return one, other, compare(one.evaluation, other.evaluation, one.view.facts, other.view.facts)

    def rejudge(self, run: str, playbook: Path | str) -> "tuple[RunView, Playbook, Rejudgement]":
        """What another playbook makes of a recorded run, which stays as it is.

        Raises:
            InputError: there is no such run or playbook, or one of them is faulty.
        """
        from incidentsim.exercise.evaluation.rejudge import rejudge

        path, data = (
            (playbook, read_bytes(playbook)) if isinstance(playbook, Path) else self._library.playbook(playbook)
        )
        rulebook = self._rulebook(data, str(path))
        view = self.show(run)
        return view, rulebook.playbook, rejudge(rulebook, view.playbook, view.scenario, view.facts)

    def improvements(self) -> Improvements:
        """The improvement items that all finished runs ask for, and which later run closed each."""
        from incidentsim.exercise.evaluation.improvements import EvaluatedRun, carry_over

        runs: list[EvaluatedRun] = []
        unread: list[tuple[str, str]] = []
        for info in self._store.runs():
            if not info.finished:
                continue
            try:
                found = self.evaluate(info.id)
            except (InputError, RecordFaultError) as error:
                unread.append((info.id, str(error)))
                continue
            runs.append(EvaluatedRun(info.id, info.created, found.view.playbook.id, found.evaluation))
        return Improvements(carry_over(runs), tuple(unread))

    def override_rating(
        self, run: str, task: str, rating: str, reason: str, *, objective: str | None = None
    ) -> RunView:
        """Set the rating of a task in a finished run, in place of the proposed one, and put that on record.

        Raises:
            InputError: there is no such run, task or rating, the run is not finished, or no reason is given.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.evaluation.overriding import rating_fact

        info = self._store.find(run)
        if not info.finished:
            message = _("The run {run} is not finished; it is rated when it is.")
            raise InputError(message.format(run=info.id))
        with self._store.writer(info.id) as writer:
            recorded = read_run(self._store, info)
            playbook = self._stored(recorded).playbook
            fact = rating_fact(playbook, recorded.facts[-1].at, task, rating, reason, objective=objective)
            chain = Chain(info.id, writer.head())
            recorded_at = timestamp(self._now())
            writer.append(*chain.record_step([fact], recorded=recorded_at, source="person", salts=self._salts))
        return self.show(info.id)

    def _load(self, scenario: Path | str, playbook: Path | str | None) -> _Definitions:
        path = scenario if isinstance(scenario, Path) else self._library.scenario(scenario)[0]
        data = read_bytes(path)
        wanted = playbook if playbook is not None else scenario_head(data, str(path)).playbook
        playbook_path, playbook_data = (
            (wanted, read_bytes(wanted)) if isinstance(wanted, Path) else self._library.playbook(wanted)
        )
        procedure = self._rulebook(playbook_data, str(playbook_path)).playbook
        return _Definitions(procedure, playbook_data, read_scenario(data, str(path), procedure), data)

    def _stored(self, recorded: RecordedRun) -> _Definitions:
        playbook_data = self._store.document(recorded.header.playbook)
        scenario_data = self._store.document(recorded.header.scenario)
        name = _("run {run}").format(run=recorded.info.id)
        playbook = self._rulebook(playbook_data, f"{name}/playbook").playbook
        scenario = read_scenario(scenario_data, f"{name}/scenario", playbook)
        return _Definitions(playbook, playbook_data, scenario, scenario_data)

    def _rulebook(self, playbook_data: bytes, file: str) -> Rulebook:
        """The playbook made ready to run; many scenarios share one playbook, so it is read once."""
        key = digest(playbook_data)
        if key not in self._rulebooks:
            self._rulebooks[key] = Rulebook(read_playbook(playbook_data, file))
        return self._rulebooks[key]

    def _exercise(self, definitions: _Definitions) -> Exercise:
        return Exercise(self._rulebook(definitions.playbook_data, definitions.playbook.id), definitions.scenario)

    def _taken_up(self, recorded: RecordedRun) -> "_Course":
        """The course of a recorded run, as far as it has come."""
        exercise = self._exercise(self._stored(recorded))
        try:
            exercise.resume(recorded.facts)
        except (KeyError, TypeError, ValueError) as error:
            message = _("The record of run {run} holds facts that this version cannot follow ({reason}).")
            raise RecordFaultError(message.format(run=recorded.info.id, reason=error)) from error
        bots = recorded.header.options.get("bots") is True
        course = _Course(exercise, bots=bots, scripted=recorded.answers_of("script"))
        course.add(recorded.facts)
        return course

    def _play(self, course: "_Course", run: str | None, writer: RunWriter | None, on_step: OnStep | None) -> RunView:
        """Play on to the end; every step is on record, where there is a writer, before the next begins."""
        chain = Chain(run, writer.head()) if run is not None and writer is not None else None

        def on_record(step: Sequence[Fact], source: str) -> None:
            if chain is not None and writer is not None:
                recorded = timestamp(self._now())
                by = cast("Source", source)
                writer.append(*chain.record_step(step, recorded=recorded, source=by, salts=self._salts))
            course.add(step)
            if on_step is not None:
                on_step()

        drive(course.exercise, course.deciders, on_record)
        return course.view(run)


class _Course:
    """The course of one run: its facts so far, and who decides what comes next."""

    def __init__(self, exercise: Exercise, *, bots: bool, scripted: int = 0) -> None:
        self.exercise = exercise
        self.facts: list[Fact] = []
        self._bots = bots
        self._outcome = OutcomeDigest()
        script = ScriptDecider(exercise.scenario.script, scripted)
        self.deciders: list[Decider] = [script, BotDecider(script)] if bots else [script]

    def add(self, facts: Sequence[Fact]) -> None:
        """Take in facts that the exercise has led to."""
        self.facts.extend(facts)
        for fact in facts:
            self._outcome.add(fact)

    def view(self, run: str | None) -> RunView:
        """The run as it stands; where bots play, it passes only if every incident has come to rest."""
        exercise = self.exercise
        return RunView(
            report=report(exercise, self.facts, run=run, digest=self._outcome.value(), must_rest=self._bots),
            facts=tuple(self.facts),
            scenario=exercise.scenario,
            playbook=exercise.playbook,
            finished=exercise.state.ended,
        )
