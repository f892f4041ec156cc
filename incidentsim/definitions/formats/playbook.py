"""The playbook file, version 1: how a procedure reads in YAML (`incidentsim schema playbook`)."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    BasisShape,
    ClauseId,
    ConditionShape,
    Duration,
    Grounded,
    Identifier,
    LanguageTag,
    LocalRange,
    NameOrNames,
    PatternOrPatterns,
    RegulationShape,
    Shape,
    TextShape,
    by_type,
    keys_of,
    unsaid,
)
from incidentsim.definitions.formats.evaluation import ImprovementsShape, MetricShape, ObjectiveShape
from incidentsim.definitions.formats.fields import ASKS, AsksShape, FieldShape, FieldTitleShape
from incidentsim.definitions.formats.judging import (
    JudgementShape,
    LevelEntryShape,
    MeasuredValue,
    MeasureShape,
    ModifierShape,
)
from incidentsim.definitions.formats.meanings import (
    MEANS,
    ChannelMeansShape,
    CircumstanceMeansShape,
    MeansShape,
    RoleMeansShape,
    TeamMeansShape,
)
from incidentsim.definitions.formats.owing import (
    DutyShape,
    EscalationShape,
    LatenessShape,
    NoticeShape,
    NoticeStatesShape,
)
from incidentsim.definitions.formats.telling import TellsShape

PLAYBOOK_SCHEMA = "incidentsim/playbook/1"
"""The value of `schema` in a playbook of this version."""


class SourceShape(Shape):
    """A document that clauses come from."""

    title: TextShape
    period: str | None = None
    address: str | None = None


class ClauseShape(Shape):
    """A statement of a source in our words; `context` says why no rule follows from it."""

    source: Identifier
    says: TextShape
    phase: Identifier | None = None
    context: TextShape | None = None


class RoleEntryShape(Grounded):
    """A function that somebody performs."""

    title: TextShape = Field(default_factory=unsaid, description="its id in words, if left out")
    deputies: list[Identifier] = Field(default=[], description="roles that may act for it while its holders are absent")
    outside: bool = Field(default=False, description="outside the company")
    means: RoleMeansShape | None = Field(None, description=MEANS)


class BodyShape(Grounded):
    """Roles that decide or are told together."""

    title: TextShape
    members: list[Identifier] = Field(min_length=1)
    head: Identifier | None = None
    means: TeamMeansShape | None = Field(None, description=MEANS)


class ListShape(Grounded):
    """A closed list that choices are made from."""

    title: TextShape
    items: dict[Identifier, TextShape] = Field(min_length=1)


class CircumstanceShape(Grounded):
    """Something that may come to light about an incident."""

    title: TextShape
    means: CircumstanceMeansShape | None = Field(None, description=MEANS)


class ChannelShape(TextShape):
    """What a channel is called."""

    means: ChannelMeansShape | None = Field(None, description=MEANS)


class StateShape(Shape):
    """Where a track can stand."""

    title: TextShape = Field(default_factory=unsaid, description="its id in words, if left out")
    phase: Identifier | None = None
    final: bool = Field(default=False, description="the track may rest here for good")


class StepShape(Grounded):
    """A way from one state to another, taken `by` somebody, or triggered by a fact (`when_fact`) or by `when`."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "when_fact"}

    do: Identifier
    title: TextShape = Field(default_factory=unsaid, description="its name in words, if left out")
    from_: NameOrNames = Field(alias="from")
    to: Identifier = Field(description="the state it leads to, or `same` where the track stays where it is")
    by: list[Identifier] = Field(default=[], description="roles or bodies, or anyone")
    asks: AsksShape | None = Field(None, description=ASKS)
    requires: dict[Identifier, FieldShape] = Field(default={}, description="content that must be given")
    may: dict[Identifier, FieldShape] = Field(default={}, description="content that may be given")
    needs: ConditionShape | None = Field(None, description="what must hold, on other tracks too")
    not_by_author_of: NameOrNames | None = Field(
        None, description="four eyes: whoever took that step may not take this"
    )
    takes: Duration | None = Field(None, description="how long it usually takes")
    means: MeansShape | None = Field(None, description=MEANS)
    tells: TellsShape | None = Field(None, description="whom it tells, and how")
    when_fact: PatternOrPatterns | None = Field(None, description="triggered automatically by a fact like this")
    when: ConditionShape | None = Field(None, description="triggered automatically once this holds")
    fits: dict[Identifier, bool] = Field(default={}, description="for which ground truth this is the right step")
    detour: bool = Field(default=False, description="not on the straight way through")


class TrackEntryShape(Shape):
    """A flat state machine; the first state is where it begins."""

    title: TextShape = Field(default_factory=unsaid, description="its id in words, if left out")
    main: bool = Field(default=False, description="the track that carries the phases; the only one is it by itself")
    states: dict[Identifier, StateShape] = Field(
        default={}, description="in the order in which the steps name them, if left out; final where none leads on"
    )
    steps: list[StepShape]


class WorkingHoursShape(Grounded):
    """When people are at their desks, local time."""

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = Field(min_length=1)
    hours: LocalRange


class ForbiddenShape(Grounded):
    """Something that nobody may do."""

    do: Identifier
    title: TextShape = Field(default_factory=unsaid, description="its name in words, if left out")


