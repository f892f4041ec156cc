"""Regulatory deadlines: who has to report an incident to whom by when, as data with the evidence for each fact.

A pack holds the clocks of one jurisdiction. A statutory level is judged on a statutory scale, separately from the
level of the company's own procedure; the two never follow from one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from incidentsim.domain.clock_conditions import NO_CONDITION, ClockCondition
from incidentsim.domain.clock_limits import Deadline, NextWorkingDay
from incidentsim.domain.playbook import Measure
from incidentsim.domain.text import Text

EvidenceMark = Literal["V1", "V2", "V3", "D", "R"]
"""How a fact is known: V1 the instrument was read, V2 a verbatim quotation, V3 a secondary description, D only a
draft of the instrument, R recalled and found nowhere."""

UNVERIFIED_MARKS: Final[tuple[EvidenceMark, ...]] = ("D", "R")
"""Marks of facts on which no clock may run."""

Address = Literal["read", "cited", "composed"]
"""Whether the address of a source was read, only cited in what was read, or put together and never opened."""

ClockStatus = Literal["in_force", "guidance", "not_in_force", "disabled"]
"""`guidance` asks without binding. `disabled` is carried for the record: `reason` says why it does not run."""

AttributeKind = Literal["one_of", "some_of", "flag", "count"]
Declaration = str | tuple[str, ...] | bool | int
"""An organisation's answer for an attribute: an option, several options, yes or no, a number."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question about the organisation that decides which clocks concern it; `options` are the valid answers."""

    id: str
    title: Text
    kind: AttributeKind
    options: Mapping[str, Text]

    def accepts(self, value: Declaration) -> bool:
        """Return whether `value` is an answer to the question."""
        match self.kind:
            case "one_of":
                return isinstance(value, str) and value in self.options
            case "some_of":
                return isinstance(value, tuple) and all(option in self.options for option in value)
            case "flag":
                return isinstance(value, bool)
            case "count":
                return isinstance(value, int) and not isinstance(value, bool) and value >= 0


@dataclass(frozen=True, slots=True)
class Scope:
    """The declarations of an organisation about itself.

    Attributes:
        jurisdictions: where it is subject to law; `None` where it has not said.
        declared: its answers to the packs' attributes. One that is missing is not declared, and never assumed.
        zones: the time zone of its place in a jurisdiction that has several, by jurisdiction.
        calendars: the holiday calendar of its place there, such as that of its Member State.
    """

    jurisdictions: tuple[str, ...] | None = None
    declared: Mapping[str, Declaration] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    calendars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The grounds for a fact of a pack: how it is known, and where it can be looked up."""

    mark: EvidenceMark
    verified: bool
    source: str
    address: Address
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation, form or guideline."""

    id: str
    title: Text
    source: str
    address: Address


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition that speaks for a statutory level; with `disabled` it is carried for the record and not used."""

    when: ClockCondition
    evidence: Evidence
    disabled: Text | None = None


@dataclass(frozen=True, slots=True)
class StatutoryLevel:
    """A level of a statutory scale. Without criteria it is what remains where nothing more severe is reached."""

    id: str
    title: Text
    any_of: tuple[Criterion, ...]
    residual: bool = False


@dataclass(frozen=True, slots=True)
class StatutoryScale:
    """The levels of one instrument, the most severe first. They do not map onto the levels of any playbook."""

    id: str
    title: Text
    instrument: str
    levels: Mapping[str, StatutoryLevel]

    def reaches(self, judged: str, wanted: str) -> bool:
        """Return whether the level `judged` is `wanted` or more severe.

        Raises:
            ValueError: the scale has no such level.
        """
        order = list(self.levels)
        return order.index(judged) <= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty to tell somebody.

    Attributes:
        scope: which organisations it concerns, over declared attributes.
        needs: which incidents it concerns.
        after: the clocks of which one must be filed before this one can start; any one of them will do.
        since: the local date (ISO 8601) from which it is in force; `None` where that is not known.
        since_verified: whether that date was read somewhere, or is only recalled.
        status: whether it is law, guidance, or carried for the record only; `reason` says why.
    """

    id: str
    title: Text
    instrument: Instrument
    article: Text
    obligor: Text
    recipients: tuple[Text, ...]
    trigger: Text
    deadline: Deadline
    evidence: Evidence
    scope: ClockCondition = NO_CONDITION
    needs: ClockCondition = NO_CONDITION
    after: tuple[str, ...] = ()
    relief: NextWorkingDay | None = None
    status: ClockStatus = "in_force"
    reason: Text | None = None
    since: str | None = None
    since_verified: bool = True
    note: Text | None = None

    @property
    def binding(self) -> bool:
        """True if missing it is a breach of law, and not only of guidance."""
        return self.status == "in_force"


@dataclass(frozen=True, slots=True)
class ClockPack:
    """The clocks of one jurisdiction.

    Attributes:
        jurisdiction: its code, as an organisation declares it: `CN`, `EU`.
        as_of: the date (ISO 8601) on which the facts were looked at.
        zone: the IANA time zone whose dates count.
        calendar: the holiday calendar that business days are counted by, where the jurisdiction has one.
    """

    id: str
    version: str
    title: Text
    jurisdiction: str
    as_of: str
    disclaimer: Text
    zone: str
    calendar: str | None
    attributes: Mapping[str, Attribute]
    measures: Mapping[str, Measure]
    scales: Mapping[str, StatutoryScale]
    clocks: Mapping[str, Clock]
