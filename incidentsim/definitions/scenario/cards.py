"""What a list of scenarios shows of each, read without its playbook and without judging the rest of the file."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from incidentsim.definitions.foreign.definitions import read_definition
from incidentsim.definitions.formats.common import ANY, Identifier, TextShape
from incidentsim.definitions.formats.scenario import SCENARIO_SCHEMA, ExerciseObjectiveShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.rosters.resolving import roster_named
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.text import Text


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """One scenario in a list.

    Attributes:
        path: the file it stands in.
        objectives: those that participants may know.
        hidden_objectives: those that give something away.
        level: the level of the most severe incident; `None` where nothing is an incident, or nothing is graded.
        injects: how many pieces of story there are, which says best how long people will sit at it.
        people: how many people stand in the file.
        roster: the roster whose people take part besides; `None` where there is none.
        is_incident: whether anything in it is an incident.
    """

    id: str
    path: Path
    playbook: str
    title: Text
    summary: Text
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    organisation: Text
    objectives: tuple[Text, ...]
    hidden_objectives: tuple[Text, ...]
    level: int | None
    injects: int
    incidents: int
    people: int
    roster: str | None = None
    is_incident: bool = True

    @property
    def difficulty(self) -> int | None:
        """The difficulty at which the scenario was made from an archetype; `None` where it was not made from one."""
        found = [tag.removeprefix("difficulty-") for tag in self.tags if tag.startswith("difficulty-")]
        return int(found[0]) if "generated" in self.tags and found and found[0].isdecimal() else None

    @property
    def archetype(self) -> str | None:
        """The archetype that it was made from: the tag that its id begins with."""
        if "generated" not in self.tags:
            return None
        return next((tag for tag in self.tags if self.id.startswith(f"{tag}-")), None)


class _Loose(BaseModel):
    """A part of a file of which the rest is not looked at."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _TruthShape(_Loose):
    level: int | None = None
    incident: bool = True


class _IncidentShape(_Loose):
    truth: _TruthShape


class _OrganisationShape(_Loose):
    name: TextShape


class _CardShape(_Loose):
    id: Identifier
    playbook: Identifier
    title: TextShape
    summary: TextShape
    language: list[str] = []
    tags: list[str] = []
    objectives: list[ExerciseObjectiveShape] = []
    organisation: _OrganisationShape
    people: dict[str, object]
    incidents: dict[str, _IncidentShape]
    injects: list[object]


def scenario_card(data: bytes, path: Path) -> ScenarioCard:
    """The card of the scenario in `data`, which stands in the file `path`.

    Raises:
        DefinitionError: the file is no YAML, or something of what a list shows is missing.
    """
    findings = Findings(read_definition(data, str(path), SCENARIO_SCHEMA))
    shape = validate(findings, _CardShape, ANY)
    if shape is None or findings:
        raise findings.error()
    roster = roster_named(findings.document.value)
    levels = [one.truth.level for one in shape.incidents.values() if one.truth.level is not None]
    return ScenarioCard(
        id=shape.id,
        path=path,
        playbook=shape.playbook,
        title=text(shape.title),
        summary=text(shape.summary),
        languages=tuple(shape.language),
        tags=tuple(shape.tags),
        organisation=text(shape.organisation.name),
        objectives=tuple(text(one) for one in shape.objectives if one.for_participants),
        hidden_objectives=tuple(text(one) for one in shape.objectives if not one.for_participants),
        level=min(levels, default=None),
        injects=len(shape.injects),
        incidents=len(shape.incidents),
        people=len(shape.people) - (roster is not None),
        roster=roster,
        is_incident=any(one.truth.incident for one in shape.incidents.values()),
    )
