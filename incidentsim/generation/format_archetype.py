"""The archetype file, version 1: how the skeleton of a story reads in YAML."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    Duration,
    Identifier,
    LocalRange,
    PatternShape,
    Shape,
    TextShape,
    Words,
)
from incidentsim.definitions.formats.judging import MeasuredValue
from incidentsim.domain.scenario import Part

SLOT_NAME = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
"""A slot's name stands in texts behind a dollar sign, so it holds no hyphen."""

WhenValue = Annotated[Annotated[int, Tag("number")] | Annotated[str, Tag("text")], SORTS]
When = dict[str, Annotated[list[WhenValue], Field(min_length=1)]]
"""A condition on the setting: of each thing named (a choice, level, difficulty, locale) one of these was drawn."""

SlotName = Annotated[str, Field(max_length=40)]
Stretch = Annotated[
    Annotated[Duration, Tag("text")] | Annotated[list[Duration], Field(min_length=2, max_length=2), Tag("list")], SORTS
]
"""A duration, or two between which it is drawn."""

Pair = Annotated[list[int], Field(min_length=2, max_length=2)]
ValuePair = Annotated[list[MeasuredValue], Field(min_length=2, max_length=2)]


class TextWhen(TextShape):
    """A text that is used only where `when` holds."""

    when: When = Field(default={})


class OptionShape(Shape):
    """One option of a variation point."""

    about: TextShape = Field(description="a line for the facilitator")
    when: When = Field(default={})


class ArchetypePersonShape(Shape):
    """Somebody beside the usual cast."""

    roles: list[Identifier] = Field(min_length=1)
    desk: TextShape | None = None
    away: Annotated[Annotated[Literal["always"], Tag("text")] | Annotated[list[LocalRange], Tag("list")], SORTS] = (
        Field(default=[])
    )
    when: When = Field(default={})


class ArchetypeMeasureShape(Shape):
    """A measure that makes the level, or is drawn beside it."""

    measure: Identifier
    makes: Literal["level"] | None = None
    share: Pair | None = Field(None, description="percent of another measure, drawn between these")
    of: SlotName | None = None
    range_: (
        Annotated[Annotated[dict[int, ValuePair], Tag("mapping")] | Annotated[ValuePair, Tag("list")], SORTS] | None
    ) = Field(None, alias="range", description="between which values it is drawn, by level or for all")
    when: When = Field(default={})


class MomentShape(Shape):
    """A moment some time before or after another."""

    before: SlotName | None = None
    after: SlotName | None = None
    by: Stretch


class SlotShape(Shape):
    """Something that a text may name: exactly one of the kinds, or alternatives `by` a choice."""

    host: Words | None = Field(None, description="a host's name without its number")
    account: Words | None = Field(None, description="an account's name without its number")
    address: Literal["outside", "inside", "ipv6"] | None = None
    ticket: Words | None = Field(None, description="a ticket's prefix")
    code: Words | None = Field(None, description="# a digit, ? a lower-case hexadecimal digit")
    phone: Literal["outside", "extension"] | None = None
    domain: Words | None = Field(None, description="the first part of a domain's name")
    company: Identifier | None = Field(None, description="the kind of an invented company")
    moment: MomentShape | None = None
    number: Pair | None = None
    share: Pair | None = None
    less: SlotName | None = None
    pick: list[TextWhen] | None = Field(None, min_length=1)
    by: SlotName | None = None
    of: (
        Annotated[
            Annotated[SlotName, Tag("text")] | Annotated[dict[str, "SlotShape"], Field(min_length=1), Tag("mapping")],
            SORTS,
        ]
        | None
    ) = None
    when: When = Field(default={})


class WhenShape(Shape):
    """Yes where it holds, else no."""

    when: When


YesNo = Annotated[Annotated[bool, Tag("flag")] | Annotated[WhenShape, Tag("mapping")], SORTS]


class ConcealedShape(Shape):
    """The person who concealed the incident, in the settings where `when` holds."""

    person: Identifier
    when: When


