"""What every service rests on: definitions found and read, runs found and taken up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.definitions.library.files import read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.domain.facts import Json
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.rulebook import Rulebook
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.regulatory.views import ClockView
from incidentsim.exercise.running.runner import ENGINE
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Header, timestamp
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.ledger.sealing import SaltSource
from incidentsim.ledger.store import LedgerStore, RunInfo, RunWriter
from incidentsim.messages import gettext as _
from incidentsim.session.course import Course, RunView
from incidentsim.session.recorder import Recorder
from incidentsim.session.seats import Seats

OnStep = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Definitions:
    """A scenario and the playbook it is played by, with their bytes."""

    playbook: Playbook
    playbook_data: bytes
    scenario: Scenario
    scenario_data: bytes


class Foundation:
    """Where definitions and records are, and what a run needs from its surroundings."""

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

    def _load(self, scenario: Path | str, playbook: Path | str | None, seed: int | None = None) -> Definitions:
        path = scenario if isinstance(scenario, Path) else self._library.scenario(scenario)[0]
        data = read_bytes(path)
        wanted = playbook if playbook is not None else scenario_head(data, str(path)).playbook
        playbook_path, playbook_data = (
            (wanted, read_bytes(wanted)) if isinstance(wanted, Path) else self._library.playbook(wanted)
        )
        procedure = self._rulebook(playbook_data, str(playbook_path)).playbook
        return Definitions(procedure, playbook_data, _seeded(read_scenario(data, str(path), procedure), seed), data)

    def _stored(self, recorded: RecordedRun) -> Definitions:
        playbook_data = self._store.document(recorded.header.playbook)
        scenario_data = self._store.document(recorded.header.scenario)
        name = _("run {run}").format(run=recorded.info.id)
        playbook = self._rulebook(playbook_data, f"{name}/playbook").playbook
        seed = Seats.of(recorded.header.options).seed
        scenario = _seeded(read_scenario(scenario_data, f"{name}/scenario", playbook), seed)
        return Definitions(playbook, playbook_data, scenario, scenario_data)

    def _rulebook(self, playbook_data: bytes, file: str) -> Rulebook:
        """The playbook made ready to run; many scenarios share one playbook, so it is read once."""
        key = digest(playbook_data)
        if key not in self._rulebooks:
            self._rulebooks[key] = Rulebook(read_playbook(playbook_data, file))
        return self._rulebooks[key]

    def _exercise(self, definitions: Definitions) -> Exercise:
        return Exercise(self._rulebook(definitions.playbook_data, definitions.playbook.id), definitions.scenario)

    def _taken_up(self, recorded: RecordedRun) -> Course:
        """The course of a recorded run, as far as it has come."""
        exercise = self._exercise(self._stored(recorded))
        try:
            exercise.resume(recorded.facts)
        except (KeyError, TypeError, ValueError) as error:
            message = _("The record of run {run} holds facts that this version cannot follow ({reason}).")
            raise RecordFaultError(message.format(run=recorded.info.id, reason=error)) from error
        options = recorded.header.options
        seats = Seats.of(options)
        course = Course(
            exercise,
            bots=options.get("bots") is True,
            scripted=recorded.answers_of("script"),
            seats=seats if seats.people else None,
        )
        course.add(recorded.facts)
        return course

    def _begun(self, definitions: Definitions, course: Course, options: Mapping[str, Json]) -> str:
        """Put the beginning of a run on record; its id."""
        header = Header(
            program=self._program,
            playbook=digest(definitions.playbook_data),
            scenario=digest(definitions.scenario_data),
            options=options,
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
        return run_id

    def _recorder(self, run: str, writer: RunWriter) -> Recorder:
        return Recorder(run, writer, now=self._now, salts=self._salts)


def _seeded(scenario: Scenario, seed: int | None) -> Scenario:
    return scenario if seed is None else replace(scenario, seed=seed)
