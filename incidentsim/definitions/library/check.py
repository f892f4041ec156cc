"""Checking many definition files, each for itself, none of them stopping the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from incidentsim.definitions.clocks.read import read_clock_pack
from incidentsim.definitions.controls.read import read_control_map, read_evidence
from incidentsim.definitions.library.files import Head, Kind, definition_files, head_of, read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.playbook_notes import MEANING, PLAY, UNUSED, no_use, played, unclaimed_in_brief
from incidentsim.definitions.library.proposing import proposals, unclaimed
from incidentsim.definitions.library.translations import missing_in_playbook, missing_in_scenario
from incidentsim.definitions.names.alike import playbook_name_problems, scenario_name_problems
from incidentsim.definitions.playbook.limits import missing_limits
from incidentsim.definitions.playbook.read import Examined, examine_playbook
from incidentsim.definitions.playbook.traps import traps
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.definitions.scenario.clock_warnings import clock_warnings
from incidentsim.definitions.scenario.flags import flag_problems
from incidentsim.definitions.scenario.read import examine_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.definitions.yaml12.reader import Document, read_yaml
from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.regulatory.dates import known_calendars
from incidentsim.messages import gettext as _

ArchetypeReader = Callable[[bytes, str, Playbook], object]
"""Reads an archetype for a playbook. Archetypes belong to a room above, so whoever asks for a check says how."""

NOTES: Final = frozenset({PLAY, MEANING})
"""The rules of warnings that say what may well be meant: what bots did not reach, and what nothing there means."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The result of checking one file.

    Attributes:
        path: the file.
        kind: what it defines; `None` where that could not be told.
        id: its id; empty where it has none.
        problems: what is wrong with it; empty if nothing is.
        warnings: what is valid in it and easily misread.
        readable: whether it could be read as YAML of a known schema; what is wrong then is in what it says.
    """

    path: Path
    kind: Kind | None
    id: str
    problems: tuple[Problem, ...]
    readable: bool
    warnings: tuple[Problem, ...] = ()


def check(
    paths: Sequence[Path],
    library: Library,
    *,
    quality: bool = False,
    translations: bool = False,
    propose: bool = False,
    play: bool = True,
    read_archetype: ArchetypeReader | None = None,
) -> list[CheckedFile]:
    """Check all files that `paths` mean; scenarios against the playbooks among them, or else of the library.

    Args:
        paths: files and folders.
        library: where playbooks are that scenarios name.
        quality: whether valid scenarios are also looked at as stories, and played a few times by bots for it.
        translations: whether texts that are missing in a language that a valid document may have are told as warnings.
        propose: whether the meanings that steps of a valid playbook seem to have are proposed as warnings.
        play: whether bots play a valid playbook too, a made-up incident for each level and each truth.
        read_archetype: how archetypes are read; without it they are not looked into.

    Raises:
        InputError: a path does not exist, or a folder holds no YAML file.
    """
    files = definition_files(paths)
    wanted = _Wanted(quality=quality, translations=translations, propose=propose, play=play)
    checker = _FileChecker(library.with_paths(paths), wanted, read_archetype)
    return [checker.check(path) for path in files]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked at besides whether a file is valid."""

    quality: bool
    translations: bool
    propose: bool
    play: bool


