"""The usual cause of a failure, chosen by its kind and its facts. The real one is for people to find."""

from enum import StrEnum, auto, unique

from incidentsim.domain.evaluation import Late, LevelOff, Misjudged, Missed, Occurred, OutOfOrder, Unasked
from incidentsim.domain.facts import RefusalReason, Refused
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.decisions.kinds import Decision, DecisionError, ErrorKind
from incidentsim.exercise.evaluation.ratings import NOT_PERFORMED, OWED_BY_TRUTH, Reason, TaskRating
from incidentsim.exercise.evaluation.trace import Trace


@unique
class UsualCause(StrEnum):
    """The usual causes of a kind of failure.

    `after_refusal`: it was late, and had been refused before. `after_another`: it was late, and so was something before
    it. `late`: it was late. `not_done`: it was never done. `owed_by_truth`: it was not done because something before
    was judged wrongly. `not_weighed`: what was known spoke against the judgement. `not_known`: what speaks against it
    had not reached whoever judged. `not_compared`: the figure was known and the level is not what its threshold says.
    `figure_not_known`: the figure had not reached whoever graded. `graded_as_known`: the figures known then gave that
    level. `level_kept`: the figures that came later gave another, and nobody graded anew. `authority`: somebody tried
    what was not theirs to do. `forbidden`: somebody tried what nobody may do. `own_work`: somebody tried to approve
    their own work. `content`: a form was not complete. `order`: steps came in the wrong order. `not_asked_for`:
    somebody was told whom nothing wanted told.
    """

    AFTER_REFUSAL = auto()
    AFTER_ANOTHER = auto()
    LATE = auto()
    NOT_DONE = auto()
    OWED_BY_TRUTH = auto()
    NOT_WEIGHED = auto()
    NOT_KNOWN = auto()
    NOT_COMPARED = auto()
    FIGURE_NOT_KNOWN = auto()
    GRADED_AS_KNOWN = auto()
    LEVEL_KEPT = auto()
    AUTHORITY = auto()
    FORBIDDEN = auto()
    OWN_WORK = auto()
    CONTENT = auto()
    ORDER = auto()
    NOT_ASKED_FOR = auto()


class Causes:
    """Chooses the usual causes of the failures of one run."""

    def __init__(self, trace: Trace, judged: Judged) -> None:
        self._trace = trace
        self._errors: dict[int, list[DecisionError]] = {}
        self._roots: dict[tuple[int, ...], DecisionError] = {}
        for root in judged.errors:
            for error in (root, *root.consequences):
                for number in error.sequences:
                    self._errors.setdefault(number, []).append(error)
            self._roots.update((error.sequences, root) for error in root.consequences if error.kind is ErrorKind.LATE)
        self._decisions = {
            (one.error.kind, one.error.sequences): one for one in judged.decisions if one.error is not None
        }

    def of_task(self, rating: TaskRating) -> UsualCause | None:
        """Return the usual cause of what lowered a task's rating most; `None` where nothing of the kind is known."""
        reasons = [reason for reason in rating.reasons if reason.rating != "P"]
        for reason in sorted(reasons, key=lambda one: one.rating != rating.proposed):
            cause = self._of_reason(reason)
            if cause is not None:
                return cause
        return None

    def of_error(self, error: DecisionError) -> UsualCause | None:
        """Return the usual cause of an error."""
        return cause_of(error, self._decisions.get((error.kind, error.sequences)))

    def _of_reason(self, reason: Reason) -> UsualCause | None:
        match reason.rule:
            case str(rule) if rule == OWED_BY_TRUTH:
                return UsualCause.OWED_BY_TRUTH
            case str(rule) if rule == NOT_PERFORMED:
                return UsualCause.NOT_DONE
            case Missed():
                return UsualCause.NOT_DONE
            case Late():
                return self._late(reason)
            case LevelOff() | Misjudged():
                errors = (one for number in reason.evidence for one in self._errors.get(number, ()))
                return next((self.of_error(one) for one in errors), None)
            case Unasked():
                return UsualCause.NOT_ASKED_FOR
            case OutOfOrder():
                return UsualCause.ORDER
            case Occurred() if reason.evidence:
                return self.of_refusal(reason.evidence[0])
            case _:
                return None

    def _late(self, reason: Reason) -> UsualCause:
        root = self._roots.get(reason.evidence)
        if root is None:
            return UsualCause.LATE
        tried = root.kind in {ErrorKind.REFUSED, ErrorKind.OVERSTEPPED, ErrorKind.OWN_REPORT_APPROVED}
        return UsualCause.AFTER_REFUSAL if tried else UsualCause.AFTER_ANOTHER

    def of_refusal(self, number: int) -> UsualCause | None:
        """Return the usual cause of a refusal, by its fact number; `None` for a fact that is none."""
        fact = self._trace.facts[number]
        if not isinstance(fact, Refused):
            return None
        own = any(one.kind is ErrorKind.OWN_REPORT_APPROVED for one in self._errors.get(number, ()))
        return UsualCause.OWN_WORK if own else _refusal(fact.why)


