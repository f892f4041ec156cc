"""Facts about duties and escalations: who owed what by when, what became of it, and who had to hear of it.

`number` counts the duties of an exercise from 1, `due` is a time in ms from the start (`None`: no limit), `because` the
sequence number of the fact that caused this one.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from incidentsim.domain.facts.base import PUBLIC, OfIncident
from incidentsim.domain.facts.kinds import FactKind
from incidentsim.domain.traits import Audience, seen_by

_ADDRESSED = seen_by(Audience.ADDRESSED)
_CAUSE = seen_by(Audience.ADDRESSED, via=True)
_TOLD = seen_by(Audience.ADDRESSED, person=True, told=True)


@dataclass(frozen=True, slots=True)
class DutyOpened(OfIncident):
    """Roles or bodies owe something from now on."""

    kind: ClassVar[Literal[FactKind.DUTY_OPENED]] = FactKind.DUTY_OPENED

    duty: str = field(metadata=PUBLIC)
    number: int = field(metadata=PUBLIC)
    owed_by: tuple[str, ...] = field(metadata=PUBLIC)
    due: int | None = field(metadata=PUBLIC)
    rule: str = field(metadata=PUBLIC)
    clause: str | None = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class DutyRescheduled(OfIncident):
    """An open duty is owed by another time, because the level changed."""

    kind: ClassVar[Literal[FactKind.DUTY_RESCHEDULED]] = FactKind.DUTY_RESCHEDULED

    duty: str = field(metadata=PUBLIC)
    number: int = field(metadata=PUBLIC)
    due: int | None = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class DutySettled(OfIncident):
    """A duty was done, in time or late."""

    kind: ClassVar[Literal[FactKind.DUTY_SETTLED]] = FactKind.DUTY_SETTLED

    duty: str = field(metadata=PUBLIC)
    number: int = field(metadata=PUBLIC)
    late: bool = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class DutyBreached(OfIncident):
    """The time limit of an open duty passed."""

    kind: ClassVar[Literal[FactKind.DUTY_BREACHED]] = FactKind.DUTY_BREACHED

    duty: str = field(metadata=PUBLIC)
    number: int = field(metadata=PUBLIC)
    owed_by: tuple[str, ...] = field(metadata=PUBLIC)
    rule: str = field(metadata=PUBLIC)
    clause: str | None = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class DutyDropped(OfIncident):
    """A duty became pointless before it was done."""

    kind: ClassVar[Literal[FactKind.DUTY_DROPPED]] = FactKind.DUTY_DROPPED

    duty: str = field(metadata=PUBLIC)
    number: int = field(metadata=PUBLIC)
    because: int = field(metadata=PUBLIC)


DutyFact = DutyOpened | DutyRescheduled | DutySettled | DutyBreached | DutyDropped
"""What becomes of a duty; `number` says of which."""


# An escalation that was planned is carried out, dropped because its condition holds no more when it is due, or
# pointless because the duty is over. Its title tells of what it follows from: whoever may not see that sees it only
# where they are told by it.


@dataclass(frozen=True, slots=True)
class EscalationPlanned(OfIncident):
    """Roles or bodies will hear at `due` of a late duty if it stays undone, or of the incident (`duty` is `None`)."""

    kind: ClassVar[Literal[FactKind.ESCALATION_PLANNED]] = FactKind.ESCALATION_PLANNED

    duty: str | None = field(metadata=_ADDRESSED)
    number: int | None = field(metadata=_ADDRESSED)
    to: tuple[str, ...] = field(metadata=_TOLD)
    due: int = field(metadata=_ADDRESSED)
    rule: str = field(metadata=_ADDRESSED)
    clause: str | None = field(metadata=_ADDRESSED)
    because: int = field(metadata=_CAUSE)


@dataclass(frozen=True, slots=True)
class EscalationDropped(OfIncident):
    """Nobody need hear any more of what was planned."""

    kind: ClassVar[Literal[FactKind.ESCALATION_DROPPED]] = FactKind.ESCALATION_DROPPED

    duty: str | None = field(metadata=_ADDRESSED)
    number: int | None = field(metadata=_ADDRESSED)
    rule: str = field(metadata=_ADDRESSED)
    because: int = field(metadata=_CAUSE)


@dataclass(frozen=True, slots=True)
class Escalated(OfIncident):
    """A role or body was told: the people whom that reached and the holders who were absent (pseudonyms).

    `basis` is the kind of basis that the rule rests on, `also` are the further rules that asked for the same at the
    same moment, `number` is that of the late duty it is about, if any.
    """

    kind: ClassVar[Literal[FactKind.ESCALATED]] = FactKind.ESCALATED

    to: str = field(metadata=_TOLD)
    persons: tuple[str, ...] = field(metadata=_TOLD)
    absent: tuple[str, ...] = field(metadata=_TOLD)
    channel: str | None = field(metadata=_ADDRESSED)
    rule: str = field(metadata=_ADDRESSED)
    clause: str | None = field(metadata=_ADDRESSED)
    basis: str = field(metadata=_ADDRESSED)
    also: tuple[str, ...] = field(metadata=_ADDRESSED)
    number: int | None = field(metadata=_ADDRESSED)
    because: int = field(metadata=_CAUSE)
