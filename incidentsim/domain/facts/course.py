"""Facts about the course of an exercise: its beginning and end, the injects of its story, what the facilitator did."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from incidentsim.domain.facts.base import PUBLIC, FactBase, OfExercise, OfIncident
from incidentsim.domain.facts.kinds import Appraisal, EndReason, FactKind
from incidentsim.domain.facts.texts import RecordedText, RosterEntry
from incidentsim.domain.traits import Audience, seen_by

_ADDRESSED = seen_by(Audience.ADDRESSED)
_FACILITATOR = seen_by(Audience.FACILITATOR)
_OBSERVER = seen_by(Audience.OBSERVER)


@dataclass(frozen=True, slots=True)
class ExerciseStarted(OfExercise):
    """The exercise began: what is played by what, from which seed, from which local time on, and by whom."""

    kind: ClassVar[Literal[FactKind.EXERCISE_STARTED]] = FactKind.EXERCISE_STARTED

    scenario: str = field(metadata=PUBLIC)
    playbook: str = field(metadata=PUBLIC)
    version: str = field(metadata=PUBLIC)
    seed: int = field(metadata=_FACILITATOR)
    starts: str = field(metadata=PUBLIC)
    people: tuple[RosterEntry, ...] = field(metadata=seen_by(Audience.PUBLIC, person=True))


@dataclass(frozen=True, slots=True)
class ExerciseEnded(OfExercise):
    """The exercise came to its end."""

    kind: ClassVar[Literal[FactKind.EXERCISE_ENDED]] = FactKind.EXERCISE_ENDED

    reason: EndReason = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class InjectDelivered(FactBase):
    """An inject reached these people (pseudonyms; none where nobody could be reached)."""

    kind: ClassVar[Literal[FactKind.INJECT_DELIVERED]] = FactKind.INJECT_DELIVERED

    inject: str = field(metadata=_ADDRESSED)
    channel: str = field(metadata=_ADDRESSED)
    to: tuple[str, ...] = field(metadata=seen_by(Audience.ADDRESSED, person=True))


@dataclass(frozen=True, slots=True)
class InjectWithheld(FactBase):
    """An inject did not come, because what would prevent it had happened."""

    kind: ClassVar[Literal[FactKind.INJECT_WITHHELD]] = FactKind.INJECT_WITHHELD

    inject: str = field(metadata=_FACILITATOR)


@dataclass(frozen=True, slots=True)
class IncidentRaised(OfIncident):
    """From now on the incident can be noticed: this inject told of it first.

    Nobody who is exercised sees it: it would tell that something is to be found, before anybody has found it.
    """

    kind: ClassVar[Literal[FactKind.INCIDENT_RAISED]] = FactKind.INCIDENT_RAISED

    inject: str = field(metadata=_OBSERVER)


@dataclass(frozen=True, slots=True)
class CircumstanceArose(FactBase):
    """A circumstance came to light with an inject, about a person (pseudonym) or none: to those whom that reached."""

    kind: ClassVar[Literal[FactKind.CIRCUMSTANCE_AROSE]] = FactKind.CIRCUMSTANCE_AROSE

    circumstance: str = field(metadata=_ADDRESSED)
    person: str | None = field(metadata=seen_by(Audience.ADDRESSED, person=True))
    inject: str = field(metadata=seen_by(Audience.ADDRESSED, via=True))


# What a facilitator did. See `domain.interventions`.


@dataclass(frozen=True, slots=True)
class InjectMoved(OfExercise):
    """The facilitator let a planned inject come at another time: `due` ms from the start."""

    kind: ClassVar[Literal[FactKind.INJECT_MOVED]] = FactKind.INJECT_MOVED

    inject: str = field(metadata=_FACILITATOR)
    due: int = field(metadata=_FACILITATOR)


@dataclass(frozen=True, slots=True)
class InjectSkipped(OfExercise):
    """The facilitator left an inject out."""

    kind: ClassVar[Literal[FactKind.INJECT_SKIPPED]] = FactKind.INJECT_SKIPPED

    inject: str = field(metadata=_FACILITATOR)


@dataclass(frozen=True, slots=True)
class InjectAdded(FactBase):
    """The facilitator added an inject that the scenario does not have; the fact holds the whole of it.

    `to` are roles, bodies or people (pseudonyms).
    """

    kind: ClassVar[Literal[FactKind.INJECT_ADDED]] = FactKind.INJECT_ADDED

    inject: str = field(metadata=_FACILITATOR)
    to: tuple[str, ...] = field(metadata=seen_by(Audience.FACILITATOR, person=True))
    channel: str = field(metadata=_FACILITATOR)
    subject: RecordedText = field(metadata=seen_by(Audience.FACILITATOR, text=True))
    body: RecordedText = field(metadata=seen_by(Audience.FACILITATOR, text=True))


@dataclass(frozen=True, slots=True)
class StepUndone(OfExercise):
    """The facts from `first` to `last` (sequence numbers) count no more, except what was observed in between."""

    kind: ClassVar[Literal[FactKind.STEP_UNDONE]] = FactKind.STEP_UNDONE

    first: int = field(metadata=PUBLIC)
    last: int = field(metadata=PUBLIC)
    reason: RecordedText = field(metadata=seen_by(Audience.PUBLIC, text=True))


@dataclass(frozen=True, slots=True)
class Observed(OfExercise):
    """Somebody who watches noted something, about the fact of this sequence number or about none.

    `appraisal` says whether it is a strength or a weakness, where they said so.
    """

    kind: ClassVar[Literal[FactKind.OBSERVED]] = FactKind.OBSERVED

    about: int | None = field(metadata=_OBSERVER)
    note: RecordedText = field(metadata=seen_by(Audience.OBSERVER, text=True))
    appraisal: Appraisal | None = field(default=None, metadata=seen_by(Audience.OBSERVER, if_said=True))


InterventionFact = InjectMoved | InjectSkipped | InjectAdded | StepUndone | Observed
"""What a facilitator's intervention is answered with, other than the end."""


