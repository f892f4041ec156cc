"""The scenario file, version 1: how an exercise reads in YAML (`incidentsim schema scenario`)."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    IDENTIFIER,
    SORTS,
    Duration,
    Identifier,
    LanguageTag,
    LocalRange,
    PatternShape,
    Shape,
    TextShape,
    Words,
    keys_of,
)
from incidentsim.definitions.formats.judging import MeasuredValue
from incidentsim.definitions.formats.script import ScriptLineShape
from incidentsim.domain.scenario import Part

SCENARIO_SCHEMA = "incidentsim/scenario/1"
"""The value of `schema` in a scenario of this version."""

STARTS: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$"
OFFSET: Final = r"^[+-](0[0-9]|1[0-8]):[0-5][0-9]$"
BIGGEST = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 7493)."""


DeclarationShape = Annotated[
    Annotated[bool, Tag("flag")]
    | Annotated[int, Field(ge=0), Tag("number")]
    | Annotated[Identifier, Tag("text")]
    | Annotated[list[Identifier], Tag("list")],
    SORTS,
]
"""An answer of the organisation: yes or no, a number, one option, or several."""


class ScopeShape(Shape):
    """What the organisation declares about itself; it decides which regulatory deadlines concern it."""

    jurisdictions: list[Words] = Field(description="where it is subject to law: CN, EU, US and others")
    declares: dict[Identifier, DeclarationShape] = Field(
        default={}, description="answers to what the clock packs ask; what is left out is not declared"
    )
    zones: dict[Words, Words] = Field(
        default={}, description="the IANA time zone of its place in a jurisdiction that has several"
    )
    calendars: dict[Words, Words] = Field(
        default={}, description="the holiday calendar of its place in a jurisdiction, such as that of its Member State"
    )


class OrganisationShape(Shape):
    """The invented company of the story."""

    name: TextShape
    about: TextShape | None = None
    scope: ScopeShape | None = None


class PersonShape(Shape):
    """Somebody at the table; invented."""

    name: Annotated[Annotated[TextShape, Tag("mapping")] | Annotated[Words, Tag("text")], SORTS]
    roles: list[Identifier] = Field(min_length=1)
    desk: TextShape | None = None
    away: Annotated[Annotated[Literal["always"], Tag("text")] | Annotated[list[LocalRange], Tag("list")], SORTS] = (
        Field(default=[], description="daily, local time; or always")
    )


class MeasuredShape(Shape):
    """A measure of the playbook, and what it really was."""

    measure: Identifier
    is_: MeasuredValue = Field(alias="is")


class TruthShape(Shape):
    """What really happened."""

    incident: bool = Field(description="whether it is an information-security incident at all")
    level: int | None = Field(None, description="the right level; left out where it is no incident")
    why: list[MeasuredShape] = Field(default=[], description="the measured values that make the level")
    unlawful: bool = False
    cause: Identifier
    root_cause: TextShape | None = Field(None, description="the cause in words, for facilitators")
    scope: TextShape | None = None
    loss: TextShape | None = None
    concealed_by: Identifier | None = Field(None, description="the person who concealed it")
    flags: dict[Identifier, bool] = Field(default={}, description="further answers that a playbook's `fits` asks for")
    late_evidence: list[Identifier] = Field(
        default=[],
        description="level, or an answer such as unlawful, that has to be judged before the evidence that decides it "
        "comes; what was known at the time is then what counts",
    )
    notes: list[TextShape] = Field(default=[], description="what a facilitator should know besides")


class IncidentShape(Shape):
    """One thread of the story."""

    title: TextShape
    working_title: TextShape | None = Field(
        None,
        description="how participants call it until it is judged to be an incident; if left out, by the subject of the "
        "message that raises it, if that reached them, else by a number",
    )
    truth: TruthShape


class BringsShape(Shape):
    """A circumstance that comes to light, and whom it concerns; or a moment that starts regulatory deadlines."""

    circumstance: Identifier | None = None
    person: Identifier | None = None
    anchor: Identifier | None = None


