"""By what an incident is judged, as a playbook writes it: measures, levels, and the criteria of each yes or no."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field, Tag

from incidentsim.definitions.formats.common import SORTS, Duration, Grounded, Identifier, Shape, TextShape
from incidentsim.definitions.formats.meanings import MEANS, JudgementMeansShape, MeasureMeansShape
from incidentsim.domain.meanings import Unit

MeasuredValue = Annotated[
    Annotated[int, Tag("number")] | Annotated[bool, Tag("flag")] | Annotated[Duration, Tag("text")], SORTS
]
"""A count, an amount or a percentage; yes or no; or a duration."""


class ThresholdShape(Shape):
    """A measure reaches a value: a number, a duration, or yes."""

    measure: Identifier
    at_least: MeasuredValue


class MeasureShape(Shape):
    """Something that can be counted about an incident."""

    title: TextShape
    unit: Unit
    means: MeasureMeansShape | None = Field(None, description=MEANS)


class AnyThresholdShape(Shape):
    """Any one of the thresholds suffices."""

    any: list[ThresholdShape] = Field(min_length=1)


class LevelEntryShape(Grounded):
    """A failure level and what reaches it; a level without `when` is for everything below the others."""

    name: TextShape
    when: AnyThresholdShape | None = None


class ModifierShape(Grounded):
    """An aggravating factor: something that makes an incident more severe than its measures alone."""

    OLD_KEYS: ClassVar[Mapping[str, str]] = {"graver_by": "more_severe_by"}

    when: ThresholdShape
    more_severe_by: int = Field(ge=1, le=4, description="by how many levels")


class CriterionShape(Grounded):
    """Something that speaks for or against an answer."""

    says: TextShape
    measures: list[Identifier] = Field(default=[], description="the figures that bear on it")


class JudgementShape(Shape):
    """A yes or no that steps ask for under `fits`: what speaks for it, and what against it."""

    title: TextShape
    for_: list[CriterionShape] = Field(alias="for", min_length=1)
    against: list[CriterionShape] = Field(default=[])
    means: JudgementMeansShape | None = Field(None, description=MEANS)