class _FileChecker:
    """Remembers the playbooks it has read: many scenarios are checked against one."""

    def __init__(self, library: Library, wanted: _Wanted, read_archetype: ArchetypeReader | None) -> None:
        self._library = library
        self._wanted = wanted
        self._read_archetype = read_archetype
        self._playbooks: dict[str, Examined] = {}
        self._warnings: tuple[Problem, ...] = ()

    def check(self, path: Path) -> CheckedFile:
        file = str(path)
        head: Head | None = None
        self._warnings = ()
        try:
            data = read_bytes(path)
            head = head_of(data, file)
            if head.kind == "playbook":
                self._check_playbook(data, path, head)
            elif head.kind == "clocks":
                read_clock_pack(data, file, known_calendars())
            elif head.kind == "controls":
                read_control_map(data, file, playbooks=self._all_playbooks())
            elif head.kind == "roster":
                read_roster(data, file)
            elif head.kind == "evidence":
                read_evidence(data, file, self._all_playbooks())
            else:
                self._check_story(data, file, head)
        except DefinitionError as error:
            return replace(_checked(path, head, error.problems, readable=error.readable), warnings=self._warnings)
        except InputError as error:
            return _checked(path, head, (Problem(file, 1, 1, "$", str(error)),), readable=False)
        return replace(_checked(path, head, (), readable=True), warnings=self._warnings)

    def _check_playbook(self, data: bytes, path: Path, head: Head) -> None:
        examined = examine_playbook(data, str(path))
        if self._library.playbooks.get(head.id) == path:
            self._playbooks[head.id] = examined
        playbook, document = examined.playbook, examined.document
        if playbook is None:
            raise DefinitionError(examined.problems)
        further = traps(playbook, document)
        if not examined.mended:
            further += playbook_name_problems(playbook, document)
            further += missing_limits(playbook, examined.shape, document) if examined.shape is not None else []
        if not examined.problems:
            notes = (replace(note, rule=UNUSED) for note in examined.notes)
            self._warnings = (*notes, *self._notes(playbook, document, whole=not further))
        _raise([*examined.problems, *_of_their_own(further, examined.problems)])

    def _notes(self, playbook: Playbook, document: Document, *, whole: bool) -> Iterator[Problem]:
        yield from no_use(document, playbook, self._library)
        if self._wanted.translations:
            yield from missing_in_playbook(document)
        if self._wanted.propose:
            yield from proposals(playbook, document)
            yield from unclaimed(playbook, document)
        else:
            yield from unclaimed_in_brief(document, playbook)
        if self._wanted.play and whole:
            yield from played(document, playbook)

    def _check_story(self, data: bytes, file: str, head: Head) -> None:
        """A scenario or an archetype, whose names are those of the playbook it is meant for."""
        message = _("The key playbook is missing: the id of the playbook that this is meant for.")
        if head.playbook:
            try:
                examined = self._playbook(head.playbook)
            except UnknownNameError as error:
                message = str(error)
            else:
                playbook = None if examined is None else examined.playbook
                if examined is not None and playbook is not None and not examined.problems:
                    self._check_against(data, file, head, playbook)
                    return
                message = _("The playbook {name} has problems of its own, so this cannot be checked against it.")
                if playbook is not None and head.kind == "scenario":
                    message = _("The playbook {name} has problems of its own; mend these first.")
                    message = message.format(name=head.playbook)
                    self._check_scenario(data, file, playbook, because=message)
                    return
                message = message.format(name=head.playbook)
        raise DefinitionError([read_yaml(data, file).problem(("playbook",), message)])

    def _check_against(self, data: bytes, file: str, head: Head, playbook: Playbook) -> None:
        if head.kind == "archetype":
            if self._read_archetype is not None:
                self._read_archetype(data, file, playbook)
            return
        self._check_scenario(data, file, playbook)

    def _check_scenario(self, data: bytes, file: str, playbook: Playbook, *, because: str | None = None) -> None:
        """All that is wrong with a scenario; `because` says why it cannot be played as it is, if something does."""
        folder, rosters = Path(file).parent, self._library.beside(Path(file)).roster
        examined = examine_scenario(data, file, playbook, folder=folder, rosters=rosters)
        scenario, document = examined.scenario, examined.document
        problems = list(examined.problems)
        if because is not None:  # whoever could act in it cannot be told, which is said of the playbook as a whole
            problems = [problem for problem in problems if not problem.path.startswith("$.people")]
            problems.append(document.problem(("playbook",), because))
        if scenario is not None and not examined.mended:
            misspelt, idle = flag_problems(document, playbook)
            problems += [*scenario_name_problems(scenario, document), *misspelt]
            if not examined.problems:
                standing_alone(data, file, folder, playbook=playbook, rosters=rosters)
                self._warnings = tuple(self._scenario_notes(scenario, playbook, document, idle))
        if scenario is not None and self._wanted.quality and not examined.problems and because is None:
            worth = _quality_problems(document, playbook, scenario)
            told = {problem.path for problem in worth if problem.rule == "same-name"}
            problems = [*(problem for problem in problems if problem.path not in told), *worth]
        _raise(problems)

    def _scenario_notes(
        self, scenario: Scenario, playbook: Playbook, document: Document, idle: list[Problem]
    ) -> Iterator[Problem]:
        yield from (document.problem(path, message) for path, message in clock_warnings(scenario))
        yield from (replace(problem, rule=UNUSED) for problem in idle)
        if self._wanted.translations:
            yield from missing_in_scenario(document, playbook)

    def _all_playbooks(self) -> dict[str, Playbook]:
        """The playbooks that can be read; of the others no name can be looked up."""
        found = {name: self._playbook(name) for name in self._library.playbooks}
        return {
            name: one.playbook
            for name, one in found.items()
            if one is not None and one.playbook is not None and not one.problems
        }

    def _playbook(self, name: str) -> Examined | None:
        """The playbook of this id, whatever is wrong with it; `None` where it is none.

        Raises:
            UnknownNameError: there is none of this id.
        """
        if name not in self._playbooks:
            path, data = self._library.playbook(name)
            try:
                self._playbooks[name] = examine_playbook(data, str(path))
            except DefinitionError:
                return None
        return self._playbooks[name]


def _quality_problems(document: Document, playbook: Playbook, scenario: Scenario) -> list[Problem]:
    """What the quality lint finds in a valid scenario: whether it is also worth playing."""
    from incidentsim.exercise.quality import quality  # it plays the scenario, which nothing else here needs

    return [replace(document.problem(one.path, one.message), rule=one.rule) for one in quality(playbook, scenario)]


def _of_their_own(further: Sequence[Problem], told: Sequence[Problem]) -> list[Problem]:
    """Those of the further problems that do not follow from what was told of the same rule, notice or track."""
    parts = {_part_of(problem.path) for problem in told}
    return [problem for problem in further if _part_of(problem.path) not in parts]


def _part_of(path: str) -> str:
    """The rule, notice or track of a path: `$.notices.chief.due` is about `$.notices.chief`."""
    return ".".join(path.replace("[", ".[").split(".")[:3])


def _raise(problems: Sequence[Problem]) -> None:
    """Raise the problems as one error, in the order of the file.

    Raises:
        DefinitionError: there are some.
    """
    if problems:
        raise DefinitionError(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _checked(path: Path, head: Head | None, problems: tuple[Problem, ...], *, readable: bool) -> CheckedFile:
    return CheckedFile(path, head.kind if head else None, head.id if head else "", problems, readable)
