"""The playbook file, version 1: how a procedure reads in YAML (`incidentsim schema playbook`)."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    BasisShape,
    BasisWord,
    ClauseId,
    ClauseRefs,
    ConditionShape,
    Duration,
    Grounded,
    Identifier,
    LanguageTag,
    Limit,
    LocalRange,
    NameOrNames,
    PatternOrPatterns,
    RegulationShape,
    Shape,
    TextShape,
    by_type,
    keys_of,
)
from incidentsim.definitions.formats.evaluation import ImprovementsShape, MetricShape, ObjectiveShape
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
from incidentsim.definitions.formats.telling import TellsShape
from incidentsim.domain.field_kinds import FieldKind

PLAYBOOK_SCHEMA = "incidentsim/playbook/1"
"""The value of `schema` in a playbook of this version."""


class FieldTitleShape(TextShape):
    """What a piece of content is called, and what a text is about."""

    holds: Literal["circumstances", "figures", "severity"] | None = Field(
        None, description="what a text is about, which bots keep to; all that is known if left out"
    )


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

    title: TextShape
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


class ChoiceShape(Shape):
    """One item of a list."""

    choice: Identifier


class ChoicesShape(Shape):
    """Several items of a list, at least `at_least` of them."""

    choices: Identifier
    at_least: int = Field(default=1, ge=0)


def _which_field(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    if keys:
        return "choices" if "choices" in keys else "choice"
    return by_type(value)


PlainKind = Literal[
    FieldKind.TEXT,
    FieldKind.LEVEL,
    FieldKind.PERSON,
    FieldKind.ROLE,
    FieldKind.CLOCK,
    FieldKind.STATUTORY_LEVEL,
    FieldKind.CLOCK_MEASURES,
]
"""The kinds of field that a playbook names by a word; choices are written with what can be chosen."""

FieldShape = Annotated[
    Annotated[PlainKind, Tag("text")]
    | Annotated[list[Identifier], Field(min_length=1), Tag("list")]
    | Annotated[ChoiceShape, Tag("choice")]
    | Annotated[ChoicesShape, Tag("choices")],
    Discriminator(
        _which_field,
        custom_error_type="field",
        custom_error_message="a field is text, level, person, role, clock, statutory_level or clock_measures, a list "
        "of channels, or choices from a list",
    ),
]
"""What a step asks for. A bare list names channels, one of which must be used."""


class StateShape(Shape):
    """Where a track can stand."""

    title: TextShape
    phase: Identifier | None = None
    final: bool = Field(default=False, description="the track may rest here for good")


class StepShape(Grounded):
    """A way from one state to another, taken `by` somebody, or triggered by a fact (`when_fact`) or by `when`."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "when_fact"}

    do: Identifier
    title: TextShape
    from_: NameOrNames = Field(alias="from")
    to: Identifier = Field(description="the state it leads to, or `same` where the track stays where it is")
    by: list[Identifier] = Field(default=[], description="roles or bodies, or anyone")
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

    title: TextShape
    main: bool = Field(default=False, description="the track that carries the phases; exactly one")
    states: dict[Identifier, StateShape] = Field(min_length=1)
    steps: list[StepShape]


class DutyBasisShape(Shape):
    """The basis of a duty and of its time, where they differ."""

    duty: BasisShape
    within: BasisShape