class ShownShape(Shape):
    """What a piece of the story tells about the truth, or seems to: the value of a measure, or a yes or no."""

    measure: Identifier | None = None
    flag: Identifier | None = Field(None, description="incident, unlawful, or another answer that `fits` asks for")
    is_: MeasuredValue = Field(alias="is")


class ExerciseObjectiveShape(TextShape):
    """What the exercise is to show or to practise, and the injects that put it to the test."""

    tested_by: list[Identifier] = Field(default=[], description="injects of this scenario")
    for_participants: bool = Field(
        False, description="it gives nothing away, so the handout says it; the others are for the facilitator"
    )


class AttachedFileShape(Shape):
    """A file that comes with a message."""

    file: str = Field(
        description="its path from the scenario's folder, with / between folders: a text (.txt, .log, .csv, .eml, "
        ".json), a picture (.png) or a .pdf"
    )
    digest: str = Field(description="sha256: and 64 hexadecimal digits, which pin its bytes")


class AttachedInBothShape(Shape):
    """A file that comes with a message, for readers of each language."""

    en: AttachedFileShape = Field(description="the file in English")
    zh: AttachedFileShape = Field(description="the file in Chinese")


def _which_attachment(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    return "languages" if keys_of(value) & {"en", "zh"} else "file"


AttachmentShape = Annotated[
    Annotated[AttachedInBothShape, Tag("languages")] | Annotated[AttachedFileShape, Tag("file")],
    Discriminator(_which_attachment),
]


class InjectShape(Shape):
    """A piece of the story that reaches people.

    It comes `at` a time, after a fact (`when_fact`, so long `after`), or `unless` a fact has happened `by` a time.
    """

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "when_fact"}

    id: Identifier
    at: Duration | None = None
    when_fact: PatternShape | None = None
    after: Duration | None = Field(None, description="how long after the fact of `when_fact`")
    unless: PatternShape | None = None
    by: Duration | None = Field(None, description="the time until which the fact of `unless` is waited for")
    to: list[Identifier] = Field(min_length=1, description="roles, bodies or persons")
    from_: Annotated[Annotated[TextShape, Tag("mapping")] | Annotated[Identifier, Tag("text")], SORTS] | None = Field(
        None, alias="from", description="who sends it: a role, a body or a person; or somebody outside, in words"
    )
    channel: Identifier
    subject: TextShape | None = None
    body: TextShape
    incident: Identifier | None = Field(None, description="the incident it is about")
    raises: Identifier | None = Field(None, description="the incident that becomes noticeable by it")
    brings: (
        Annotated[Annotated[BringsShape, Tag("mapping")] | Annotated[list[BringsShape], Tag("list")], SORTS] | None
    ) = Field(None, description="what comes to light about the incident by it")
    part: Part | None = Field(None, description="which part of the story it tells; only facilitators see it")
    shows: list[ShownShape] = Field(default=[], description="evidence: what it tells about its incident")
    expects: list[Identifier] = Field(default=[], description="the steps that it should prompt")
    hint: TextShape | None = Field(None, description="for the facilitator, when people are stuck")
    attachments: list[AttachmentShape] = Field(default=[], description="files that come with it, four at most")


class EndsInShape(Shape):
    """The incident ends in this state on this track."""

    incident: Identifier
    track: Identifier
    ends_in: Identifier


class EndsAtLevelShape(Shape):
    """The incident ends at this level; `none` if it is never graded."""

    incident: Identifier
    ends_at_level: Annotated[Annotated[int, Tag("number")] | Annotated[Literal["none"], Tag("text")], SORTS]


class OccursShape(PatternShape):
    """A fact like this happens, within a time (of the start, or of a fact like `since`)."""

    within: Duration | None = None
    since: PatternShape | None = None


class NeverShape(Shape):
    """No fact like this happens."""

    never: PatternShape


class OrderShape(Shape):
    """Facts like these happen one after the other."""

    order: list[PatternShape] = Field(min_length=2)


