"""The earlier runs that a run can be compared with: whose they were, in what they differ, how they went."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto, unique

from incidentsim.domain.evaluation import Rating
from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.errors import ErrorMark, marks_of
from incidentsim.exercise.evaluation.beside.team import Likeness, Team
from incidentsim.exercise.evaluation.evaluate import Evaluation


@unique
class LeftOutWhy(StrEnum):
    """The reasons for leaving an earlier run out: not finished, hidden from lists, or its record is faulty."""

    UNFINISHED = auto()
    HIDDEN = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An earlier run that is not compared, when it was begun (UTC), and why; `reason` says what is wrong with it."""

    run: str
    created: str
    why: LeftOutWhy
    reason: str = ""


@unique
class Otherwise(StrEnum):
    """The ways in which an earlier run was made otherwise than the one it is compared with.

    `procedure`: by another version of the playbook. `story`: by another version of the scenario. `erased`: texts or
    names were erased. `unpinned`: by a version that did not pin names yet. `program`: by another one of the program.
    """

    PROCEDURE = auto()
    STORY = auto()
    ERASED = auto()
    UNPINNED = auto()
    PROGRAM = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A run in short: how many errors of people, how many of their tasks have each rating, and all errors made."""

    errors: int
    ratings: Mapping[Rating, int]
    marks: frozenset[ErrorMark]


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """An earlier run that can be compared with.

    Attributes:
        run: its id.
        name: its own name; empty where it has none.
        created: when it was begun (UTC, as in entries).
        scenario: the id of its scenario.
        scope: whether it told the same story.
        team: who played it.
        likeness: whether that was the same team.
        otherwise: in what else it was made otherwise.
        program: the program that began it.
        standing: how it went; `None` where it was not evaluated.
    """

    run: str
    name: str
    created: str
    scenario: str
    scope: Scope
    team: Team
    likeness: Likeness
    otherwise: tuple[Otherwise, ...]
    program: str
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class EarlierRuns:
    """The earlier runs of a run's scenario, then those of its procedure, the latest first.

    Attributes:
        team: who played the run.
        runs: those that can be compared with.
        left_out: those that cannot be.
        older: how many older ones were not looked at, by ground.
        whole: false if somebody stopped it before all were looked at.
    """

    team: Team
    runs: tuple[EarlierRun, ...]
    left_out: tuple[LeftOut, ...]
    older: Mapping[Scope, int]
    whole: bool = True

    @property
    def proposed(self) -> EarlierRun | None:
        """The run to compare with unless somebody chooses another: the latest of the same team, of the same story."""
        first = (run for run in self.runs if run.likeness.same_team and run.scope is Scope.SCENARIO)
        return next(first, None) or next((run for run in self.runs if run.scope is Scope.SCENARIO), None)

    @property
    def same_team(self) -> tuple[EarlierRun, ...]:
        """The evaluated runs of the same team and the same story."""
        return tuple(run for run in self.runs if run.standing is not None)


def standing(evaluation: Evaluation) -> Standing:
    """A run in short."""
    short = evaluation.in_short
    return Standing(short.errors, short.ratings, marks_of(evaluation))
