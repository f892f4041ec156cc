"""Errors of two runs beside each other: which came back, which are gone, which are new.

An error is recognised by its matter: the incident, and what was to be judged, done or told. Graded too mild and graded
too severe are one matter, as are a duty done late and the same duty never done. Errors that in both runs only followed
from others are not told by themselves. People's errors and bots' are never one.

An error that is gone was either done right this time, or did not come up; the record is asked which.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.domain.facts import DutyOpened, DutySettled, Fact, Filed, StepTaken
from incidentsim.exercise.evaluation.beside.changes import Change, Scope
from incidentsim.exercise.evaluation.decisions.kinds import GRAVITY, Decision, DecisionError, ErrorKind, Question
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.kernel.in_force import undone_by


@unique
class Matter(StrEnum):
    """The matters in which one can err.

    `incident`: is it one? `level`: how severe? `finding`: another yes or no. `duty`: something to be done or told by a
    time. `law_deadline`: a filing. `recipient`: somebody told unasked. `figure`: a figure to be passed on. `attempt`:
    something tried and refused.
    """

    INCIDENT = auto()
    LEVEL = auto()
    FINDING = auto()
    DUTY = auto()
    LAW_DEADLINE = auto()
    RECIPIENT = auto()
    FIGURE = auto()
    ATTEMPT = auto()


def matter_of(kind: ErrorKind) -> Matter:
    """The matter of a kind of error; the type checker names a kind that is missing."""
    match kind:
        case ErrorKind.DISMISSED | ErrorKind.FALSE_ALARM:
            return Matter.INCIDENT
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE | ErrorKind.NOT_REGRADED:
            return Matter.LEVEL
        case ErrorKind.FINDING_WRONG | ErrorKind.FINDING_MISSING:
            return Matter.FINDING
        case ErrorKind.NOT_DONE | ErrorKind.LATE | ErrorKind.RECIPIENT_MISSED:
            return Matter.DUTY
        case ErrorKind.LAW_DEADLINE_MISSED:
            return Matter.LAW_DEADLINE
        case ErrorKind.WRONG_RECIPIENT:
            return Matter.RECIPIENT
        case ErrorKind.FIGURE_NOT_TOLD:
            return Matter.FIGURE
        case ErrorKind.FORBIDDEN | ErrorKind.OWN_REPORT_APPROVED | ErrorKind.OVERSTEPPED | ErrorKind.REFUSED:
            return Matter.ATTEMPT


_ONE_A_CASE: Final = frozenset({Matter.INCIDENT, Matter.LEVEL})
"""Matters of which an incident has one, whichever step was taken."""


@dataclass(frozen=True, slots=True)
class ErrorMark:
    """The mark by which an error is recognised in another run; `incident` is `None` across stories."""

    matter: Matter
    incident: str | None
    subject: str
    by_bots: bool


@unique
class Fate(StrEnum):
    """The errors of both runs: `came_back` is in both, `new` in the later only, `gone` in the earlier only."""

    CAME_BACK = auto()
    NEW = auto()
    GONE = auto()


@unique
class Occasion(StrEnum):
    """The occasion, in the later run, for an error that is gone.

    `done_right`: it came up, and was done right. `left`: what was wrong was not tried again. `bots`: it was a matter of
    bots this time. `none`: nothing on record shows that it came up. `not_looked_for`: that cannot be asked, since the
    other run had another story.
    """

    DONE_RIGHT = auto()
    LEFT = auto()
    BOTS = auto()
    NONE = auto()
    NOT_LOOKED_FOR = auto()


@dataclass(frozen=True, slots=True)
class ErrorBeside:
    """A matter in which somebody erred in one of two runs, or in both.

    Attributes:
        mark: the matter.
        now: the errors of the later run, the worst first.
        then: those of the earlier run, the worst first.
        fate: what became of it.
        change: of an error that came back, whether it is better or worse this time.
        occasion: of an error that is gone, whether it came up this time; `None` else.
        shown: the numbers of the facts of the later run that show this.
    """

    mark: ErrorMark
    now: tuple[DecisionError, ...]
    then: tuple[DecisionError, ...]
    fate: Fate
    change: Change
    occasion: Occasion | None = None
    shown: tuple[int, ...] = ()


def mark_of(error: DecisionError, scope: Scope) -> ErrorMark:
    """The mark by which an error is recognised in another run."""
    matter = matter_of(error.kind)
    subject = "" if matter in _ONE_A_CASE else error.subject
    return ErrorMark(matter, error.incident if scope is Scope.SCENARIO else None, subject, error.by_people is False)


def errors_beside(
    now: Evaluation, facts: Sequence[Fact], then: Evaluation, scope: Scope = Scope.SCENARIO
) -> tuple[ErrorBeside, ...]:
    """The errors of two runs: people's first; of these what came back, what is new, what is gone, the worst first.

    Args:
        now: the later run.
        facts: its facts.
        then: the earlier run.
        scope: whether both told the same story.
    """
    mine, theirs = _by_mark(now.judged.all_errors, scope), _by_mark(then.judged.all_errors, scope)
    roots = {mark_of(error, scope) for error in (*now.judged.errors, *then.judged.errors)}
    occasions = _Occasions(now, facts, scope, mine)
    rows = [_row(mark, mine.get(mark, ()), theirs.get(mark, ()), occasions) for mark in {**mine, **theirs}]
    order = tuple(Fate)
    return tuple(
        sorted(
            (row for row in rows if row.mark in roots),
            key=lambda row: (row.mark.by_bots, order.index(row.fate), _ranked((row.now or row.then)[0])),
        )
    )


def marks_of(evaluation: Evaluation, scope: Scope = Scope.SCENARIO) -> frozenset[ErrorMark]:
    """The marks of all errors of a run, those that followed from others too."""
    return frozenset(mark_of(error, scope) for error in evaluation.judged.all_errors)


def _by_mark(errors: Iterable[DecisionError], scope: Scope) -> dict[ErrorMark, tuple[DecisionError, ...]]:
    grouped: dict[ErrorMark, list[DecisionError]] = {}
    for error in errors:
        grouped.setdefault(mark_of(error, scope), []).append(error)
    return {mark: tuple(sorted(each, key=_ranked)) for mark, each in grouped.items()}


def _ranked(error: DecisionError) -> tuple[int, int, bool, int]:
    """By which errors are put in order, the worst first: kind, levels off, never done, how late."""
    never = error.late_by is None
    return (GRAVITY.index(error.kind), -abs(error.off), not never, -(error.late_by or 0))


def _row(
    mark: ErrorMark, now: tuple[DecisionError, ...], then: tuple[DecisionError, ...], occasions: "_Occasions"
) -> ErrorBeside:
    if not now:
        occasion, shown = occasions.of(mark)
        return ErrorBeside(mark, now, then, Fate.GONE, Change.ONLY_THEN, occasion, shown)
    shown = tuple(dict.fromkeys(number for error in now for number in error.sequences))
    if not then:
        return ErrorBeside(mark, now, then, Fate.NEW, Change.ONLY_NOW, None, shown)
    return ErrorBeside(mark, now, then, Fate.CAME_BACK, _change(now, then), None, shown)


def _change(now: Sequence[DecisionError], then: Sequence[DecisionError]) -> Change:
    mine, theirs = (_ranked(now[0]), len(now)), (_ranked(then[0]), len(then))
    if mine[0] != theirs[0]:
        return Change.BETTER if mine[0] > theirs[0] else Change.WORSE
    if mine[1] == theirs[1]:
        return Change.SAME
    return Change.BETTER if mine[1] < theirs[1] else Change.WORSE


_Answer = tuple[Occasion, tuple[int, ...]]
_NOTHING: Final[_Answer] = (Occasion.NONE, ())


class _Occasions:
    """Asks a run whether a matter came up in it, and was done right."""

    def __init__(
        self, now: Evaluation, facts: Sequence[Fact], scope: Scope, mine: Mapping[ErrorMark, Sequence[DecisionError]]
    ) -> None:
        self._decisions: dict[str | None, list[Decision]] = {}
        for decision in now.judged.decisions:
            self._decisions.setdefault(decision.incident, []).append(decision)
        self._scope = scope
        self._bots = {(mark.matter, mark.incident, mark.subject) for mark in mine if mark.by_bots}
        undone = undone_by(facts)
        self._facts: dict[str | None, list[tuple[int, Fact]]] = {}
        for number, fact in enumerate(facts):
            if number not in undone:
                self._facts.setdefault(fact.incident, []).append((number, fact))

    def of(self, mark: ErrorMark) -> _Answer:
        """Answer whether it came up, with the numbers of the facts that show it."""
        if self._scope is not Scope.SCENARIO:
            return Occasion.NOT_LOOKED_FOR, ()
        if not mark.by_bots and (mark.matter, mark.incident, mark.subject) in self._bots:
            return Occasion.BOTS, ()
        match mark.matter:
            case Matter.INCIDENT:
                return self._decided(mark, Question.INCIDENT)
            case Matter.LEVEL:
                return self._decided(mark, Question.LEVEL)
            case Matter.FINDING:
                return self._decided(mark, Question.FINDING)
            case Matter.FIGURE:
                return self._passed_on(mark)
            case Matter.DUTY:
                return self._kept(mark)
            case Matter.LAW_DEADLINE:
                filed = [n for n, fact in self._of(mark) if isinstance(fact, Filed) and fact.clock == mark.subject]
                return (Occasion.DONE_RIGHT, tuple(filed[:1])) if filed else _NOTHING
            case Matter.ATTEMPT | Matter.RECIPIENT:
                taken = [n for n, fact in self._of(mark) if isinstance(fact, StepTaken) and fact.do == mark.subject]
                return (Occasion.DONE_RIGHT, tuple(taken[:1])) if taken else (Occasion.LEFT, ())

    def _of(self, mark: ErrorMark) -> list[tuple[int, Fact]]:
        return self._facts.get(mark.incident, [])

    def _decided(self, mark: ErrorMark, question: Question) -> _Answer:
        made = [
            decision
            for decision in self._decisions.get(mark.incident, ())
            if decision.question is question
            and decision.person is not None
            and (question is not Question.FINDING or decision.right.flag == mark.subject)
        ]
        return self._right(mark, made[-1]) if made else _NOTHING

    def _right(self, mark: ErrorMark, decision: Decision) -> _Answer:
        if decision.by_people is False and not mark.by_bots:
            return Occasion.BOTS, (decision.sequence,)
        return Occasion.DONE_RIGHT, (decision.sequence,)

    def _passed_on(self, mark: ErrorMark) -> _Answer:
        for decision in self._decisions.get(mark.incident, ()):
            came = decision.evidence.judge if decision.evidence is not None else None
            if decision.question is Question.LEVEL and came is not None:
                return Occasion.DONE_RIGHT, (came.sequence, decision.sequence)
        return _NOTHING

    def _kept(self, mark: ErrorMark) -> _Answer:
        opened: dict[int, int] = {}
        for number, fact in self._of(mark):
            if isinstance(fact, DutyOpened) and fact.duty == mark.subject:
                opened[fact.number] = number
            elif isinstance(fact, DutySettled) and fact.duty == mark.subject and fact.number in opened:
                return Occasion.DONE_RIGHT, (opened[fact.number], number)
        return _NOTHING
