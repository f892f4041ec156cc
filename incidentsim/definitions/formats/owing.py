"""Who owes what, and who is told: duties, notices and the escalation matrix, as they stand in a playbook."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    BasisShape,
    BasisWord,
    Cited,
    ConditionShape,
    Duration,
    Grounded,
    Identifier,
    Limit,
    PatternOrPatterns,
    RegulationShape,
    Shape,
    TextShape,
    by_type,
    keys_of,
    unsaid,
)
from incidentsim.definitions.formats.fields import ASKS, AsksShape, FieldShape
from incidentsim.definitions.formats.meanings import MEANS, MeansShape


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


class DutyShape(Cited):
    """Something that somebody owes once a fact has happened."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"dropped_by": "cancelled_by"}

    id: Identifier = Field(default="", description="that of the step that settles it, if left out")
    title: TextShape = Field(default_factory=unsaid, description="that of the step that settles it, if left out")
    opens_on: PatternOrPatterns
    when: ConditionShape | None = Field(None, description="opens only if this holds then")
    owed_by: list[Identifier] = Field(min_length=1)
    settled_by: PatternOrPatterns
    cancelled_by: PatternOrPatterns | None = Field(None, description="the fact after which it is owed no more")
    within: WithinShape
    late: LateShape | None = None
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


class NoticeShape(Cited):
    """A duty to tell somebody: a small track of its own, a step `notify_<id>`, and a duty `notify_<id>`."""

    title: TextShape = Field(default_factory=unsaid, description="Inform, and whom, if left out")
    to: list[Identifier] = Field(min_length=1, description="who must be told")
    by: list[Identifier] = Field(min_length=1, description="who may tell them")
    due: ConditionShape = Field(description="falls due as soon as this holds")
    asks: AsksShape | None = Field(None, description=ASKS)
    requires: dict[Identifier, FieldShape] = Field(default={})
    may: dict[Identifier, FieldShape] = Field(default={})
    within: WithinShape
    takes: Duration | None = None
    means: MeansShape | None = Field(None, description=MEANS)
    late: LateShape | None = None
    basis: DutyBasis | None = None


class NoticeStatesShape(Shape):
    """What the four states of every notice are called."""

    not_due: TextShape
    due: TextShape
    done: TextShape
    overdue: TextShape
