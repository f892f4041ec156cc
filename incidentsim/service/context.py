"""What the services share: where definitions and records are, and how a run is begun and taken up from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from incidentsim.definitions.library.files import read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.places import Origin
from incidentsim.definitions.local_time.table import PIN as OFFSETS
from incidentsim.definitions.local_time.table import read_table, write_table
from incidentsim.definitions.playbook.machines import check_tracks
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.resolving import names_roster
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.definitions.scenario.clock_changes import of_old_run
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import DecisionSource, Json
from incidentsim.domain.local_time import OffsetTable
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import ERASED, NOT_HERE, Text
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.regulatory.situation import offsets_of
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Header, timestamp
from incidentsim.ledger.erasures import Erasures
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.reading import OnRead, RecordedRun, contradicting_name
from incidentsim.ledger.roster import Roster, name_unlike, pins_of, salted
from incidentsim.ledger.sealing import SaltSource
from incidentsim.ledger.store import LedgerStore, RecordStore, RunWriter
from incidentsim.messages import gettext as _
from incidentsim.service.record_sources import RecordSource, RunName, source_of
from incidentsim.service.stages import Stages, passing
from incidentsim.session.course import Course
from incidentsim.session.recorder import Recorder
from incidentsim.session.seats import Seats

_MOST: Final = 32
"""So many playbooks, and so many scenarios of records, are kept in memory."""
_PLAYBOOKS: Final[dict[str, CompiledPlaybook]] = {}
"""The playbooks read last, ready to run, by the digest of their bytes. They never change: every context shares them."""
_SCENARIOS: Final[dict[tuple[str, str], Scenario]] = {}
"""The scenarios read last that come without files, by the digests of their bytes and of their playbook's."""
_ALONE: Final[dict[str, bytes]] = {}
"""The scenarios read last as they stand alone, by the digest of their bytes."""
_CHECKED: Final[dict[str, None]] = {}
"""The digests of those whose tracks were found to step as their machines do."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """A scenario and the playbook it is played by, with their bytes; those of the scenario hold its files, too."""

    playbook: Playbook
    playbook_data: bytes
    scenario: Scenario
    scenario_data: bytes


@dataclass(frozen=True, slots=True)
class LateStore:
    """A store that is opened when it is first asked for: loading what knows databases takes longer than all the rest.

    `open` opens it; what it raises comes to whoever asks.
    """

    open: Callable[[], LedgerStore]


Name = TypeVar("Name")
Kept = TypeVar("Kept")


class ServiceContext:
    """The library, the store and the other surroundings that all services share."""

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
        """Put the context together.

        Args:
            library: where playbooks and scenarios are found by id.
            store: where records are kept.
            now: the wall clock, with its zone.
            new_id: makes ids for runs.
            salts: makes secret random bytes.
            program: the program's name and version, for the record.
        """
        self.library = library
        self._store = store
        self.now = now
        self.new_id = new_id
        self.salts = salts
        self.program = program
        self.on_read: OnRead | None = None
        self._scenarios: dict[tuple[str, str, str | None], Scenario] = {}  # by digests of what makes it, latest last

    @cached_property
    def store(self) -> LedgerStore:
        """The store of records, opened when it is asked for first."""
        return self._store.open() if isinstance(self._store, LateStore) else self._store

    def load(self, scenario: Path | str, playbook: Path | str | None, seed: int | None = None) -> Definitions:
        """A scenario and the playbook to play it by, each a file or a known id; `seed` takes the place of its own.

        Raises:
            InputError: one of them is wrong or not there.
        """
        path = scenario if isinstance(scenario, Path) else self.library.scenario(scenario)[0]
        data = read_bytes(path)
        wanted = playbook if playbook is not None else scenario_head(data, str(path)).playbook
        around = self._around(scenario, path)
        playbook_path, playbook_data = (
            (wanted, read_bytes(wanted)) if isinstance(wanted, Path) else around.playbook(wanted)
        )
        procedure = self.compiled(playbook_data, str(playbook_path)).playbook
        read = _read(data, path, procedure, playbook_data, around)
        return Definitions(procedure, playbook_data, _seeded(read, seed), _alone(data, path, procedure, around))

    def _around(self, scenario: Path | str, path: Path) -> Library:
        """Where the playbook of a scenario is looked for: around its file first, unless an id named a shipped one."""
        if isinstance(scenario, str) and self.library.located("scenario")[scenario].origin is Origin.SHIPPED:
            return self.library
        return self.library.beside(path)

    def source(self, run: RunName) -> RecordSource:
        """Find the record of a run: in the database by its name, or in a file by its path.

        Raises:
            InputError: there is none, or what is in the file does not hold.
            OSError: the file cannot be read.
        """
        return source_of(run, self.store, self.library.document)

    def stored(self, recorded: RecordedRun, store: RecordStore | None = None) -> Definitions:
        """The scenario and the playbook of a recorded run, as they were kept with it.

        Where the scenario was erased, what is kept in its place; where a name was, the names are those of the roster.
        Its clocks change as it was resolved before the run, whatever the zone data of today say.

        Args:
            recorded: the run.
            store: where it was read; the database if left out.

        Raises:
            InputError: no scenario is kept.
            RecordFaultError: a document is not the one that was kept.
        """
        kept = store or self.store
        playbook_data = kept.document(recorded.header.playbook)
        scenario_digest = recorded.erasures.scenario_kept(recorded.header.scenario)
        if scenario_digest is None:
            message = _("The scenario of run {run} was erased, and nothing could be kept in its place.")
            raise InputError(message.format(run=recorded.info.id))
        scenario_data = kept.document(scenario_digest)
        name = _("run {run}").format(run=recorded.info.id)
        playbook = self.compiled(playbook_data, f"{name}/playbook").playbook
        seed = Seats.of(recorded.header.options).seed
        key = (recorded.header.playbook, scenario_digest, recorded.header.pins.get(OFFSETS))
        scenario = self._scenario(key, kept, scenario_data, f"{name}/scenario", playbook)
        if recorded.erasures.people:
            scenario = named_by_roster(scenario, kept.roster(recorded.info.id), recorded.erasures)
            return Definitions(playbook, playbook_data, _seeded(scenario, seed), scenario_data)
        other = name_unlike(recorded.roster, {person.pseudonym: person.name for person in scenario.people.values()})
        if other is not None:
            raise contradicting_name(recorded.info.id, other)
        return Definitions(playbook, playbook_data, _seeded(scenario, seed), scenario_data)

    def _scenario(
        self, key: tuple[str, str, str | None], kept: RecordStore, data: bytes, file: str, playbook: Playbook
    ) -> Scenario:
        """The scenario of a record; many runs share one, so the latest that were read are kept.

        The key holds the digests of its playbook, of the scenario that is kept, and of its changes of the clocks.
        """
        found = self._scenarios.pop(key, None) or _with_its_clocks(
            key[2], kept, lambda offsets: read_scenario(data, file, playbook, offsets=offsets)
        )
        _keep(self._scenarios, key, found)
        return found

    def compiled(self, playbook_data: bytes, file: str) -> CompiledPlaybook:
        """The playbook made ready to run; many scenarios share one playbook, so it is read once."""
        key = digest(playbook_data)
        playbook = _PLAYBOOKS.pop(key, None) or CompiledPlaybook(read_playbook(playbook_data, file))
        _keep(_PLAYBOOKS, key, playbook)
        return playbook

    def check_tracks(self, definitions: Definitions) -> None:
        """Ask the state machines of the tracks, once for each playbook.

        Raises:
            InputError: a track does not step as its machine does.
        """
        key = digest(definitions.playbook_data)
        if key not in _CHECKED:
            check_tracks(definitions.playbook)
            _keep(_CHECKED, key, None)

    def exercise(self, definitions: Definitions) -> Exercise:
        """The exercise before its first fact."""
        return Exercise(self.compiled(definitions.playbook_data, definitions.playbook.id), definitions.scenario)

    def resumed(
        self, recorded: RecordedRun, store: RecordStore | None = None, on_read: OnRead | None = None
    ) -> Exercise:
        """The exercise of a recorded run, as far as it has come.

        Args:
            recorded: the run.
            store: where it was read; the database if left out.
            on_read: told how far that is.

        Raises:
            InputError: no scenario is kept.
            RecordFaultError: its facts cannot be followed.
        """
        exercise = self.exercise(self.stored(recorded, store))
        try:
            exercise.resume(passing(recorded.facts, len(recorded.facts), on_read))
        except (KeyError, TypeError, ValueError) as error:
            message = _("The record of run {run} holds facts that this version cannot follow ({reason}).")
            raise RecordFaultError(message.format(run=recorded.info.id, reason=error)) from error
        return exercise

    def taken_up(
        self, recorded: RecordedRun, store: RecordStore | None = None, on_read: OnRead | None = None
    ) -> Course:
        """The course of a recorded run, as far as it has come; the arguments are those of `resumed`."""
        stages = Stages(on_read, (1, 1))
        exercise = self.resumed(recorded, store, stages.next())
        options = recorded.header.options
        seats = Seats.of(options)
        course = Course(
            exercise,
            bots=options.get("bots") is True,
            scripted=recorded.answers_of(DecisionSource.SCRIPT),
            seats=seats if seats.people else None,
        )
        course.add(passing(recorded.facts, len(recorded.facts), stages.next()))
        return course

    def begin(
        self, definitions: Definitions, course: Course, options: Mapping[str, Json], run: str | None = None
    ) -> str:
        """Put the beginning of a run on record; its id, which is `run` or made here."""
        people = definitions.scenario.people.values()
        offsets = write_table(offsets_of(definitions.scenario))
        roster = salted({person.pseudonym: person.name for person in people}, self.salts)
        header = Header(
            program=self.program,
            playbook=digest(definitions.playbook_data),
            scenario=digest(definitions.scenario_data),
            options=options,
            pins={**pins_of(roster), OFFSETS: digest(offsets)},
        )
        run_id = run or self.new_id()
        created = timestamp(self.now())
        opening = Chain(run_id).record_step(
            course.facts, recorded=created, source=DecisionSource.ENGINE, salts=self.salts, header=header
        )
        self.store.create(
            run_id,
            created=created,
            scenario=definitions.scenario.id,
            playbook=definitions.playbook.id,
            documents=(definitions.playbook_data, definitions.scenario_data, offsets),
            roster=roster,
            entries=opening[0],
            texts=opening[1],
        )
        return run_id

    def recorder(self, run: str, writer: RunWriter) -> Recorder:
        """Make the recorder that puts the steps of a run on record through `writer`."""
        return Recorder(run, writer, now=self.now, salts=self.salts)


def _read(data: bytes, path: Path, playbook: Playbook, playbook_data: bytes, around: Library) -> Scenario:
    """The scenario in `data`. One with files or a roster is read each time: these may have changed beside it."""
    key = (digest(data), digest(playbook_data))
    read = _SCENARIOS.pop(key, None)
    scenario = read or read_scenario(data, str(path), playbook, folder=path.parent, rosters=around.roster)
    if b"attachments" not in data and not names_roster(data, str(path)):
        _keep(_SCENARIOS, key, scenario)
    return scenario


def _alone(data: bytes, path: Path, playbook: Playbook, around: Library) -> bytes:
    """The scenario that was just read from `path`, with its files and people in it; files are as their digests say."""
    if names_roster(data, str(path)):
        return standing_alone(data, str(path), path.parent, playbook=playbook, rosters=around.roster)
    key = digest(data)
    alone = _ALONE.pop(key, None) or standing_alone(data, str(path), path.parent)
    _keep(_ALONE, key, alone)
    return alone


def _keep(known: dict[Name, Kept], key: Name, value: Kept) -> None:
    """Keep something as the latest, and no more than so many."""
    known[key] = value
    if len(known) > _MOST:
        known.pop(next(iter(known)), None)


def _with_its_clocks(pin: str | None, kept: RecordStore, read: Callable[[OffsetTable | None], Scenario]) -> Scenario:
    """The scenario of a run with the changes of the clocks that the run was begun with, by the digest of their table.

    An exported log comes without the table: then that of today will do, if it is the same.

    Raises:
        InputError: it is not there, and that of today is another.
    """
    if pin is None:
        scenario = read(None)
        return replace(scenario, offsets=of_old_run(offsets_of(scenario), scenario.starts))
    try:
        table = kept.document(pin)
    except InputError:
        scenario = read(None)
        if digest(write_table(offsets_of(scenario))) != pin:
            raise
        return scenario
    return read(read_table(table))


def named_by_roster(scenario: Scenario, roster: Roster, erasures: Erasures) -> Scenario:
    """The scenario with the names of a roster; whose name is erased bears the pseudonym, with a word that says so."""

    def name(pseudonym: str) -> Text:
        missing = ERASED if pseudonym in erasures.people else NOT_HERE
        if pseudonym in roster:
            return roster[pseudonym].name
        return Text(f"{pseudonym} {missing.en}", f"{pseudonym}{missing.zh}")

    people = {who: replace(person, name=name(person.pseudonym)) for who, person in scenario.people.items()}
    return replace(scenario, people=people)


def _seeded(scenario: Scenario, seed: int | None) -> Scenario:
    return scenario if seed is None else replace(scenario, seed=seed)
