"""Reading a scenario against the playbook it is meant for, every problem at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

from incidentsim.definitions.foreign.definitions import read_definition, read_definition_head
from incidentsim.definitions.formats.common import Identifier
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.scenario import SCENARIO_SCHEMA, ScenarioShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.names.names import names_of
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.scenario import evidence as scenario_evidence
from incidentsim.definitions.scenario import expectations as scenario_expectations
from incidentsim.definitions.scenario import people as scenario_people
from incidentsim.definitions.scenario import scope as scenario_scope
from incidentsim.definitions.scenario import script as scenario_script
from incidentsim.definitions.scenario import story as scenario_story
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Organisation, Scenario
from incidentsim.messages import gettext as _

_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2200
"""Beyond these, clocks and calendars of the places an exercise is shown in stop being sure."""


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


def read_scenario(data: bytes, file: str, playbook: Playbook) -> Scenario:
    """The scenario in `data`, to be played by `playbook`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        playbook: the procedure whose names the scenario uses; which one the file itself names is not looked at.

    Raises:
        DefinitionError: the file is no YAML, not of the scenario format, or says something that cannot be.
    """
    findings = Findings(read_definition(data, file, SCENARIO_SCHEMA))
    shape = validate(findings, ScenarioShape)
    if shape is None:
        raise findings.error()
    scenario = _resolved(shape, findings, playbook)
    if findings:
        raise findings.error()
    return scenario


def _resolved(shape: ScenarioShape, findings: Findings, playbook: Playbook) -> Scenario:
    injects = tuple(inject.id for inject in shape.injects)
    names = names_of(playbook, scenario_people.pseudonyms(shape), tuple(shape.incidents), injects)
    checker = Checker(names, findings)
    checker.once(("language",), shape.language)
    people = scenario_people.people(checker, shape)
    scenario_people.check_everything_possible(checker, playbook, people)
    scenario_people.check_proficiency(checker, shape)
    ends = parse_duration(shape.ends)
    if not ends:
        findings.add(("ends",), _("An exercise lasts longer than no time at all."))
    about = shape.organisation.about
    script, interventions = scenario_script.script(checker, shape, playbook)
    return Scenario(
        id=shape.id,
        playbook=shape.playbook,
        title=text(shape.title),
        summary=text(shape.summary),
        languages=tuple(shape.language),
        tags=tuple(shape.tags),
        seed=shape.seed,
        starts=shape.starts,
        start_minute=_start_minute(findings, shape.starts),
        ends=ends,
        organisation=Organisation(
            text(shape.organisation.name),
            text(about) if about else None,
            scenario_scope.scope(checker, shape.organisation.scope),
        ),
        people=people,
        incidents=scenario_story.incidents(checker, shape, playbook),
        injects=scenario_story.injects(checker, shape, playbook),
        script=script,
        expectations=scenario_expectations.expectations(checker, shape),
        proficiency=dict(shape.proficiency),
        interventions=interventions,
        objectives=tuple(
            scenario_evidence.objective(checker, written, ("objectives", index))
            for index, written in enumerate(shape.objectives)
        ),
    )


def _start_minute(findings: Findings, starts: str) -> int:
    """The local minutes from midnight at which the exercise starts."""
    try:
        moment = datetime.fromisoformat(starts)
    except ValueError:
        findings.add(("starts",), _("There is no such date, time or offset."))
        return 0
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        message = _("The year lies between {first} and {last}.")
        findings.add(("starts",), message.format(first=_FIRST_YEAR, last=_LAST_YEAR))
    return moment.hour * 60 + moment.minute
