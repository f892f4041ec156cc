"""Until when: the moments that start a clock, and the ways in which law counts time from them.

Hours run through nights, weekends and holidays. Calendar days and months are counted by the local date and end with
the day. Business days leave out weekends and holidays. "Immediately" has no number, and none is invented for it.
"""

from dataclasses import dataclass
from enum import StrEnum

from incidentsim.domain.clock_conditions import ClockCondition
from incidentsim.domain.text import Text


class Anchor(StrEnum):
    """A kind of moment that starts a clock. There is no single "T0": each instrument names its own."""

    OCCURRENCE = "occurrence"
    """The incident happened, whether or not anybody knew."""
    AWARENESS = "awareness"
    """The organisation discovered the incident, was told of it, or became aware of it."""
    KNOWLEDGE = "knowledge"
    """The organisation learned of the situation that has to be reported (such as a leak of personal data)."""
    SUSPICION = "suspicion"
    """There were reasonable grounds to suspect or believe in a breach."""
    SUSPICION_OF_CRIME = "suspicion_of_crime"
    """A crime was suspected."""
    ASSESSMENT = "assessment"
    """The organisation assessed a breach and found that it must be notified."""
    CLASSIFICATION = "classification"
    """The organisation classified the incident under the instrument (such as "major" under DORA)."""
    STATUTORY_CLASSIFICATION = "statutory_classification"
    """The incident was graded on a statutory scale."""
    DETERMINATION = "determination"
    """The organisation determined that the incident has occurred."""
    MATERIALITY_DECISION = "materiality_decision"
    """The organisation decided that the incident is material to investors."""
    INFORMATION_AVAILABLE = "information_available"
    """Information that was missing from an earlier filing became available."""
    MADE_PUBLIC = "made_public"
    """The organisation made the information public, filed it with an exchange or sent it to holders."""
    FIX_AVAILABLE = "fix_available"
    """A corrective or mitigating measure for a vulnerability became available."""
    PAYMENT = "payment"
    """A ransom or extortion payment was made."""
    PAYMENT_LEARNED = "payment_learned"
    """The organisation learned of a payment that somebody made for it."""
    HANDLING_ENDED = "handling_ended"
    """The handling of the incident ended."""
    PRIOR_FILING = "prior_filing"
    """The filing of the clock's `after` is on record."""


@dataclass(frozen=True, slots=True)
class Hours:
    """So many hours on the clock, through nights, weekends, holidays and changes to summer time."""

    count: int


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """So many days by the local date, to the end of the last. `first_day_counts`: the anchor's day is day one."""

    count: int
    first_day_counts: bool = False


@dataclass(frozen=True, slots=True)
class CalendarMonths:
    """To the end of the day of the same number so many months later, or of that month's last day where it is short."""

    count: int


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """To the end of the so-manieth working day after the anchor's day, which is day zero."""

    count: int


Length = Hours | CalendarDays | CalendarMonths | BusinessDays


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time from an anchor; where several are named, from the one that was reached first."""

    length: Length
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class EarlierOf:
    """The earlier of two limits.

    With `first_alone_if_late`, only `first` counts where its anchor came after `second` had run out already: whoever
    classifies late still has the time from the classification (Delegated Regulation (EU) 2025/301, Art. 5(2)).
    """

    first: Limit
    second: Limit
    first_alone_if_late: bool = False


@dataclass(frozen=True, slots=True)
class Immediately:
    """At once, promptly, without undue delay: `word` is the instrument's, and it gives no number.

    `target` (ms) is ours, to have something to exercise against; it is never a legal deadline.
    """

    word: Text
    target: int
    anchors: tuple[Anchor, ...]


Deadline = Limit | EarlierOf | Immediately


@dataclass(frozen=True, slots=True)
class NextWorkingDay:
    """Relief where a limit falls on a day off: until a minute of the next working day, `when` this is declared."""

    minute: int
    when: ClockCondition
    article: Text


def anchors_of(deadline: Deadline) -> tuple[Anchor, ...]:
    """Every anchor that a deadline names, each once."""
    if isinstance(deadline, EarlierOf):
        return tuple(dict.fromkeys((*deadline.first.anchors, *deadline.second.anchors)))
    return deadline.anchors
