"""Facts about coaching: who is coached while the exercise goes on, and which hints they were given."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from incidentsim.domain.facts.base import OfExercise, OfIncident
from incidentsim.domain.facts.kinds import FactKind, HintStep
from incidentsim.domain.traits import Audience, seen_by

_ADDRESSED = seen_by(Audience.ADDRESSED)


@dataclass(frozen=True, slots=True)
class CoachingSet(OfExercise):
    """From now on the coach helps whoever plays these people (pseudonyms), and nobody else; none: nobody."""

    kind: ClassVar[Literal[FactKind.COACHING_SET]] = FactKind.COACHING_SET

    people: tuple[str, ...] = field(metadata=seen_by(Audience.PUBLIC, person=True))


@dataclass(frozen=True, slots=True)
class HintGiven(OfIncident):
    """A hint was given to somebody about what they owe. Its words are made where it is shown, and are not on record.

    Attributes:
        person: to whom (pseudonym).
        acts: the steps (triggers) that the hint is about; several where one of them is to be chosen.
        duty: the duty that they settle; `None` where none is owed, and they lead straight on.
        step: how much was said.
        unasked: the facilitator gave it, and nobody had asked.
    """

    kind: ClassVar[Literal[FactKind.HINT_GIVEN]] = FactKind.HINT_GIVEN

    person: str = field(metadata=seen_by(Audience.ADDRESSED, person=True))
    acts: tuple[str, ...] = field(metadata=_ADDRESSED)
    duty: str | None = field(metadata=_ADDRESSED)
    step: HintStep = field(metadata=_ADDRESSED)
    unasked: bool = field(metadata=_ADDRESSED)


CoachingFact = CoachingSet | HintGiven
"""What says that an exercise is coached, and how far."""
