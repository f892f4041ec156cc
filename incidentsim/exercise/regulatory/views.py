"""What is shown of a clock. A deadline has no place to stand in except beside the scope and anchor it rests on.

`QuietView` has no time at all. `TargetView` has our own target and no deadline, `DeadlineView` a deadline: both
cannot be made without a scope that holds and an anchor that was reached.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.clocks import Clock
from incidentsim.domain.local_time import Offsets
from incidentsim.exercise.regulatory.criteria import Answered


class ClockState(StrEnum):
    """The state of a clock."""

    NOT_APPLICABLE = "not_applicable"
    """It does not concern this organisation."""
    SCOPE_NOT_DECLARED = "scope_not_declared"
    """Whether it concerns this organisation has not been declared."""
    DISABLED = "disabled"
    """It is carried for the record: what it says is not verified."""
    NOT_IN_FORCE = "not_in_force"
    """It is no law yet, or was none at the time."""
    NOT_JUDGED = "not_judged"
    """Nobody has judged or measured yet whether it concerns this incident."""
    NOT_TRIGGERED = "not_triggered"
    """It was judged that it does not concern this incident."""
    NOT_STARTED = "not_started"
    """The filing that starts it is not on record."""
    ANCHOR_MISSING = "anchor_missing"
    """The moment that starts it is not on record."""
    TARGET_ONLY = "target_only"
    """It asks for speed without a number; all there is to show is our own target."""
    DUE = "due"
    OVERDUE = "overdue"
    FILED = "filed"
    FILED_LATE = "filed_late"


QuietState = Literal[
    ClockState.NOT_APPLICABLE,
    ClockState.SCOPE_NOT_DECLARED,
    ClockState.DISABLED,
    ClockState.NOT_IN_FORCE,
    ClockState.NOT_JUDGED,
    ClockState.NOT_TRIGGERED,
    ClockState.NOT_STARTED,
    ClockState.ANCHOR_MISSING,
]


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, in ms since 1970-01-01T00:00Z."""

    at: int


@dataclass(frozen=True, slots=True)
class ScopeFound:
    """The reason why a clock concerns the organisation: it declared the jurisdiction, and these answers."""

    jurisdiction: str
    because: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class AnchorReached:
    """A moment on record that starts a clock; `filing` is the clock whose filing it was, for a prior filing."""

    anchor: Anchor
    moment: Moment
    filing: str | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """The data that a date rests on besides the law: a time zone and a holiday calendar.

    `zones` and `holidays` are the versions of the libraries `tzdata`, as it was before the run, and `holidays`.
    `calendar` and `holidays` are `None` where no calendar was used.
    """

    zone: str
    zones: str
    calendar: str | None = None
    holidays: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last moment at which a filing is in time.

    Attributes:
        at: the instant, in ms since 1970-01-01T00:00Z.
        local: the same by the clocks of the zone, as ISO 8601 to the second.
        data: what was used to reckon it.
        unsure_from: from when on (an instant in ms) changes of the clocks were not looked for, where that is before it.
        relieved: the moment it would have been without relief for days off; `None` where there was none.
        relief_open: what would have to be declared to know whether there is relief. The earlier moment is shown.
    """

    at: int
    local: str
    data: Data
    relieved: int | None = None
    relief_open: tuple[str, ...] = ()
    unsure_from: int | None = None


@dataclass(frozen=True, slots=True)
class InternalTarget:
    """Our own target for a clock that has no number: `after` ms from the anchor, so `at` that instant.

    `basis` is always an assumption of ours. It is not law, and missing it breaches nothing but our intention.
    """

    after: int
    at: int
    basis: Literal["assumption"] = "assumption"


@dataclass(frozen=True, slots=True)
class QuietView:
    """A clock of which no time can be shown, and why.

    Attributes:
        place: by which clocks its times are told: those of the jurisdiction, of the exercise where it is not declared.
        missing: what would have to be known: attributes not declared, measures not taken, scales not judged, filings
            or anchors not on record.
        because: what the answer rests on, where it is a no.
        filed: a filing made nevertheless.
    """

    pack: str
    clock: Clock
    place: Offsets
    state: QuietState
    missing: tuple[str, ...] = ()
    because: tuple[Answered, ...] = ()
    filed: Moment | None = None


@dataclass(frozen=True, slots=True)
class TargetView:
    """A clock without a number. `missed` says that our target has passed, which no law asks about.

    Its times are told by the clocks of `place`.
    """

    pack: str
    clock: Clock
    place: Offsets
    state: Literal[ClockState.TARGET_ONLY, ClockState.FILED]
    scope: ScopeFound
    anchor: AnchorReached
    target: InternalTarget
    missed: bool
    because: tuple[Answered, ...] = ()
    filed: Moment | None = None


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A clock that runs or has run.

    Attributes:
        place: by which clocks its days are counted and its times are told.
        anchor: the moment that the deadline is counted from.
        others: further moments that it was weighed against, such as the awareness that caps DORA's four hours.
        because: why it concerns this incident.
    """

    pack: str
    clock: Clock
    place: Offsets
    state: Literal[ClockState.DUE, ClockState.OVERDUE, ClockState.FILED, ClockState.FILED_LATE]
    scope: ScopeFound
    anchor: AnchorReached
    due: Due
    others: tuple[AnchorReached, ...] = ()
    because: tuple[Answered, ...] = ()
    filed: Moment | None = None


ClockView = QuietView | TargetView | DeadlineView