class UsualTimesShape(Grounded):
    """Where the usual times of the steps (`takes`) come from."""

    says: TextShape


class AnchorShape(Grounded):
    """A trigger of regulatory deadlines: the first fact like one of `when_fact`."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "when_fact"}

    when_fact: PatternOrPatterns
    establishes: dict[Identifier, MeasuredValue] = Field(
        default={}, description="measures of the clock packs that are known with it"
    )


RuleSection = Literal[
    "aggravating_factors",
    "anchors",
    "bodies",
    "circumstances",
    "duties",
    "escalations",
    "forbidden",
    "improvements",
    "judgements",
    "lateness",
    "levels",
    "lists",
    "metrics",
    "notices",
    "objectives",
    "roles",
    "steps",
    "times",
    "usual_times",
    "working_hours",
]
"""A part of the file whose rules rest on something; `times` are the limits of duties and notices."""


def _which_section_basis(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    return "regulation" if keys_of(value) & {"regulation", "article"} else by_type(value)


SectionBasis = Annotated[
    Annotated[Literal["assumption"], Tag("text")]
    | Annotated[RegulationShape, Tag("regulation")]
    | Annotated[dict[RuleSection, BasisShape], Field(min_length=1), Tag("mapping")],
    Discriminator(
        _which_section_basis,
        custom_error_type="sort",
        custom_error_message="assumption, a regulation, or a basis for each section",
    ),
]
"""One basis for everything, or one for each section; what a rule says or cites itself goes before it."""

LevelsShape = Annotated[
    Annotated[dict[int, LevelEntryShape], Tag("mapping")] | Annotated[list[LevelEntryShape], Tag("list")],
    SORTS,
]
"""The levels by number, or in a list that begins with the most severe."""


class PlaybookShape(Shape):
    """A whole procedure."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"graver": "aggravating_factors"}

    schema_: Literal["incidentsim/playbook/1"] = Field(alias="schema")
    id: Identifier
    version: str = Field(default="1", min_length=1, max_length=40)
    title: TextShape
    languages: list[LanguageTag] = Field(
        default=[], description="the languages in which every text has to be; the prevailing one if left out"
    )
    prevailing_language: LanguageTag | None = Field(
        None,
        description="the language whose words count where two differ, and that of a text written without a language; "
        "the first of languages, or en, if left out",
    )
    source: SourceShape | None = Field(None, description="the one document that rules cite by at")
    sources: dict[Identifier, SourceShape] = Field(default={})
    clauses: dict[ClauseId, ClauseShape] = Field(
        default={}, description="what the sources say, in words; a section that is cited by at needs none"
    )
    basis: SectionBasis | None = Field(
        None,
        description="what rules rest on that neither cite nor say anything: one basis, or one a section",
    )
    phases: dict[Identifier, TextShape] = Field(
        default={}, description="detect, respond, recover and improve, by what the steps mean, if left out"
    )
    measures: dict[Identifier, MeasureShape] = Field(
        default={}, description="what can be counted; those that the field has in common need not stand here"
    )
    levels: LevelsShape = Field(
        default={}, description="by number, 1 is the most severe, or a list from the most severe; none: no grading"
    )
    aggravating_factors: list[ModifierShape] = Field(default=[])
    judgements: dict[Identifier, JudgementShape] = Field(
        default={}, description="by what each yes or no that steps ask for under fits is judged"
    )
    roles: dict[Identifier, RoleEntryShape] = Field(min_length=1)
    bodies: dict[Identifier, BodyShape] = Field(default={})
    channels: dict[Identifier, ChannelShape] = Field(
        default={}, description="chat, phone, email, pager and status_page, if left out"
    )
    lists: dict[Identifier, ListShape] = Field(default={})
    fields: dict[Identifier, FieldTitleShape] = Field(default={}, description="what each piece of content is called")
    circumstances: dict[Identifier, CircumstanceShape] = Field(default={})
    usual_times: UsualTimesShape | None = Field(
        None, description="if left out, a step without takes takes five minutes"
    )
    states: dict[Identifier, StateShape] = Field(default={}, description="those of the one track, beside steps")
    steps: list[StepShape] = Field(default=[], description="those of the one track, in place of tracks")
    tracks: dict[Identifier, TrackEntryShape] = Field(default={})
    working_hours: WorkingHoursShape | None = Field(None, description="round the clock, if left out")
    lateness: LatenessShape | None = None
    notice_states: NoticeStatesShape | None = None
    notices: dict[Identifier, NoticeShape] = Field(default={})
    duties: list[DutyShape] = Field(default=[])
    escalations: list[EscalationShape] = Field(default=[])
    forbidden: list[ForbiddenShape] = Field(default=[])
    anchors: dict[Identifier, AnchorShape] = Field(default={}, description="moments that start regulatory deadlines")
    metrics: dict[Identifier, MetricShape] = Field(default={}, description="what is measured when a run is evaluated")
    objectives: dict[Identifier, ObjectiveShape] = Field(
        default={},
        description="what an exercise is to show, and what its critical tasks are rated by; one task for each duty and "
        "notice, if left out",
    )
    improvements: ImprovementsShape | None = Field(None, description="when improvements are due")

    @property
    def numbered_levels(self) -> dict[int, LevelEntryShape]:
        """The levels by number, however they are written."""
        return dict(enumerate(self.levels, start=1)) if isinstance(self.levels, list) else self.levels
