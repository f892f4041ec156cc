"""The clock pack file, version 1: how the reporting duties of one jurisdiction read in YAML."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    Duration,
    Identifier,
    NameOrNames,
    Shape,
    TextShape,
    Words,
    keys_of,
)
from incidentsim.definitions.formats.judging import MeasuredValue, MeasureShape

CLOCKS_SCHEMA = "incidentsim/clocks/1"
"""The value of `schema` in a clock pack of this version."""

TextOrWords = Annotated[Annotated[TextShape, Tag("mapping")] | Annotated[Words, Tag("text")], SORTS]
"""A text in both languages; a bare one where both say the same, such as `s.26D(1)`."""


class AttributeShape(Shape):
    """A question about the organisation; it has one of the keys `one_of`, `some_of` and `kind`."""

    title: TextShape
    one_of: dict[Identifier, TextShape] | None = Field(None, description="the answers of which exactly one is right")
    some_of: dict[Identifier, TextShape] | None = Field(None, description="the answers of which several may be right")
    kind: Literal["flag", "count"] | None = Field(None, description="yes or no, or a number")


class InstrumentShape(Shape):
    """A law, regulation, form or guideline."""

    title: TextShape
    source: Words = Field(description="the address of its text")
    address: Literal["read", "cited", "composed"] = Field(
        description="whether the address was read, cited in what was read, or put together and never opened"
    )


class EvidenceShape(Shape):
    """How a fact is known."""

    mark: Literal["V1", "V2", "V3", "D", "R"] = Field(
        description="V1 text read, V2 verbatim quotation, V3 secondary description, D draft only, R recalled only"
    )
    verified: bool = True
    source: Words | None = Field(None, description="where it was read, if that is not the instrument's address")
    note: TextShape | None = None


class ClockAllShape(Shape):
    """Holds when every part holds."""

    all: list["ClockConditionShape"] = Field(min_length=1)


class ClockAnyShape(Shape):
    """Holds when some part holds."""

    any: list["ClockConditionShape"] = Field(min_length=1)


class ClockNotShape(Shape):
    """Holds when its part does not."""

    not_: "ClockConditionShape" = Field(alias="not")


class DeclaredShape(Shape):
    """What the organisation declared: `in` some answers, `is` yes or no, or `at_least` a number."""

    attribute: Identifier
    in_: list[Identifier] | None = Field(None, alias="in", min_length=1)
    is_: bool | None = Field(None, alias="is")
    at_least: int | None = Field(None, ge=0)


class ReachesShape(Shape):
    """A measured value `is` true, is `at_least` or `more_than` so much."""

    measure: Identifier
    is_: bool | None = Field(None, alias="is")
    at_least: MeasuredValue | None = None
    more_than: MeasuredValue | None = None


class JudgedShape(Shape):
    """The incident was judged on a statutory scale at this level or a more severe one."""

    scale: Identifier
    level: Identifier


CLOCK_CONDITION_KEYS = ("all", "any", "not", "attribute", "measure", "scale")


def _which_condition(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    return next((key for key in CLOCK_CONDITION_KEYS if key in keys), None)


ClockConditionShape = Annotated[
    Annotated[ClockAllShape, Tag("all")]
    | Annotated[ClockAnyShape, Tag("any")]
    | Annotated[ClockNotShape, Tag("not")]
    | Annotated[DeclaredShape, Tag("attribute")]
    | Annotated[ReachesShape, Tag("measure")]
    | Annotated[JudgedShape, Tag("scale")],
    Discriminator(
        _which_condition,
        custom_error_type="clock_condition",
        custom_error_message="a condition has one of the keys all, any, not, attribute, measure and scale",
    ),
]
# The first three speak of conditions before there were any.
for _shape in (ClockAllShape, ClockAnyShape, ClockNotShape):
    _shape.model_rebuild()


class StartedShape(Shape):
    """What starts a limit: one moment, or several of which the first counts."""

    from_: NameOrNames = Field(alias="from")


class HoursShape(StartedShape):
    """So many hours, through nights and holidays."""

    hours: int = Field(ge=1, le=10_000)


class DaysShape(StartedShape):
    """So many calendar days by the local date, to the end of the last."""

    days: int = Field(ge=1, le=3_660)
    first_day: Literal["counted", "not_counted"] = "not_counted"


class MonthsShape(StartedShape):
    """So many calendar months."""

    months: int = Field(ge=1, le=120)


class BusinessDaysShape(StartedShape):
    """So many working days; the day of the start is day zero."""

    business_days: int = Field(ge=1, le=250)


class ImmediatelyShape(StartedShape):
    """No number: the instrument's own word, and a target that is ours."""

    immediately: TextShape = Field(description="the word of the instrument: promptly, without undue delay")
    target: Duration = Field(description="our internal target; never shown as a legal deadline")


