"""By what an incident is judged, as a playbook writes it: measures, levels, and the criteria of each yes or no."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    Duration,
    Grounded,
    Identifier,
    Shape,
    TextShape,
    by_type,
    keys_of,
)
from incidentsim.definitions.formats.meanings import MEANS, JudgementMeansShape, MeasureMeansShape
from incidentsim.definitions.yaml12.problems import Path
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


def _which_thresholds(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    return "any" if "any" in keys_of(value) else by_type(value)


ThresholdsShape = Annotated[
    Annotated[AnyThresholdShape, Tag("any")]
    | Annotated[dict[Identifier, MeasuredValue], Field(min_length=1), Tag("mapping")],
    Discriminator(
        _which_thresholds, custom_error_type="sort", custom_error_message="thresholds: a measure and its value"
    ),
]
"""Thresholds, one of which suffices: under `any`, or in short the value at least of each measure."""


class LevelEntryShape(Grounded):
    """A failure level and what reaches it; a level without `when` is for everything below the others."""

    name: TextShape
    when: ThresholdsShape | None = None

    @property
    def thresholds(self) -> list[tuple[Path, ThresholdShape]]:
        """Each threshold, and where it stands within the level."""
        match self.when:
            case None:
                return []
            case AnyThresholdShape():
                return [(("when", "any", index), one) for index, one in enumerate(self.when.any)]
            case _:
                return [
                    (("when", measure), ThresholdShape(measure=measure, at_least=value))
                    for measure, value in self.when.items()
                ]


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