@dataclass(frozen=True, slots=True)
class PlayerSeated(OfExercise):
    """From `since` (ms) on, somebody sat in the seat of a player; put on record when the exercise was over.

    `player` is the number of the seat, from 1, and `people` are those whom that player plays (pseudonyms). `name` is
    that of the human being; where it is empty, the seat was left.
    """

    kind: ClassVar[Literal[FactKind.PLAYER_SEATED]] = FactKind.PLAYER_SEATED

    since: int = field(metadata=PUBLIC)
    player: int = field(metadata=PUBLIC)
    people: tuple[str, ...] = field(metadata=seen_by(Audience.PUBLIC, person=True))
    name: RecordedText = field(metadata=seen_by(Audience.PUBLIC, text=True))


@dataclass(frozen=True, slots=True)
class RatingSet(OfExercise):
    """Once the exercise was over, a task was rated (P, S, M or U) in place of the rating by rule."""

    kind: ClassVar[Literal[FactKind.RATING_SET]] = FactKind.RATING_SET

    objective: str = field(metadata=_OBSERVER)
    task: str = field(metadata=_OBSERVER)
    rating: str = field(metadata=_OBSERVER)
    reason: RecordedText = field(metadata=seen_by(Audience.OBSERVER, text=True))


@dataclass(frozen=True, slots=True)
class TextErased(OfExercise):
    """Once the exercise was over, the texts of the entry with this number were erased; the commitments to them stay.

    `outline` is the digest of what is kept in the scenario's place from then on, where the words stood in it too.
    """

    kind: ClassVar[Literal[FactKind.TEXT_ERASED]] = FactKind.TEXT_ERASED

    entry: int = field(metadata=PUBLIC)
    outline: str | None = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class PersonErased(OfExercise):
    """Once the exercise was over, a person's name was erased (here: the pseudonym), and the scenario that names them.

    `outline` is the digest of what is kept in the scenario's place from then on; `None` where nothing new is.
    """

    kind: ClassVar[Literal[FactKind.PERSON_ERASED]] = FactKind.PERSON_ERASED

    person: str = field(metadata=seen_by(Audience.PUBLIC, person=True))
    outline: str | None = field(metadata=PUBLIC)


ErasureFact = TextErased | PersonErased
"""What says that something beside the record was erased."""


@dataclass(frozen=True, slots=True)
class SetAside(OfExercise):
    """Stands in place of a fact that counts no more. No record holds it, and nothing listens to it."""

    kind: ClassVar[Literal[FactKind.SET_ASIDE]] = FactKind.SET_ASIDE
