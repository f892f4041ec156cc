"""Checking many definition files, each for itself, none of them stopping the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incidentsim.definitions.clocks.read import read_clock_pack
from incidentsim.definitions.controls.read import read_control_map, read_evidence
from incidentsim.definitions.library.files import Head, Kind, definition_files, head_of, read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.proposing import proposals, unclaimed
from incidentsim.definitions.library.translations import missing_in_playbook, missing_in_scenario
from incidentsim.definitions.names.alike import playbook_name_problems, scenario_name_problems
from incidentsim.definitions.playbook.limits import missing_limits
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.definitions.scenario.clock_warnings import clock_warnings
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.definitions.yaml12.reader import Document, read_yaml
from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.regulatory.dates import known_calendars
from incidentsim.messages import gettext as _

ArchetypeReader = Callable[[bytes, str, Playbook], object]
"""Reads an archetype for a playbook. Archetypes belong to a room above, so whoever asks for a check says how."""


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
    read_archetype: ArchetypeReader | None = None,
) -> list[CheckedFile]:
    """Check all files that `paths` mean; scenarios against the playbooks among them, or else of the library.

    Args:
        paths: files and folders.
        library: where playbooks are that scenarios name.
        quality: whether valid scenarios are also looked at as stories, and played a few times by bots for it.
        translations: whether texts that are missing in a language that a valid document may have are told as warnings.
        propose: whether the meanings that steps of a valid playbook seem to have are proposed as warnings.
        read_archetype: how archetypes are read; without it they are not looked into.

    Raises:
        InputError: a path does not exist, or a folder holds no YAML file.
    """
    files = definition_files(paths)
    wanted = _Wanted(quality=quality, translations=translations, propose=propose)
    checker = _FileChecker(library.with_paths(paths), wanted, read_archetype)
    return [checker.check(path) for path in files]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked at besides whether a file is valid."""

    quality: bool
    translations: bool
    propose: bool


class _FileChecker:
    """Remembers the playbooks it has read: many scenarios are checked against one."""

    def __init__(self, library: Library, wanted: _Wanted, read_archetype: ArchetypeReader | None) -> None:
        self._library = library
        self._wanted = wanted
        self._read_archetype = read_archetype
        self._playbooks: dict[str, Playbook | None] = {}
        self._warnings: tuple[Problem, ...] = ()

    def check(self, path: Path) -> CheckedFile:
        file = str(path)
        head: Head | None = None
        self._warnings = ()
        try:
            data = read_bytes(path)
            head = head_of(data, file)
            if head.kind == "playbook":
                playbook = read_playbook(data, file)
                if self._library.playbooks.get(playbook.id) == path:
                    self._playbooks[playbook.id] = playbook
                document = read_yaml(data, file)
                self._warnings = tuple(self._notes(playbook, document))
                _raise([*playbook_name_problems(playbook, document), *missing_limits(playbook, document)])
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

    def _notes(self, playbook: Playbook, document: Document) -> Iterator[Problem]:
        if self._wanted.translations:
            yield from missing_in_playbook(document)
        if self._wanted.propose:
            yield from proposals(playbook, document)
            yield from unclaimed(playbook, document)

    def _check_story(self, data: bytes, file: str, head: Head) -> None:
        """A scenario or an archetype, whose names are those of the playbook it is meant for."""
        message = _("The key playbook is missing: the id of the playbook that this is meant for.")
        if head.playbook:
            try:
                playbook = self._playbook(head.playbook)
            except UnknownNameError as error:
                message = str(error)
            else:
                if playbook is not None:
                    self._check_against(data, file, head, playbook)
                    return
                message = _("The playbook {name} has problems of its own, so this cannot be checked against it.")
                message = message.format(name=head.playbook)
        raise DefinitionError([read_yaml(data, file).problem(("playbook",), message)])

    def _check_against(self, data: bytes, file: str, head: Head, playbook: Playbook) -> None:
        if head.kind == "archetype":
            if self._read_archetype is not None:
                self._read_archetype(data, file, playbook)
            return
        folder, rosters = Path(file).parent, self._library.beside(Path(file)).roster
        scenario = read_scenario(data, file, playbook, folder=folder, rosters=rosters)
        standing_alone(data, file, folder, playbook=playbook, rosters=rosters)
        document = read_yaml(data, file)
        problems = scenario_name_problems(scenario, document)
        self._warnings = tuple(document.problem(path, message) for path, message in clock_warnings(scenario))
        if self._wanted.translations:
            self._warnings += tuple(missing_in_scenario(document, playbook))
        if self._wanted.quality:
            worth = _quality_problems(document, playbook, scenario)
            told = {problem.path for problem in worth if problem.rule == "same-name"}
            problems = [*(problem for problem in problems if problem.path not in told), *worth]
        _raise(problems)

    def _all_playbooks(self) -> dict[str, Playbook]:
        """The playbooks that can be read; of the others no name can be looked up."""
        found = {name: self._playbook(name) for name in self._library.playbooks}
        return {name: playbook for name, playbook in found.items() if playbook is not None}

    def _playbook(self, name: str) -> Playbook | None:
        if name not in self._playbooks:
            path, data = self._library.playbook(name)
            try:
                self._playbooks[name] = read_playbook(data, str(path))
            except DefinitionError:
                self._playbooks[name] = None
        return self._playbooks[name]


def _quality_problems(document: Document, playbook: Playbook, scenario: Scenario) -> list[Problem]:
    """What the quality lint finds in a valid scenario: whether it is also worth playing."""
    from incidentsim.exercise.quality import quality  # it plays the scenario, which nothing else here needs

    return [replace(document.problem(one.path, one.message), rule=one.rule) for one in quality(playbook, scenario)]


def _raise(problems: Sequence[Problem]) -> None:
    """Raise the problems as one error, in the order of the file.

    Raises:
        DefinitionError: there are some.
    """
    if problems:
        raise DefinitionError(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _checked(path: Path, head: Head | None, problems: tuple[Problem, ...], *, readable: bool) -> CheckedFile:
    return CheckedFile(path, head.kind if head else None, head.id if head else "", problems, readable)