def _refusal(why: RefusalReason | None) -> UsualCause | None:
    match why:
        case RefusalReason.FORBIDDEN:
            return UsualCause.FORBIDDEN
        case RefusalReason.ROLE | RefusalReason.ROLE_NOT_HELD | RefusalReason.AWAY:
            return UsualCause.AUTHORITY
        case RefusalReason.FOUR_EYES:
            return UsualCause.OWN_WORK
        case RefusalReason.CONTENT:
            return UsualCause.CONTENT
        case RefusalReason.STATE | RefusalReason.NEEDS:
            return UsualCause.ORDER
        case _:
            return None


def cause_of(error: DecisionError, decision: Decision | None = None) -> UsualCause | None:  # noqa: C901, PLR0911, PLR0912 - an answer a kind
    """Return the usual cause of an error; `decision` is the judgement that it lies in."""
    match error.kind:
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE if error.as_known:
            return UsualCause.GRADED_AS_KNOWN
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE:
            return UsualCause.NOT_COMPARED if _known(decision) else UsualCause.FIGURE_NOT_KNOWN
        case ErrorKind.NOT_REGRADED:
            return UsualCause.LEVEL_KEPT
        case ErrorKind.DISMISSED | ErrorKind.FALSE_ALARM | ErrorKind.FINDING_WRONG:
            return UsualCause.NOT_WEIGHED if _known(decision) else UsualCause.NOT_KNOWN
        case ErrorKind.FINDING_MISSING | ErrorKind.NOT_DONE | ErrorKind.RECIPIENT_MISSED:
            return UsualCause.NOT_DONE
        case ErrorKind.LAW_DEADLINE_MISSED:
            return UsualCause.NOT_DONE if error.late_by is None else UsualCause.LATE
        case ErrorKind.FIGURE_NOT_TOLD:
            return UsualCause.FIGURE_NOT_KNOWN
        case ErrorKind.WRONG_RECIPIENT:
            return UsualCause.NOT_ASKED_FOR
        case ErrorKind.OWN_REPORT_APPROVED:
            return UsualCause.OWN_WORK
        case ErrorKind.OVERSTEPPED:
            return UsualCause.AUTHORITY
        case ErrorKind.FORBIDDEN:
            return UsualCause.FORBIDDEN
        case ErrorKind.LATE:
            return UsualCause.LATE
        case ErrorKind.REFUSED:
            return _refusal(error.refused)


def _known(decision: Decision | None) -> bool:
    """Return whether anything that shows the right answer had reached whoever decided."""
    if decision is None:
        return False
    right = decision.right
    shown = {*right.shown, *(number for reached in right.reached for number in reached.shown)}
    return any(known.first in shown for known in decision.knew)
