"""All that the coach tells a seat, as titles and texts: for the screens and for plain mode alike."""

from collections.abc import Sequence

from incidentsim.domain.facts import HintStep
from incidentsim.exercise.coaching.marking import Marking
from incidentsim.messages import gettext as _
from incidentsim.session.procedure.coach_view import CoachView, HintView

Parts = list[tuple[str, str]]


def coach_parts(coach: CoachView | None) -> Parts:
    """Return everything: what is owed first, why, what good looks like, the hints given, and what a further one costs.

    `coach` is `None` where it helps nobody here.
    """
    if coach is None:
        return [("", _("The coach is off here. It marks what is owed first, says why, and gives hints on request."))]
    if coach.act is None:
        return [("", coach.nothing)]
    parts = [
        ("", coach.act.line),
        (_("Why"), "\n".join(coach.act.why)),
        (_("What good looks like"), "\n".join(coach.act.good)),
        *((hint_title(hint), "\n".join(hint.lines)) for hint in coach.hints),
        ("", next_hint_words(coach)),
    ]
    return [part for part in parts if part[1]]


def hint_title(hint: HintView) -> str:
    """Return the title of a hint: which it is, what it tells, and whether the facilitator gave it."""
    words = _("Hint {n} of 3 (from the facilitator): {says}") if hint.unasked else _("Hint {n} of 3: {says}")
    return words.format(n=hint.step.number, says=hint.title)


def next_hint_words(coach: CoachView) -> str:
    """Return what the next hint would tell, and what asking for it leads to; empty where all were given."""
    if coach.next is None:
        return ""
    words = _("Next hint, {n} of 3: {says}. Each goes on record and shows in the rating.")
    if coach.next is HintStep.ACT:
        words = _("Next hint, {n} of 3: {says}. It goes on record, and the task is not rated P then.")
    return words.format(n=coach.next.number, says=coach.next_title)


def in_brief(coach: CoachView | None) -> Sequence[str]:
    """Return what is shown unasked, line by line, as much as the marking says; nothing where a mark is enough."""
    if coach is None or coach.act is None:
        return ()
    head = _("Coach: {what}").format(what=coach.act.line)
    if coach.marking is Marking.MARK and not coach.hints:
        return ()
    last = coach.hints[-1] if coach.hints else None
    if last is not None:
        return (head, hint_title(last), *last.lines)
    return (head,) if coach.marking is Marking.LINE else (head, *coach.act.why, *coach.act.good)
