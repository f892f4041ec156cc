"""Reading a scenario against the playbook it is meant for, every problem at once."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from incidentsim.definitions.foreign.definitions import read_definition, read_definition_head
from incidentsim.definitions.formats.common import Identifier
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.languages import scenario_languages
from incidentsim.definitions.formats.scenario import SCENARIO_SCHEMA, ScenarioShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.names.names import names_of
from incidentsim.definitions.rosters.resolving import Rosters, resolve
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.scenario import clock_changes
from incidentsim.definitions.scenario import evidence as scenario_evidence
from incidentsim.definitions.scenario import expectations as scenario_expectations
from incidentsim.definitions.scenario import people as scenario_people
from incidentsim.definitions.scenario import scope as scenario_scope
from incidentsim.definitions.scenario import script as scenario_script
from incidentsim.definitions.scenario import story as scenario_story
from incidentsim.definitions.scenario.attachments import AttachedFiles
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.local_time import OffsetTable
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Organisation, Scenario
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class ScenarioHead:
    """The id of a scenario and that of the playbook it is meant for."""

    id: str
    playbook: str


class _HeadShape(BaseModel):
    model_config = ConfigDict(strict=True)

    id: Identifier
    playbook: Identifier


def scenario_head(data: bytes, file: str) -> ScenarioHead:
    """The id and the playbook of the scenario in `data`, the rest being left unread.

    Raises:
        DefinitionError: the file is no YAML, or one of the two is missing or is no id.
    """
    findings = Findings(read_definition_head(data, file, SCENARIO_SCHEMA, ("id", "playbook")))
    head = validate(findings, _HeadShape)
    if head is None or findings:
        raise findings.error()
    return ScenarioHead(head.id, head.playbook)


def read_scenario(
    data: bytes,
    file: str,
    playbook: Playbook,
    *,
    offsets: OffsetTable | None = None,
    folder: Path | None = None,
    rosters: Rosters | None = None,
) -> Scenario:
    """The scenario in `data`, to be played by `playbook`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        playbook: the procedure whose names the scenario uses; which one the file itself names is not looked at.
        offsets: how the clocks change, as it was resolved for a run of this scenario; resolved anew if left out.
        folder: where the files lie that come with its injects; left out, they have to stand in `data`.
        rosters: where the roster is found that it may name; left out, all its people have to stand in `data`.

    Raises:
        DefinitionError: the file is no YAML, not of the scenario format, or says something that cannot be.
    """
    examined = examine_scenario(data, file, playbook, offsets=offsets, folder=folder, rosters=rosters)
    if examined.scenario is None or examined.problems:
        raise DefinitionError(examined.problems)
    return examined.scenario


@dataclass(frozen=True, slots=True)
class Examined:
    """A scenario file that was looked into, whatever is wrong with it.

    Attributes:
        document: what the file holds.
        scenario: the exercise, as far as it can be told; not to be played where there are problems; `None` where the
            file is so far from the format that nothing can be told.
        problems: what is wrong with it, in the order of the file.
        mended: whether words of the file were replaced by others, so that the rest could be looked at.
    """

    document: Document
    scenario: Scenario | None
    problems: tuple[Problem, ...]
    mended: bool


def examine_scenario(
    data: bytes,
    file: str,
    playbook: Playbook,
    *,
    offsets: OffsetTable | None = None,
    folder: Path | None = None,
    rosters: Rosters | None = None,
) -> Examined:
    """Look into the scenario in `data`, and go on where something in it is wrong; the parts are `read_scenario`'s.

    Raises:
        DefinitionError: the file is no YAML, or no scenario.
    """
    findings = Findings(read_definition(data, file, SCENARIO_SCHEMA))
    languages = scenario_languages(findings.document.value, playbook)
    roster = resolve(findings.document, rosters, playbook.roles, languages)
    shape = validate(findings, ScenarioShape, languages)
    mended = bool(findings)
    scenario = None
    if shape is not None:
        scenario = _resolved(shape, findings, playbook, offsets, folder)
        if not findings.touch(("people",)):  # of a role that is misspelt, nobody holds the right one
            scenario_people.check_everything_possible(findings, playbook, scenario.people, roster)
    problems = findings.error().problems if findings else ()
    return Examined(findings.document, scenario, problems, mended)


def _resolved(
    shape: ScenarioShape, findings: Findings, playbook: Playbook, pinned: OffsetTable | None, folder: Path | None
) -> Scenario:
    injects = tuple(inject.id for inject in shape.injects)
    names = names_of(playbook, scenario_people.pseudonyms(shape), tuple(shape.incidents), injects)
    checker = Checker(names, findings)
    checker.once(("language",), shape.language)
    people = scenario_people.people(checker, shape)
    scenario_people.check_proficiency(checker, shape)
    ends = parse_duration(shape.ends)
    if not ends:
        findings.add(("ends",), _("An exercise lasts longer than no time at all."))
    about = shape.organisation.about
    scope = scenario_scope.scope(checker, shape.organisation.scope, () if pinned is None else pinned.places)
    script, asides = scenario_script.script(checker, shape, playbook)
    return Scenario(
        id=shape.id,
        playbook=shape.playbook,
        title=text(shape.title),
        summary=text(shape.summary),
        languages=scenario_languages(findings.document.value, playbook).asked,
        tags=tuple(shape.tags),
        seed=shape.seed,
        starts=shape.starts,
        ends=ends,
        organisation=Organisation(
            text(shape.organisation.name),
            text(about) if about else None,
            scope,
        ),
        people=people,
        incidents=scenario_story.incidents(checker, shape, playbook),
        injects=scenario_story.injects(checker, shape, playbook, AttachedFiles(findings, shape, folder)),
        script=script,
        expectations=scenario_expectations.expectations(checker, shape),
        proficiency=dict(shape.proficiency),
        asides=asides,
        zone=shape.zone,
        offsets=clock_changes.offsets_of(checker, shape, scope, ends, pinned),
        objectives=tuple(
            scenario_evidence.objective(checker, written, ("objectives", index))
            for index, written in enumerate(shape.objectives)
        ),
    )
