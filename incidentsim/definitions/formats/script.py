"""The script of a scenario file: decisions, messages, what the facilitator does and the coach says, line by line."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    IDENTIFIER,
    Duration,
    Identifier,
    Receiver,
    Shape,
    TextShape,
    by_type,
    is_text_mapping,
    keys_of,
)
from incidentsim.definitions.formats.judging import MeasuredValue
from incidentsim.domain.actions import Reason, Slip

MessageNumber = Annotated[int, Field(ge=1, le=2**53 - 1)]
"""Messages are counted from 1."""


class JudgementShape(Shape):
    """A level of a statutory scale, or `none` of its levels."""

    scale: Identifier
    level: Identifier


ChoiceOrReference = Annotated[
    str,
    Field(
        pattern=rf"{IDENTIFIER}|^[a-z]+:[a-z0-9_-]+(=[0-9]+)?(@[a-zM0-9_-]+)?$",
        max_length=200,
        description="a choice; of a text in a run of bots kept as a script, what it refers to",
    ),
]


def _which_content(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    if keys & {"scale", "level"}:
        return "judgement"
    return "measures" if keys and not is_text_mapping(value) else by_type(value)


ContentShape = Annotated[
    Annotated[str, Tag("text")]
    | Annotated[int, Tag("number")]
    | Annotated[TextShape, Tag("mapping")]
    | Annotated[list[ChoiceOrReference], Tag("list")]
    | Annotated[JudgementShape, Tag("judgement")]
    | Annotated[dict[Identifier, MeasuredValue], Tag("measures")],
    Discriminator(
        _which_content,
        custom_error_type="sort",
        custom_error_message="a value of another sort is needed here",
    ),
]
"""What fills a field: a text or a name, a level, a text by language, several choices, a level of a statutory
scale, or values of measures."""


class BecauseShape(Shape):
    """Why somebody decided as they did; it goes on record as it stands here."""

    reason: Reason
    duty: Identifier | None = Field(None, description="the duty that the step settles")
    injects: list[Identifier] = Field(default=[], description="the messages that the decision rests on")
    slips: list[Slip] = Field(default=[], description="what went wrong in it")


class ScriptedShape(Shape):
    """A decision: who does what about which incident, with which content."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "incident"}

    at: Duration
    by: Identifier = Field(description="the person")
    as_: Identifier | None = Field(
        None, alias="as", description="the role; the first that has the authority if left out"
    )
    do: Identifier
    incident: Identifier
    with_: dict[Identifier, ContentShape] = Field(default={}, alias="with")
    because: BecauseShape | None = Field(None, description="why; a run of bots kept as a script says it")


class InterventionShape(Shape):
    """What the facilitator does: moves an inject, leaves one out or adds one, undoes the last step, notes, ends."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"on": "incident"}

    at: Duration
    facilitator: Literal["move", "skip", "add", "undo", "note", "end"]
    inject: Identifier | None = Field(None, description="the inject to move or to skip")
    due: Duration | None = Field(None, description="when a moved inject comes")
    to: list[Identifier] = Field(default=[], description="roles, bodies or persons that an added inject is for")
    channel: Identifier | None = None
    subject: TextShape | str | None = None
    body: TextShape | str | None = None
    incident: Identifier | None = Field(None, description="the incident that an added inject is about")
    reason: TextShape | str | None = Field(None, description="why the last step is undone")
    text: TextShape | str | None = Field(None, description="an observation")
    about: int | None = Field(None, ge=0, description="the sequence number of the fact that is observed")
    shows: Literal["strength", "weakness"] | None = Field(None, description="what the observation shows")


class CoachShape(Shape):
    """Whom the coach helps from now on, or a hint that it gave: to whom, about which steps, and how much it said."""

    at: Duration
    coach: Literal["helps", "hints"]
    to: list[Identifier] = Field(default=[], description="the persons whom the coach helps, or who gets the hint")
    incident: Identifier | None = Field(None, description="the incident that a hint is about")
    acts: list[Identifier] = Field(default=[], description="the steps that a hint is about")
    duty: Identifier | None = Field(None, description="the duty that these steps settle")
    step: Literal["where", "criterion", "act"] | None = Field(None, description="how much a hint says")
    unasked: bool = Field(default=False, description="the facilitator gave the hint, and nobody had asked")


class SaidShape(Shape):
    """A message: who says what to whom, by which channel."""

    at: Duration
    by: Identifier = Field(description="the person")
    as_: Identifier | None = Field(None, alias="as", description="the role; the first of the person's if left out")
    say: Literal["inform", "ask", "answer", "forward", "order", "decide"]
    to: list[Receiver] = Field(
        min_length=1,
        description="roles, bodies or persons; @incident: everybody at work on the incident; @facilitator",
    )
    channel: Identifier
    incident: Identifier | None = Field(None, description="the incident it is about")
    answers: MessageNumber | None = Field(None, description="the number of the message that it answers")
    injects: list[Identifier] = Field(default=[], description="injects that it quotes")
    messages: list[MessageNumber] = Field(default=[], description="numbers of messages that it quotes")
    measures: dict[Identifier, MeasuredValue] = Field(default={}, description="values of measures that it tells")
    flags: dict[Identifier, bool] = Field(default={}, description="what it says is so, or is not")
    text: TextShape | str | None = Field(None, description="the sender's own words")
    do: Identifier | None = Field(None, description="the step that it orders")
    due: Duration | None = Field(None, description="when that is to be done, from the start")
    because: BecauseShape | None = Field(None, description="why; a run of bots kept as a script says it")


def _which_scripted(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    if "coach" in keys:
        return "coach"
    return "facilitator" if "facilitator" in keys else "message" if "say" in keys else "person"


ScriptLineShape = Annotated[
    Annotated[ScriptedShape, Tag("person")]
    | Annotated[SaidShape, Tag("message")]
    | Annotated[InterventionShape, Tag("facilitator")]
    | Annotated[CoachShape, Tag("coach")],
    Discriminator(_which_scripted),
]
