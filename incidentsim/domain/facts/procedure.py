"""Facts about the procedure: what people did or tried, and what followed from it for the incident.

`rule` is where in the playbook the rule stands that applied, `clause` the clause of a document that it rests on.
`because` is the sequence number of the fact that caused this one.

Four kinds are what regulatory deadlines are reckoned from. When a filing is due stands in no fact: it follows from
these, from the law and from calendars, and is reckoned where it is shown.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from incidentsim.domain.actions import Because
from incidentsim.domain.facts.base import PUBLIC, OfIncident
from incidentsim.domain.facts.kinds import FactKind, RefusalReason
from incidentsim.domain.facts.texts import Actor, Content
from incidentsim.domain.traits import Audience, seen_by

_ADDRESSED = seen_by(Audience.ADDRESSED)


@dataclass(frozen=True, slots=True)
class StepTaken(OfIncident):
    """A step was taken on a track, which went from `source` to `target`: by somebody, or by itself (`by` is `None`).

    `because` is the sequence number of what an automatic step follows from; where somebody decided, why, if they
    said so.
    """

    kind: ClassVar[Literal[FactKind.STEP_TAKEN]] = FactKind.STEP_TAKEN

    track: str = field(metadata=PUBLIC)
    do: str = field(metadata=PUBLIC)
    source: str = field(metadata=seen_by(Audience.PUBLIC, key="from"))
    target: str = field(metadata=seen_by(Audience.PUBLIC, key="to"))
    by: Actor | None = field(metadata=seen_by(Audience.PUBLIC, person=True))
    content: Content = field(metadata=seen_by(Audience.PUBLIC, key="with", text=True, person=True))
    rule: str = field(metadata=PUBLIC)
    clause: str | None = field(metadata=PUBLIC)
    because: int | Because | None = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class Refused(OfIncident):
    """Somebody tried something that they may not do: why not, and what would be `allowed` instead.

    What `allowed` names depends on the reason: roles, people (pseudonyms), steps, fields, or what is missing.
    """

    kind: ClassVar[Literal[FactKind.REFUSED]] = FactKind.REFUSED

    do: str = field(metadata=PUBLIC)
    by: Actor = field(metadata=seen_by(Audience.PUBLIC, person=True))
    content: Content = field(metadata=seen_by(Audience.PUBLIC, key="with", text=True, person=True))
    why: RefusalReason = field(metadata=PUBLIC)
    rule: str = field(metadata=PUBLIC)
    clause: str | None = field(metadata=PUBLIC)
    allowed: tuple[str, ...] = field(metadata=seen_by(Audience.PUBLIC, person=True))
    because: Because | None = field(default=None, metadata=seen_by(Audience.PUBLIC, if_said=True))


@dataclass(frozen=True, slots=True)
class LevelSet(OfIncident):
    """The incident was graded (1 is the most severe level); `was` is the level before, if any."""

    kind: ClassVar[Literal[FactKind.LEVEL_SET]] = FactKind.LEVEL_SET

    level: int = field(metadata=PUBLIC)
    was: int | None = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)


# What regulatory deadlines are reckoned from.


@dataclass(frozen=True, slots=True)
class AnchorReached(OfIncident):
    """A kind of moment was reached for the first time for the incident: by a rule, or told by an inject.

    Whoever may see what it follows from may see it: everybody, unless an inject told it.
    """

    kind: ClassVar[Literal[FactKind.ANCHOR_REACHED]] = FactKind.ANCHOR_REACHED

    anchor: str = field(metadata=_ADDRESSED)
    rule: str | None = field(metadata=_ADDRESSED)
    clause: str | None = field(metadata=_ADDRESSED)
    because: int = field(metadata=seen_by(Audience.ADDRESSED, via=True))


@dataclass(frozen=True, slots=True)
class MeasureTaken(OfIncident):
    """A value of a measure of the clock packs became known (durations in ms, yes and no as 1 and 0).

    Whoever may see what it follows from may see it.
    """

    kind: ClassVar[Literal[FactKind.MEASURE_TAKEN]] = FactKind.MEASURE_TAKEN

    measure: str = field(metadata=_ADDRESSED)
    value: int = field(metadata=_ADDRESSED)
    because: int = field(metadata=seen_by(Audience.ADDRESSED, via=True))


@dataclass(frozen=True, slots=True)
class StatutoryLevelJudged(OfIncident):
    """A level of a statutory scale was judged; `None`: none of the scale's."""

    kind: ClassVar[Literal[FactKind.STATUTORY_LEVEL_JUDGED]] = FactKind.STATUTORY_LEVEL_JUDGED

    scale: str = field(metadata=PUBLIC)
    level: str | None = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class Filed(OfIncident):
    """The filing of a regulatory deadline was made."""

    kind: ClassVar[Literal[FactKind.FILED]] = FactKind.FILED

    clock: str = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)