class CountShape(Shape):
    """So many: a number, or a range."""

    at_least: int | None = Field(None, ge=0)
    at_most: int | None = Field(None, ge=0)


NumberOrRange = Annotated[Annotated[int, Field(ge=0), Tag("number")] | Annotated[CountShape, Tag("mapping")], SORTS]


class CountsShape(Shape):
    """How many refusals, escalations or breaches there are."""

    refusals: NumberOrRange | None = None
    escalations: NumberOrRange | None = None
    breaches: NumberOrRange | None = None


def _which_expectation(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    for key in ("never", "order", "ends_in", "ends_at_level"):
        if key in keys:
            return key
    return "counts" if keys & {"refusals", "escalations", "breaches"} else "occurs"


ExpectationShape = Annotated[
    Annotated[EndsInShape, Tag("ends_in")]
    | Annotated[EndsAtLevelShape, Tag("ends_at_level")]
    | Annotated[NeverShape, Tag("never")]
    | Annotated[OrderShape, Tag("order")]
    | Annotated[CountsShape, Tag("counts")]
    | Annotated[OccursShape, Tag("occurs")],
    Discriminator(_which_expectation),
]


class ClockChangeShape(Shape):
    """From `at` on, counted from the start, the clocks have another offset."""

    at: Duration
    offset: str = Field(pattern=OFFSET, description="from UTC: +01:00")


def _with_roster(schema: dict[str, Any]) -> None:
    """People may be those of a roster, which is put in its place before the shape is asked for."""
    (person,) = schema.pop("patternProperties").values()
    roster = {
        "type": "string",
        "pattern": IDENTIFIER,
        "maxLength": 80,
        "description": "the id of a roster, whose people take part; people who stand here besides count before them",
    }
    schema["properties"] = {"roster": {"anyOf": [roster, person]}}
    schema["patternProperties"] = {f"^(?!roster$){IDENTIFIER.removeprefix('^')}": person}


class ScenarioShape(Shape):
    """A whole exercise."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"languages": "language"}

    schema_: Literal["incidentsim/scenario/1"] = Field(alias="schema")
    id: Identifier
    playbook: Identifier = Field(description="the id of the playbook it is meant for")
    title: TextShape
    summary: TextShape
    fiction: TextShape = Field(description="says that people, company and figures are invented")
    language: list[LanguageTag] = Field(
        default=[],
        description="the languages in which every text has to be, the first being that of a text written without one; "
        "the playbook's prevailing one if left out",
    )
    tags: list[Identifier] = Field(default=[])
    objectives: list[ExerciseObjectiveShape] = Field(default=[])
    seed: int = Field(ge=0, le=BIGGEST)
    starts: str = Field(pattern=STARTS, description="local date and time with its offset: 2021-06-30T09:10+08:00")
    zone: Words | None = Field(
        None,
        description="the IANA time zone of the exercise: Europe/Berlin; if left out, that of the first of the "
        "organisation's places whose clocks show what stands in starts, and without one its offset holds throughout",
    )
    clock_changes: list[ClockChangeShape] | None = Field(
        None, description="when the clocks change, in place of what zone data say; an empty list: never"
    )
    ends: Duration = Field("60d", description="when the exercise is over at the latest")
    organisation: OrganisationShape
    people: dict[Identifier, PersonShape] = Field(min_length=1, json_schema_extra=_with_roster)
    incidents: dict[Identifier, IncidentShape] = Field(min_length=1)
    injects: list[InjectShape] = Field(min_length=1)
    script: list[ScriptLineShape] = Field(default=[])
    expect: list[ExpectationShape] = Field(default=[])
    proficiency: dict[Identifier, Annotated[int, Field(ge=0, le=100)]] = Field(
        default={}, description="how well a bot plays a role, 0 (novice) to 100 (expert); 100 if left out"
    )
    attached: dict[str, str] = Field(
        default={},
        description="the bytes of attached files, as base64 (RFC 4648), by their digests; the program writes them "
        "where a scenario has to stand alone, as in a record",
    )