class ArchetypeTruthShape(Shape):
    """The ground truth of an archetype, each answer of which may depend on the setting."""

    incident: YesNo = True
    unlawful: YesNo = False
    cause: Words = Field(description="$CHOICE, the option drawn, or an id")
    flags: dict[Identifier, YesNo] = Field(default={})
    late_evidence: dict[Identifier, YesNo] = Field(
        default={},
        description="what has to be judged before the evidence that decides it comes: level, or an answer; so is the "
        "level wherever late_evidence shows a measure",
    )
    concealed_by: (
        Annotated[Annotated[Identifier, Tag("text")] | Annotated[ConcealedShape, Tag("mapping")], SORTS] | None
    ) = None
    scope: TextShape | None = None
    loss: TextShape | None = None
    notes: list[TextWhen] = Field(default=[])


class ObjectiveShape(TextShape):
    """Something to be practised, and the injects that put it to the test."""

    tested_by: list[Identifier] = Field(default=[])
    for_participants: bool = Field(False, description="it gives nothing away, so the handout says it")
    when: When = Field(default={})


class MessageShape(Shape):
    """One way to tell an inject."""

    subject: TextShape | None = None
    body: TextShape
    when: When = Field(default={})


class ArchetypeBringsShape(Shape):
    """A circumstance that comes to light, or a moment that starts regulatory deadlines."""

    circumstance: Identifier | None = None
    person: Identifier | None = None
    anchor: Identifier | None = None
    when: When = Field(default={})


Shown = Annotated[Annotated[bool, Tag("flag")] | Annotated[int, Tag("number")] | Annotated[str, Tag("text")], SORTS]


class ArchetypeInjectShape(Shape):
    """A piece of the story."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "when_fact"}

    id: Identifier
    part: Part
    when: When = Field(default={})
    at: Stretch | None = None
    when_fact: PatternShape | None = None
    after: Stretch | None = None
    unless: PatternShape | None = None
    by: Stretch | None = None
    to: list[Identifier] = Field(min_length=1)
    channel: Identifier
    raises: bool = False
    about: Literal["none"] | None = Field(None, description="none: it belongs to no incident")
    corrects: Identifier | None = Field(None, description="comes only if that one does")
    shows: dict[Identifier, Shown] = Field(default={})
    expects: list[Identifier] = Field(default=[])
    brings: (
        Annotated[
            Annotated[ArchetypeBringsShape, Tag("mapping")] | Annotated[list[ArchetypeBringsShape], Tag("list")], SORTS
        ]
        | None
    ) = None
    hint: TextShape | None = None
    texts: list[MessageShape] = Field(min_length=1)


class TenantByShape(Shape):
    """The kind of the client company, by what was drawn."""

    by: SlotName
    of: dict[str, Identifier] = Field(min_length=1)


class ArchetypeShape(Shape):
    """The skeleton of a story, and everything that varies in it."""

    schema_: Literal["incidentsim/archetype/1"] = Field(alias="schema")
    id: Identifier
    playbook: Identifier
    title: TextShape
    about: TextShape
    levels: list[int] = Field(min_length=1, description="how grave its stories can be, from 1 to 5")
    tracks: list[Identifier] = Field(default=[], description="said by earlier archetypes; nothing reads it")
    clauses: list[Words] = Field(default=[], description="said by earlier archetypes; nothing reads it")
    attack: list[Words] = Field(default=[])
    tags: list[Identifier] = Field(min_length=1)
    incident: Identifier
    tenant: Annotated[Annotated[Identifier, Tag("text")] | Annotated[TenantByShape, Tag("mapping")], SORTS] = "retailer"
    choices: dict[Identifier, dict[Identifier, OptionShape]] = Field(default={})
    people: dict[Identifier, ArchetypePersonShape] = Field(default={})
    desks: dict[Identifier, TextShape] = Field(default={})
    measures: list[ArchetypeMeasureShape] = Field(default=[])
    slots: dict[str, SlotShape] = Field(default={})
    truth: ArchetypeTruthShape
    titles: list[TextWhen] = Field(min_length=3)
    summaries: list[TextWhen] = Field(min_length=1)
    ends: Duration = "30d"
    objectives: list[ObjectiveShape] = Field(min_length=1)
    injects: list[ArchetypeInjectShape] = Field(min_length=1)
