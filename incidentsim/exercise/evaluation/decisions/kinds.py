"""The kinds of error that people make when they respond to an incident, and what is told of each decision."""

from dataclasses import dataclass
from enum import StrEnum, auto, unique

from incidentsim.domain.facts import HintStep, RefusalReason
from incidentsim.domain.playbook import Threshold
from incidentsim.domain.scenario import Shown


@unique
class ErrorKind(StrEnum):
    """The kinds of error, from the worst to the least.

    `dismissed`: a real incident was judged to be none. `forbidden`: something was tried that nobody may do.
    `own_report_approved`: somebody tried to approve what they had done themselves. `false_alarm`: what was no incident
    was passed on as one. `too_mild`, `too_severe`: the level. `not_regraded`: the figure
    that decides the level came and the level stayed. `finding_wrong`, `finding_missing`: a yes or no of the
    truth, such as whether it is unlawful. `law_deadline_missed`: a filing that the law asks for was late or not made.
    `wrong_recipient`: somebody was told whom nothing wanted told. `recipient_missed`: somebody to be told was not.
    `figure_not_told`: whoever graded had not got the figure that decides the level, although somebody else had.
    `not_done`: a duty was never done. `overstepped`: somebody tried what was not theirs to do. `late`: a duty was done
    late. `refused`: something was tried that could not be done then, or not so.
    """

    DISMISSED = auto()
    FORBIDDEN = auto()
    OWN_REPORT_APPROVED = auto()
    FALSE_ALARM = auto()
    TOO_MILD = auto()
    TOO_SEVERE = auto()
    NOT_REGRADED = auto()
    FINDING_WRONG = auto()
    FINDING_MISSING = auto()
    LAW_DEADLINE_MISSED = auto()
    WRONG_RECIPIENT = auto()
    RECIPIENT_MISSED = auto()
    FIGURE_NOT_TOLD = auto()
    NOT_DONE = auto()
    OVERSTEPPED = auto()
    LATE = auto()
    REFUSED = auto()


GRAVITY: tuple[ErrorKind, ...] = tuple(ErrorKind)
"""From the worst to the least."""


@unique
class Question(StrEnum):
    """The questions that a decision answers.

    `incident`: is it one? `level`: how severe is it? `finding`: another yes or no of the truth, such as lawfulness.
    `recipients`: who is told? `approval`: does what somebody else did stand?
    """

    INCIDENT = auto()
    LEVEL = auto()
    FINDING = auto()
    RECIPIENTS = auto()
    APPROVAL = auto()


@dataclass(frozen=True, slots=True)
class KnownInject:
    """An inject that somebody had read, and the number of the fact by which it first reached them.

    `first` is the number of the fact by which it first reached anybody.
    """

    inject: str
    sequence: int
    first: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A reason for a level: a value (durations in ms, flags 1) that reaches a threshold.

    `level` is the level that the threshold belongs to; `more_severe_by` is above 0 where it is one of those that raise
    the level by so many instead. `shown` are the numbers of the facts by which the value reached anybody.
    """

    threshold: Threshold
    value: int
    level: int
    more_severe_by: int
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """The right answer to a question, and why.

    Attributes:
        steps: the steps of which one was expected (`do`); empty where the answer is to leave something undone.
        level: the right level, where the question was the level.
        flag: the yes or no of the truth that decides, and `holds` which it is; `None` where none does.
        reached: the values that decide the level.
        shown: the numbers of the facts that showed the truth of the flag.
        due: by when it was expected (ms); `None` where no time is set.
        clock: the regulatory deadline that was to be kept.
    """

    steps: tuple[str, ...] = ()
    level: int | None = None
    flag: str | None = None
    holds: bool = False
    reached: tuple[Reached, ...] = ()
    shown: tuple[int, ...] = ()
    due: int | None = None
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A critical task that the truth called for and that was not done, because something before it was judged wrongly.

    `sequence` is the number of the fact that says so: the wrong decision.
    """

    task: str
    sequence: int


