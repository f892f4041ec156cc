"""The parts of the playbook file that say how an exercise is evaluated: metrics, objectives, improvements."""

from typing import Literal

from pydantic import Field

from incidentsim.definitions.formats.common import (
    Duration,
    Grounded,
    Identifier,
    PatternOrPatterns,
    PatternShape,
    Shape,
    TextShape,
)


class MetricShape(Grounded):
    """A time that is measured (`from`, `to`), or an order that is looked at (`first`, `then`)."""

    title: TextShape
    from_: PatternOrPatterns | None = Field(None, alias="from", description="the time runs from the first fact like it")
    to: PatternOrPatterns | None = Field(None, description="until the first fact like this after it")
    first: PatternOrPatterns | None = Field(None, description="this has to come before `then`")
    then: PatternOrPatterns | None = None
    when: PatternOrPatterns | None = Field(None, description="looked at only where a fact like this is on record")


class LevelErrorShape(Shape):
    """How many levels the first grading is away from the truth, in either direction."""

    at_least: int = Field(ge=1, le=9)
    at_most: int | None = Field(None, ge=1, le=9)


class ChallengeShape(Shape):
    """What makes a rating worse; one of the keys (`late` may have `beyond` beside it)."""

    late: Identifier | None = Field(None, description="this duty was settled late")
    beyond: Duration | None = Field(None, description="later than this after it was due")
    missed: Identifier | None = Field(None, description="this duty was late and never settled")
    refused: PatternShape | None = Field(None, description="a refusal like this is on record")
    happened: PatternShape | None = Field(None, description="a fact like this is on record")
    never: PatternShape | None = Field(None, description="no fact like this is on record")
    level_error: LevelErrorShape | None = None
    misjudged: Identifier | None = Field(None, description="this step was taken although the truth speaks against it")
    before: list[PatternShape] | None = Field(
        None, min_length=2, max_length=2, description="the first should have come before the second and did not"
    )
    unasked: Identifier | None = Field(None, description="this notice was given although nobody was to be told")


class ChallengesShape(Shape):
    """What makes a rating S (some challenges), M (major challenges), U (unable)."""

    some: list[ChallengeShape] = Field(default=[])
    major: list[ChallengeShape] = Field(default=[])
    unable: list[ChallengeShape] = Field(default=[])


class TaskShape(Grounded):
    """A critical task of an objective."""

    id: Identifier
    title: TextShape
    performed: PatternOrPatterns = Field(description="performed once a fact like this is on record")
    when: PatternOrPatterns | None = Field(None, description="called for once a fact like this is on record")
    truth: dict[Identifier, bool] = Field(default={}, description="called for only where the ground truth is so")
    challenges: ChallengesShape = Field(default=ChallengesShape(), description="what makes the rating worse than P")
    owner: Identifier = Field(description="the role that sees to the improvement")
    poete: Literal["planning", "organisation", "equipment", "training", "exercises"]
    cause: TextShape = Field(description="the likely root cause where it does not go well")


class ObjectiveShape(Grounded):
    """What an exercise is to show; rated as its worst task."""

    title: TextShape
    tasks: list[TaskShape] = Field(min_length=1)


class DueByRatingShape(Shape):
    """How long after the exercise an improvement is due, by the rating that asks for it."""

    S: Duration
    M: Duration
    U: Duration


class ImprovementsShape(Grounded):
    """When improvements are due."""

    due: DueByRatingShape
