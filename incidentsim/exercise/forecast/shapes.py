"""A forecast and its parts: numbers only, times in ms from the start, so that any front end can show them.

Wherever something is told `by` proficiency, the keys are proficiencies (0 novice … 100 expert).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from incidentsim.domain.facts import RefusalReason
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language

MistakeKind = Literal["refused", "late", "level", "judgement", "unasked"]
"""Refused by the procedure; a duty not kept in time; the first grading off; a step that the truth speaks against;
somebody told whom the procedure did not want told then."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Several values in short: the least, the middle one and the greatest."""

    low: int
    median: int
    high: int


def usual_of(proficiencies: Collection[int]) -> int:
    """The proficiency in the middle of several, which stands for the people one may expect."""
    return sorted(proficiencies)[len(proficiencies) // 2]


def spread(values: Iterable[int]) -> Spread | None:
    """The values in short; of an even number of them the middle is halfway between two, rounded down."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    median = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2
    return Spread(ordered[0], median, ordered[-1])


@dataclass(frozen=True, slots=True)
class Outlook:
    """The results of people of one proficiency: in `rested` of `plays` every incident reached a final state.

    `duration` is simulated time (ms) until then, `None` where it never came to that; `reading` and `table` are
    estimates (ms) by language of how long people need to read, and for everything, at a real table. `kept` of `owed`
    duties were settled in time.
    """

    proficiency: int
    plays: int
    rested: int
    duration: Spread | None
    decisions: Spread
    refusals: Spread
    injects: Spread
    reading: Mapping[Language, Spread]
    table: Mapping[Language, Spread]
    kept: int
    owed: int


@dataclass(frozen=True, slots=True)
class StageTimes:
    """The times (ms) at which a state was entered and left for good, in so many plays (`left` `None`: never left)."""

    plays: int
    entered: Spread
    left: Spread | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A state of the main track that an incident came into, in so many plays."""

    incident: str
    state: str
    plays: int
    by: Mapping[int, StageTimes]


@dataclass(frozen=True, slots=True)
class DutyTimes:
    """The outcome of a duty each time it was owed: how often it was kept, late or missed, and when (ms).

    `slack` is how long (ms) before it was due it was settled, below zero where that was late. A duty is `missed` if it
    was late and never settled; the rest, dropped in time, still open or without a limit, is in none of the counts. A
    spread is `None` where no such time came.
    """

    plays: int
    kept: int
    late: int
    missed: int
    begins: Spread
    ends: Spread | None
    due: Spread | None
    slack: Spread | None


@dataclass(frozen=True, slots=True)
class DutyOutlook:
    """A duty that was owed in so many plays."""

    duty: str
    plays: int
    by: Mapping[int, DutyTimes]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that went wrong, and in how many plays.

    `subject` is a step, a duty, or for a level `too_mild` or `too_severe`; `why` the kind of a refusal.
    """

    kind: MistakeKind
    subject: str
    why: RefusalReason | None
    plays: int
    by: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class InjectOutlook:
    """An inject that reached the table in so many plays, and when."""

    inject: str
    plays: int
    at: Spread | None


@dataclass(frozen=True, slots=True)
class RoleLoad:
    """The load of a role in a play: decisions (refused ones too), injects, escalations."""

    role: str
    decisions: Spread
    injects: Spread
    told: Spread


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of a scenario. `plays` is how often it was played by people of each proficiency."""

    plays: int
    proficiencies: tuple[int, ...]
    outlooks: tuple[Outlook, ...]
    path: tuple[Stage, ...]
    duties: tuple[DutyOutlook, ...]
    mistakes: tuple[Mistake, ...]
    injects: tuple[InjectOutlook, ...]
    loads: tuple[RoleLoad, ...]

    @property
    def total(self) -> int:
        """The number of plays in all."""
        return self.plays * len(self.proficiencies)

    @property
    def usual(self) -> int:
        """The proficiency in the middle, which stands for the people one may expect."""
        return usual_of(self.proficiencies)


@dataclass(frozen=True, slots=True)
class Preview:
    """A forecast together with what it is about."""

    playbook: Playbook
    scenario: Scenario
    forecast: Forecast