@dataclass(frozen=True, slots=True)
class DecisionError:
    """Something that somebody got wrong, with what followed from it.

    Attributes:
        kind: the kind of error.
        incident: the incident that it is about.
        subject: what it is about: a step, a duty, a clock, a measure, or a yes or no of the truth, as the kind says.
        sequences: the numbers of the facts that show it.
        person: who decided (a pseudonym); `None` where nobody did anything.
        roles: the roles or bodies that owed it, or in which it was decided.
        right: the right answer.
        off: by how many levels the grading is off; above 0 it is too mild.
        late_by: by how much it was late (ms); `None` where it was never done or was no matter of time.
        instead: what somebody else was told in place of: the steps by which the right one is told.
        consequences: the errors that followed from it.
        owed: the tasks that the truth called for and that were not done because of it.
        as_known: true if a level was graded as the figures that had reached whoever graded had it, and these were wrong
            or not all.
        by_people: whether it was a matter of people at the table; `None` where nobody is known to have played.
        led_to: the numbers of other facts that followed: what the story brought, cases opened by themselves.
        refused: why the procedure refused it; `None` where it was no refusal.
    """

    kind: ErrorKind
    incident: str
    subject: str
    sequences: tuple[int, ...]
    person: str | None
    roles: tuple[str, ...]
    right: Right
    off: int = 0
    late_by: int | None = None
    instead: tuple[str, ...] = ()
    consequences: tuple["DecisionError", ...] = ()
    owed: tuple[Owed, ...] = ()
    as_known: bool = False
    by_people: bool | None = None
    led_to: tuple[int, ...] = ()
    refused: RefusalReason | None = None

    @property
    def key(self) -> tuple[ErrorKind, str, str, int]:
        """The kind, incident, subject and levels, which together tell this error from the others of a run."""
        return (self.kind, self.incident, self.subject, self.off)


@unique
class Coming(StrEnum):
    """A standing of decisive evidence: `reached`, `never_reached`, or `not_looked_for` where there was nothing to find.

    The last is so where the right answer holds until something speaks against it, where the ground truth does not say
    what gives it, and for whoever judged where nobody did.
    """

    REACHED = auto()
    NEVER_REACHED = auto()
    NOT_LOOKED_FOR = auto()


@dataclass(frozen=True, slots=True)
class Arrival:
    """The fact that brought something to somebody, and from when they knew it (ms)."""

    sequence: int
    at: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence that decides a judgement, and when it came.

    Attributes:
        needs: the smallest sets of facts that give the right answer; any of them is enough.
        looked_for: false where no evidence was to be found: nothing gives the answer, or it is right without any.
        anybody: when the last part of such a set had come to anybody; `None` where that never was.
        judge: when it had come to whoever judged, before or after they did.
    """

    needs: tuple[tuple[Shown, ...], ...]
    looked_for: bool
    anybody: Arrival | None = None
    judge: Arrival | None = None

    def coming(self, arrival: Arrival | None) -> Coming:
        """Return whether it came to those whose arrival this is."""
        if arrival is not None:
            return Coming.REACHED
        return Coming.NEVER_REACHED if self.looked_for else Coming.NOT_LOOKED_FOR


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints that came before something was done: how far they went, and the numbers of the facts that say so."""

    furthest: HintStep
    sequences: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number of hints."""
        return len(self.sequences)

    @property
    def told_what_to_do(self) -> bool:
        """True if the last step was among them."""
        return self.furthest is HintStep.ACT


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement in a record.

    Attributes:
        question: the question that it answers.
        incident: the incident that it is about.
        sequence: the number of the fact that says what was chosen; where nobody decided, of the one that shows that.
        person: who decided (a pseudonym); `None` where nobody did.
        knew: the injects that had reached whoever decided, in the order in which they came.
        chosen: the step taken; empty where nobody decided.
        level: the level chosen, where the question was the level.
        right: the right answer.
        error: what was wrong with it; `None` where nothing was.
        by_people: whether somebody at the table decided; `None` where nobody is known to have played.
        evidence: when the evidence that decides it came; `None` where evidence decides nothing.
        hints: the hints that the coach gave before it, if any.
    """

    question: Question
    incident: str
    sequence: int
    person: str | None
    knew: tuple[KnownInject, ...]
    chosen: str
    level: int | None
    right: Right
    error: DecisionError | None = None
    by_people: bool | None = None
    evidence: Evidence | None = None
    hints: Hints | None = None
