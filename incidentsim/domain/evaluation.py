"""How a playbook wants an exercise evaluated: what is measured, and what each critical task is rated by.

The scale is that of HSEEP: P performed without challenges, S with some challenges, M with major challenges,
U unable to be performed. Every rule is structured data; the evaluation knows no company.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.text import Text

if TYPE_CHECKING:
    from incidentsim.domain.basis import Basis

Rating = Literal["P", "S", "M", "U"]
RATINGS: Final[tuple[Rating, ...]] = ("P", "S", "M", "U")
"""From the best to the worst."""

Poete = Literal["planning", "organisation", "equipment", "training", "exercises"]
"""Which element of preparedness an improvement belongs to (POETE)."""


@dataclass(frozen=True, slots=True)
class ElapsedRule:
    """The time (ms) from the first fact like `start` to the first one like `end` after it, for each incident."""

    id: str
    title: Text
    basis: "Basis"
    start: tuple[Pattern, ...]
    end: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class OrderRule:
    """A check that something like `first` came before anything like `then`, for each incident that both concern.

    Measured once something like `then` happened, and if `when` is not empty only where a fact like it is on record.
    """

    id: str
    title: Text
    basis: "Basis"
    first: tuple[Pattern, ...]
    then: tuple[Pattern, ...]
    when: tuple[Pattern, ...] = ()


MetricRule = ElapsedRule | OrderRule


@dataclass(frozen=True, slots=True)
class Late:
    """A duty was settled late, by more than `beyond` (ms)."""

    duty: str
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """A duty was late and never settled."""

    duty: str


@dataclass(frozen=True, slots=True)
class Occurred:
    """A fact like this is on record: a refusal, a circumstance, a step."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Lacking:
    """No fact like this is on record."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class LevelOff:
    """The first grading is so many levels away from the ground truth, in either direction."""

    at_least: int
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Misjudged:
    """The step was taken by somebody although the ground truth (its `fits`) speaks against it."""

    do: str


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Both are on record, and something like `then` came before anything like `first`."""

    first: Pattern
    then: Pattern


@dataclass(frozen=True, slots=True)
class Unasked:
    """Somebody was told whom the procedure did not want told then: `do` left the first state of a notice's track."""

    do: str


Challenge = Late | Missed | Occurred | Lacking | LevelOff | Misjudged | OutOfOrder | Unasked


@dataclass(frozen=True, slots=True)
class Task:
    """A critical task: when it is called for, when it counts as performed, and what makes its rating worse.

    It is called for once a fact like `when` is on record (or, without one, once the incident is raised), and only
    where the ground truth is like `truth`. It is unable (U) where nothing like `performed` is on record.
    """

    id: str
    title: Text
    basis: "Basis"
    performed: tuple[Pattern, ...]
    owner: str
    poete: Poete
    cause: Text
    when: tuple[Pattern, ...] = ()
    truth: Mapping[str, bool] = field(default_factory=dict)
    some: tuple[Challenge, ...] = ()
    major: tuple[Challenge, ...] = ()
    unable: tuple[Challenge, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """A goal of an exercise, as critical tasks (HSEEP); it is rated as its worst task."""

    id: str
    title: Text
    basis: "Basis"
    tasks: Mapping[str, Task]


@dataclass(frozen=True, slots=True)
class ImprovementRule:
    """The time (ms) after an exercise within which an improvement is due, by the rating that asks for it."""

    within: Mapping[Rating, int]
    basis: "Basis"
