"""Facts about what people make of an exercise once it is over: improvement items, and the hot wash."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from incidentsim.domain.facts.base import OfExercise
from incidentsim.domain.facts.kinds import Appraisal, FactKind, ImprovementState
from incidentsim.domain.facts.texts import RecordedText
from incidentsim.domain.traits import Audience, seen_by

_OBSERVER = seen_by(Audience.OBSERVER)
_IF_SAID = seen_by(Audience.OBSERVER, if_said=True)
_TEXT = seen_by(Audience.OBSERVER, text=True)
_TEXT_IF_SAID = seen_by(Audience.OBSERVER, text=True, if_said=True)


@dataclass(frozen=True, slots=True)
class ImprovementSet(OfExercise):
    """An improvement item was put on record, or something about it was: what is not said stays as it was.

    Attributes:
        item: its id, unique within the run.
        task: the critical task that it is from; `None` where somebody typed it in.
        action: what is to be done.
        owner: who sees to it; an empty text: nobody yet.
        due: until when, a date as in ISO 8601; an empty string: no date.
        state: where it stands from now on.
        evidence: what shows that it is done, or why it was dropped.
        closed_by: the id of the run that shows it.
        facts: the numbers of the facts of that run that do.
    """

    kind: ClassVar[Literal[FactKind.IMPROVEMENT_SET]] = FactKind.IMPROVEMENT_SET

    item: str = field(metadata=_OBSERVER)
    task: str | None = field(metadata=_OBSERVER)
    action: RecordedText | None = field(default=None, metadata=_TEXT_IF_SAID)
    owner: RecordedText | None = field(default=None, metadata=_TEXT_IF_SAID)
    due: str | None = field(default=None, metadata=_IF_SAID)
    state: ImprovementState | None = field(default=None, metadata=_IF_SAID)
    evidence: RecordedText | None = field(default=None, metadata=_TEXT_IF_SAID)
    closed_by: str | None = field(default=None, metadata=_IF_SAID)
    facts: tuple[int, ...] = field(default=(), metadata=_OBSERVER)


@dataclass(frozen=True, slots=True)
class HotwashAnswered(OfExercise):
    """Somebody answered a question in the hot wash.

    Attributes:
        question: its id, made from what happened; the same for all answers to it.
        about: the facts that it is about.
        asked: the question as it was put.
        answer: what was said; empty: the answer that it stands in place of is taken back.
        said_by: who said it; empty: nobody is named.
        person: the one of the story whom they played (pseudonym), if anybody.
        instead_of: the number of the answer that this one stands in place of; `None`: it is a further one.
    """

    kind: ClassVar[Literal[FactKind.HOTWASH_ANSWERED]] = FactKind.HOTWASH_ANSWERED

    question: str = field(metadata=_OBSERVER)
    about: tuple[int, ...] = field(metadata=_OBSERVER)
    asked: RecordedText = field(metadata=_TEXT)
    answer: RecordedText = field(metadata=_TEXT)
    said_by: RecordedText = field(metadata=_TEXT)
    person: str | None = field(default=None, metadata=seen_by(Audience.OBSERVER, person=True, if_said=True))
    instead_of: int | None = field(default=None, metadata=_IF_SAID)


@dataclass(frozen=True, slots=True)
class HotwashVoted(OfExercise):
    """The hands for a strength or a weakness were counted; the last count for the same point is the one that stands.

    Attributes:
        point: the id of what was voted on.
        appraisal: whether it was put as a strength or as a weakness.
        title: what was voted on, in words.
        votes: how many were for it.
    """

    kind: ClassVar[Literal[FactKind.HOTWASH_VOTED]] = FactKind.HOTWASH_VOTED

    point: str = field(metadata=_OBSERVER)
    appraisal: Appraisal = field(metadata=_OBSERVER)
    title: RecordedText = field(metadata=_TEXT)
    votes: int = field(metadata=_OBSERVER)


AfterwardsFact = ImprovementSet | HotwashAnswered | HotwashVoted
"""What people put on record about an exercise that is over, besides ratings, names of players and erasures."""