def _which_basis(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    return "duty" if keys_of(value) & {"duty", "within"} else by_type(value)


DutyBasis = Annotated[
    Annotated[BasisWord, Tag("text")]
    | Annotated[RegulationShape, Tag("mapping")]
    | Annotated[DutyBasisShape, Tag("duty")],
    Discriminator(
        _which_basis,
        custom_error_type="sort",
        custom_error_message="a basis is a word, a regulation, or one for the duty and one for its time",
    ),
]


LevelKey = Annotated[Annotated[int, Tag("number")] | Annotated[Literal["ungraded"], Tag("text")], SORTS]
WithinShape = Annotated[
    Annotated[Limit, Tag("text")] | Annotated[dict[LevelKey, Limit], Field(min_length=1), Tag("mapping")], SORTS
]
"""One limit for all levels, or one each; `ungraded` is for while there is no level yet, `none` says that there is none.

A level that is left out has no limit either; `check` asks for it where the duty can be owed at that level.
"""


class LateShape(Grounded):
    """What happens when a duty is late; it rests on what the duty's time rests on, unless it says otherwise."""

    escalate_to: list[Identifier] = Field(min_length=1)


class DutyShape(Shape):
    """Something that somebody owes once a fact has happened."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"dropped_by": "cancelled_by"}

    id: Identifier
    title: TextShape
    opens_on: PatternOrPatterns
    when: ConditionShape | None = Field(None, description="opens only if this holds then")
    owed_by: list[Identifier] = Field(min_length=1)
    settled_by: PatternOrPatterns
    cancelled_by: PatternOrPatterns | None = Field(None, description="the fact after which it is owed no more")
    within: WithinShape
    late: LateShape | None = None
    clause: ClauseRefs | None = None
    basis: DutyBasis | None = None


class EscalationShape(Grounded):
    """A row of the escalation matrix: who has to know.

    It fires after a fact (`when_fact`), or once an incident as soon as `when` holds, or so long `after` a duty became
    late.
    """

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "when_fact"}

    id: Identifier
    title: TextShape
    when_fact: PatternOrPatterns | None = None
    when: ConditionShape | None = None
    to: list[Identifier] = Field(min_length=1)
    channel: Identifier | None = None
    out_of_hours: Identifier | None = Field(None, description="the channel out of working hours, where it is another")
    hours: Literal["working", "out"] | None = Field(
        None, description="only in, or only out of, working hours; what is not about a fact waits for them"
    )
    after: Duration | None = Field(
        None, description="fires if a late duty is still open so long after it became late; 0s: as it becomes late"
    )
    owed_by: list[Identifier] = Field(
        default=[], description="with `after`: only for duties that one of these owes, named as the duty names them"
    )


class LatenessShape(Grounded):
    """By which channel a missed deadline is told to whom `late` names."""

    channel: Identifier
    out_of_hours: Identifier | None = Field(None, description="the channel out of working hours, where it is another")


class WorkingHoursShape(Grounded):
    """When people are at their desks, local time."""

    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = Field(min_length=1)
    hours: LocalRange


class ForbiddenShape(Grounded):
    """Something that nobody may do."""

    do: Identifier
    title: TextShape


class NoticeShape(Shape):
    """A duty to tell somebody: a small track of its own, a step `notify_<id>`, and a duty `notify_<id>`."""

    title: TextShape
    to: list[Identifier] = Field(min_length=1, description="who must be told")
    by: list[Identifier] = Field(min_length=1, description="who may tell them")
    due: ConditionShape = Field(description="falls due as soon as this holds")
    requires: dict[Identifier, FieldShape] = Field(default={})
    may: dict[Identifier, FieldShape] = Field(default={})
    within: WithinShape
    takes: Duration | None = None
    means: MeansShape | None = Field(None, description=MEANS)
    late: LateShape | None = None
    clause: ClauseRefs | None = None
    basis: DutyBasis | None = None


class NoticeStatesShape(Shape):
    """What the four states of every notice are called."""

    not_due: TextShape
    due: TextShape
    done: TextShape
    overdue: TextShape


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


class PlaybookShape(Shape):
    """A whole procedure."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"graver": "aggravating_factors"}

    schema_: Literal["incidentsim/playbook/1"] = Field(alias="schema")
    id: Identifier
    version: str = Field(min_length=1, max_length=40)
    title: TextShape
    languages: list[LanguageTag] = Field(
        default=[], description="the languages in which every text has to be; the prevailing one if left out"
    )
    prevailing_language: LanguageTag | None = Field(
        None,
        description="the language whose words count where two differ, and that of a text written without a language; "
        "the first of languages, or en, if left out",
    )
    sources: dict[Identifier, SourceShape]
    clauses: dict[ClauseId, ClauseShape]
    phases: dict[Identifier, TextShape]
    measures: dict[Identifier, MeasureShape]
    levels: dict[int, LevelEntryShape] = Field(min_length=1)
    aggravating_factors: list[ModifierShape] = Field(default=[])
    judgements: dict[Identifier, JudgementShape] = Field(
        default={}, description="by what each yes or no that steps ask for under fits is judged"
    )
    roles: dict[Identifier, RoleEntryShape] = Field(min_length=1)
    bodies: dict[Identifier, BodyShape] = Field(default={})
    channels: dict[Identifier, ChannelShape]
    lists: dict[Identifier, ListShape] = Field(default={})
    fields: dict[Identifier, FieldTitleShape] = Field(default={}, description="what each piece of content is called")
    circumstances: dict[Identifier, CircumstanceShape] = Field(default={})
    usual_times: UsualTimesShape
    tracks: dict[Identifier, TrackEntryShape] = Field(min_length=1)
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
        default={}, description="what an exercise is to show, and what its critical tasks are rated by"
    )
    improvements: ImprovementsShape | None = Field(None, description="when improvements are due")