_LIMIT_KEYS = ("hours", "days", "months", "business_days")


def _which_limit(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    return next((key for key in _LIMIT_KEYS if key in keys), None)


LimitShape = Annotated[
    Annotated[HoursShape, Tag("hours")]
    | Annotated[DaysShape, Tag("days")]
    | Annotated[MonthsShape, Tag("months")]
    | Annotated[BusinessDaysShape, Tag("business_days")],
    Discriminator(
        _which_limit,
        custom_error_type="limit",
        custom_error_message="a limit has one of the keys hours, days, months and business_days",
    ),
]


class EarlierOfShape(Shape):
    """The earlier of two limits."""

    earlier_of: list[LimitShape] = Field(min_length=2, max_length=2)
    first_alone_if_late: bool = Field(
        default=False, description="where the first begins only after the second has run out, the first alone counts"
    )


def _which_deadline(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    return next((key for key in ("earlier_of", "immediately", *_LIMIT_KEYS) if key in keys), None)


DeadlineShape = Annotated[
    Annotated[EarlierOfShape, Tag("earlier_of")]
    | Annotated[ImmediatelyShape, Tag("immediately")]
    | Annotated[HoursShape, Tag("hours")]
    | Annotated[DaysShape, Tag("days")]
    | Annotated[MonthsShape, Tag("months")]
    | Annotated[BusinessDaysShape, Tag("business_days")],
    Discriminator(
        _which_deadline,
        custom_error_type="deadline",
        custom_error_message="a deadline has one of the keys hours, days, months, business_days, immediately and "
        "earlier_of",
    ),
]


class ReliefShape(Shape):
    """Where the limit falls on a day off, the filing is in time until this hour of the next working day."""

    next_working_day: Words = Field(description="the local hour, such as 12:00")
    when: ClockConditionShape
    article: TextOrWords


class CriterionShape(Shape):
    """One condition that speaks for a statutory level."""

    when: ClockConditionShape
    evidence: EvidenceShape
    disabled: TextShape | None = Field(None, description="why it is carried and not used")


class StatutoryLevelShape(Shape):
    """A level of a statutory scale; `residual` is what remains where nothing more severe is reached."""

    title: TextShape
    any: list[CriterionShape] = Field(default=[])
    residual: bool = False


class StatutoryScaleShape(Shape):
    """The levels of one instrument, the most severe first."""

    title: TextShape
    instrument: Identifier
    levels: dict[Identifier, StatutoryLevelShape] = Field(min_length=1)


class ClockShape(Shape):
    """One duty to tell somebody."""

    title: TextShape
    instrument: Identifier
    article: TextOrWords
    obligor: Identifier = Field(description="the party that owes it")
    to: list[Identifier] = Field(min_length=1, description="the parties that are to be told")
    trigger: TextShape
    scope: ClockConditionShape | None = Field(None, description="which organisations it concerns")
    needs: ClockConditionShape | None = Field(None, description="which incidents it concerns")
    after: NameOrNames | None = Field(None, description="the clock or clocks of which one must be filed before")
    deadline: DeadlineShape
    relief: ReliefShape | None = None
    evidence: EvidenceShape
    status: Literal["in_force", "guidance", "not_in_force"] = "in_force"
    since: Words | None = Field(None, description="the date from which it is in force")
    since_verified: bool = True
    disabled: TextShape | None = Field(None, description="why it is carried and does not run")
    reason: TextShape | None = Field(None, description="why it is not in force")
    note: TextShape | None = None


class ClockPackShape(Shape):
    """A clock pack file."""

    schema_: Literal["incidentsim/clocks/1"] = Field(alias="schema")
    id: Identifier
    version: Words
    title: TextShape
    jurisdiction: Words = Field(description="the code by which organisations declare it, such as CN or EU")
    as_of: Words = Field(description="the date on which the facts were looked at")
    disclaimer: TextShape
    zone: Words = Field(description="the IANA time zone whose dates count, such as Asia/Shanghai")
    calendar: Words | None = Field(None, description="the holiday calendar for business days, such as CN")
    attributes: dict[Identifier, AttributeShape] = Field(default={})
    measures: dict[Identifier, MeasureShape] = Field(default={})
    instruments: dict[Identifier, InstrumentShape] = Field(min_length=1)
    parties: dict[Identifier, TextShape] = Field(min_length=1)
    scales: dict[Identifier, StatutoryScaleShape] = Field(default={})
    clocks: dict[Identifier, ClockShape] = Field(min_length=1)
